"""A made-up backtest and run, small enough to read: figures chosen by hand."""

from __future__ import annotations

import math
from dataclasses import replace

from models.evaluate import Interval
from models.figures import (
    CHANCE,
    MODEL,
    PROFILES,
    AtK,
    Backtest,
    Bin,
    Fold,
    Gate,
    HandlerEffect,
    Measured,
    Reliability,
)
from models.figures_json import RunFacts

NAN = math.nan


def around(value: float, width: float = 0.1) -> Interval:
    return Interval(value=value, low=value - width, high=value + width)


def at(name: str, k: int, precision: float, share: float = 0.05) -> AtK:
    lift = precision / share
    return AtK(
        name=name,
        k=k,
        precision=around(precision),
        recall=around(0.3),
        lift=Interval(value=lift, low=lift - 1, high=lift + 1),
        hits=around(precision * k, 3),
        worst=precision - 0.02,
        best=precision + 0.02,
    )


def measured(contender: str, precision: float, n: int = 400, positives: int = 20) -> Measured:
    return Measured(
        contender=contender,
        n=n,
        positives=positives,
        at=(at("8", 8, precision), at("60", 60, precision), at("1%", 4, precision), at("capaciteit", 40, precision)),
        average_precision=Interval(value=precision - 0.05, low=precision - 0.35, high=precision + 0.1),
        difference=around(precision - 0.1),
    )


def backtest(doel: str = "spookbewoning") -> Backtest:
    all_three = (measured(MODEL, 0.40), measured(PROFILES, 0.10), measured(CHANCE, 0.05))
    return Backtest(
        doel=doel,
        capacity=40,
        folds=(
            Fold(kind="ruimte", name="noordwest", train_labels=500, train_positives=18, measured=all_three),
            Fold(kind="tijd", name="2026-01", train_labels=450, train_positives=15, measured=all_three),
            Fold(kind="tijd", name="2026-04", train_labels=520, train_positives=19, measured=all_three),
        ),
        pooled=all_three,
        random=(replace(measured(MODEL, 0.45, n=90, positives=4), at=(at("8", 8, 0.45),)),),
        reliability=Reliability(
            chosen="Platt",
            tried=(("Platt", 0.21), ("isotoon", 0.25)),
            ece=Interval(value=0.03, low=0.01, high=0.06),
            bins=(
                Bin(kans=0.02, found=0.01, n=200, low=0.0, high=0.03),
                Bin(kans=0.10, found=0.12, n=150, low=0.08, high=0.17),
                Bin(kans=0.45, found=0.5, n=50),
            ),
        ),
        handlers=HandlerEffect(
            handlers=3,
            p_value=0.4,
            significant=False,
            corrected=False,
            effects=(("b1", 0.1), ("b2", -0.1), ("b3", NAN)),
            sentence="De uitkomst hangt niet merkbaar af van wie het onderzoek deed.",
        ),
        gates=(
            Gate(name="beter dan profielen", passed=True, found="verschil 0,30 (0,20–0,40)", expected="boven 0"),
            Gate(name="steekproef groot genoeg", passed=False, found="4 gevonden", expected="minstens 5"),
        ),
        statements=("De cijfers over alle adressen komen uit de steekproef.",),
    )


def facts(doel: str = "spookbewoning") -> RunFacts:
    return RunFacts(
        doel=doel,
        name=f"schijnwerper-{doel}-0175",
        version="3",
        sha256="ab" * 32,
        run_id="f" * 32,
        trained_as_of="2026-09-30",
        register="0123456789abcdef",
        code_version="0.1.0",
        seed=20261001,
        labels=700,
        positives=25,
        light=6000,
        drawn=90,
        found=4,
        strength=0.5,
        belief=0.75,
        recipe=(("prior", "True"), ("boost", "True")),
        gemeenten=("0175",),
        grounds=(("brp", "Wet BRP art. 2.37 en 2.34", 12), ("energie", "convenant netbeheerder 2026-03", 0)),
        data=(("brp/persoonslijsten.csv", "0f" * 32),),
    )
