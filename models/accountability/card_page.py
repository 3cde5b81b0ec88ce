"""The model card: what the model is, how good, for what not, and the model itself in pictures."""

from __future__ import annotations

from models.accountability import words
from models.accountability.draw_figures import calibration_points, whiskers
from models.accountability.draw_tables import pair, scale, shape
from models.accountability.facts import Facts, Headline, fold_name
from models.accountability.page import Numbers, render
from models.figure_names import POOLED, RANDOM, at_name, prefix
from models.figures import MODEL, AtK, Backtest

FLAT = 0.1  # log-odds between a table's lowest and highest cell, below which it is named and not drawn
NOTHING = float("nan")


def card_html(facts: Facts) -> str:
    """The card as one HTML file that fetches nothing."""
    backtest, edges = facts.backtest, scale(facts.model)
    known = {feature.name: feature for feature in facts.register}
    heavy = [name for name, reach in facts.weights.items() if reach >= FLAT]
    terms = {term.name: term for term in facts.model.terms}
    main = [terms[name] for name in heavy if len(terms[name].features) == 1]
    pairs = [terms[name] for name in heavy if len(terms[name].features) == 2]
    head = facts.headline
    edge, points = calibration_points(backtest.reliability.bins if backtest and backtest.reliability else ())
    return render(
        "modelkaart.html",
        f=facts,
        n=Numbers(facts.numbers),
        w=words,
        hoofd=head,
        eigen=None if backtest is None else backtest.of(MODEL),
        rangen=_ranked(backtest, head),
        delen=() if backtest is None else _parts(backtest),
        prefix=prefix,
        at_name=at_name,
        fold_name=fold_name,
        ijkrand=edge,
        ijkpunten=points,
        vormen=[shape(term, known.get(term.name), edges) for term in main],
        paren=[pair(term, known, edges) for term in pairs],
        vlak=[_label(name, facts) for name, reach in facts.weights.items() if reach < FLAT],
    )


def _ranked(backtest: Backtest | None, head: Headline | None) -> tuple[object, ...]:
    """Every contender's precision at the headline's k, as a picture."""
    if backtest is None or head is None:
        return ()
    found: list[tuple[str, AtK]] = [
        (words.CONTENDERS.get(measured.contender, measured.contender), at)
        for measured in backtest.pooled
        for at in measured.at
        if at_name(at) == head.naam
    ]
    return whiskers([(name, at.precision, NOTHING) for name, at in found])


def _parts(backtest: Backtest) -> tuple[tuple[str, str, object], ...]:
    """Heading, scope and contenders of each table of figures."""
    return (
        ("Alle latere onderzoeken", POOLED, backtest.pooled),
        ("Alleen de steekproef", RANDOM, backtest.random),
    )


def _label(name: str, facts: Facts) -> str:
    known = {feature.name: feature.label for feature in facts.register}
    return " × ".join(known.get(part, part) for part in name.split(" x "))
