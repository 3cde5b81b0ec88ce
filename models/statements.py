"""What an evaluation says of what, in sentences (Dutch, B1): which figure rests on which addresses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.contenders import Tried
from models.examples import Examples
from models.propensity import CLIP
from models.splits import SPACE, TIME


def statements(
    examples: Examples, done: Sequence[Tried], *, capacity: int, champion: str, notes: Sequence[str] = ()
) -> tuple[str, ...]:
    """The sentences of one target. champion: one on the model in use, empty = none. notes: of the labels."""
    in_time = [one for one in done if one.trial.kind == TIME]
    rows = np.concatenate([one.rows for one in in_time]) if in_time else np.empty(0, dtype=np.int64)
    random = examples.steekproef[rows] if len(rows) else np.empty(0, dtype=bool)
    found = [
        f"Deze cijfers gelden voor {len(rows)} onderzochte adressen in "
        f"{_counted(len(in_time), 'tijdvak', 'tijdvakken')}, niet voor alle adressen. Zij zijn onderzocht omdat er "
        "iets mee leek, of omdat zij in de steekproef vielen.",
        _random(int(random.sum()), int(examples.y[rows[random]].sum()) if len(rows) else 0),
        "Elk model is getoetst op onderzoeken die begonnen nadat het was getraind, met een maand ertussen. Alles wat "
        "is gekozen, is gekozen binnen de oefengegevens.",
        _space(sum(one.trial.kind == SPACE for one in done)),
        f"De capaciteit is {capacity} onderzoeken per half jaar: zoveel als er het afgelopen jaar begonnen zijn."
        if capacity
        else "De capaciteit van het team is niet bekend: het afgelopen jaar begon geen onderzoek voor dit doel.",
        "De kans geldt voor een willekeurig adres met dezelfde gegevens. Een adres dat is uitgekozen, is soms vaker "
        "raak dan zijn gegevens zeggen. Bij de toets van de kansen is daarmee rekening gehouden.",
        champion,
        *notes,
    ]
    return tuple(sentence for sentence in found if sentence)


def _random(drawn: int, positives: int) -> str:
    if not drawn:
        return "In de tijdvakken zit geen steekproef. Over alle adressen is dus niets te zeggen zonder vertekening."
    start = f"In de tijdvakken zitten {drawn} adressen uit de steekproef, waarvan {positives} raak. "
    if not positives:
        return start + "Alleen daarmee zijn cijfers zonder vertekening te maken; daarvoor is nog niets gevonden."
    return start + (
        "Alleen de cijfers op de steekproef zijn zonder vertekening. Elk adres telt daarin mee naar de kans waarmee "
        f"het is getrokken, tot hoogstens {CLIP:.0f} keer het midden."
    )


def _space(count: int) -> str:
    if not count:
        return "Er is niet getoetst op delen van de kaart: daarvoor zijn er te weinig uitkomsten."
    return f"Ook is getoetst op {_counted(count, 'deel', 'delen')} van de kaart die het model niet had gezien."


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
