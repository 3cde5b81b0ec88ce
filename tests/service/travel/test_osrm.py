from __future__ import annotations

import logging
from collections.abc import Callable

import httpx
import numpy as np
import pytest

from service.travel.contract import TravelFault
from service.travel.osrm import Osrm
from service.travel.straight import PARKING, StraightLine

POINTS = np.array([[155_000.0 + 700 * i, 463_000.0 + 300 * (i % 3)] for i in range(7)])


class Server:
    """OSRM as its manual describes it: one second per thousandth of a degree, at most `most` places."""

    def __init__(self, most: int = 100, without: tuple[int, int] | None = None) -> None:
        self.most, self.without, self.asked = most, without, 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        head, spots = request.url.path.rsplit("/", 1)
        assert request.method == "GET" and head == "/table/v1/driving"
        places = [tuple(map(float, spot.split(","))) for spot in spots.split(";")]
        if len(places) > self.most:
            return httpx.Response(400, json={"code": "TooBig", "message": "Too many table coordinates"})
        query = request.url.params
        assert query["annotations"] == "duration"
        rows, columns = (
            [int(i) for i in query[name].split(";")] if name in query else list(range(len(places)))
            for name in ("sources", "destinations")
        )
        table = [
            [1_000 * abs(places[i][0] - places[j][0]) + (places[i][1] > places[j][1]) for j in columns] for i in rows
        ]
        answer: list[list[float | None]] = [list(row) for row in table]
        if self.without:
            answer[self.without[0]][self.without[1]] = None
        return httpx.Response(200, json={"code": "Ok", "durations": answer, "sources": [], "destinations": []})


def osrm(server: Callable[[httpx.Request], httpx.Response], most: int = 100) -> Osrm:
    return Osrm("http://osrm.example/", StraightLine(), most=most, transport=httpx.MockTransport(server))


def test_blocks_make_the_same_matrix_as_one_question() -> None:
    whole, parts = Server(), Server(most=4)
    expected = osrm(whole).seconds(POINTS)
    assert np.array_equal(osrm(parts, most=4).seconds(POINTS), expected)
    assert (whole.asked, parts.asked) == (1, 15)  # 4 x 4 blocks, and the last place alone needs no question
    assert (np.diag(expected) == 0).all() and expected[0, 1] != expected[1, 0]
    assert osrm(whole).name == "OSRM (osrm.example)"


def test_places_go_out_as_longitude_and_latitude() -> None:
    seen: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        return Server()(request)

    seconds = osrm(server).seconds(np.array([[155_000.0, 463_000.0], [155_000.0, 463_000.0], [156_000.0, 463_000.0]]))
    assert seen[0].startswith("/table/v1/driving/5.3872")  # Amersfoort, where RD begins: 5.387 E, 52.155 N
    assert ",52.155" in seen[0]
    assert seconds[0, 1] == 0 and seconds[0, 2] > PARKING


def test_what_has_no_route_is_estimated_and_counted() -> None:
    times = osrm(Server(without=(0, 2))).times(POINTS)
    assert times.geschat == 1
    assert times.seconds[0, 2] == StraightLine().seconds(POINTS)[0, 2]
    assert times.seconds[2, 0] == osrm(Server()).seconds(POINTS)[2, 0]


def late(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("late", request=request)


def away(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no", request=request)


@pytest.mark.parametrize(
    ("server", "words"),
    [
        (Server(most=3), r"status 400, TooBig\).*Verlaag `hoogstens`"),
        (lambda _: httpx.Response(400, json={"code": "NoSegment", "message": "at 5.38,52.15"}), "400, NoSegment"),
        (lambda _: httpx.Response(502, text="<html>"), r"status 502\)"),
        (lambda _: httpx.Response(429, json={"message": "Too Many Requests"}), r"status 429\)"),
        (lambda _: httpx.Response(301, headers={"Location": "http://elsewhere/"}), r"status 301\)"),
        (lambda _: httpx.Response(200, text='{"code": "Ok", "durations": [[0, 1'), "geen reistijden"),
        (lambda _: httpx.Response(200, json={"code": "Ok", "durations": [[0, 1]]}), "niet begrijpen"),
        (lambda _: httpx.Response(200, json={"code": "Ok", "durations": [[-1] * 7] * 7}), "niet begrijpen"),
        (lambda _: httpx.Response(200, json={"code": "Ok"}), "niet begrijpen"),
        (late, "niet op tijd"),
        (away, "geen verbinding"),
    ],
)
def test_a_server_that_fails_is_told_about_without_a_place(
    server: Callable[[httpx.Request], httpx.Response], words: str
) -> None:
    with pytest.raises(TravelFault, match=words) as fault:
        osrm(server).times(POINTS)
    assert "52." not in fault.value.detail


def test_no_address_is_written_in_a_log(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.INFO)
    osrm(Server(without=(0, 2))).times(POINTS)
    assert "52.1" not in caplog.text + "".join(capsys.readouterr())
