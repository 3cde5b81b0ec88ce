"""A round and a plan that nobody solved: what pages and exports are tried on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from features.columns import Doel
from service.rounds.records import Adres, Over, Plangegevens, Ronde, Stop, Vergelijking

DAY = date(2026, 11, 26)
LEAVE = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)  # 9.00 on the wall
CANARIES = ("999990019", "p-veld-anna", "p-veld-bram")  # a BSN and ids of persons
REASONS = {
    Doel.SPOOKBEWONING: (
        "Er staat niemand ingeschreven, maar het stroomverbruik was 2.840 kWh in een jaar.",
        "Er staat al 26 maanden niemand ingeschreven. Bij vergelijkbare woningen is dat 0 maanden.",
        "De eigenaar woont volgens het Kadaster niet op dit adres.",
        "Het gasverbruik stijgt niet als het koud is.",
        "In de laatste 12 maanden kwamen er geen meldingen over dit adres.",
    ),
    Doel.SCHIJNBEWONING: (
        "Per ingeschreven persoon is er 9 m². Bij vergelijkbare woningen is dat 38 m².",
        "Het stroomverbruik per ingeschreven persoon is laag: 210 kWh in een jaar.",
        "In 24 maanden schreven 11 personen zich hier in.",
        "Er kwam geen post terug.",
    ),
}
PLACES = (  # address, metres east and north of the start, target
    ("Zandweg 1", 900, 1400, Doel.SPOOKBEWONING),
    ("Zandweg 1a", 925, 1415, Doel.SCHIJNBEWONING),
    ("Zandweg 1b", 880, 1425, Doel.SPOOKBEWONING),
    ("Veenhof 12", 2100, 2500, Doel.SPOOKBEWONING),
    ("Reeënlaan 3", 3300, 1700, Doel.SCHIJNBEWONING),
    ("Langewijk 44", 3900, -300, Doel.SPOOKBEWONING),
    ("Bosrand 7", 2500, -1500, Doel.SCHIJNBEWONING),
    ("Lindelaan (park) 18", 700, -1100, Doel.SPOOKBEWONING),
)
START = (231000.0, 517000.0)


def address(nr: int, team: int = 0) -> Adres:
    name, east, north, doel = PLACES[nr]
    return Adres(
        id=f"{nr + 16 * team:032x}",
        identificatie=f"017501{nr:010d}",
        onderzoek_id=f"o-{nr}",
        gemeente="0175",
        adres=name,
        postcode=f"77{30 + nr}AB",
        woonplaats="Oosterveen" if nr % 3 else "Broekdijk",
        doel=doel,
        afgeschermd=nr == 4,
        x=START[0] + east * (-1 if team else 1),
        y=START[1] + north,
        redenen=REASONS[doel],
        nodig=frozenset({"twee_personen"}) if nr == 5 else frozenset(),
        pogingen=(datetime(2026, 11, 19, 10, 15, tzinfo=UTC),) if nr == 3 else (),
    )


def stop(nr: int, doors: tuple[int, ...], begin: datetime, *, team: int = 0, off: str = "") -> Stop:
    found = tuple(address(door, team) for door in doors)
    return Stop(
        id=f"{nr + 64 * team:032x}",
        nr=nr,
        adressen=found,
        x=sum(one.x for one in found) / len(found),
        y=sum(one.y for one in found) / len(found),
        aankomst=begin - timedelta(minutes=3),
        begin=begin,
        einde=begin + timedelta(minutes=20 + 10 * len(found)),
        vast=nr == 2,
        vervallen=off,
    )


def made_round(team: int = 0, day: int = 0, *, off: str = "") -> Ronde:
    yards: tuple[tuple[int, ...], ...] = ((0, 1, 2), (3,), (4,), (5,), (6,), (7,))
    leave = LEAVE + timedelta(days=day)
    stops = tuple(
        stop(nr, doors, leave + timedelta(minutes=20 + 62 * (nr - 1)), team=team, off=off if nr == 3 else "")
        for nr, doors in enumerate(yards, start=1)
    )
    return Ronde(
        id=f"{1 + team + 8 * day:032x}",
        plan_id="c" * 32,
        gemeente="0175",
        dag=DAY + timedelta(days=day),
        team=("Buiten 1", "Buiten 2")[team],
        leden=CANARIES[1:],
        start_x=START[0],
        start_y=START[1],
        vertrek=leave,
        terug=leave + timedelta(hours=6, minutes=40),
        stops=stops,
        versie=3,
    )


def made_plan(toestand: str = "concept") -> Plangegevens:
    return Plangegevens(
        id="c" * 32,
        gemeente="0175",
        eerste_dag=DAY,
        laatste_dag=DAY + timedelta(days=1),
        toestand=toestand,
        versie=3,
        ronden=(made_round(0, 0), made_round(1, 0), made_round(0, 1)),
        over=tuple(
            Over(adres=address(nr), waarom=why)
            for nr, why in enumerate(("minder_waarde", "te_ver", "geen_tijd", "geen_team", "past_niet", "geweerd"))
        ),
        vergelijkingen=(
            Vergelijking(naam="plan", vondsten=7.4, uren=19.2, adressen=24),
            Vergelijking(naam="lijst", vondsten=4.1, uren=19.6, adressen=15),
        ),
    )
