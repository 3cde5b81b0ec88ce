"""Somebody who judges and reads all that she may, to place by elimination what she has yet to judge.

She knows how many addresses there are, which share of them each band holds, that ranks run from 1, and which addresses
she has to judge. She reads every list of either target under every filter, as JSON and as GeoJSON, and asks for each of
her own addresses everywhere else; what is not there is what she works with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import httpx
import numpy as np

from models.scores import BANDS
from service.intake.layout import GROEPEN

PLACES = ("Oosterveen", "Westerveen")


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What is not in the list of one target. banden: addresses per band; rangen: ranks nobody has."""

    banden: Mapping[str, int]
    rangen: tuple[int, ...]
    numbers: tuple[float, ...]  # everything that was counted, for a learner


def read(http: httpx.Client, doel: str, per_band: Mapping[str, int]) -> Missing:
    """Read one list whole. per_band: how many addresses each band holds."""
    seen = list(rows(http, doel))
    size = sum(per_band.values())
    there = Counter(row["stand"]["band"] for row in seen)
    lacks = {band: per_band[band] - there[band] for band in BANDS}
    ranks = {row["stand"]["rang"] for row in seen}
    gaps = tuple(rank for rank in range(1, size + 1) if rank not in ranks)
    features = http.get(_path(doel), params={"aantal": "200"}, headers={"Accept": "application/geo+json"}).json()
    assert [one["id"] for one in features["features"]] == [row["adres"]["id"] for row in seen[:200]]
    told = [float(len(seen)), *lacks.values(), *(f(gaps) if gaps else 0.0 for f in (np.mean, np.min, np.max))]
    return Missing(banden=lacks, rangen=gaps, numbers=tuple(map(float, told)))


def totals(http: httpx.Client, doel: str) -> tuple[float, ...]:
    """How many rows there are under the filters."""
    asked = [{"band": band, "woonplaats": place} for band, place in product(BANDS, PLACES)]
    asked += [{"buitengebied": "true"}, {"buitengebied": "false"}]
    asked += [{"kenmerkgroep": group} for group in GROEPEN]
    kept = ({name: value for name, value in one.items() if value} for one in asked)
    return tuple(float(http.get(_path(doel), params={"aantal": "1", **one}).json()["totaal"]) for one in kept)


def elsewhere(http: httpx.Client, id: str, about: Mapping[str, str]) -> tuple[float, ...]:
    """Everything else that is to be had of one address: status and length of each answer. id: opaque."""
    asked = [http.get(path.format(id)) for path in ("/v1/adressen/{}", "/v1/adressen/{}/scores", "/adressen/{}")]
    wanted = {"postcode": about["postcode"], "huisnummer": about["adres"].rsplit(" ", 1)[1]}
    asked.append(http.post("/v1/adressen/_zoek", json=wanted))
    asked.append(http.post("/adressen/_zoek", data={"zoek": about["adres"]}))
    assert all("stand" not in answer.text and "data-band" not in answer.text for answer in asked)
    return tuple(float(answer.status_code) for answer in asked[:3])


def rows(http: httpx.Client, doel: str) -> Iterator[dict[str, Any]]:
    path: str | None = _path(doel) + "?aantal=200"
    while path:
        answer = http.get(path)
        assert answer.status_code == 200
        yield from answer.json()["rijen"]
        path = answer.links.get("next", {}).get("url")


def _path(doel: str) -> str:
    return f"/v1/ranglijsten/{doel}/adressen"
