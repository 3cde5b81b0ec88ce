"""The words of the adresonderzoek, as constants: states, parts that people have in it, and groups of outcomes."""

from __future__ import annotations

from enum import StrEnum

from service.permissions import Permission


class Toestand(StrEnum):
    """Where an investigation stands. The last two are its ends."""

    VOORONDERZOEK = "vooronderzoek"
    AANSCHRIJVEN = "aanschrijven"
    NADERE_INLICHTINGEN = "nadere_inlichtingen"
    HUISBEZOEK = "huisbezoek"
    VOORNEMEN = "voornemen"
    BESLUIT = "besluit"
    AFGEROND = "afgerond"
    INGETROKKEN = "ingetrokken"


ENDS = frozenset({Toestand.AFGEROND, Toestand.INGETROKKEN})
RUNNING = frozenset(Toestand) - ENDS
WORK = frozenset(
    {
        Toestand.VOORONDERZOEK,
        Toestand.AANSCHRIJVEN,
        Toestand.NADERE_INLICHTINGEN,
        Toestand.HUISBEZOEK,
        Toestand.VOORNEMEN,
    }
)  # before the decision


class Wacht(StrEnum):
    """What lies with the second person."""

    START = "start"
    BESLUIT = "besluit"
    INTREKKING = "intrekking"
    CORRECTIE = "correctie"


class Deel(StrEnum):
    """The part somebody has in an investigation: need to know goes no further."""

    BEHANDELAAR = "behandelaar"
    GOEDKEURDER = "goedkeurder"
    BEZOEKER = "bezoeker"


MAY: dict[Deel, Permission] = {
    Deel.BEHANDELAAR: Permission.ONDERZOEK_DOEN,
    Deel.GOEDKEURDER: Permission.GOEDKEUREN,
    Deel.BEZOEKER: Permission.BEZOEKEN,
}

WITHDRAWN = "ingetrokken"  # the outcome of FORMATS 6 that belongs to the state of that name
# Outcomes that change what the register says of people: they have a right to speak first (Awb 4:8).
NEEDS_INTENTION = frozenset(
    {
        "ingeschreven_niet_woonachtig",
        "vertrokken_onbekend_waarheen",
        "minder_bewoners_dan_ingeschreven",
        "meer_bewoners_dan_ingeschreven",
    }
)
# Outcomes that say what was seen on the spot: no visit, no such outcome.
NEEDS_VISIT = frozenset({"niemand_aangetroffen", "niemand_aangetroffen_sporen"})
# Register and reality part ways, for whichever target; the others found nothing or could not tell.
FOUND = NEEDS_INTENTION | {
    "bewoond_zonder_inschrijving",
    "gebruik_zonder_inschrijving",
    "illegaal_gebruik",
    "leegstand_bevestigd",
}
NO_ANSWER = frozenset({"niemand_aangetroffen_sporen", "niemand_aangetroffen", "geen_medewerking", WITHDRAWN})
TOLD = frozenset({"signaal", "melding"})  # aanleidingen in which somebody waits for an answer
