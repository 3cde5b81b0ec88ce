"""From a stream of rows to whole persoonslijsten: whose row is it, is it usable, and who is the person (pseudonym)."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.job import FILE, ROW
from features.partial_date import intervals
from features.sources.brp_declaration import PERSOONSLIJSTEN
from features.sources.brp_rows import REMARKS, Judged, judge

NO_LIST = "hoort bij geen persoonslijst: de rij ervoor ontbreekt of is onleesbaar"
DOUBLE_LIST = "persoonslijst komt twee keer voor (zelfde A-nummer)"
PSEUDONYM_BYTES = 16


@dataclass(frozen=True)
class Chunk:
    """Whole lists. `lijst` (int64) numbers them through the stream.

    personen: lijst, pseudoniem, geboortejaar, geheim, opgeschort, opgeschort_datum, opgeschort_vroegst, opgeschort_van.
    rijen: usable rows of category 08, newest first within a list; see `brp_rows.judge`.
    afgekeurd, opmerkingen: columns _bestand, _rij, kolom, waarde, reden: rows left out, and dates of rows that are used
    but could not be read (taken as unknown). Never a BSN, A-nummer or birth date in `waarde`.
    """

    personen: pd.DataFrame
    rijen: pd.DataFrame
    afgekeurd: pd.DataFrame
    opmerkingen: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Report:
    """Every row accounted for: gelezen = verblijf + onjuist + zonder_verblijf + the sum of `afgekeurd`.

    verblijf: rows of category 08 that go on. onjuist: rows marked O (08.84.10). zonder_verblijf: rows that hold only
    other categories, none of which is read. lijsten: lists that go on; bsn: different BSNs in them, those of their
    history included; zelfde_bsn: how often a list has a BSN that another list has too (never merged). opmerkingen:
    dates that could not be read, by reason.
    """

    gelezen: int
    verblijf: int
    onjuist: int
    zonder_verblijf: int
    afgekeurd: tuple[tuple[str, int], ...]
    opmerkingen: tuple[tuple[str, int], ...]
    lijsten: int
    bsn: int
    zelfde_bsn: int

    @property
    def gebruikt(self) -> int:
        """Rows read and not rejected."""
        return self.verblijf + self.onjuist + self.zonder_verblijf


class Reader:
    """Reads the batches of one delivery, in the order of the files; `key` is the secret of the pseudonyms."""

    def __init__(self, *, key: bytes) -> None:
        if not key:
            raise ValueError("Expected a key of at least one byte for the pseudonyms.")
        self._key = key
        self._counts: Counter[str] = Counter()
        self._rejected: Counter[str] = Counter()
        self._remarks: Counter[str] = Counter()
        self._lists = 0
        self._bsn: list[np.ndarray] = []
        self._seen: list[np.ndarray] = []

    def read(self, batches: Iterable[pd.DataFrame]) -> Iterator[Chunk]:
        """Whole lists, as they are complete: a list may run on into the next batch or file.

        batches: the declared columns by target, as text with empty = missing; a column that the file lacks may be
        left out. `_bestand` and `_rij` tell where a row stands; without them rows are counted through.
        """
        lists = _Lists()
        for batch in batches:
            self._counts["gelezen"] += len(batch)
            whole = lists.add(batch)
            if len(whole):
                yield self._chunk(whole)
        rest = lists.close()
        if len(rest):
            yield self._chunk(rest)

    def report(self) -> Report:
        """What was read so far."""
        bsn = np.concatenate([*self._bsn, np.array([], dtype="uint64")])
        per_bsn = np.unique(bsn, return_counts=True)[1]
        return Report(
            gelezen=self._counts["gelezen"],
            verblijf=self._counts["verblijf"],
            onjuist=self._counts["onjuist"],
            zonder_verblijf=self._counts["zonder_verblijf"],
            afgekeurd=tuple(self._rejected.most_common()),
            opmerkingen=tuple(self._remarks.most_common()),
            lijsten=self._lists,
            bsn=len(per_bsn),
            zelfde_bsn=int(per_bsn[per_bsn > 1].sum()),
        )

    def _chunk(self, rows: pd.DataFrame) -> Chunk:
        """Rows of whole lists (column `lijst_nr`, -1 = of no list) -> persons, residence rows and what is left out."""
        orphan = (rows["lijst_nr"] < 0).to_numpy()
        owned = rows[~orphan]
        first = owned[~owned["lijst_nr"].duplicated()]
        names = self._pseudonyms(first)
        double = self._double(names)
        doubles = owned["lijst_nr"].isin(first["lijst_nr"].to_numpy()[double]).to_numpy()
        faults = [_listed(rows[orphan], "", NO_LIST), _listed(owned[doubles], "01.01.10", DOUBLE_LIST)]

        first, names = first[~double], names[~double]
        persons, remarks = self._persons(first, names)
        judged = judge(owned[~doubles])
        self._count(owned[~doubles], judged)
        rejected = pd.concat([*faults, judged.afgekeurd], ignore_index=True)
        remarked = pd.concat([remarks, judged.opmerkingen], ignore_index=True)
        self._rejected.update(rejected["reden"])
        self._remarks.update(remarked["reden"])
        return Chunk(persons, judged.rijen, rejected, remarked)

    def _count(self, rows: pd.DataFrame, judged: Judged) -> None:
        self._lists += rows["lijst_nr"].nunique()
        self._counts.update(verblijf=len(judged.rijen), onjuist=judged.onjuist, zonder_verblijf=judged.zonder_verblijf)
        bsn = rows.loc[rows["bsn"] != "", ["lijst_nr", "bsn"]].drop_duplicates()["bsn"]
        self._bsn.append(pd.util.hash_array(bsn.to_numpy(dtype=object), categorize=False))

    def _pseudonyms(self, first: pd.DataFrame) -> np.ndarray:
        """HMAC-SHA256 over the A-nummer, else over BSN and list: 32 hex digits per list."""
        own = first["a_nummer"] != ""
        numbered = "lijst" + first["lijst_nr"].astype("str") + "|bsn" + first["bsn"]
        texts = ("a" + first["a_nummer"]).where(own, numbered)
        key = self._key
        names = [hmac.digest(key, text.encode(), "sha256")[:PSEUDONYM_BYTES].hex() for text in texts.tolist()]
        return np.array(names, dtype=object)

    def _double(self, names: np.ndarray) -> np.ndarray:
        """True for a list whose person was met before: the first list stays."""
        short = np.array([int(name[:16], 16) for name in names], dtype="uint64")
        double = pd.Series(short).duplicated().to_numpy(copy=True)
        for seen in self._seen:
            at = np.minimum(np.searchsorted(seen, short), len(seen) - 1)
            double |= seen[at] == short
        if not double.all():
            self._seen.append(np.sort(short[~double]))
        return double

    def _persons(self, first: pd.DataFrame, names: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
        born, suspended = intervals(first["geboortedatum"]), intervals(first["opgeschort_van"])
        reason = first["opgeschort"]
        persons = pd.DataFrame(
            {
                "lijst": first["lijst_nr"],
                "pseudoniem": pd.Series(names, index=first.index, dtype="str"),
                "geboortejaar": born.vroegst.dt.year.astype("float64"),
                "geheim": ~first["geheim"].isin(["", "0"]),
                "opgeschort": reason,
                "opgeschort_datum": suspended.text.where(reason != "", ""),
                "opgeschort_vroegst": suspended.vroegst.where(reason != ""),
                "opgeschort_van": suspended.laatst.where(reason != ""),
            }
        ).reset_index(drop=True)
        unread = [
            _listed(first[~born.leesbaar], "01.03.10", REMARKS),  # without its value: it is (part of) a birth date
            _listed(first[~suspended.leesbaar], "07.67.10", REMARKS, "opgeschort_van"),
        ]
        return persons, pd.concat(unread, ignore_index=True)


def _listed(rows: pd.DataFrame, rubriek: str, reason: str, field: str = "") -> pd.DataFrame:
    values = rows[field] if field else pd.Series("", index=rows.index, dtype="str")
    return pd.DataFrame({FILE: rows[FILE], ROW: rows[ROW], "kolom": rubriek, "waarde": values, "reden": reason}).astype(
        {"kolom": "str", "waarde": "str", "reden": "str"}
    )


class _Lists:
    """Cuts a stream of rows into lists and holds back the last, that may not be complete."""

    def __init__(self) -> None:
        self._held: pd.DataFrame | None = None
        self._lists = 0
        self._rows = 0
        self._last = (-1, 0)  # file and row number of the last row
        self._ids = ("", "")  # running A-nummer and BSN
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
            filled = rows[name].where(rows[name] != "")
            running = filled.ffill().shift()
            running = running.where(running.notna(), self._ids[at])
            differs.append((rows[name] != "") & (rows[name] != running))
            self._ids = tuple(filled.ffill().iloc[-1] if i == at and filled.notna().any() else v
                              for i, v in enumerate(self._ids))  # type: ignore[assignment]  # fmt: skip
        alone = (rows["bsn"] == "") & (rows["geheim"] != "")
        return (differs[0] & (differs[1] | alone)).to_numpy()

    def _gaps(self, rows: pd.DataFrame) -> np.ndarray:
        """True where a row was skipped before this one: it may have been the first of a list."""
        file, row = rows[FILE].to_numpy(), rows[ROW].to_numpy()
        before_file = np.concatenate([[self._last[0]], file[:-1]])
        before_row = np.concatenate([[self._last[1]], row[:-1]])
        self._last = (int(file[-1]), int(row[-1]))
        return (file == before_file) & (row != before_row + 1)
