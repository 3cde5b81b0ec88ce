"""What truly happens to people: one row per person and event, gathered month by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]


class Kind(IntEnum):
    """Why a person's residence begins or ends."""

    START = 0  # lived there when our history begins
    BIRTH = 1
    MOVE = 2  # within the gemeente
    ARRIVE = 3  # from another gemeente
    IMMIGRATE = 4
    LEAVE = 5  # to another gemeente
    EMIGRATE = 6
    DEATH = 7


@dataclass
class Log:
    """Grows by blocks; `frame` puts them together, sorted by person and day."""

    blocks: list[tuple[Ints, Ints, Ints, Ints, Ints, Ints]] = field(default_factory=list)
    groups: int = 0

    def add(self, person: Ints, day: Ints, address: Ints, kind: Ints | int, group: Ints, young: Ints | int = 0) -> None:
        """group: which of these persons act together (0, 1, … within this call). young: 1 = a child leaving home."""
        size = len(person)
        if size:
            kinds, youngs = np.broadcast_to(kind, size), np.broadcast_to(young, size)
            self.blocks.append((person, day, address, kinds, self.groups + group, youngs))
            self.groups += int(group.max()) + 1

    def frame(self) -> pd.DataFrame:
        """person, day, address, kind, group, young."""
        parts = [np.concatenate(part) for part in zip(*self.blocks, strict=True)]
        out = pd.DataFrame(dict(zip(("person", "day", "address", "kind", "group", "young"), parts, strict=True)))
        return out.sort_values(["person", "day"], kind="stable", ignore_index=True)
