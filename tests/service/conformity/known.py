"""Requests that can succeed, in the place of half of the made-up ones: random ids alone are met by 404 and no more."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import select

from features.columns import Doel
from service import opaque
from service.inzage import requests
from service.inzage.tables import inzageverzoeken
from service.logs.entry import Trace
from service.people import Role
from tests.service.conformity import plans
from tests.service.conformity.canaries import BSN, NAME
from tests.service.serving import GEMEENTE, KEY, Served, someone

ADDRESSES = tuple(f"017501{i:010d}" for i in range(20))
SIGNALS = (
    "signaal_id;bron;soort;adresseerbaarobject_identificatie;datum_ontvangst;datum_afgehandeld;naam_melder;bsn\n"
    f"s-1;laa;overbewoning;{ADDRESSES[2]};2026-10-20;;{NAME};{BSN}\n"
)
WORDS = "De meterstand loopt op terwijl niemand is ingeschreven."


@dataclass(frozen=True, kw_only=True)
class Known:
    """One request: the path's parameters and the body, as far as they matter."""

    path: Mapping[str, str] | None = None
    body: Any = None


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, and the store behind the counter. number: which of several to take."""

    client: httpx.Client
    served: Served
    number: int

    def one_of(self, values: Sequence[str]) -> str | None:
        """One of them, None when there are none."""
        return values[self.number % len(values)] if values else None

    def get(self, path: str) -> Any:
        """The JSON of an answer; nothing where this role is refused."""
        answer = self.client.get(f"/v1{path}")
        return answer.json() if answer.status_code == 200 else {}


def _address(asker: Asker) -> Known:
    key = opaque.subkey(KEY, "adres")
    return Known(path={"id": opaque.opaque_id(key, ADDRESSES[asker.number % len(ADDRESSES)])})


def _access(asker: Asker) -> Known | None:
    with asker.served.database.looking() as read:
        id = asker.one_of(list(read.execute(select(inzageverzoeken.c.id)).scalars()))
    return Known(path={"id": id}) if id else None


def _item(asker: Asker) -> Known | None:
    listed = asker.get("/werkvoorraad")
    id = asker.one_of([one["id"] for part in ("open", "beoordeeld") for one in listed.get(part, [])])
    return Known(path={"id": id}) if id else None


def _judgement(asker: Asker) -> Known | None:
    found = _item(asker)
    if found is None or found.path is None:
        return None
    item = asker.get(f"/werkvoorraad/{found.path['id']}")
    if not item:
        return None
    said = {"oordeel": "in_onderzoek", "motivering": WORDS, "versie": item["versie"], "getoond": item["getoond"]}
    return Known(path=found.path, body=said)


def _case(asker: Asker) -> Known | None:
    id = asker.one_of([one["id"] for one in asker.get("/onderzoeken").get("rijen", [])])
    return Known(path={"id": id}) if id else None


def _step(asker: Asker) -> Known | None:
    found = _case(asker)
    if found is None or found.path is None:
        return None
    case = asker.get(f"/onderzoeken/{found.path['id']}")
    stap = "geen_band" if not case["verklaard"] else asker.one_of([one["stap"] for one in case["mogelijk"]])
    versie = case["onderzoek"]["versie"]
    said = {"stap": stap, "versie": versie, "sleutel": f"sleutel-{versie}", "motivering": WORDS, "zorg": "zorg"}
    outcomes = [one["uitkomsten"] for one in case["mogelijk"] if one["stap"] == stap and one["uitkomsten"]]
    return Known(path=found.path, body=said | ({"uitkomst": outcomes[0][0]} if outcomes else {}))


def _plan(asker: Asker, *, stops: int = 0) -> dict[str, Any] | None:
    listed = sorted(asker.get("/plannen").get("plannen", []), key=lambda one: one["gemaakt"])
    id = asker.one_of([one["id"] for one in listed if one["stops"] >= stops])
    return asker.get(f"/plannen/{id}") if id else None


def _one_plan(asker: Asker) -> Known | None:
    plan = _plan(asker)
    return Known(path={"id": plan["id"]}) if plan else None


def _nth_plan(number: int) -> Callable[[Asker], Known | None]:
    """A deed on the plan that was made first, second …: what is fixed or taken back is of no use to the other deeds."""

    def known(asker: Asker) -> Known | None:
        listed = sorted(asker.get("/plannen").get("plannen", []), key=lambda one: one["gemaakt"])
        plan = asker.get(f"/plannen/{listed[number]['id']}") if len(listed) > number else None
        return Known(path={"id": plan["id"]}, body={"versie": plan["versie"]}) if plan else None

    return known


def _plan_wish(asker: Asker) -> Known | None:
    listed = asker.get("/plannen").get("plannen", [])
    plan = asker.get(f"/plannen/{min(listed, key=lambda one: one['gemaakt'])['id']}") if listed else None
    doors = [d["id"] for r in plan["rondes"] for s in r["stops"] for d in s["adressen"]] if plan else []
    if not plan or not doors:
        return None
    said = {"versie": plan["versie"], "wensen": [{"soort": "vast", "adres": asker.one_of(doors)}]}
    return Known(path={"id": plan["id"]}, body=said)


def _round(asker: Asker) -> Known | None:
    plan = _plan(asker, stops=1)
    id = asker.one_of([one["id"] for one in plan["rondes"]]) if plan else None
    return Known(path={"id": id}) if id else None


def _field_visit(asker: Asker) -> Known | None:
    found = _case(asker)
    if found is None or found.path is None:
        return None
    said = {
        "id": str(uuid.UUID(int=asker.number)),
        "rondeId": "ronde1",
        "adresId": opaque.opaque_id(opaque.subkey(KEY, "adres"), ADDRESSES[0]),
        "onderzoekId": found.path["id"],
        "versie": 1,
        "moment": asker.served.database.clock().isoformat(),
        "geenBand": True,
        "getroffen": "niemand",
        "bevinding": WORDS,
    }
    return Known(body=said)


def _clash(asker: Asker) -> Known | None:
    rows = asker.get("/veldbezoeken").get("rijen", [])
    id = asker.one_of([one["bezoek"]["id"] for one in rows])
    return Known(path={"id": id}, body={"besluit": "notitie", "motivering": WORDS}) if id else None


KNOWN: dict[str, Callable[[Asker], Known | None]] = {
    "GET /adressen/{id}": _address,
    "GET /adressen/{id}/inzagen": _address,
    "POST /inzageverzoeken": lambda _: Known(
        body={"adresseerbaarobjectIdentificatie": ADDRESSES[3], "reden": "Brief van 3 november, kenmerk Z-1187"}
    ),
    "POST /inzageverzoeken/{id}/besluiten": _access,
    "GET /inzageverzoeken/{id}/gegevens": _access,
    "POST /signalen": lambda _: Known(body=SIGNALS),
    "GET /werkvoorraad/{id}": _item,
    "POST /werkvoorraad/{id}/doorgeven": _item,
    "POST /werkvoorraad/{id}/oordelen": _judgement,
    "POST /veldbezoeken": _field_visit,
    "POST /veldbezoeken/{id}/besluiten": _clash,
    "GET /onderzoeken/{id}": _case,
    "POST /onderzoeken/{id}/stappen": _step,
    "POST /plannen": lambda asker: Known(body=plans.question(asker.served.database.clock().date())),
    "GET /plannen/{id}": _one_plan,
    "POST /plannen/{id}/wensen": _plan_wish,
    "POST /plannen/{id}/_oplossen": _nth_plan(0),
    "POST /plannen/{id}/_vaststellen": _nth_plan(1),
    "POST /plannen/{id}/_intrekken": _nth_plan(2),
    "GET /rondes/{id}": _round,
}


def prepare(served: Served) -> None:
    """Work that waits for somebody: what each role can open, it should find."""
    plans.prepare(served)  # before the desk's rounds, which leave no address free
    with served.client(Role.PLANNER) as planner:
        for doel in Doel:
            planner.post("/v1/werkvoorraad/rondes", json={"gemeente": GEMEENTE, "doel": doel}).raise_for_status()
    asker, second = someone(Role.PRIVACY), someone(Role.GOEDKEURDER, name="tweede")
    for number, place in enumerate(ADDRESSES[:12]):
        with served.database.unit(asker, Trace()) as unit:
            made = requests.ask(unit, place, GEMEENTE, "Brief van 3 november, kenmerk Z-1187")
        if number % 2:
            with served.database.unit(second, Trace()) as unit:
                requests.decide(unit, made.id, akkoord=True)


def hook(schema: Any, served: Served, client: httpx.Client) -> None:
    """Have `schema` put a known request in the place of about half of those it makes up."""

    @schema.hook  # type: ignore[misc,untyped-decorator]
    def map_case(context: Any, case: Any) -> Any:
        draw = _draw(case.path_parameters, case.query, case.body)
        make = KNOWN.get(context.operation.label)
        known = make(Asker(client=client, served=served, number=draw // 2)) if make and draw % 2 else None
        if known is not None:
            if known.path is not None:
                case.path_parameters = dict(known.path)
            if known.body is not None:
                case.body = known.body
        return case


def _draw(*parts: Any) -> int:
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:4], "big")
