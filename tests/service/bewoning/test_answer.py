from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.bewoning.answer import counted
from service.bewoning.problem import missed, seconds
from service.bewoning.records import Bewoning, Gemist, Niet
from tests.service.bewoning.mock import sample

A, DAY = "0800010000000001", date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def said(
    bewoners: int = 0, mogelijke: int = 0, *, veel: bool = False, geheim: bool = False, in_onderzoek: bool = False
) -> Bewoning:
    return Bewoning(
        identificatie=A,
        peildatum=DAY,
        bewoners=bewoners,
        mogelijke=mogelijke,
        veel=veel,
        geheim=geheim,
        in_onderzoek=in_onderzoek,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("niemand", said()),
        ("twee", said(2)),
        ("geheim", said(2, geheim=True)),
        ("mogelijk", said(0, 1)),
        ("onderzoek", said(1, in_onderzoek=True)),
        ("veel", said(veel=True)),
    ],
)
def test_people_are_counted_and_not_kept(name: str, expected: Bewoning) -> None:
    assert counted(sample(name), A, DAY) == expected


def changed(**fields: Any) -> bytes:
    body = json.loads(sample("twee"))
    body["bewoningen"][0] |= fields
    return json.dumps(body).encode()


@pytest.mark.parametrize(
    "body",
    [
        sample("twee")[:-20],
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"null",
        b"[]",
        b"{}",
        b'{"bewoningen": null}',
        b'{"bewoningen": [7]}',
        json.dumps({"bewoningen": json.loads(sample("twee"))["bewoningen"] * 2}).encode(),
        changed(adresseerbaarObjectIdentificatie="0800010000000002"),
        changed(periode={"datumVan": "2026-11-25", "datumTot": "2026-11-26"}),  # tot is not included
        changed(periode={"datumVan": "2026-11"}),
        changed(bewoners=["000000024"]),
        changed(bewoners=None),
        changed(bewoners=[{}] * 101),
        changed(indicatieVeelBewoners="true"),
    ],
)
def test_what_is_not_as_specified_is_not_guessed_at(body: bytes) -> None:
    assert counted(body, A, DAY) == Gemist(waarom=Niet.ONLEESBAAR, status=200)


def test_a_bewoning_without_lists_or_period_is_empty() -> None:
    bare = {"bewoningen": [{"adresseerbaarObjectIdentificatie": A}]}
    assert counted(json.dumps(bare).encode(), A, DAY) == said()


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (204, Niet.ONLEESBAAR),
        (302, Niet.INSTELLING),
        (400, Niet.VRAAG),
        (401, Niet.AANMELDEN),
        (403, Niet.VERBODEN),
        (415, Niet.VRAAG),
        (429, Niet.TE_VEEL),
        (500, Niet.STORING),
        (503, Niet.STORING),
    ],
)
def test_every_status_has_its_reason(status: int, why: Niet) -> None:
    assert missed(status, b"<html>", "", NOW) == Gemist(waarom=why, status=status)


def test_of_a_problem_only_the_code_is_kept_and_only_letters() -> None:
    assert missed(403, sample("fout-403"), "", NOW).code == "unauthorized"
    assert missed(400, b'{"code": "999990019"}', "", NOW).code == ""
    assert missed(400, b'{"code": 5}', "", NOW).code == missed(400, b"[1]", "", NOW).code == ""


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", 0),
        ("7", 7),
        (" 7 ", 7),
        ("-7", 0),
        ("soon", 0),
        ("999999999", 86_400),
        ("Thu, 26 Nov 2026 09:01:30 GMT", 90),
        ("Thu, 26 Nov 2026 08:00:00 GMT", 0),
        ("Thu, 26 Nov 2026 25:00:00 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_moment(header: str, expected: int) -> None:
    assert seconds(header, NOW) == expected
