"""Residence spells: who was registered where, from when until when, and why it ended.

The rules (FORMATS 1; LO BRP/GBA 4.x, category 08/58), applied to the rows of one person, oldest first:

1. A row with a kind of address (W, B) begins a residence; a row with a departure (08.13) ends it.
2. T and W rows are technical: they continue the running state of the same kind (same functie, or a departure), keep
   its date and lend it their identification: the last row that is linked says which address it is. Without a running
   state of that kind they begin one, as any row does.
3. A residence ends where the next event begins: the next residence (verhuisd), a departure abroad (emigratie) or to
   an unknown country (vertrokken_onbekend_waarheen), and, when it is still running after all rows, a suspension.
4. An event vanishes when a later one surely began on or before its day: a stay of zero (or negative) length.
5. Partial dates are intervals, drawn in by their neighbours: events come in the order of the rows, so none began before
   the earliest day of one before it, nor after the latest day of one behind it. An unknown date (00000000) lies
   between its neighbours and no later than the first of its rows was recorded (else the as-of date); with nothing
   before it, from 1 January of the year of birth on (else, or where that is later still: 1850).
6. 089999/589999: no resident from 08.83.20 on, but registered until the next event. A residence that is established
   never to have been one keeps a spell of zero length, because the registration is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.partial_date import UNKNOWN

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

REDENEN = (
    "",
    "verhuisd",
    "vertrokken_onbekend_waarheen",
    "emigratie",
    "overleden",
    "opgeschort",
    "niet_woonachtig",
)
RUNNING, MOVED, UNKNOWN_PLACE, ABROAD, DIED, SUSPENDED, NOT_LIVING = range(7)
NOT_THERE = ("089999", "589999")
ADDRESS_DATA = r"[05]8(0000|10\d\d|11\d\d|12\d\d|9999)"  # 08.83.10: the whole category, or functie and address
SPAN = np.int64(1 << 20)  # days apart in which persons lie on one line
EARLY, LATE = -(SPAN // 2), SPAN // 2 - 1  # an unknown day, as bound
FIRST_DAY = np.datetime64("1850-01-01", "D").astype(np.int64)  # nobody in the register was born before


@dataclass(frozen=True)
class _Events:
    """m events in the order of person and rows. Days since 1970; EARLY and LATE stand for an unknown bound.

    reason: why a residence ends that this event ends. row: the row of `verblijf` it comes from, -1 = a suspension.
    known: the first day on which a row of it was recorded, LATE = unknown.
    """

    persoon: Ints
    row: Ints
    residence: Bools
    early: Ints
    late: Ints
    known: Ints
    reason: npt.NDArray[np.int8]
    text: npt.NDArray[np.object_]

    def take(self, at: Ints | Bools) -> _Events:
        return _Events(*(getattr(self, name)[at] for name in self.__dataclass_fields__))


def spells(verblijf: pd.DataFrame | None, personen: pd.DataFrame | None, as_of: date) -> pd.DataFrame:
    """The residence spells known on `as_of`, sorted by person and begin; empty without a BRP.

    verblijf, personen: landing tables ALREADY cut to `as_of` (`landing.cut`); `as_of` itself only bounds unknown days
    and says which investigations run. Columns of the answer:

    persoon, adres: int32 (-1 = unlinked). functie: W | B; a letter address is a spell, never a residence.
    datum_van, datum_tot: text as registered (YYYYMMDD with its 00 parts); datum_tot is exclusive, empty = running.
    van_vroegst, van_laatst, tot_vroegst, tot_laatst: datetime64[s], the days between which they lie; NaT = running.
    einde_reden: see REDENEN; "" = running. ingeschreven_tot: datetime64[s], latest day on which the registration
    itself ends (later than the spell for niet_woonachtig); NaT = still registered. aangifte, bekend: of the row that
    began it. onderzoek: address data under investigation on `as_of`.
    """
    return _with_rows(verblijf, personen, as_of)[0]


def residence_frame(
    verblijf: pd.DataFrame, personen: pd.DataFrame, adressen: pd.DataFrame | None, as_of: date
) -> pd.DataFrame:
    """The spells as they are handed out: pseudonym and identification instead of positions.

    adresseerbaarobject_identificatie: of the linked address, empty where unlinked. Without a BAG (adressen None) it is
    the identification that the BRP itself carries: nothing to check it against, but an identification all the same.
    """
    found, rows = _with_rows(verblijf, personen, as_of)
    if adressen is None:
        texts, at = verblijf["adresseerbaarobject"], rows
    else:
        texts, at = adressen["identificatie"], found["adres"].to_numpy()
    ids = texts.to_numpy(dtype=object)
    ids = np.append(ids, "")[at]
    names = personen["pseudoniem"].to_numpy(dtype=object)[found["persoon"].to_numpy()]
    handed = found[
        ["datum_van", "datum_tot", "van_vroegst", "van_laatst", "tot_vroegst", "tot_laatst", "functie", "einde_reden"]
    ].copy()
    handed.insert(0, "adresseerbaarobject_identificatie", pd.Series(ids, dtype="str", index=found.index))
    handed.insert(0, "persoon", pd.Series(names, dtype="str", index=found.index))
    return handed


def _with_rows(
    verblijf: pd.DataFrame | None, personen: pd.DataFrame | None, as_of: date
) -> tuple[pd.DataFrame, npt.NDArray[np.intp]]:
    """The spells, and per spell the row of `verblijf` that says which address it is."""
    if verblijf is None or personen is None or not len(verblijf):
        return _empty(), np.zeros(0, dtype=np.intp)
    today = _day(as_of)
    begins, departed = _begins(verblijf)
    events = _ended(_row_events(verblijf, begins, departed), personen)
    events = _bounded(_surviving(events), personen, today)
    same = np.append(events.persoon[1:] == events.persoon[:-1], False)
    lived = np.flatnonzero(events.residence)
    ended, after = same[lived], np.minimum(lived + 1, len(events.persoon) - 1)
    groups = np.searchsorted(begins, events.row[lived])  # which event of `verblijf` each spell is
    place = _address_rows(verblijf, begins)[groups]
    not_there, investigated = _investigations(verblijf, begins, today)

    early, late = np.where(ended, events.early[after], LATE), np.where(ended, events.late[after], LATE)
    text = np.where(ended, events.text[after], "")
    reason = np.where(ended, events.reason[after], RUNNING)
    gone = not_there[groups] < late
    since = np.maximum(not_there[groups], events.early[lived])
    begin_text = events.text[lived]
    gone_text = np.where(not_there[groups] > events.early[lived], _texts(since), begin_text)
    row = events.row[lived]
    frame = pd.DataFrame(
        {
            "persoon": events.persoon[lived].astype("int32"),
            "adres": verblijf["adres"].to_numpy()[place].astype("int32"),
            "functie": verblijf["functie"].astype("str").iloc[row].astype(_category(("B", "W"))).array,
            "datum_van": pd.array(begin_text, dtype="str"),
            "datum_tot": pd.array(np.where(gone, gone_text, text), dtype="str"),
            "van_vroegst": _dates(events.early[lived]),
            "van_laatst": _dates(events.late[lived]),
            "tot_vroegst": _dates(np.where(gone, since, early)),
            "tot_laatst": _dates(np.where(gone, np.maximum(since, not_there[groups]), late)),
            "einde_reden": pd.Categorical.from_codes(np.where(gone, NOT_LIVING, reason), categories=list(REDENEN)),
            "ingeschreven_tot": _dates(late),
            "aangifte": verblijf["aangifte"].iloc[row].array,
            "onderzoek": investigated[groups],
            "bekend": verblijf["bekend"].to_numpy()[row],
        }
    )
    return frame, place


def _begins(verblijf: pd.DataFrame) -> tuple[npt.NDArray[np.intp], Bools]:
    """Rows of `verblijf` that begin an event (rule 2), and per row whether it is a departure."""
    persoon = verblijf["persoon"].to_numpy()
    departed = (verblijf["vertrek_land"] != "").to_numpy() | (verblijf["vertrek_van"] != "").to_numpy()
    kind = np.where(departed, -1, _codes(verblijf["functie"], ("W", "B")))
    technical = _codes(verblijf["aangifte"], ("T", "W")) >= 0
    running = np.append(False, (persoon[1:] == persoon[:-1]) & (kind[1:] == kind[:-1]))
    return np.flatnonzero(~(technical & running)), departed


def _row_events(verblijf: pd.DataFrame, begins: npt.NDArray[np.intp], departed: Bools) -> _Events:
    left = departed[begins]
    rows = verblijf.iloc[begins]
    unknown_place = rows["vertrek_land"].isin(("0000", "")).to_numpy()

    def day(here: str, gone: str, unknown: np.int64) -> Ints:
        return np.where(left, _days(rows[gone], unknown), _days(rows[here], unknown))

    return _Events(
        persoon=rows["persoon"].to_numpy().astype(np.int64),
        row=begins.astype(np.int64),
        residence=~left,
        early=day("van_vroegst", "vertrek_vroegst", EARLY),
        late=day("van_laatst", "vertrek_laatst", LATE),
        known=np.minimum.reduceat(_days(verblijf["bekend"], LATE), begins),
        reason=np.select([~left, unknown_place], [MOVED, UNKNOWN_PLACE], ABROAD).astype(np.int8),
        text=rows["datum_aanvang"].where(~left, rows["vertrek_van"]).to_numpy(dtype=object),
    )


def _ended(events: _Events, personen: pd.DataFrame) -> _Events:
    """Suspensions added as last event of the persons who still have a residence (rule 3)."""
    last = np.append(events.persoon[1:] != events.persoon[:-1], True)
    living = events.persoon[last & events.residence]
    code = _codes(personen["opgeschort"], ("O", "E", "M", "R", "F", "W"))[living]
    who, code = living[code >= 0], code[code >= 0]
    if not len(who):
        return events
    stop = personen.iloc[who]
    early = _days(stop["opgeschort_vroegst"], EARLY)
    suspensions = _Events(
        persoon=who,
        row=np.full(len(who), -1, dtype=np.int64),
        residence=np.zeros(len(who), dtype=bool),
        early=early,
        late=np.where(early == EARLY, LATE, _days(stop["opgeschort_van"], LATE)),
        known=np.full(len(who), LATE, dtype=np.int64),
        reason=np.array([DIED, ABROAD, SUSPENDED, SUSPENDED, SUSPENDED, SUSPENDED], dtype=np.int8)[code],
        text=stop["opgeschort_datum"].to_numpy(dtype=object),
    )
    both = _Events(
        *(np.concatenate([getattr(events, n), getattr(suspensions, n)]) for n in _Events.__dataclass_fields__)
    )
    return both.take(np.argsort(both.persoon, kind="stable"))


def _surviving(events: _Events) -> _Events:
    """Rule 4: an event stays when no later one of the same person surely began on or before its earliest day."""
    after = np.append(_until_now(events.persoon, events.late)[1:], LATE)
    other = np.append(events.persoon[1:] != events.persoon[:-1], True)
    return events.take((events.early < after) | other | (events.early == EARLY))


def _bounded(events: _Events, personen: pd.DataFrame, today: np.int64) -> _Events:
    """Rule 5: intervals drawn in by their neighbours; no bound is left unknown."""
    recorded = np.where(events.known == LATE, today, events.known)
    late = _until_now(events.persoon, np.where(events.late == LATE, recorded, events.late))
    early = _since_ever(events.persoon, events.early)
    year = personen["geboortejaar"].to_numpy()[events.persoon]
    born = np.where(np.isnan(year), 0, year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    floor = np.where(np.isnan(year) | (born > late), FIRST_DAY, born)
    early = np.where(early == EARLY, floor, early)
    return _Events(
        **{
            **{name: getattr(events, name) for name in _Events.__dataclass_fields__},
            "early": early,
            "late": np.maximum(early, late),
            "text": np.where(events.text == "", UNKNOWN, events.text),
        }
    )


def _until_now(persoon: Ints, day: Ints) -> Ints:
    """Per event the least `day` of it and all later ones of its person."""
    line = persoon * SPAN
    return np.minimum.accumulate((line + day)[::-1])[::-1] - line


def _since_ever(persoon: Ints, day: Ints) -> Ints:
    """Per event the greatest `day` of it and all earlier ones of its person."""
    line = persoon * SPAN
    return np.maximum.accumulate(line + day) - line


def _address_rows(verblijf: pd.DataFrame, begins: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Per event the last of its rows that is linked; else the last with an identification; else the first row."""
    index = np.arange(len(verblijf))
    linked = np.maximum.reduceat(np.where(verblijf["adres"].to_numpy() >= 0, index, -1), begins)
    named = np.maximum.reduceat(np.where((verblijf["adresseerbaarobject"] != "").to_numpy(), index, -1), begins)
    return np.select([linked >= 0, named >= 0], [linked, named], begins).astype(np.intp)


def _investigations(verblijf: pd.DataFrame, begins: npt.NDArray[np.intp], today: np.int64) -> tuple[Ints, Bools]:
    """Per event: from which day on the person does not live there (LATE = not so), and what is being investigated."""
    codes, words = pd.factorize(verblijf["onderzoek"])
    unique = pd.Series(words, dtype="str")
    since, until = _days(verblijf["onderzoek_van"], LATE), _days(verblijf["onderzoek_tot"], LATE)
    not_there = np.append(unique.isin(NOT_THERE), False)[codes]
    about = np.append(unique.str.fullmatch(ADDRESS_DATA), False).astype(bool)[codes]
    running = about & (since <= today) & (until > today)
    return (
        np.minimum.reduceat(np.where(not_there, since, LATE), begins),
        np.logical_or.reduceat(running, begins),
    )


def _codes(values: pd.Series, words: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """The place of each value in `words`, -1 = another or none."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype("category")
    known = pd.Index(words).get_indexer(values.cat.categories)
    return np.append(known, -1)[values.cat.codes.to_numpy()]


def _category(words: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(list(words))


def _day(on: date) -> np.int64:
    return np.datetime64(on, "D").astype(np.int64)


def _days(dates: pd.Series, unknown: np.int64) -> Ints:
    """A datetime Series as days since 1970, `unknown` where it is NaT."""
    days = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), unknown, days.astype(np.int64))


def _dates(days: Ints) -> npt.NDArray[np.datetime64]:
    """Days since 1970 as datetime64[s], NaT for LATE."""
    dates = np.where(days == LATE, 0, days).astype("datetime64[D]").astype("datetime64[s]")
    return np.where(days == LATE, np.datetime64("NaT", "s"), dates)


def _texts(days: Ints) -> npt.NDArray[np.object_]:
    """Days since 1970 as YYYYMMDD; LATE gives an empty text."""
    unique, back = np.unique(days, return_inverse=True)
    texts = np.array([str(d).replace("-", "") if d == d else "" for d in _dates(unique).astype("datetime64[D]")])
    return texts.astype(object)[back]


def _empty() -> pd.DataFrame:
    days = dict.fromkeys(("van_vroegst", "van_laatst", "tot_vroegst", "tot_laatst"), "datetime64[s]")
    kinds = {"persoon": "int32", "adres": "int32", "functie": _category(("B", "W")), "datum_van": "str"}
    kinds |= {"datum_tot": "str", **days, "einde_reden": _category(REDENEN), "ingeschreven_tot": "datetime64[s]"}
    kinds |= {"aangifte": "category", "onderzoek": "bool", "bekend": "datetime64[s]"}
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in kinds.items()})
