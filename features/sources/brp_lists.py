"""From a stream of rows to whole persoonslijsten: whose row is it, is it usable, and who is the person (pseudonym)."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.partial_date import intervals
from features.sources.brp_rows import REMARKS, Judged, judge, listed
from features.sources.brp_runs import Lists

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
        lists = Lists()
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
        faults = [listed(rows[orphan], "", NO_LIST), listed(owned[doubles], "01.01.10", DOUBLE_LIST)]

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
            listed(first[~born.leesbaar], "01.03.10", REMARKS),  # without its value: it is (part of) a birth date
            listed(first[~suspended.leesbaar], "07.67.10", REMARKS, "opgeschort_van"),
        ]
        return persons, pd.concat(unread, ignore_index=True)
