"""The declaration language: a column, a constraint, a source table, a feature and its papers.

From one declaration follow the reader's validation, the data dictionary in docs/, and the columns of the
synthetic writer. Declarations are data: they compute nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a field is read. Every identifier is TEXT: leading zeros are kept."""

    TEXT = "text"
    INT = "int"
    FLOAT = "float"
    DATE = "date"  # YYYY-MM-DD
    PARTIAL_DATE = "partial_date"  # YYYYMMDD, 00 parts mean unknown (LO GBA)
    MONTH = "month"  # YYYY-MM
    YES_NO = "yes_no"  # J | N


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """What a value must satisfy; a row that breaks it is rejected with its reason, never dropped silently."""

    at_least: float | None = None
    at_most: float | None = None
    one_of: tuple[str, ...] | None = None
    pattern: str | None = None  # full match

    def describe(self) -> str:
        """The constraint in words, for `afgekeurd.csv` and the data dictionary."""
        parts = []
        if self.at_least is not None:
            parts.append(f">= {self.at_least:g}")
        if self.at_most is not None:
            parts.append(f"<= {self.at_most:g}")
        if self.one_of is not None:
            parts.append("one of " + ", ".join(self.one_of))
        if self.pattern is not None:
            parts.append(f"matches {self.pattern}")
        return " and ".join(parts) or "any value"


ANY = Constraint()
ID16 = Constraint(pattern=r"\d{16}")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a source file.

    name: the header as it stands in the file (matched by name, never by position).
    field: the name in our own tables; empty = the same as `name`.
    required: without this header the file is refused.
    nullable: False = a row with an empty value is rejected.
    aliases: other headers under which the same column is met.
    """

    name: str
    kind: Kind
    description: str
    field: str = ""
    required: bool = True
    nullable: bool = True
    constraint: Constraint = ANY
    unit: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """The column's name in our own tables."""
        return self.field or self.name


@dataclass(frozen=True, kw_only=True)
class SourceTable:
    """One table of a delivery: where it lies, who owns it, by what law, and what its columns mean.

    layer, geometry: for a GeoPackage the layer's name and the geometry types it may hold.
    separator: between fields of a CSV; other_separators are accepted too, the header tells which is used.
    preamble: lines that may stand before the header.
    loose: headers are compared without regard to case, `_` and spaces, and a decimal comma is read too.
    """

    name: str  # e.g. "woz"; also the name of its landing table unless that differs by nature
    source: str  # the key in levering.toml: brp, bag, energie, vastgoed, signalen, onderzoeken, omgeving
    files: tuple[str, ...]  # patterns within the delivery, e.g. ("vastgoed/woz",): suffixes are tried by the opener
    description: str
    owner: str
    law: str
    refresh: str
    known_faults: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()  # fields (targets) that must be unique together
    layer: str = ""
    geometry: tuple[str, ...] = ()
    separator: str = ";"
    other_separators: tuple[str, ...] = ()
    preamble: int = 0
    loose: bool = False

    def column(self, target: str) -> Column:
        """The column that lands as `target`; raises KeyError when there is none."""
        for column in self.columns:
            if column.target == target:
                return column
        raise KeyError(target)


class Doel(StrEnum):
    """The two targets. Opposite evidence, different law: never one label."""

    SPOOKBEWONING = "spookbewoning"
    SCHIJNBEWONING = "schijnbewoning"


class Status(StrEnum):
    """Whether a model may read a feature: admitted, on trial (never outside a test run), or refused."""

    TOEGELATEN = "toegelaten"
    PROEF = "proef"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One of the five tests. says: the finding, one sentence; evidence: where a reader can check it."""

    says: str
    evidence: str


TESTS = ("lawful", "proxy", "quality", "statistical", "substantive")  # the five of the Algoritmekader


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What lets a variable in: legal ground, purpose, the five tests of the Algoritmekader, and who judged them when.

    age: the value depends on somebody's year of birth. why: the reason for a status other than `toegelaten`.
    date: ISO day of the judgement.
    """

    ground: str
    purpose: str
    lawful: Proof
    proxy: Proof
    quality: Proof
    statistical: Proof
    substantive: Proof
    reviewer: str
    date: str
    status: Status = Status.TOEGELATEN
    why: str = ""
    age: bool = False

    def tests(self) -> tuple[tuple[str, Proof], ...]:
        """The five tests by name, in the order of TESTS."""
        return tuple((name, getattr(self, name)) for name in TESTS)

    def complete(self) -> bool:
        """True when the feature is admitted and no paper is missing."""
        return self.status is Status.TOEGELATEN and not self.missing()

    def missing(self) -> tuple[str, ...]:
        """The papers that are not filled in, by name; empty = complete."""
        texts = {"ground": self.ground, "purpose": self.purpose, "reviewer": self.reviewer}
        for name, proof in self.tests():
            texts |= {name: proof.says, f"{name} (evidence)": proof.evidence}
        if self.status is not Status.TOEGELATEN:
            texts["why"] = self.why
        absent = [name for name, text in texts.items() if not text.strip()]
        return tuple(absent if _is_day(self.date) else [*absent, "date"])


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One feature: a float64 column per adresseerbaar object per as-of date; NaN = unknown (never zero).

    direction: per target +1 (a higher value speaks for), -1 (a higher value speaks against), 0 (no declared
    direction). A declared direction is a monotone constraint of the production model.
    sentence_for / sentence_against: Dutch (B1) templates with {waarde} and {vergelijking}, used when the
    contribution is positive / negative.
    decimals, unit: how the value is shown. persons: True when the value rests on registered persons, so that it is
    hidden where a person has secrecy (rubriek 07.70.10).
    """

    name: str
    group: str  # bewoning | verloop | energie | vastgoed | gebouw | omgeving | signalen
    label: str  # Dutch, short
    description: str  # English, exact
    sources: tuple[str, ...]  # keys of levering.toml that must be present and granted
    unit: str
    spookbewoning: int
    schijnbewoning: int
    sentence_for: str
    sentence_against: str
    papers: Papers
    decimals: int = 0
    persons: bool = False
    named_values: tuple[tuple[float, str], ...] = field(default=())  # e.g. ((0.0, "nee"), (1.0, "ja"))

    def direction(self, doel: Doel) -> int:
        """+1, -1 or 0: what a higher value says about `doel`."""
        return self.spookbewoning if doel is Doel.SPOOKBEWONING else self.schijnbewoning
