"""The declarations of the signals: one per kind and window, worded by kind."""

from __future__ import annotations

from features.columns import Feature
from features.groups.signalen import WINDOWS
from features.papers import papers

# kind: (Dutch for one or more of it, direction spook, direction schijn, substantive relation)
SOORTEN: dict[str, tuple[str, int, int, str]] = {
    "retourpost": ("retour gekomen post", 0, 1, "Mail that comes back was not received by who is registered."),
    "terugmelding": (
        "terugmelding door een instantie",
        0,
        1,
        "An agency found that the registration is probably wrong.",
    ),
    "overbewoning": ("LAA-signaal overbewoning", 0, 1, "Statutory LAA signal: m2 per person under the threshold."),
    "leegstand": ("LAA-signaal leegstand", 1, 0, "Statutory LAA signal: BAG says dwelling, BRP says nobody."),
    "vow_adres": (
        "LAA-signaal vertrek met onbekende bestemming",
        0,
        1,
        "Statutory LAA signal: people vanished from here.",
    ),
    "veelverhuizers": ("LAA-signaal veelverhuizers", 0, 1, "Statutory LAA signal: people who move very often."),
    "doorgangsadres": ("LAA-signaal doorgangsadres", 0, 1, "Statutory LAA signal: many people pass through on paper."),
    "briefadres": ("LAA-signaal briefadres", 0, 1, "Statutory LAA signal on letter addresses."),
    "overlast": ("melding van overlast", 1, 1, "Neighbours notice use that the register does not know."),
    "te_koop": ("melding dat de woning te koop staat", -1, 0, "A home for sale is empty for a good reason."),
}
PROXY = (
    "Who reports, and where, differs by street and group: reports count only by kind and number, and fairness is "
    "measured by area."
)


def _feature(kind: str, months: int) -> Feature:
    words, spook, schijn, substantive = SOORTEN[kind]
    sentence = f"In de laatste {months} maanden: {{waarde}} keer een {words}."
    return Feature(
        name=f"{kind}_{months}",
        group="signalen",
        label=f"{words[0].upper()}{words[1:]}, {months} maanden",
        description=f"Signals of kind {kind} received in the {months} months before the as-of date.",
        sources=("signalen",),
        unit="",
        spookbewoning=spook,
        schijnbewoning=schijn,
        sentence_for=sentence,
        sentence_against=f"In de laatste {months} maanden was er {{waarde}} keer een {words}.",
        papers=papers("signalen", proxy=PROXY, substantive=substantive),
    )


SIGNALEN: tuple[Feature, ...] = tuple(_feature(kind, months) for months in WINDOWS for kind in SOORTEN)
