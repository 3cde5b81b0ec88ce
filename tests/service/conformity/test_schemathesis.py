"""Thousands of made-up requests as each role, one operation at a time and in walks: what is answered is as described.

Nothing may break (5xx), every answer carries its headers and fits the description, and nothing that was planted as a
canary comes out: not in a body or header, not in the logs, and not in the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from service.people import Role
from service.rounds.policy import Planning
from service.signin import sessions
from tests.service.conformity.canaries import CANARIES, NAME, dump, found, plant
from tests.service.conformity.known import hook, prepare
from tests.service.publication import write_publication
from tests.service.serving import Served, serving, someone
from tests.service.test_headers import ALWAYS

SEED = 20261125
ROLES = (*(role for role in Role if role is not Role.BEHEER), Role.BEHEER)  # who can stop the model comes last
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
EXAMPLES = {Role.BEOORDELAAR: 24, Role.GOEDKEURDER: 12, Role.PRIVACY: 12}  # of each operation; 6 for the others
WALKS = {Role.BEOORDELAAR: 40, Role.GOEDKEURDER: 20}  # who does the work walks it; for the others 4 will do
UNREACHED = {
    "POST /werkvoorraad/rondes",  # drawn in `prepare`; while that round runs another is refused (409)
    "POST /rondes/{id}/_starten",  # asks for a fixed round of today; tests/service/rounds
    "POST /plannen/{id}/_oplossen",  # these three can be done once or never, as the lot has it; tests/service/rounds
    "POST /plannen/{id}/_vaststellen",
    "POST /plannen/{id}/_intrekken",
    "POST /veldbezoeken",  # these four: only while a case is at the visit; tests/service/field
    "POST /veldbezoeken/{id}/besluiten",
    "PUT /veldbezoeken/{id}/fotos/{foto}",
    "GET /veldbezoeken/{id}/fotos/{foto}",
    "POST /onderzoeken/{id}/bezoeken",  # only while a case is at the visit: see tests/service/walk
    "POST /onderzoeken/{id}/brieven",  # idem, and tests/service/cases
    "GET /inzageverzoeken/{id}/gegevens",  # asks for luck: a request that another role confirmed; tests/service/inzage
}


@dataclass
class Told:
    """What a run of all roles said."""

    cases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    done: set[tuple[str, int]] = field(default_factory=set)
    walks: int = 0
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("conformiteit")
    write_publication(folder, "20261001-0001", n=60)
    plant(folder / "20261001-0001")
    quick = Planning(eerste=0.05, grondig=0.0, opnieuw=0.05, processen=0)
    with serving(folder, planning=quick) as running:
        prepare(running)
        yield running


@pytest.fixture(scope="module")
def told(desk: Served) -> Told:
    made = Told()
    for role in ROLES:
        _as(role, desk, made)
    return made


def _as(role: Role, desk: Served, told: Told) -> None:
    cookie, csrf = desk.session_of(someone(role))
    settings = {
        "seed": SEED + list(Role).index(role),
        "base-url": f"{desk.url}/v1",
        "headers": {"Cookie": f"{sessions.COOKIE}={cookie}", "X-CSRF-Token": csrf, "User-Agent": NAME},
        "continue-on-failure": True,
        "generation": {"max-examples": EXAMPLES.get(role, 6), "database": "none", "deterministic": True},
        "phases": {"coverage": {"enabled": False}, "stateful": {"generation": {"max-examples": WALKS.get(role, 4)}}},
        "checks": {"enabled": False, **{name: {"enabled": True} for name in CHECKS}},
    }
    schema = schemathesis.openapi.from_url(f"{desk.url}/v1/openapi.json", config=SchemathesisConfig.from_dict(settings))
    with httpx.Client(base_url=desk.url, headers={"Cookie": f"{sessions.COOKIE}={cookie}"}) as client:
        hook(schema, desk, client)
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                _scenario(role, event, told)
            elif isinstance(event, events.NonFatalError | events.FatalError):
                told.wrong.append(f"{role}: {event}")


def _scenario(role: Role, event: events.ScenarioFinished, told: Told) -> None:
    told.walks += event.phase.name == "STATEFUL_TESTING" and len(event.recorder.interactions) > 1
    for case_id, interaction in event.recorder.interactions.items():
        label = event.recorder.cases[case_id].value.operation.label
        told.cases[role] += 1
        answer = interaction.response
        if answer is None:
            told.wrong.append(f"{role}: no answer to {interaction.request.method} {interaction.request.uri}")
            continue
        told.statuses[answer.status_code] += 1
        told.done.add((label, answer.status_code))
        place = f"{role}: {interaction.request.method} {interaction.request.uri} -> {answer.status_code}"
        headers = {name.lower(): values for name, values in answer.headers.items()}
        told.wrong += [f"{place}: {name}" for name, value in ALWAYS.items() if headers.get(name) != [value]]
        told.wrong += [f"{place}: {what}" for what in found(f"{answer.text}\n{headers}")]
    for checks in event.recorder.checks.values():
        told.wrong += [
            f"{role}: {event.label}: {check.name}: {check.failure_info.failure.message[:300]}"
            for check in checks
            if check.failure_info is not None
        ]


def test_nothing_is_wrong(told: Told) -> None:
    assert told.wrong[:20] == []


def test_enough_was_asked_in_every_role_and_in_walks(told: Told) -> None:
    assert sum(told.cases.values()) >= 2000
    assert set(told.cases) == set(ROLES) and min(told.cases.values()) >= 100
    assert told.walks >= 50
    assert {200, 400, 403, 404} <= set(told.statuses)


def test_no_canary_in_logs_or_store(desk: Served, told: Told, capfd: pytest.CaptureFixture[str]) -> None:
    assert told.cases
    out = capfd.readouterr()
    assert [word for word in CANARIES if word in out.out + out.err] == []
    url = desk.settings.database_url
    assert [(table, word) for table, content in dump(url) for word in CANARIES if word in content] == []


def test_every_operation_was_reached_by_somebody(told: Told) -> None:
    """An operation that only ever refuses is not tested. Those that ask for more than an id stand here with why."""
    reached = {label for label, status in told.done if status < 300}
    asked = {label for label, _ in told.done}
    assert len(asked) >= 7
    assert asked - reached - UNREACHED == set()
