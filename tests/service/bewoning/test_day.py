from __future__ import annotations

import gc
import logging
import time
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from features.columns import Doel
from service.bewoning import asking
from service.bewoning.day import Controle, check_round
from service.bewoning.koppeling import Koppeling
from service.bewoning.records import Oordeel
from service.rounds.records import Adres, Ronde, Stop
from tests.service.bewoning.mock import KEY, Api, serving

DAY = date(2026, 11, 26)
MOMENT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
BSNS = ("000000024", "000000048", "Pieter Jan", "1984-07-01")
SECOND = timedelta(seconds=1)


@pytest.fixture
def api() -> Iterator[Api]:
    with serving(Api()) as running:
        yield running


@pytest.fixture
def key(tmp_path: Path) -> Path:
    (tmp_path / "sleutel").write_text(KEY + "\n")
    return tmp_path / "sleutel"


def number(i: int) -> str:
    return f"0800010000{i:06d}"


def adres(i: int, doel: Doel = Doel.SPOOKBEWONING) -> Adres:
    return Adres(
        id=f"a{i}",
        identificatie=number(i),
        onderzoek_id=f"o{i}",
        gemeente="0800",
        adres=f"Laan {i}",
        postcode="1234AB",
        woonplaats="Dorp",
        doel=doel,
        afgeschermd=False,
        x=0.0,
        y=0.0,
    )


def ronde(*stops: tuple[Adres, ...]) -> Ronde:
    return Ronde(
        id="r1",
        plan_id="p1",
        gemeente="0800",
        dag=DAY,
        team="noord",
        leden=("p-a", "p-b"),
        start_x=0.0,
        start_y=0.0,
        vertrek=MOMENT,
        terug=MOMENT,
        stops=tuple(
            Stop(id=f"s{nr}", nr=nr, adressen=doors, x=0.0, y=0.0, aankomst=MOMENT, begin=MOMENT, einde=MOMENT)
            for nr, doors in enumerate(stops, 1)
        ),
    )


def check(api: Api, key: Path, made: Ronde, before: dict[str, int | None] | None = None, **rest: Any) -> Controle:
    """With a time that is short, and the plan compared before and after."""
    koppeling = Koppeling(**{"url": api.url, "sleutel_bestand": key, "tijd": 2 * SECOND, "per_vraag": SECOND} | rest)
    same = deepcopy(made)
    found = check_round(made, koppeling, DAY, {number(i): 0 for i in range(99)} if before is None else before)
    assert made == same and len(found.uitspraken) == sum(len(stop.adressen) for stop in made.stops)
    return found


def test_a_stop_is_off_when_every_door_of_it_is_solved(api: Api, key: Path) -> None:
    api.answers = {number(1): "twee", number(2): "niemand", number(3): "geheim"}
    made = ronde((adres(1),), (adres(1), adres(2)), (adres(3), adres(2, Doel.SCHIJNBEWONING)))
    koppeling = Koppeling(url=api.url, sleutel_bestand=key)
    found = check_round(made, koppeling, DAY, {number(1): 0, number(2): 2, number(3): 0})
    first, second, third = (found.vervallen(stop) for stop in made.stops)
    assert first == "Er staat nu iemand ingeschreven op dit adres. Het bezoek is niet meer nodig."
    assert second == ""  # number 2 was not empty when it was planned, so its spookbewoning is not solved
    assert "iemand ingeschreven" in third and "niemand meer" in third
    assert [one.geheim for one in found.of(made.stops[2])] == [True, False]
    assert not found.niet_gecontroleerd
    assert sorted(asked["adresseerbaarObjectIdentificatie"] for asked in api.asked) == [number(i) for i in (1, 2, 3)]
    assert {asked["peildatum"] for asked in api.asked} == {"2026-11-26"}


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("400", "begrijpt onze vraag niet"),
        ("401", "laat ons niet toe"),
        ("403", "mogen dit adres niet opvragen"),
        ("429", "te veel vragen gesteld"),
        ("500", "heeft een storing"),
        ("503", "heeft een storing"),
        ("traag", "niet op tijd"),
        ("druppels", "niet op tijd"),
        ("half", "niet goed te lezen"),
        ("afgebroken", "niet goed te lezen"),
        ("pagina", "niet goed te lezen"),
        ("eindeloos", "niet goed te lezen"),
        ("ander", "niet goed te lezen"),
        ("elders", "niet goed ingesteld"),
    ],
)
def test_whatever_fails_is_told_and_the_plan_stays(api: Api, key: Path, trouble: str, words: str) -> None:
    api.answers, api.retry_after = {number(1): trouble}, "120"
    made = ronde((adres(1),), (adres(2),))
    found = check(api, key, made, gelijktijdig=1)
    one, two = found.uitspraken
    assert one.oordeel is Oordeel.NIET_GECONTROLEERD and words in one.reden
    assert found.vervallen(made.stops[0]) == ""
    closed = trouble in {"401", "429"}  # then nobody else is asked about
    assert (two.oordeel is Oordeel.NIET_GECONTROLEERD) == closed
    assert len(api.asked) == (1 if closed else 2)
    if trouble == "429":
        assert "over 120 seconden" in two.reden


def test_a_short_pause_that_the_api_asks_for_is_kept(api: Api, key: Path) -> None:
    api.answers = {number(1): "eenmaal-429"}
    begun = time.monotonic()
    found = check(api, key, ronde((adres(1),), (adres(2),)), gelijktijdig=1, tijd=4 * SECOND)
    assert time.monotonic() - begun >= 1
    assert [one.oordeel for one in found.uitspraken] == [Oordeel.OPGELOST, Oordeel.BLIJFT]


def test_a_round_ends_in_time_whatever_the_other_end_does(api: Api, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api.answers = {number(i): "traag" for i in range(1, 30)}
    begun = time.monotonic()
    found = check(api, key, ronde(*((adres(i),) for i in range(1, 41))), gelijktijdig=3)
    assert time.monotonic() - begun < 2.7
    assert len(found.niet_gecontroleerd) >= 29
    release = time.monotonic() + 1.5

    def hangs(*_: object) -> None:  # name resolution in C that nothing can cancel
        time.sleep(max(0.0, release - time.monotonic()))

    monkeypatch.setattr(asking, "_run", hangs)
    begun = time.monotonic()
    found = check(api, key, ronde((adres(1),)), tijd=timedelta(seconds=0.4), per_vraag=timedelta(seconds=0.2))
    assert time.monotonic() - begun < 1.2
    assert "niet op tijd" in found.uitspraken[0].reden
    time.sleep(max(0.0, release - time.monotonic()))


def test_forty_doors_go_together_and_not_all_at_once(api: Api, key: Path) -> None:
    found = check(api, key, ronde(*((adres(i),) for i in range(1, 41))))
    assert not found.niet_gecontroleerd and len(api.asked) == 40
    assert 2 <= api.most_at_once <= 6


def test_off_unreachable_or_badly_set_is_told(api: Api, key: Path, tmp_path: Path) -> None:
    made = ronde((adres(1),))
    off = check_round(made, Koppeling(), DAY)
    assert off.uitspraken[0].reden == "Niet gecontroleerd: de koppeling met de BRP staat uit."
    assert "geen verbinding" in check(api, key, made, url="http://127.0.0.1:9/x").uitspraken[0].reden
    (tmp_path / "leeg").write_text("\n")
    assert "niet goed ingesteld" in check(api, tmp_path / "leeg", made).uitspraken[0].reden
    (tmp_path / "cert").write_text("no certificate")
    assert "niet goed ingesteld" in check(api, key, made, certificaat=tmp_path / "cert").uitspraken[0].reden
    (tmp_path / "fout").write_text("another key")
    assert "laat ons niet toe" in check(api, tmp_path / "fout", made).uitspraken[0].reden
    strange = ronde((Adres(**(vars(adres(1)) | {"identificatie": "0" * 16})),))
    assert "geldig BAG-nummer" in check(api, key, strange).uitspraken[0].reden
    assert not api.asked and check_round(ronde(), Koppeling(url=api.url), DAY).uitspraken == ()


def test_client_credentials(api: Api, key: Path, tmp_path: Path) -> None:
    api.token = True
    token = api.url.replace("/haalcentraal/api/bewoning", "/token")
    made = ronde((adres(1),))
    oauth: dict[str, Any] = {"token_url": token, "client_id": "schijnwerper", "geheim_bestand": key}
    found = check(api, key, made, **oauth, scope="bewoning", token_extra={"resourceServer": "ResourceServer02"})
    assert found.uitspraken[0].oordeel is Oordeel.BLIJFT
    (tmp_path / "fout").write_text("wrong")
    found = check(api, key, made, **(oauth | {"geheim_bestand": tmp_path / "fout"}))
    assert "laat ons niet toe" in found.uitspraken[0].reden


def test_no_bsn_leaves_the_client(
    api: Api, key: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    names = ["twee", "geheim", "mogelijk", "onderzoek", "half", "afgebroken", "ander"]
    api.answers = {number(i): name for i, name in enumerate(names, 1)}
    found = check(api, key, ronde(*((adres(i),) for i in range(1, 9))))
    gc.collect()
    held = [obj for obj in gc.get_objects() if isinstance(obj, BaseException)]
    said = "".join([repr(found), caplog.text, *capfd.readouterr(), *(repr(each) + repr(vars(each)) for each in held)])
    assert "bewoning asked" in said
    assert [canary for canary in (*BSNS, KEY) if canary in said] == []
