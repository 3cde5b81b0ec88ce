"""Writes brp/persoonslijsten*.csv: LO-GBA columns, exactly the rubrieken of the BRP declaration, rows newest first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from features.sources.brp_declaration import PERSOONSLIJSTEN
from synthetic import lists, numbers, spelling
from synthetic.world import FOREVER, World

Ints = npt.NDArray[np.int64]
DAY_ZERO = int(np.datetime64("1880-01-01", "D").astype(int))
DAYS = int(np.datetime64("2070-01-01", "D").astype(int)) - DAY_ZERO


def write(world: World, levering: Path, suffix: str) -> None:
    """Write `levering/brp/persoonslijsten{suffix}.csv`."""
    table = lists.rows(world.lives, world.params)
    first = ~table["person"].duplicated().to_numpy()
    columns = {**_person(world, table, first), **_residence(world, table)}
    empty = pa.array([""]).take(pa.array(np.zeros(len(table), dtype=np.int8)))
    names = [c.name for c in PERSOONSLIJSTEN.columns]
    path = levering / "brp" / f"persoonslijsten{suffix}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    out = pa.table([columns.get(name, empty) for name in names], names=[str(i) for i in range(len(names))])
    with path.open("wb") as file:
        file.write((";".join(names) + "\n").encode())
        options = pyarrow.csv.WriteOptions(include_header=False, delimiter=";", quoting_style="none")
        pyarrow.csv.write_csv(out, file, options)


def _person(world: World, table: pd.DataFrame, first: npt.NDArray[np.bool_]) -> dict[str, pa.Array]:
    """Categories 01 and 07: on the first row of each list only."""
    params, persons = world.params, world.lives.persons
    rng = params.rng("numbers")
    where = params.place
    person = table["person"].to_numpy()
    dead = persons["overleden"].to_numpy()
    died = dead < params.today - rng.integers(0, 8, len(dead))
    abroad = table["vertrek"].to_numpy() != ""
    suspended = np.where(died[person], "O", np.where(abroad, "E", ""))
    day = np.where(died[person], dead[person], np.where(abroad, table["van"], FOREVER))
    known = np.where(rng.random(len(persons)) < 0.004, lists.NO_MONTH, lists.FULL)[person]
    nothing = np.where(first, 0, 1)
    return {
        "": _texts(np.char.add(params.gemeente + "_", np.arange(1, len(persons) + 1).astype(str)), person, nothing),
        "01.01.10": _texts(numbers.a_numbers(len(persons), where, rng).astype(str), person, nothing),
        "01.01.20": _texts(numbers.bsns(len(persons), where, rng).astype(str), person, nothing),
        "01.03.10": dates(np.where(first, persons["geboorte"].to_numpy()[person], FOREVER), known),
        "07.67.10": dates(np.where(first, day, FOREVER), np.zeros(len(table), dtype=int)),
        "07.67.20": pa.array(np.where(first, suspended, "")),
        "07.70.10": pa.array(np.where(first, np.where(persons["geheim"].to_numpy()[person], "7", "0"), "")),
    }


def _residence(world: World, table: pd.DataFrame) -> dict[str, pa.Array]:
    """Category 08."""
    here, abroad = (table["address"] >= 0).to_numpy(), (table["vertrek"] != "").to_numpy()
    van, known = table["van"].to_numpy(), table["precies"].to_numpy()
    full = np.zeros(len(table), dtype=int)
    asked = table["onderzoek"].to_numpy() != ""
    return {
        **_place(world, table),
        "08.09.20": dates(table["gemeente_van"].to_numpy(), full),
        "08.10.10": pa.array(np.where(abroad, "", table["functie"])),
        "08.10.30": dates(np.where(abroad, FOREVER, van), known),
        "08.13.10": pa.array(table["vertrek"].to_numpy(dtype=str)),
        "08.13.20": dates(np.where(abroad, van, FOREVER), known),
        "08.14.10": pa.array(np.where(here, table["vestiging"], "")),
        "08.14.20": dates(np.where(here, table["vestiging_van"], FOREVER), full),
        "08.72.10": pa.array(table["aangifte"].to_numpy(dtype=str)),
        "08.83.10": pa.array(table["onderzoek"].to_numpy(dtype=str)),
        "08.83.20": dates(np.where(asked, table["onderzoek_van"], FOREVER), full),
        "08.83.30": dates(np.where(asked, table["onderzoek_tot"], FOREVER), full),
        "08.84.10": pa.array(table["onjuist"].to_numpy(dtype=str)),
        "08.85.10": dates(np.where(table["techniek"], table["bekend"], van), np.where(table["techniek"], 0, known)),
        "08.86.10": dates(table["bekend"].to_numpy(), full),
    }


def _place(world: World, table: pd.DataFrame) -> dict[str, pa.Array]:
    """Gemeente, address as text, and the ids where the row has them; addresses elsewhere are made up by number."""
    town, params = world.town.adressen, world.params
    rng = params.rng("places")
    address, elders = table["address"].to_numpy(), table["elders"].to_numpy()
    here, there = address >= 0, elders >= 0
    typed = spelling.typed_addresses(town, np.maximum(address, 0), rng)
    neat = (rng.random(len(table)) < 0.97) | (table["ids"].to_numpy() == lists.BOTH)
    ours = {
        "08.11.20": np.where(neat, town["huisnummer"].to_numpy()[address], typed["huisnummer"].to_numpy()).astype(str),
        "08.11.30": np.where(
            neat, town["huisletter"].to_numpy(dtype=str)[address], typed["huisletter"].to_numpy(dtype=str)
        ),
        "08.11.40": np.where(
            neat, town["toevoeging"].to_numpy(dtype=str)[address], typed["huisnummertoevoeging"].to_numpy(dtype=str)
        ),
        "08.11.60": town["postcode"].to_numpy(dtype=str)[address],
    }
    ids = table["ids"].to_numpy()
    ours["08.11.80"] = np.where(ids == lists.BOTH, town["identificatie"].to_numpy(dtype=str)[address], "")
    ours["08.11.90"] = np.where(ids != lists.TEXT, town["nummeraanduiding"].to_numpy(dtype=str)[address], "")
    other = elsewhere(np.maximum(elders, 0), params.seed, ids == lists.BOTH)
    codes = np.where(here, params.gemeente, np.where(there, other["08.09.10"], "1999"))
    return {"08.09.10": pa.array(codes)} | {
        k: pa.array(np.where(here, v, np.where(there, other[k], ""))) for k, v in ours.items()
    }


def elsewhere(number: Ints, seed: int, ids: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.str_]]:
    """Addresses in other gemeenten, the same for the same number."""
    mixed = (number * 2_654_435_761 + seed * 97) % 2**31
    code = np.char.zfill((703 + mixed % 1200).astype(str), 4)
    letters = np.array([a + b for a in "ABCDEGHJKLMNPRSTVWXZ" for b in "ABCDEGHJKLMNPRSTVWXZ"])
    serial = np.char.zfill((mixed % 900_000 + 1000).astype(str), 10)
    return {
        "08.09.10": code,
        "08.11.20": (1 + mixed // 1200 % 180).astype(str),
        "08.11.30": np.where(mixed % 23 == 0, "A", ""),
        "08.11.40": np.where(mixed % 31 == 0, "2", ""),
        "08.11.60": np.char.add((9000 + mixed // 7 % 999).astype(str), letters[mixed // 11 % len(letters)]),
        "08.11.80": np.where(ids, np.char.add(np.char.add(code, "01"), serial), ""),
        "08.11.90": np.where(ids, np.char.add(np.char.add(code, "20"), serial), ""),
    }


def _texts(values: npt.NDArray[np.str_], index: Ints, nothing: Ints) -> pa.Array:
    """values[index], empty where `nothing` is 1."""
    pool = pa.array(np.append(values, ""))
    return pool.take(pa.array(np.where(nothing == 1, len(values), index)))


def dates(day: Ints, unknown: Ints) -> pa.Array:
    """YYYYMMDD of day numbers; `unknown` parts as 00, FOREVER as empty."""
    calendar = np.datetime_as_string((DAY_ZERO + np.arange(DAYS)).astype("datetime64[D]"))
    plain = np.char.replace(calendar, "-", "")
    year = plain.astype("<U4")
    month = plain.astype("<U6")
    pool = pa.array(np.concatenate([plain, np.char.add(month, "00"), np.char.add(year, "0000"), ["00000000", ""]]))
    index = (
        np.clip(np.asarray(day, dtype=np.int64) - DAY_ZERO, 0, DAYS - 1) + np.asarray(unknown, dtype=np.int64) * DAYS
    )
    index = np.where(np.asarray(unknown) == lists.NOTHING, 3 * DAYS, index)
    return pool.take(pa.array(np.where(np.asarray(day) == FOREVER, 3 * DAYS + 1, index)))
