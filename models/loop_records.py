"""What a run of the closed loop leaves: plain records per month, group and band of kans. They compute nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of one target. Counts are of investigations begun, or of addresses, in this month.

    picked = greedy and exploring (`chosen`) + by lot (`drawn`); hits: of the picked, confirmed by an inspector for the
    target asked about; true_hits: of the hits, those where the target really held on the day of the visit; silent: of
    the picked, no answer (shut door, no co-operation); other: confirmed for the other target instead.
    free: eligible addresses; free_found: of those, where an inspector sent now would confirm it; free_true: where the
    target really holds. cases: different addresses where it held in any month until now and that were not settled
    before the loop; cases_found: of those, the addresses with a true hit until now.
    kans: mean calibrated probability of the free; top: size of the greedy share, with its mean kans and how many of it
    would be confirmed and are true. NaN kans where the policy has none. basis: what was ranked on.
    """

    doel: str
    month: str  # YYYY-MM
    picked: int
    chosen: int
    chosen_hits: int
    drawn: int
    drawn_hits: int
    hits: int
    true_hits: int
    silent: int
    other: int
    free: int
    free_found: int
    free_true: int
    cases: int
    cases_found: int
    kans: float
    top: int
    top_kans: float
    top_found: int
    top_true: int
    basis: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Addresses with one value of one feature, in one month: free, chosen (not by lot), true among the free."""

    doel: str
    month: str
    column: str
    value: float
    free: int
    chosen: int
    true: int


@dataclass(frozen=True, kw_only=True)
class Band:
    """Free addresses with a kans in [low, high), all months: number, sum of kans, confirmed and true among them."""

    doel: str
    low: float
    high: float
    n: int
    kans: float
    found: int
    true: int


@dataclass(frozen=True, kw_only=True)
class LoopRun:
    """One policy on one world."""

    months: tuple[Month, ...]
    groups: tuple[Group, ...]
    bands: tuple[Band, ...]

    def document(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @staticmethod
    def read(document: dict[str, Any]) -> LoopRun:
        """The reverse of `document`."""
        return LoopRun(
            months=tuple(Month(**row) for row in document["months"]),
            groups=tuple(Group(**row) for row in document["groups"]),
            bands=tuple(Band(**row) for row in document["bands"]),
        )
