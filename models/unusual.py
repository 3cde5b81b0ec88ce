"""The declaration of the derived feature: apart from `derived.py`, so that who reads a model needs no learner."""

from __future__ import annotations

from features.columns import Feature, Papers, Proof
from features.papers import REVIEWED, REVIEWER

UNUSUAL = Feature(
    name="afwijking",
    group="afwijking",
    label="Ongewoon geheel",
    description="Percentile (0-100) of the isolation forest among all addresses of the gemeente; high = unusual.",
    sources=(),
    unit="%",
    decimals=1,
    spookbewoning=1,
    schijnbewoning=1,
    sentence_for="Alle gegevens samen zijn ongewoner dan bij {waarde} van de adressen.",
    sentence_against="Alle gegevens samen zijn ongewoner dan bij maar {waarde} van de adressen.",
    papers=Papers(
        ground="that of the features it is made of: only those admitted for the target are read",
        purpose="to weigh combinations that no single feature shows",
        lawful=Proof(
            says="uses nothing that is not admitted for the same target", evidence="models/scoring.py, unusual"
        ),
        proxy=Proof(
            says="compares dwellings of one kind; missing data does not count as unusual",
            evidence="`schijnwerper fairness`: effect per stage of the ranking that reads it",
        ),
        quality=Proof(
            says="refitted on each population with a fixed seed", evidence="tests/models/rankers/test_isolation.py"
        ),
        statistical=Proof(says="measured by leaving it out", evidence="benchmarks/RESULTS.md, quality"),
        substantive=Proof(
            says="registration and reality that part ways leave traces in several registers at once",
            evidence="benchmarks/RESULTS.md, quality: isolation against chance",
        ),
        reviewer=REVIEWER,
        date=REVIEWED,
    ),
    persons=True,
)
