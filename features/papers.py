"""The papers of a feature that follow from its source: ground, lawfulness and quality. The rest is the feature's own.

The five tests are those of the Algoritmekader for every variable of a selecting algorithm: lawful, proxy, quality,
statistical and substantive relation. A feature states its own proxy and substantive test.
"""

from __future__ import annotations

from dataclasses import dataclass

from features.columns import Papers, Status

PURPOSE = "To choose the addresses at which an adresonderzoek is likely to correct the BRP (Wet BRP art. 2.34, 2.60)."
STATISTICAL = (
    "Measured on held-out investigations at each training, with an interval; a feature whose sign contradicts its "
    "declared direction gets no weight, because the tables are monotone as declared."
)


@dataclass(frozen=True, kw_only=True)
class SourcePapers:
    """What holds for every feature of one source."""

    ground: str
    lawful: str
    quality: str


SOURCES = {
    "brp": SourcePapers(
        ground="Wet BRP art. 1.4, 2.34 and 2.60: the college keeps the register right and investigates doubt.",
        lawful="Only rubrieken needed to tell where somebody is registered and since when; no identity, origin or gender.",
        quality="Dates may be partial and are kept as intervals; late declarations are seen through 08.86.10.",
    ),
    "bag": SourcePapers(
        ground="Wet BAG art. 32 in connection with Wet BRP art. 2.34: authentic data on addresses and buildings.",
        lawful="Public data about buildings, not about persons.",
        quality="Floor area 1, 9999 and the like mean unknown; the use on paper can lag behind permits.",
    ),
    "energie": SourcePapers(
        ground="The agreement in levering.toml with the grid operator (AVG art. 6(1)(e)); without it the source is not read.",
        lawful="Use per address is personal data: read only under an agreement that names this purpose, as totals per month.",
        quality="Estimated months are ignored for patterns; feed-in is corrected; connections can serve several dwellings.",
    ),
    "vastgoed": SourcePapers(
        ground="Wet WOZ art. 37a, Kadasterwet art. 99 and Handelsregisterwet art. 28, for the public task of Wet BRP art. 2.34.",
        lawful="Ownership as a pseudonym and a kind of owner; no names, no financing.",
        quality="Reference dates lie up to two years back; shares of one transfer are joined before chains are counted.",
    ),
    "signalen": SourcePapers(
        ground="Wet BRP art. 2.34 with the Regeling LAA (since 15-05-2023): signals about the quality of an address.",
        lawful="Only the kind, the source and the dates of a signal; never its text or who sent it.",
        quality="Neighbours and agencies report unevenly over streets: the fairness report measures by area.",
    ),
    "omgeving": SourcePapers(
        ground="Open geographical data (Wet hergebruik van overheidsinformatie); about places, not persons.",
        lawful="Only distances and areas of public map layers.",
        quality="Layers are drawn at differing scales; an address on a border may fall on either side.",
    ),
}


def papers(source: str, *, proxy: str, substantive: str, status: Status = Status.TOEGELATEN) -> Papers:
    """The papers of a feature whose main source is `source`. proxy, substantive: one honest sentence each."""
    shared = SOURCES[source]
    return Papers(
        ground=shared.ground,
        purpose=PURPOSE,
        lawful=shared.lawful,
        proxy=proxy,
        quality=shared.quality,
        statistical=STATISTICAL,
        substantive=substantive,
        status=status,
    )
