"""A made-up register of three features, for tests of what is done with any register."""

from __future__ import annotations

from features.columns import Feature, Papers, Proof

PROOF = Proof(says="s", evidence="e")
PAPERS = Papers(
    ground="g", purpose="p", lawful=PROOF, proxy=PROOF, quality=PROOF, statistical=PROOF, substantive=PROOF,
    reviewer="r", date="2026-11-25",
)  # fmt: skip


def feature(name: str, **given: object) -> Feature:
    """A feature with complete papers; pass what differs."""
    fields: dict[str, object] = {
        "name": name,
        "group": "energie",
        "label": name.capitalize(),
        "description": name,
        "sources": ("energie",),
        "unit": "",
        "spookbewoning": 1,
        "schijnbewoning": -1,
        "sentence_for": f"{name}: {{waarde}}, meestal {{vergelijking}}; dat wijst erop.",
        "sentence_against": f"{name}: {{waarde}}, meestal {{vergelijking}}; dat wijst er niet op.",
        "papers": PAPERS,
    }
    return Feature(**(fields | given))  # type: ignore[arg-type]


KWH = feature("verbruik", unit="kWh", label="Verbruik")
PEOPLE = feature("ingeschrevenen", persons=True, group="bewoning", label="Ingeschrevenen")
PARK = feature("park", label="WOZ-park", named_values=((0.0, "nee"), (1.0, "ja")))
SHARE = feature("aandeel", unit="%", decimals=1)
MADE_UP = (KWH, PEOPLE, PARK, SHARE)
