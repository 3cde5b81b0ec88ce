"""Turning the pages of a list: which page numbers stand under it, and where each leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Where one can go from page `nummer` of `laatste`. Links: "" = nowhere. nummers: (0, "") = a gap."""

    nummer: int
    laatste: int
    vorige: str
    volgende: str
    nummers: tuple[tuple[int, str], ...]


def pages(number: int, last: int, link: Callable[[int], str]) -> Pages:
    """The first, the last, this page and its neighbours."""
    return Pages(
        nummer=number,
        laatste=last,
        vorige=link(number - 1) if 1 < number <= last else "",
        volgende=link(number + 1) if number < last else "",
        nummers=tuple((n, link(n) if n else "") for n in _window(number, last)),
    )


def _window(number: int, last: int) -> list[int]:
    near = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    with_gaps: list[int] = []
    for n in near:
        if with_gaps and n - with_gaps[-1] > 1:
            with_gaps.append(0)
        with_gaps.append(n)
    return with_gaps
