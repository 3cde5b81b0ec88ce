"""One closed investigation of the demo, told step by step as the table of steps allows it, on days that are over.

The real functions write at the moment of their unit of work, so they cannot write a past. What they would have written
is made here from the same table, the same draws and the same rows; tests/service/cases/test_demo.py holds every case
against the rules again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from service.cases.clocks import WALL, local_day
from service.cases.codes import ENDS, WITHDRAWN, Deel, Toestand, Wacht
from service.cases.contract import NewCase
from service.cases.draw import draw, uniform
from service.cases.steps import AGREEMENTS, BYPASSES, RULES, Stap
from service.cases.visits import Getroffen, Toestemming
from service.web.teksten import text
from service.workdays import free

MORNING, DAY_LENGTH = time(9), 6  # hours in which things were done


@dataclass(kw_only=True)
class Story:
    """A case as it grows. id: also the seed of every draw. now: the moment of the last step; forward only."""

    id: str
    new: NewCase
    now: datetime
    herhaling_van: str | None = None
    toestand: Toestand = Toestand.VOORONDERZOEK
    behandelaar: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    parts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    visits: list[dict[str, Any]] = field(default_factory=list)

    def chance(self, what: str) -> float:
        """A number in (0, 1] of this case alone, the same at every start of the demo."""
        return uniform(self.id, what)

    def later(self, days: int) -> None:
        """Go on to the first working day so many days later, some time in office hours."""
        day = local_day(self.now) + timedelta(days=days)
        while free(day):
            day += timedelta(days=1)
        minutes = int(self.chance(f"minuten {len(self.steps)}") * DAY_LENGTH * 60)
        moment = datetime.combine(day, MORNING, WALL) + timedelta(minutes=minutes)
        self.now = max(moment.astimezone(UTC), self.now + timedelta(minutes=20))

    def open(self, handlers: frozenset[str]) -> None:
        """Open it and draw who handles it."""
        self.later(0)
        self.row = {"geopend": self.now, "datum_start": local_day(self.now)}
        self._write(Stap.OPENEN, self.toestand)
        self.behandelaar = self._draw(Deel.BEHANDELAAR, handlers)

    def declare(self, person: str) -> None:
        """Somebody declares to have no tie, unless they did."""
        mine = [part for (who, _), part in self.parts.items() if who == person and part["verklaard"] is None]
        if mine:
            self._write(Stap.GEEN_BAND, self.toestand, persoon=person)
            for part in mine:
                part["verklaard"] = self.now

    def pass_on(self, handlers: frozenset[str]) -> None:
        """The handler has a tie: out of the case, and another is drawn."""
        gone = self.behandelaar
        self._write(Stap.WEL_BAND, self.toestand, persoon=gone)
        self.parts[gone, Deel.BEHANDELAAR].update(tot=self.now, band=True)
        self.behandelaar = self._draw(Deel.BEHANDELAAR, handlers - {gone})

    def take(self, stap: Stap, person: str = "", *, motivering: str = "", uitkomst: str = "") -> None:
        """Take a step of the table, by the handler unless said otherwise."""
        naar = RULES[stap].naar or self.toestand
        self._write(stap, naar, persoon=person or self.behandelaar, motivering=motivering, uitkomst=uitkomst)
        self.toestand = naar

    def two(self, what: Wacht, approvers: frozenset[str], uitkomst: str = "") -> str:
        """Put before a second person, who declares and agrees; with nobody there, go on without. Who it was, or ""."""
        words = text(f"onderzoek_demo.{what.value}")
        self.take(Stap(f"{what}_voorleggen"), motivering=words, uitkomst=uitkomst)
        second = self._draw(Deel.GOEDKEURDER, approvers)
        self.later(2)
        outcome = WITHDRAWN if what is Wacht.INTREKKING else uitkomst
        if second:
            self.declare(second)
            self.take(Stap(f"{what}_akkoord"), second, uitkomst=outcome)
        else:
            self.take(Stap(f"{what}_zonder_tweede"), motivering=text("onderzoek_demo.alleen"), uitkomst=outcome)
        self._agreed(what, outcome)
        return second

    def visit(self, visitors: frozenset[str], *, met: bool) -> None:
        """Go there, the handler along with a visitor who is drawn."""
        self.take(Stap.HUISBEZOEK, motivering=text("onderzoek_demo.huisbezoek"))
        visitor = self._draw(Deel.BEZOEKER, visitors)
        self.declare(visitor)
        self.later(6)
        self.take(Stap.BEZOEK, visitor)
        self.visits.append(
            {
                "onderzoek_id": self.id,
                "nr": len(self.steps),
                "moment": self.now.replace(second=0, microsecond=0) - timedelta(minutes=10),
                "bezoeker": visitor,
                "metgezel": self.behandelaar,
                "getroffen": (Getroffen.BEWONER if met else Getroffen.NIEMAND).value,
                "gelegitimeerd": met,
                "toestemming": Toestemming.NIET_GEVRAAGD.value,
                "binnen": False,
                "sporen": met or self.chance("sporen") < 0.5,
                "bevinding": text("onderzoek_demo.bevinding"),
            }
        )

    def end(self) -> None:
        """The moment of this last step is that of the end."""
        self.row |= {"afgerond": self.now, "datum_afgerond": local_day(self.now)}

    def case(self) -> dict[str, Any]:
        """The row of `onderzoeken`."""
        new = self.new
        return {
            "id": self.id,
            "adresseerbaarobject_identificatie": new.identificatie,
            "gemeente": new.gemeente,
            "doel": new.doel.value,
            "aanleiding": new.aanleiding,
            "selectiekans": new.selectiekans,
            "bron": new.bron,
            "band": new.band,
            "alleen_bureau": new.alleen_bureau,
            "herhaling_van": self.herhaling_van,
            "toestand": self.toestand.value,
            "wacht_op": "",
            "voorstel": "",
            "behandelaar": self.behandelaar,
            "tweede": "",
            "correctie": 0,
            "versie": len(self.steps),
            **dict.fromkeys(("gestart", "melder_ingelicht", "afgerond", "datum_afgerond", "uitkomst")),
            **self.row,
        }

    def _agreed(self, what: Wacht, outcome: str) -> None:
        if what is Wacht.START:
            self.row["gestart"] = self.now
        else:
            self.row["uitkomst"] = outcome
        if self.toestand in ENDS:
            self.end()

    def _draw(self, deel: Deel, among: frozenset[str]) -> str:
        """By lot, with the seed and the candidates in the step as the service keeps them."""
        handled = {who for who, part in self.parts if part == Deel.BEHANDELAAR}
        agreed = {who for who, part in self.parts if part == Deel.GOEDKEURDER and deel is Deel.BEZOEKER}
        lot = draw(dict.fromkeys((among - handled - agreed) or (among - handled), 0), f"{self.id}{len(self.steps):04}")
        told = {"deel": deel.value, "zaad": lot.zaad, "kandidaten": lot.kandidaten, "gekozen": lot.gekozen}
        self._write(Stap.TOEWIJZEN, self.toestand, gegevens=told)
        if lot.gekozen and (lot.gekozen, deel) not in self.parts:
            self.parts[lot.gekozen, deel] = {"sinds": self.now, "verklaard": None, "tot": None, "band": False}
        return lot.gekozen

    def _write(
        self,
        stap: Stap,
        naar: Toestand,
        *,
        persoon: str = "",
        motivering: str = "",
        uitkomst: str = "",
        gegevens: Mapping[str, Any] | None = None,
    ) -> None:
        nr = len(self.steps) + 1
        if stap in (*AGREEMENTS, *BYPASSES, Stap.AANSCHRIJVEN, Stap.VOORNEMEN, Stap.AFRONDEN):
            self.later(0)
        self.steps.append(
            {
                "onderzoek_id": self.id,
                "nr": nr,
                "stap": stap.value,
                "van": self.toestand.value,
                "naar": naar.value,
                "persoon": persoon,
                "tijd": self.now,
                "motivering": motivering,
                "uitkomst": uitkomst,
                "gegevens": json.dumps(dict(gegevens or {}), ensure_ascii=False, sort_keys=True),
                "sleutel": f"demo-{self.id}-{nr}",
            }
        )
