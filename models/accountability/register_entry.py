"""What a model's entry in the Algoritmeregister says: fixed words, and figures by their name in the registry."""

from __future__ import annotations

from models.accountability.algorithm_register import Entry
from models.accountability.facts import Facts
from models.accountability.letter import looked_at
from models.accountability.organisation import FILL_IN
from models.accountability.words import MEANING, NEVER, SOURCES, listed
from models.wording import dutch_number

NO_CLAIM = "Er waren te weinig latere onderzoeken om te toetsen hoe goed het model is."

THIN = "Er is in de toets weinig gevonden; deze cijfers zeggen daarom nog bijna niets."


def entry(facts: Facts) -> Entry:
    """The entry. Raises Refusal when a text is too long or a setting of [organisatie] is not as the standard asks.

    A begindatum that nobody gave is the month until which the model learned.
    """
    given, run = facts.organisation, facts.run
    begun = run.trained_as_of[:7] if given.begindatum.startswith(FILL_IN) else given.begindatum
    return Entry(
        naam=f"Schijnwerper: {run.doel}",
        korte_omschrijving=(
            "Zet adressen op volgorde, zodat een medewerker weet waar kijken het meest oplevert. "
            f"{MEANING[run.doel]} Het model beslist niets."
        ),
        organisatie=given.naam,
        thema=given.thema,
        status=given.status,
        begindatum=begun,
        contact=given.contact,
        publicatiecategorie=given.publicatiecategorie,
        doel_en_impact=(
            "Doel: de basisregistratie personen op orde houden, door eerst te kijken waar registratie en werkelijkheid "
            "waarschijnlijk uiteenlopen. Impact: wie op een adres staat dat wordt gekozen, kan een brief of een bezoek "
            "krijgen. Een hoge plaats is geen bewijs en heeft uit zichzelf geen gevolg voor iemand."
        ),
        afwegingen=(
            "Zonder keuze vooraf is de kans om iets te vinden klein, of hangt de keuze af van wie iets meldt. Het "
            "model is zo gebouwd dat het hele model leesbaar is: een optelsom van punten per kenmerk. Kenmerken zijn "
            f"alleen gebruikt als hun papieren compleet zijn. Nooit gelezen: {listed(NEVER)}."
            + ("" if facts.reads_age else " Leeftijd is niet gebruikt.")
        ),
        menselijke_tussenkomst=(
            "Een medewerker beoordeelt elk adres zelf, met de redenen voor en tegen, en schrijft op waarom er wel of "
            "geen onderzoek komt. Alleen een mens neemt een besluit, na onderzoek. Een model komt pas in gebruik als "
            "twee mensen dat goedkeuren."
        ),
        risicobeheer=(
            "In elke werklijst zit een deel dat door loting is gekozen, zodat te meten is wat het model waard is. Elke "
            "meting legt belofte en uitkomst naast elkaar, kijkt of gegevens verschuiven en of groepen gelijk worden "
            "behandeld. Een vaste stopregel haalt het model weg als dat niet klopt; een mens heft dat op, met een "
            "motivering."
        ),
        wettelijke_basis=given.wettelijke_basis,
        impacttoetsen=given.impacttoetsen,
        gegevens=_data(facts),
        technische_werking=_workings(facts),
    )


def _data(facts: Facts) -> str:
    sources = "\n".join(f"- {SOURCES.get(source, source)}" for source in facts.sources)
    return (
        f"Bronnen:\n{sources}\nGekeken wordt naar: {'; '.join(looked_at(facts))}. "
        f"Dat zijn {_number(facts, 'kenmerken')} kenmerken. "
        f"Geleerd van {_number(facts, 'labels')} uitkomsten van eerdere onderzoeken, waarvan "
        f"{_number(facts, 'positieven')} raak, tot en met {facts.run.trained_as_of}."
    )


def _workings(facts: Facts) -> str:
    return (
        "Het model is een gegeneraliseerd additief model (explainable boosting): van elk kenmerk staat in een tabel "
        "hoeveel punten elke waarde geeft, en de som geeft de kans. Die tabellen zijn het hele model. Bij elk adres "
        f"staan de punten erbij. {_claim(facts)} Versie {facts.run.version or 'nog niet geregistreerd'}, "
        f"SHA-256 {facts.run.sha256}."
    )


def _claim(facts: Facts) -> str:
    head = facts.headline
    if head is None:
        return NO_CLAIM
    name, other = f"later_precisie_bij_{head.naam}", f"later_profielen_precisie_bij_{head.naam}"
    value, low, high = (_percent(facts, f"{name}{bound}") for bound in ("", "_laag", "_hoog"))
    beside = f"; bij de regels uit de praktijk {_percent(facts, other)}" if other in facts.numbers else ""
    thin = f" {THIN}" if facts.thin else ""
    return (
        f"Bij de toets op latere onderzoeken was {value} van de eerste {head.k} adressen raak (90% zeker: {low} tot "
        f"{high}){beside}.{thin}"
    )


def _number(facts: Facts, name: str) -> str:
    return dutch_number(facts.numbers[name], 0)


def _percent(facts: Facts, name: str) -> str:
    return f"{dutch_number(100 * facts.numbers[name], 0)}%" if name in facts.numbers else "onbekend"
