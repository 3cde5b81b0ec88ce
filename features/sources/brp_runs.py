"""Where one persoonslijst ends and the next begins, over the borders of batches and files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.job import FILE, ROW
from features.sources.brp_declaration import PERSOONSLIJSTEN


class Lists:
    """Cuts a stream of rows into lists and holds back the last, that may not be complete."""

    def __init__(self) -> None:
        self._held: pd.DataFrame | None = None
        self._lists = 0
        self._rows = 0
        self._last = (-1, 0)  # file and row number of the last row
        self._ids = ["", ""]  # running A-nummer and BSN
        self._tail = -1  # list of the last row, -1 = of no list
        self._named: bool | None = None  # lists are told apart by the first column

    def add(self, batch: pd.DataFrame) -> pd.DataFrame:
        """All rows of the lists that are complete now, numbered (`lijst_nr`)."""
        if not len(batch):
            return batch
        rows = self._complete(batch)
        start = self._starts(rows)
        gap = self._gaps(rows)
        begins = start | gap
        number = self._lists + np.cumsum(start) - 1
        lost = np.maximum.accumulate(np.where(begins, np.arange(len(rows)), -1))  # the last beginning or gap so far
        orphan = np.where(lost >= 0, gap[lost] & ~start[lost], self._tail < 0)
        rows["lijst_nr"] = np.where(orphan | (number < 0), -1, number)
        self._lists += int(start.sum())
        joined = rows if self._held is None else pd.concat([self._held, rows], ignore_index=True)
        last = joined["lijst_nr"].iloc[-1]
        whole = (joined["lijst_nr"] != last).to_numpy() | (last < 0)
        self._held = None if whole.all() else joined[~whole]
        self._tail = int(last)
        return joined[whole]

    def close(self) -> pd.DataFrame:
        """The last list."""
        return pd.DataFrame() if self._held is None else self._held

    def _complete(self, batch: pd.DataFrame) -> pd.DataFrame:
        """The batch with every declared column as text, never missing, and with its place."""
        size = len(batch)
        columns = {}
        for column in PERSOONSLIJSTEN.columns:
            name = column.target
            if name in batch:
                columns[name] = batch[name].astype("str").fillna("").to_numpy()
            else:
                columns[name] = pd.array([""], dtype="str").repeat(size)
        rows = pd.DataFrame(columns).astype("str")
        counted = np.arange(self._rows + 1, self._rows + size + 1)
        rows[FILE] = batch[FILE].to_numpy() if FILE in batch else np.zeros(size, dtype="int16")
        rows[ROW] = batch[ROW].to_numpy() if ROW in batch else counted
        self._rows += size
        return rows

    def _starts(self, rows: pd.DataFrame) -> np.ndarray:
        """True where a list begins: by the first column, or, where a supplier leaves it out, by the ids."""
        if self._named is None:
            self._named = bool(rows["lijst"].iloc[0])
        by_name = (rows["lijst"] != "").to_numpy()
        by_ids = self._new_ids(rows)
        return by_name if self._named else by_ids

    def _new_ids(self, rows: pd.DataFrame) -> np.ndarray:
        """True where A-nummer and BSN both differ from the running ones.

        History of category 01 repeats the ids, or changes one. A person without a BSN is known by the secrecy flag:
        category 07 stands once in a list, on its first row.
        """
        differs = []
        for at, name in enumerate(("a_nummer", "bsn")):
            filled = rows[name].where(rows[name] != "").ffill()
            running = filled.shift().fillna(self._ids[at])
            differs.append((rows[name] != "") & (rows[name] != running))
            if filled.notna().iloc[-1]:
                self._ids[at] = filled.iloc[-1]
        alone = (rows["bsn"] == "") & (rows["geheim"] != "")
        return (differs[0] & (differs[1] | alone)).to_numpy()

    def _gaps(self, rows: pd.DataFrame) -> np.ndarray:
        """True where a row was skipped before this one: it may have been the first of a list."""
        file, row = rows[FILE].to_numpy(), rows[ROW].to_numpy()
        before_file = np.concatenate([[self._last[0]], file[:-1]])
        before_row = np.concatenate([[self._last[1]], row[:-1]])
        self._last = (int(file[-1]), int(row[-1]))
        return (file == before_file) & (row != before_row + 1)
