"""Writes vastgoed/woz, eigendom, vestigingen and energielabels, columns from the declarations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.sources import vastgoed
from synthetic.dirt import Dirt
from synthetic.property import Property
from synthetic.world import World
from synthetic.writers.declared import days, write_csv

OBJECT = vastgoed.OBJECT.name


def write(world: World, estate: Property, levering: Path, suffix: str = "") -> tuple[Dirt, ...]:
    """Write the four files of property; the answer counts the dirt in each."""
    rng = world.params.rng("dirt vastgoed")
    folder = levering / "vastgoed"
    day = str(days([world.params.today])[0])
    preamble = (f"Publicatiedatum: {day}", "EP-Online, totaalbestand (fictief)")
    return (
        write_csv(woz(world, estate.woz), vastgoed.WOZ, folder / f"woz{suffix}.csv", rng),
        write_csv(eigendom(world, estate.eigendom), vastgoed.EIGENDOM, folder / f"eigendom{suffix}.csv", rng),
        write_csv(
            vestigingen(world, estate.vestigingen), vastgoed.VESTIGINGEN, folder / f"vestigingen{suffix}.csv", rng
        ),
        write_csv(
            energielabels(world, estate.labels),
            vastgoed.ENERGIELABELS,
            folder / f"energielabels{suffix}.csv",
            rng,
            preamble,
        ),
    )


def _ids(world: World, address: pd.Series) -> npt.NDArray[np.object_]:
    return world.town.adressen["identificatie"].to_numpy()[address.to_numpy()]


def _numbers(prefix: str, number: pd.Series | npt.NDArray[np.int64], width: int) -> npt.NDArray[np.str_]:
    """prefix + number with leading zeros, `width` digits."""
    return np.char.add(prefix, np.char.zfill(np.asarray(number, np.int64).astype(f"U{width}"), width))


def woz(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of woz.csv."""
    return pd.DataFrame(
        {
            "wozobjectnummer": _numbers(world.params.gemeente, frame["address"] + 100, 8),
            OBJECT: _ids(world, frame["address"]),
            "gebruikscode": frame["gebruikscode"],
            "waardepeildatum": days(frame["day"]),
            "vastgestelde_waarde": frame["waarde"],
            "eigenaar_type": frame["eigenaar"],
            "gebruiker_type": frame["gebruiker"],
        }
    )


def eigendom(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of eigendom.csv; owners get a number that tells nothing about them."""
    owner, known = pd.factorize(frame["owner"])
    pseudonym = world.params.rng("owners").permutation(len(known))
    gemeente = world.params.gemeente
    return pd.DataFrame(
        {
            OBJECT: _ids(world, frame["address"]),
            "gerechtigde": _numbers(f"g{gemeente}", pseudonym[owner], 7),
            "gerechtigde_type": frame["kind"],
            "zakelijk_recht": "eigendom",
            "aandeel_teller": frame["teller"],
            "aandeel_noemer": frame["noemer"],
            "woont_op_adres": frame["woont"],
            "datum_van": days(frame["van"]),
            "datum_tot": days(frame["tot"]),
            "koopsom": pd.Series(frame["koopsom"].to_numpy()).astype("Int64"),
            "tijdstip_ondertekening": days(frame["getekend"]),
        }
    )


def vestigingen(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of vestigingen.csv. Numbers of another gemeente begin elsewhere."""
    offset = int(world.params.gemeente) * 10_000
    return pd.DataFrame(
        {
            "kvknummer": _numbers("", 10_000_000 + offset + frame["kvk"], 8),
            "vestigingsnummer": _numbers("0000", 10_000_000 + offset + frame["vestiging"], 8),
            OBJECT: _ids(world, frame["address"]),
            "sbi": frame["sbi"],
            "datum_aanvang": days(frame["van"]),
            "datum_einde": days(frame["tot"]),
        }
    )


def energielabels(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of energielabels.csv: each kind of object has its own column for the identification."""
    soort = world.town.adressen["soort"].to_numpy()[frame["address"].to_numpy()]
    ids = _ids(world, frame["address"])
    return pd.DataFrame(
        {
            "Pand_bagverblijfsobjectid": np.where(soort == "verblijfsobject", ids, ""),
            "Pand_bagligplaatsid": np.where(soort == "ligplaats", ids, ""),
            "Pand_bagstandplaatsid": np.where(soort == "standplaats", ids, ""),
            "Pand_gebouwtype": frame["gebouwtype"],
            "Pand_gebouwsubtype": "",
            "Pand_energieklasse": frame["klasse"],
            "Pand_registratiedatum": days(frame["day"]),
            "Pand_gebruiksoppervlakte": frame["oppervlakte"],
        }
    )
