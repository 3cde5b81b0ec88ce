"""What a person may see beside a rank: address facts, the registration timeline, monthly energy against peers.

Nothing here identifies a person: persons are numbered within an address, and those with secrecy (rubriek 07.70.10) are
left out, together with every count they would enter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.landing import Sources

SHIELD_MONTHS = 36  # a person with secrecy shields every address held in this period: no feature looks further back

Positions = npt.NDArray[np.int32]


def shielded(sources: Sources) -> npt.NDArray[np.bool_]:
    """True per address (n) where a person with secrecy is or lately was registered, letter addresses included."""
    mask = np.zeros(sources.size, dtype=bool)
    if sources.personen is None:
        return mask
    spells = sources.spells
    since = pd.Timestamp(sources.as_of) - pd.DateOffset(months=SHIELD_MONTHS)
    recent = spells["ingeschreven_tot"].isna() | (spells["ingeschreven_tot"] >= since)
    secret = sources.personen["geheim"].to_numpy()[spells["persoon"].to_numpy()]
    hit = spells["adres"].to_numpy()[recent.to_numpy() & secret]
    mask[hit[hit >= 0]] = True
    return mask


def registered(sources: Sources) -> npt.NDArray[np.float64]:
    """Persons registered with a residence (W) on the as-of date, per address (n); NaN without a BRP."""
    if sources.verblijf is None:
        return np.full(sources.size, np.nan)
    spells = sources.spells
    here = spells["ingeschreven_tot"].isna() & (spells["functie"] == "W") & (spells["adres"] >= 0)
    return np.bincount(spells.loc[here, "adres"], minlength=sources.size).astype(np.float64)


def addresses(sources: Sources, positions: Positions) -> pd.DataFrame:
    """The facts of the addresses at `positions`, in that order: the columns of the published table `adressen`."""
    shown = sources.adressen.iloc[positions]
    hidden = shielded(sources)[positions]
    surroundings = sources.omgeving
    outside = (
        pd.Series(np.nan, index=range(len(positions)))
        if surroundings is None
        else surroundings["buitengebied"].iloc[positions].reset_index(drop=True)
    )
    frame = pd.DataFrame(
        {
            "adresseerbaarobject_identificatie": shown["identificatie"].to_numpy(),
            "gemeente": sources.gemeente,
            "adres": _address_text(shown),
            "postcode": shown["postcode"].astype("str").to_numpy(),
            "woonplaats": shown["woonplaats"].to_numpy(),
            "x": shown["x"].to_numpy(),
            "y": shown["y"].to_numpy(),
            "buitengebied": outside.map({1.0: "J", 0.0: "N"}).fillna("").to_numpy(),
            "soort": shown["soort"].to_numpy(),
            "gebruiksdoel": shown["gebruiksdoel"].to_numpy(),
            "oppervlakte": shown["oppervlakte"].to_numpy(),
            "bouwjaar": shown["bouwjaar"].to_numpy(),
            "ingeschrevenen": np.where(hidden, np.nan, registered(sources)[positions]),
            "afgeschermd": np.where(hidden, "J", "N"),
        }
    )
    return frame


def _address_text(shown: pd.DataFrame) -> npt.NDArray[np.object_]:
    letter = shown["huisletter"].astype("str").fillna("")
    addition = shown["toevoeging"].astype("str").fillna("")
    number = shown["huisnummer"].astype("str") + letter + ("-" + addition).where(addition != "", "")
    return (shown["straat"].astype("str") + " " + number).to_numpy()


def timeline(sources: Sources, positions: Positions) -> pd.DataFrame:
    """Registrations at the addresses at `positions`, oldest first, without persons who have secrecy."""
    spells = sources.spells
    wanted = np.zeros(sources.size, dtype=bool)
    wanted[positions] = True
    wanted &= ~shielded(sources)
    adres = spells["adres"].to_numpy()
    here = spells[(adres >= 0) & wanted[adres]]
    if sources.personen is not None:
        here = here[~sources.personen["geheim"].to_numpy()[here["persoon"].to_numpy()]]
    here = here.sort_values(["adres", "van_laatst", "persoon"], kind="stable")
    number = _numbered(here["adres"].to_numpy(), here["persoon"].to_numpy())
    return pd.DataFrame(
        {
            "adresseerbaarobject_identificatie": sources.adressen["identificatie"].to_numpy()[here["adres"]],
            "persoon": number,
            "functie": here["functie"].to_numpy(),
            "van": here["van_laatst"].to_numpy(),
            "tot": here["tot_laatst"].to_numpy(),
            "einde_reden": here["einde_reden"].to_numpy(),
        }
    )


def _numbered(adres: npt.NDArray[np.int32], persoon: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """1, 2, 3 … per address in order of first appearance; the rows of one address lie together."""
    pair, _ = pd.factorize((adres.astype(np.int64) << 32) | persoon)
    _, first, home = np.unique(adres, return_index=True, return_inverse=True)
    return (pair - pair[first][home] + 1).astype(np.int32)
