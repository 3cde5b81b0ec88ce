"""A short model card (Markdown, Dutch) with what went in, what came out and what it must not be used for."""

from __future__ import annotations

from models.evaluate import Evaluation, Interval
from models.trained import TrainedTarget
from models.wording import dutch_number

MEANING = {
    "spookbewoning": "in gebruik door mensen of voor doelen waarvan de basisregistratie niets weet",
    "schijnbewoning": "ingeschreven, maar niet wonend zoals ingeschreven",
}


def card(target: TrainedTarget) -> str:
    """The card of one trained target."""
    recipe, model = target.recipe, target.model
    ingredients = (
        ("voorkennis: de richting van elk kenmerk", recipe.prior),
        ("regels uit de praktijk", recipe.rules),
        ("hoe ongewoon het adres als geheel is", recipe.unusual),
        ("gewichten geleerd uit uitkomsten", recipe.learn_weights),
        (f"bijgeleerde correctie (EBM), voor {target.belief:.0%} meegenomen", recipe.boost and target.belief > 0),
        ("richtingen afgedwongen", recipe.monotone),
        ("combinaties van twee kenmerken", recipe.pairs),
    )
    lines = [
        f"# Modelkaart {target.doel}",
        "",
        f"Doel: {MEANING[target.doel]}. Getraind op uitkomsten tot en met {model.trained_as_of}.",
        "",
        "## Waarvan geleerd",
        f"- {target.labels} uitkomsten van onderzoeken, waarvan {target.positives} positief",
        f"- {target.light} niet-onderzochte adressen, die licht meetellen als negatief",
        f"- {target.drawn} adressen uit de steekproef, waarvan {target.found} positief",
        f"- {len(model.features)} kenmerken, {len(model.terms)} tabellen; register {model.register}",
        "",
        "## Wat erin zit",
        *(f"- {'wel' if used else 'niet'}: {name}" for name, used in ingredients),
        "",
        "## Hoe goed, op latere onderzoeken",
        *_figures("model", target.out_of_time),
        *_figures("regels uit de praktijk", target.profiles),
        "",
        "Deze cijfers gelden voor adressen die zijn uitgekozen om te onderzoeken; alleen de steekproef zegt iets over "
        "alle adressen.",
        "",
        "## Kans",
        f"IJking op {model.calibration.based_on}. Geschat aandeel van alle adressen: "
        f"{dutch_number(100 * model.calibration.prevalence, 1)}%.",
        "",
        "## Waarvoor niet",
        "- Geen besluit zonder een mens, een onderzoek en een motivering.",
        "- Geen grond voor een huisbezoek op zichzelf.",
        "- Niet voor een ander doel dan dit, en niet voor een persoon: het model kent alleen adressen.",
        "",
    ]
    return "\n".join(lines)


def _figures(name: str, found: Evaluation | None) -> list[str]:
    if found is None:
        return [f"- {name}: te weinig latere onderzoeken"]
    return [
        f"- {name}: {_interval(found.precision)} van de eerste {found.k} van {found.n} is raak; gemiddelde precisie "
        f"{_interval(found.average_precision)}"
    ]


def _interval(figure: Interval) -> str:
    return f"{dutch_number(figure.value, 2)} (90%: {dutch_number(figure.low, 2)}–{dutch_number(figure.high, 2)})"
