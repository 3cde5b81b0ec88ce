"""The bounds of fairness, as a setting: light to load, judged by fairness_gates.py."""

from __future__ import annotations

from dataclasses import dataclass

from models.group_names import AGE, HOUSEHOLD, PLACE, TENURE


@dataclass(frozen=True, kw_only=True)
class FairnessBounds:
    """When a difference between groups is too large, and what is too little to tell by. Set in [eerlijkheid].

    selectie_laag, selectie_hoog: bounds of the ratio of a group's selection rate to that of all others (0.8-1.25 is
    the band of Aequitas, arXiv 1811.05577; Dutch law gives none). fpr_verschil: by how much more often, at most, those
    of one group for whom nothing is amiss are selected (0-1). kleinste_groep: a smaller group is joined and not shown;
    minste_uitkomsten: a rate on fewer outcomes is not given. groepen: the groupings that can stop a promotion.
    ook_met_grond: a ratio outside the bounds stops even where the group's hits bear it out.
    maanden: how far back the practice is looked at.
    """

    selectie_laag: float = 0.8
    selectie_hoog: float = 1.25
    fpr_verschil: float = 0.05
    kleinste_groep: int = 50
    minste_uitkomsten: int = 20
    groepen: tuple[str, ...] = (HOUSEHOLD, AGE, TENURE, PLACE)
    ook_met_grond: bool = False
    maanden: int = 24
