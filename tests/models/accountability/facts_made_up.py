"""Facts of the made-up training, with somebody who answers for it."""

from __future__ import annotations

from dataclasses import replace

from features.register import FEATURES
from models.accountability.facts import Facts
from models.accountability.organisation import Organisation
from tests.models.backtest_made_up import backtest, facts
from tests.models.trained_made_up import trained

ANSWERS = Organisation(
    naam="Gemeente Oosterveen",
    contact="schijnwerper@oosterveen.example",
    privacy="fg@oosterveen.example",
    bezwaar="www.oosterveen.example/bezwaar",
    inzage="www.oosterveen.example/inzage",
    begindatum="2026-11",
    impacttoetsen="DPIA van oktober 2026, te vinden bij de privacy officer.",
)


def made_up(*, tested: bool = True, organisation: Organisation = ANSWERS) -> Facts:
    doel = "spookbewoning"
    target = trained(doel, backtest=backtest(doel) if tested else None)
    run = replace(
        facts(doel),
        trained_as_of="2026-10-01",
        labels=target.labels,
        positives=target.positives,
        light=target.light,
        drawn=target.drawn,
        found=target.found,
    )
    return Facts.of(target, run, register=FEATURES, organisation=organisation)
