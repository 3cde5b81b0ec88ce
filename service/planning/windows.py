"""The windows of a stop as the shifts see them: what no shift can tell apart is one window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from service.planning.problem import Shift, Stop, Window

Span = tuple[float, float]


def joined(stop: Stop, shifts: Sequence[Shift]) -> tuple[Window, ...]:
    """The fewest windows, in order of time, that allow `shifts` the same visits as those of `stop`.

    Office hours on five days are one window when the shifts lie within them: each window costs the solver a client.
    """
    spans = tuple(sorted({(shift.begin, shift.end) for shift in shifts}))
    given = tuple((window.begin, window.end) for window in stop.windows) or spans
    return _joined(given, stop.service, spans, not stop.windows)


@lru_cache(maxsize=4096)
def _joined(windows: tuple[Span, ...], service: float, spans: tuple[Span, ...], free: bool) -> tuple[Window, ...]:
    pieces = sorted({_common(window, span) for window in windows for span in spans})
    found: list[Span] = []
    for piece in pieces:
        if piece[1] - piece[0] < service:
            continue
        longer = (found[-1][0], max(found[-1][1], piece[1])) if found else piece
        if found and (free or all(_allowed(_common(longer, span), windows, service) for span in spans)):
            found[-1] = longer
        else:
            found.append(piece)
    return tuple(Window(begin=begin, end=end) for begin, end in found)


def _common(one: Span, other: Span) -> Span:
    return max(one[0], other[0]), min(one[1], other[1])


def _allowed(part: Span, windows: tuple[Span, ...], service: float) -> bool:
    """Whether every visit within `part` is within one of the windows."""
    return part[1] - part[0] < service or any(begin <= part[0] and part[1] <= end for begin, end in windows)
