"""Do outcomes depend on who handled them? Chicago's largest predictor of a violation was the inspector.

log-odds = a + b * held-out score of the address + u(handler), u shrunk to 0 (normal prior, sd SPREAD). The statistic
is twice the log-likelihood gained by u; its p-value comes from dealing the handlers out anew over the rows, because
with few positives chi-square is not to be trusted. A handler who works one neighbourhood may differ because the
neighbourhood does, beyond what the features show: the test cannot tell the two apart, and the sentence says so.

The correction weighs a label by how likely the handler's colleagues would have given it: P(y | score, mean handler) /
P(y | score, this handler). Its expectation is 1 for every handler, so nobody's work counts less as a whole; a positive
of a strict handler, and a negative of a lenient one, count for less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.figures import HandlerEffect
from models.tables import Codes, Floats, probability
from models.wording import dutch_number

SPREAD = 0.5  # sd of the prior of u: a factor 1.6 in the odds
FEWEST = 15  # rows of a handler; those with fewer are taken together
DEALS = 499
SIGNIFICANT = 0.05
CLIP = 3.0  # no label counts for more than three, or less than a third
STEPS = 12  # of Newton


@dataclass(frozen=True, kw_only=True, eq=False)
class Handled:
    """Labelled rows with a known handler. offset: log-odds without any handler; who: code of the handler."""

    y: Floats
    offset: Floats
    who: Codes
    names: tuple[str, ...]


def handled(score: Floats, y: Floats, handler: NDArray[np.str_]) -> Handled | None:
    """The rows to test. score: held-out log-odds, on any scale; None with fewer than two handlers or one class only."""
    known = np.flatnonzero(handler != "")
    names, who = np.unique(handler[known], return_inverse=True)
    many = np.bincount(who, minlength=len(names)) >= FEWEST
    named = tuple(str(name) for name in names[many])
    code = np.where(many, np.cumsum(many) - 1, len(named))
    found = y[known]
    if len(named) + (not many.all()) < 2 or found.min(initial=1) == found.max(initial=0):
        return None
    names_all = named if many.all() else (*named, "overige")
    return Handled(y=found, offset=_line(score[known], found), who=code[who], names=names_all)


def handler_effect(score: Floats, y: Floats, handler: NDArray[np.str_], *, seed: int = 0) -> HandlerEffect | None:
    """Measure and test it. score, y, handler: of all labelled rows; no handler = empty. None: nothing to test."""
    rows = handled(score, y, handler)
    if rows is None:
        return None
    effects = _effects(rows, rows.who[None, :])[0]
    rng = np.random.default_rng(seed)
    dealt = rng.permuted(np.tile(rows.who, (DEALS, 1)), axis=1)
    reached = _gained(rows, dealt, _effects(rows, dealt))
    own = _gained(rows, rows.who[None, :], effects[None, :])[0]
    p = float((1 + (reached >= own - 1e-12).sum()) / (1 + DEALS))
    return HandlerEffect(
        handlers=len(rows.names),
        p_value=p,
        significant=p < SIGNIFICANT,
        corrected=False,
        effects=tuple((name, float(u)) for name, u in zip(rows.names, effects, strict=True)),
        sentence=_sentence(len(rows.names), p, effects),
    )


def label_weights(score: Floats, y: Floats, handler: NDArray[np.str_]) -> Floats:
    """The weight of each label (see above), mean about 1; 1 where no handler is known or there is nothing to test."""
    weight = np.ones(len(y))
    rows = handled(score, y, handler)
    if rows is None:
        return weight
    effects = _effects(rows, rows.who[None, :])[0]
    mean, own = probability(rows.offset), probability(rows.offset + effects[rows.who])
    ratio = np.where(rows.y == 1, mean / own, (1 - mean) / (1 - own))
    weight[handler != ""] = np.clip(ratio, 1 / CLIP, CLIP)
    return weight


def _line(score: Floats, y: Floats) -> Floats:
    """a + b * score, fitted to y: what the address alone would say."""
    beta = np.array([np.log((y.sum() + 0.5) / (len(y) - y.sum() + 0.5)), 0.0])
    design = np.column_stack([np.ones(len(y)), (score - score.mean()) / max(float(score.std()), 1e-9)])
    ridge = np.diag([1e-6, 1e-2])
    for _ in range(STEPS):
        kans = probability(design @ beta)
        curve = design.T @ (design * (kans * (1 - kans))[:, None]) + ridge
        beta = beta + np.linalg.solve(curve, design.T @ (y - kans) - ridge @ beta)
    return design @ beta


def _effects(rows: Handled, who: Codes) -> Floats:
    """deals x handlers: the shrunk effect of each, by Newton. who: deals x rows."""
    deals, count = len(who), len(rows.names)
    cell = (np.arange(deals)[:, None] * count + who).ravel()
    effect = np.zeros((deals, count))
    for _ in range(STEPS):
        kans = probability(rows.offset + np.take_along_axis(effect, who, axis=1))
        pull = np.bincount(cell, weights=(rows.y - kans).ravel(), minlength=deals * count).reshape(deals, count)
        curve = np.bincount(cell, weights=(kans * (1 - kans)).ravel(), minlength=deals * count).reshape(deals, count)
        effect += (pull - effect / SPREAD**2) / (curve + 1 / SPREAD**2)
    return effect


def _gained(rows: Handled, who: Codes, effect: Floats) -> Floats:
    """Per deal: twice the log-likelihood that the handlers add."""
    with_them = rows.offset + np.take_along_axis(effect, who, axis=1)
    more = rows.y * (with_them - rows.offset) - np.logaddexp(0, with_them) + np.logaddexp(0, rows.offset)
    return 2 * more.sum(axis=1)


def _sentence(count: int, p: float, effects: Floats) -> str:
    widest = dutch_number(float(np.exp(effects.max() - effects.min())), 1)
    if p >= SIGNIFICANT:
        return (
            f"Tussen {count} behandelaars is geen verschil in uitkomst gevonden dat niet ook toeval kan zijn "
            f"(p = {dutch_number(p, 3)})."
        )
    return (
        f"Uitkomsten hangen samen met de behandelaar (p = {dutch_number(p, 3)}): bij gelijke adressen is de kans op "
        f"'raak' tot {widest} keer zo groot (in odds). Dat kan ook aan de wijk van de behandelaar liggen."
    )
