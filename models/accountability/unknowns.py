"""What is not known of a model, as far as its own metadata tells: the last section of the fact sheets."""

from __future__ import annotations

from collections.abc import Iterator

from models.accountability.facts import Facts
from models.accountability.words import SOURCES


def unknowns(facts: Facts) -> tuple[str, ...]:
    """Dutch sentences; empty when nothing is open."""
    return tuple(_unknowns(facts))


def _unknowns(facts: Facts) -> Iterator[str]:
    run, backtest = facts.run, facts.backtest
    if backtest is None:
        yield "Hoe goed het model is: er waren te weinig latere onderzoeken om het te toetsen."
    elif not backtest.random:
        yield "Hoe goed het model is over alle adressen: in de steekproef is te weinig gevonden om dat te meten."
    if backtest is not None and backtest.reliability is None:
        yield "Of de kans klopt: daarvoor waren te weinig uitkomsten."
    for gate in () if backtest is None else backtest.gates:
        if not gate.passed:
            yield f"Niet gehaald: {gate.name} ({gate.found}; voorwaarde: {gate.expected})."
    if not run.drawn:
        yield "Wat er gebeurt op adressen die niemand koos: er was geen steekproef."
    for source, _, months in run.grounds:
        if not months:
            yield f"De bewaartermijn van: {SOURCES.get(source, source)}."
    if not run.grounds:
        yield "Op welke grondslag elke bron is geleverd: de training legde dat niet vast."
    for setting in facts.organisation.to_fill_in():
        yield f"Nog in te vullen in de instellingen: {setting}."
