"""Travel times of an OSRM server (`/table/v1`): the only kind with which coordinates leave the house.

HTTP API of osrm-backend v5: GET /table/v1/{profile}/{lon},{lat};…?sources=…&destinations=…&annotations=duration
answers {"code": "Ok", "durations": [[seconds or null]]}. A server takes at most --max-table-size places per question
(100 unless told otherwise), so the matrix is asked for in blocks.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import httpx
import numpy as np
import structlog
from numpy.typing import NDArray
from pyproj import Transformer

from service.travel.contract import Points, Seconds, Times, TravelFault, checked
from service.travel.straight import StraightLine

MOST_URL = 7_500  # characters; many servers and proxies stop at 8 kB
CODE = re.compile(r"[A-Za-z]{1,40}")

log = structlog.get_logger()
logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it writes down every URL, and with it the coordinates


class Osrm:
    """One server. straight: for pairs it has no route for (null), and for the time to park. transport: for tests."""

    def __init__(
        self,
        url: str,
        straight: StraightLine,
        *,
        profile: str = "driving",
        most: int = 100,
        timeout: float = 10.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url = f"{url.rstrip('/')}/table/v1/{profile}/"
        self._straight, self._timeout, self._transport = straight, timeout, transport
        self._block = max(1, min(most, MOST_URL // 28) // 2)  # a place takes up to 28 characters, its index included
        self._host = httpx.URL(url).host

    @property
    def name(self) -> str:
        """As `Travel.name`."""
        return f"OSRM ({self._host})"

    def seconds(self, points: Points) -> Seconds:
        """As `Travel.seconds`."""
        return self.times(points).seconds

    def times(self, points: Points) -> Times:
        """As `Travel.times`. Raises TravelFault when the server refuses, is out of order or does not answer in time."""
        found = checked(points)
        lonlat = np.column_stack(Transformer.from_crs(28992, 4326, always_xy=True).transform(*found.T)).reshape(-1, 2)
        durations = np.zeros((len(found), len(found)))
        limits = httpx.Timeout(self._timeout)
        with httpx.Client(timeout=limits, trust_env=False, transport=self._transport) as http:
            for rows, columns in self._blocks(len(found)):
                durations[np.ix_(rows, columns)] = self._table(http, lonlat, rows, columns)
        straight = self._straight.seconds(found)
        apart = straight > 0
        missing = np.isnan(durations) & apart
        park = self._straight.over(np.array([0.0, 1e-9]))[1]
        seconds = np.where(missing, straight, np.where(apart, np.nan_to_num(durations) + park, 0.0))
        if missing.any():
            log.warning("osrm knows no route", pairs=int(missing.sum()), of=int(apart.sum()))
        return Times(seconds=seconds, geschat=int(missing.sum()))

    def _blocks(self, n: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        parts = [np.arange(begin, min(begin + self._block, n)) for begin in range(0, n, self._block)]
        return ((rows, columns) for rows in parts for columns in parts)

    def _table(
        self, http: httpx.Client, lonlat: Points, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        places = rows if rows[0] == columns[0] else np.concatenate([rows, columns])
        spots = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in lonlat[places])
        asked = {"annotations": "duration"}
        if len(places) > len(rows):
            asked["sources"] = ";".join(map(str, range(len(rows))))
            asked["destinations"] = ";".join(map(str, range(len(rows), len(places))))
        if len(places) == 1:
            return np.zeros((1, 1))
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        try:
            answer = http.get(f"{self._url}{spots}?{query}")
        except httpx.TimeoutException:
            raise TravelFault("De server voor reistijden (OSRM) gaf niet op tijd antwoord.") from None
        except httpx.HTTPError:
            raise TravelFault("Er is geen verbinding met de server voor reistijden (OSRM).") from None
        return _durations(answer, (len(rows), len(columns)))


def _durations(answer: httpx.Response, shape: tuple[int, int]) -> NDArray[np.float64]:
    """The block of the answer, NaN where the server knows no route. Raises TravelFault on anything else."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    code = body.get("code") if isinstance(body, dict) else None
    code = code if isinstance(code, str) and CODE.fullmatch(code) else ""
    if answer.status_code != 200 or code != "Ok":
        told = f"status {answer.status_code}{', ' + code if code else ''}"
        hint = " Verlaag `hoogstens` in [reistijd]." if code == "TooBig" else ""
        raise TravelFault(f"De server voor reistijden (OSRM) gaf geen reistijden ({told}).{hint}")
    try:
        table = np.array(body["durations"], dtype=np.float64)  # null becomes NaN
    except (KeyError, TypeError, ValueError):
        table = np.empty(0)
    if table.shape != shape or (table < 0).any() or np.isinf(table).any():
        raise TravelFault("De server voor reistijden (OSRM) gaf een antwoord dat we niet begrijpen.")
    return table
