"""The papers of a feature that follow from its source: ground, lawfulness and quality. The rest is the feature's own.

The five tests are those of the Algoritmekader for every variable of a selecting algorithm: lawful, proxy, quality,
statistical and substantive relation. A feature states its own proxy and substantive test; where the evidence lies is the
same for all features of one source. Whatever depends on a year of birth is on trial until a gemeente has weighed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from features.columns import Papers, Proof, Status

PURPOSE = "To choose the addresses at which an adresonderzoek is likely to correct the BRP (Wet BRP art. 2.34, 2.60)."
STATISTICAL = Proof(
    says="Measured on the random stream and on held-out investigations, with an interval; a feature whose sign "
    "contradicts its declared direction gets no weight, because the tables are monotone as declared.",
    evidence="`schijnwerper papers`: relation with the outcomes; the back-test of each training, in its model card.",
)
PROXY_EVIDENCE = "`schijnwerper papers`: association with each audit group; `schijnwerper fairness`: effect per stage."
REVIEWER = "project team; to be confirmed by the privacy officer of each gemeente before first use"
REVIEWED = "2026-11-25"
AGE = (
    "depends on years of birth: distinction by age needs a justification of its own (Charter of fundamental rights of "
    "the EU art. 21; AVG art. 5(1)(c)), and a gemeente has to give it first"
)


@dataclass(frozen=True, kw_only=True)
class SourcePapers:
    """What holds for every feature of one source. rests_on: what the substantive relation of its features rests on."""

    ground: str
    lawful: Proof
    quality: Proof
    rests_on: str


def _source(ground: str, *, lawful: str, read: str, quality: str, rests_on: str) -> SourcePapers:
    """read: where is to be seen that no more is read than `lawful` says."""
    return SourcePapers(
        ground=ground,
        lawful=Proof(says=lawful, evidence=f"docs/data-dictionary.md: {read}"),
        quality=Proof(
            says=quality, evidence="`schijnwerper check`: rows used and rejected by reason, links, coverage."
        ),
        rests_on=rests_on,
    )


SOURCES = {
    "brp": _source(
        "Wet BRP art. 1.4, 2.34 and 2.60: the college keeps the register right and investigates doubt.",
        lawful="Only rubrieken needed to tell where somebody is registered and since when; no identity, origin or gender.",
        read="the columns of persoonslijsten; canaries in tests/loop/test_privacy.py show that nothing else passes.",
        quality="Dates may be partial and are kept as intervals; late declarations are seen through 08.86.10.",
        rests_on="Landelijke Aanpak Adreskwaliteit: its signals and what visits to them found.",
    ),
    "bag": _source(
        "Wet BAG art. 32 in connection with Wet BRP art. 2.34: authentic data on addresses and buildings.",
        lawful="Public data about buildings, not about persons.",
        read="the columns of verblijfsobject, pand, ligplaats and standplaats.",
        quality="Floor area 1, 9999 and the like mean unknown; the use on paper can lag behind permits.",
        rests_on="CBS energy method: dwellings are compared with dwellings of the same kind, size and period.",
    ),
    "energie": _source(
        "The agreement in levering.toml with the grid operator (AVG art. 6(1)(e)); without it the source is not read.",
        lawful="Use per address is personal data: read only under an agreement that names this purpose, as totals per month.",
        read="the columns of jaarafname, maandafname and kleinverbruik; grants are enforced in features/delivery.py.",
        quality="Estimated months are ignored for patterns; feed-in is corrected; connections can serve several dwellings.",
        rests_on="CBS, Spookwoningen (Zicht op Ondermijning): use against comparable inhabited dwellings.",
    ),
    "vastgoed": _source(
        "Wet WOZ art. 37a, Kadasterwet art. 99 and Handelsregisterwet art. 28, for the public task of Wet BRP art. 2.34.",
        lawful="Ownership as a pseudonym and a kind of owner; no names, no financing.",
        read="the columns of woz, eigendom, vestigingen and energielabels.",
        quality="Reference dates lie up to two years back; shares of one transfer are joined before chains are counted.",
        rests_on="Practice of handhaving: rental by intermediaries and chains of short ownership.",
    ),
    "signalen": _source(
        "Wet BRP art. 2.34 with the Regeling LAA (since 15-05-2023): signals about the quality of an address.",
        lawful="Only the kind, the source and the dates of a signal; never its text or who sent it.",
        read="the columns of signalen.",
        quality="Neighbours and agencies report unevenly over streets: the fairness report measures by area.",
        rests_on="Landelijke Aanpak Adreskwaliteit: about half of the visits to mature signals find something.",
    ),
    "omgeving": _source(
        "Open geographical data (Wet hergebruik van overheidsinformatie); about places, not persons.",
        lawful="Only distances and areas of public map layers.",
        read="the layers of omgeving.gpkg.",
        quality="Layers are drawn at differing scales; an address on a border may fall on either side.",
        rests_on="Practice of handhaving in the buitengebied: fewer neighbours notice.",
    ),
}  # fmt: skip


def papers(source: str, *, proxy: str, substantive: str, age: bool = False) -> Papers:
    """The papers of a feature whose main source is `source`. proxy, substantive: one honest sentence each.

    age: the value depends on years of birth; such a feature is on trial.
    """
    shared = SOURCES[source]
    return Papers(
        ground=shared.ground,
        purpose=PURPOSE,
        lawful=shared.lawful,
        proxy=Proof(says=proxy, evidence=PROXY_EVIDENCE),
        quality=shared.quality,
        statistical=STATISTICAL,
        substantive=Proof(says=substantive, evidence=shared.rests_on),
        reviewer=REVIEWER,
        date=REVIEWED,
        status=Status.PROEF if age else Status.TOEGELATEN,
        why=AGE if age else "",
        age=age,
    )
