"""In demo mode there is a past: closed investigations of the last year, so that patterns have something to show.

Made up from a fixed seed. One who worked here before closes cases otherwise than colleagues do: finds less, and ends
more without an answer. Written whole in one unit of work, with one entry in the logs that says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from features.columns import Doel
from service.candidates import candidates
from service.cases.again import AANLEIDING as AGAIN
from service.cases.again import BRON as SECOND_LOOK
from service.cases.codes import FOUND, MAY, NEEDS_INTENTION, NEEDS_VISIT, TOLD, WITHDRAWN, Deel, Wacht
from service.cases.contract import NewCase
from service.cases.demo_story import Story
from service.cases.demo_write import SHARE, write
from service.cases.draw import uniform
from service.cases.steps import Stap
from service.cases.tables import onderzoeken
from service.desk import Desk
from service.faults import NothingPublished
from service.logs.entry import Trace
from service.people import Person
from service.permissions import may
from service.signin import demo as accounts
from service.web.teksten import text

LEAST = 2_000  # addresses of a gemeente: in a smaller one the past would be most of the town
PER_DOEL = 200  # cases per gemeente and target
SHUT = "demo-gerrit"  # the one whose outcomes differ
BUSY = frozenset({"A", "B"})  # bands that are left for the demo's own work
CHANCES = {"risico": 0.4, "verkenning": 0.02, "steekproef": 0.01}  # selectiekans by aanleiding; of a signal unknown
FINDS = {"A": 0.6, "B": 0.45, "C": 0.3}  # share of cases in which something is found, by the band of then
OUTCOMES = {
    Doel.SPOOKBEWONING: ("bewoond_zonder_inschrijving", "leegstand_bevestigd", "illegaal_gebruik"),
    Doel.SCHIJNBEWONING: ("ingeschreven_niet_woonachtig", "vertrokken_onbekend_waarheen"),
}
GOLDEN = 0.6180339887498949
QUIET = ("niemand_aangetroffen", "geen_medewerking", WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Who could have which part, by pseudonym."""

    handlers: frozenset[str]
    approvers: frozenset[str]
    visitors: frozenset[str]

    @classmethod
    def of(cls, people: tuple[Person, ...]) -> Staff:
        """Of everybody who works here or did."""
        able = {deel: frozenset(one.id for one in people if may(one, MAY[deel])) for deel in Deel}
        return cls(handlers=able[Deel.BEHANDELAAR], approvers=able[Deel.GOEDKEURDER], visitors=able[Deel.BEZOEKER])


def past_cases(desk: Desk, *, least: int = LEAST) -> int:
    """Write them, once; how many. None outside demo mode, without a publication, or when there is any case."""
    if not desk.settings.demo:
        return 0
    try:
        publication = desk.publications.current()
    except NothingPublished:
        return 0
    with desk.database.looking() as read:
        if read.execute(select(onderzoeken.c.id).limit(1)).first() is not None:
            return 0
    now, luck, stories = desk.database.clock(), _Luck(), list[Story]()
    gemeenten = frozenset(publication.gemeenten)
    staff = Staff.of((*accounts.accounts(gemeenten), *accounts.former(gemeenten)))
    for gemeente in sorted(gemeenten):
        for doel in Doel:
            listed = candidates(publication, doel, gemeente)
            if len(listed.identificaties) >= least:
                quiet = listed.identificaties[[band not in BUSY for band in listed.band.tolist()]]
                stories += _closed(gemeente, doel, quiet.tolist(), staff, luck, now)
    if stories:
        with desk.database.unit(None, Trace()) as unit:
            accounts.enrol_former(unit.connection, gemeenten)
            write(unit, stories)
    return len(stories)


def _closed(
    gemeente: str, doel: Doel, addresses: list[str], staff: Staff, luck: _Luck, now: datetime
) -> Iterator[Story]:
    """The cases of one target, each followed by its second look when there was one."""
    chosen = sorted(addresses, key=lambda one: _key(one, doel))[:PER_DOEL]
    for number, identificatie in enumerate(chosen):
        id = _key(identificatie, doel)
        why = _pick(id, "aanleiding", ("risico", "risico", "risico", "verkenning", "steekproef", "signaal"))
        new = NewCase(
            identificatie=identificatie,
            gemeente=gemeente,
            doel=doel,
            aanleiding=why,
            selectiekans=CHANCES.get(why),
            bron="signaal" if why in TOLD else "werkvoorraad",
            band=_pick(id, "band", ("A", "A", "A", "B", "B", "C")),
        )
        begun = now - timedelta(days=250 + int(uniform(id, "dag") * 240))
        first = Story(id=id, new=new, now=begun)
        _live(first, staff, number, luck)
        yield first
        if _again(first):
            look = NewCase(**{**vars(new), "aanleiding": AGAIN, "selectiekans": None, "bron": SECOND_LOOK})
            second = Story(id=_key(id, doel), new=look, now=first.now + timedelta(days=21), herhaling_van=id)
            before = frozenset(who for who, _ in first.parts)
            others = Staff(**{name: who - before for name, who in vars(staff).items()})
            if not others.approvers:  # as service/cases/assigning.py: a look without one would show what it is
                others = Staff(handlers=others.handlers, approvers=staff.approvers, visitors=others.visitors)
            _live(second, others, 1, luck, first.row["uitkomst"] if uniform(id, "gelijk") < 0.8 else "in_orde")
            yield second


def _again(first: Story) -> bool:
    """Whether it was drawn for a second look, which is over by now."""
    return first.row["uitkomst"] != WITHDRAWN and uniform(first.id, "herbezoek") <= SHARE


def _live(story: Story, staff: Staff, number: int, luck: _Luck, outcome: str = "") -> None:
    """From opening to end."""
    story.open(staff.handlers)
    if number % 97 == 5:
        story.pass_on(staff.handlers)
    story.declare(story.behandelaar)
    story.later(1)
    nobody = number % 89 == 7  # a week in summer without a second person
    story.two(Wacht.START, frozenset() if nobody else staff.approvers)
    outcome = outcome or _outcome(story, luck)
    story.later(3)
    story.take(Stap.AANSCHRIJVEN)
    story.later(14)
    if story.chance("inlichtingen") < 0.4:
        story.take(Stap.NADERE_INLICHTINGEN)
        story.later(10)
    if outcome in NEEDS_VISIT or (outcome in FOUND and story.chance("bezoek") < 0.7):
        story.visit(staff.visitors, met=outcome not in NEEDS_VISIT)
    story.later(4)
    if outcome == WITHDRAWN:
        story.two(Wacht.INTREKKING, staff.approvers)
        if story.new.aanleiding in TOLD:
            _tell(story)
        return
    if outcome in NEEDS_INTENTION:
        story.take(Stap.VOORNEMEN, motivering=text("onderzoek_demo.voornemen"))
        story.later(15)
    story.two(Wacht.BESLUIT, staff.approvers, outcome)
    if story.new.aanleiding in TOLD:
        _tell(story)
    story.take(Stap.AFRONDEN)
    story.end()


def _tell(story: Story) -> None:
    story.later(1)
    story.take(Stap.MELDER_INLICHTEN)
    story.row["melder_ingelicht"] = story.now


class _Luck:
    """Evenly spread numbers for each person and band (golden-ratio steps): nobody stands out by chance alone."""

    def __init__(self) -> None:
        self.before: Counter[tuple[str, str]] = Counter()

    def of(self, person: str, band: str) -> float:
        """The next one, in [0, 1)."""
        self.before[person, band] += 1
        return (0.5 + GOLDEN * self.before[person, band]) % 1


def _outcome(story: Story, luck: _Luck) -> str:
    """What was found, by the band of then; by who handles it only for the one whose outcomes differ."""
    finds, quiet = FINDS[story.new.band], 0.12
    if story.behandelaar == SHUT:
        finds, quiet = finds * 0.25, 0.4
    drawn = luck.of(story.behandelaar, story.new.band)
    if drawn < finds:
        return _pick(story.id, "gevonden", OUTCOMES[story.new.doel])
    return _pick(story.id, "stil", QUIET) if drawn < finds + quiet else "in_orde"


def _pick(id: str, what: str, options: tuple[str, ...]) -> str:
    return options[min(int(uniform(id, what) * len(options)), len(options) - 1)]


def _key(what: str, doel: Doel) -> str:
    return hashlib.sha256(f"demo|{doel.value}|{what}".encode()).hexdigest()[:16]
