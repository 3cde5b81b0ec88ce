"""A small made-up publication, in the tables of models/scores.py: what the scoring run would leave behind.

300 addresses in one gemeente with three places and a buitengebied. Sentences as people would get
them, a shielded address now and then. Persons are numbers; no name exists to leak.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.scores import ADDRESSES, BANDS, ENERGY, EVIDENCE_BANDS, REASONS, REST, SCORES, TIMELINE, PublishedTable

PLACES = (("Oosterveen", 231000.0, 517000.0), ("Westerveen", 226500.0, 513500.0), ("Broekdijk", 235200.0, 511800.0))
STREETS = ("Dorpsstraat", "Kerkweg", "Beukenlaan", "Julianastraat", "Molenpad", "Hoofdvaart", "Schoolstraat")
LANES = ("Zandweg", "Veenhof", "Langewijk", "Bosrand", "Lindelaan (park)")
PEILDATUM = "2026-10-01"
BASE = {"spookbewoning": -4.2, "schijnbewoning": -3.1}

# kenmerk, value, peer value, sentence for, sentence against: per target, plausible and B1
STORIES: dict[str, tuple[tuple[str, float, float, str, str], ...]] = {
    "spookbewoning": (
        ("energie_zonder_inschrijving", 2840, 2460,
         "Er staat niemand ingeschreven, maar het stroomverbruik was 2.840 kWh in een jaar.",
         "Er staat niemand ingeschreven en er is bijna geen stroom gebruikt."),
        ("maanden_zonder_inschrijving", 26, 0,
         "Er staat al 26 maanden niemand ingeschreven. Bij vergelijkbare woningen is dat 0 maanden.",
         "Er staan al jaren zonder onderbreking mensen ingeschreven."),
        ("basislast", 190, 96,
         "Ook 's nachts en in de zomer is het stroomverbruik hoog.",
         "Het laagste maandverbruik past bij een gewoon huishouden."),
        ("eigenaar_woont_elders", 1, 0,
         "De eigenaar woont volgens het Kadaster niet op dit adres.",
         "De eigenaar woont volgens het Kadaster zelf op dit adres."),
        ("doorverkopen_36_maanden", 2, 0,
         "De woning is in 36 maanden 2 keer doorverkocht.",
         "De woning heeft al lang dezelfde eigenaar."),
        ("recreatiepark", 1, 0,
         "Het adres ligt op een recreatiepark.",
         "Het adres ligt niet op een recreatiepark."),
        ("gas_reactie_op_kou", 0.82, 0.74,
         "Het gasverbruik stijgt als het koud is: het huis wordt verwarmd.",
         "Het gasverbruik stijgt niet als het koud is."),
        ("signalen_12_maanden", 1, 0,
         "In de laatste 12 maanden kwam er 1 melding over dit adres.",
         "In de laatste 12 maanden kwamen er geen meldingen over dit adres."),
    ),
    "schijnbewoning": (
        ("personen_per_m2", 9, 38,
         "Per ingeschreven persoon is er 9 m². Bij vergelijkbare woningen is dat 38 m².",
         "Er is ruim plek voor het aantal ingeschreven personen."),
        ("stroom_per_persoon", 210, 1150,
         "Het stroomverbruik per ingeschreven persoon is laag: 210 kWh in een jaar.",
         "Het stroomverbruik past bij het aantal ingeschreven personen."),
        ("aankomsten_24_maanden", 11, 1,
         "In 24 maanden schreven 11 personen zich hier in.",
         "In 24 maanden schreef niemand zich hier in."),
        ("mediaan_verblijf", 4, 61,
         "De helft van de bewoners bleef korter dan 4 maanden ingeschreven.",
         "Bewoners blijven hier lang ingeschreven."),
        ("retourpost_12_maanden", 2, 0,
         "In 12 maanden kwam 2 keer post terug.",
         "Er kwam geen post terug."),
        ("briefadressen", 1, 0,
         "Er is 1 briefadres op dit adres.",
         "Er is geen briefadres op dit adres."),
        ("vertrokken_onbekend", 3, 0,
         "3 eerdere bewoners vertrokken naar een onbekende bestemming.",
         "Niemand vertrok hier naar een onbekende bestemming."),
        ("energielabel_recent", 1, 0,
         "Het energielabel is kort geleden vernieuwd.",
         "Er is geen nieuw energielabel."),
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Written:
    """A publication as it was written, for tests to compare with."""

    run_id: str
    addresses: pd.DataFrame
    scores: pd.DataFrame
    reasons: pd.DataFrame
    timeline: pd.DataFrame
    energy: pd.DataFrame


def write_publication(
    publicaties: Path,
    run_id: str = "20261001-0001",
    *,
    n: int = 300,
    seed: int = 7,
    cold: bool = False,
    current: bool = True,
) -> Written:
    """Write one publication of `n` addresses and, with `current`, point `actueel` at it."""
    rng = np.random.default_rng(seed)
    addresses = _addresses(n, rng)
    reasons, totals = _reasons(addresses, rng)
    scores = _scores(addresses, totals, run_id, cold=cold, rng=rng)
    shown = _evidence_ids(addresses, scores)
    written = Written(
        run_id=run_id,
        addresses=addresses,
        scores=scores,
        reasons=reasons,
        timeline=_timeline(addresses.loc[addresses["adresseerbaarobject_identificatie"].isin(shown)], rng),
        energy=_energy(addresses.loc[addresses["adresseerbaarobject_identificatie"].isin(shown)], rng),
    )
    folder = publicaties / run_id
    folder.mkdir(parents=True)
    tables = (
        (SCORES, scores), (REASONS, reasons), (ADDRESSES, addresses), (TIMELINE, written.timeline),
        (ENERGY, written.energy),
    )  # fmt: skip
    for table, frame in tables:
        _declared(table, frame).to_parquet(folder / f"{table.name}.parquet", index=False)
    (folder / "manifest.json").write_text(
        json.dumps(_manifest(run_id, addresses, cold=cold), ensure_ascii=False), "utf-8"
    )
    if current:
        (publicaties / "actueel").write_text(run_id + "\n", encoding="utf-8")
    return written


def _declared(table: PublishedTable, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[list(table.columns)].astype(dict(table.columns))


def _addresses(n: int, rng: np.random.Generator) -> pd.DataFrame:
    place = rng.choice(len(PLACES), n, p=[0.5, 0.3, 0.2])
    outside = rng.random(n) < 0.2
    spread = np.where(outside, 2200.0, 480.0)
    angle, radius = rng.random(n) * 2 * math.pi, np.sqrt(rng.random(n))
    x = np.array([PLACES[p][1] for p in place]) + np.cos(angle) * radius * spread
    y = np.array([PLACES[p][2] for p in place]) + np.sin(angle) * radius * spread
    street = np.where(outside, rng.choice(LANES, n), rng.choice(STREETS, n))
    number = 1 + np.arange(n) // 3
    letter = np.where(rng.random(n) < 0.08, "a", "")
    shielded = np.arange(n) % 60 == 7
    registered = np.where(shielded, np.nan, rng.choice([0, 1, 2, 3, 4, 9], n, p=[0.06, 0.32, 0.34, 0.13, 0.13, 0.02]))
    return pd.DataFrame(
        {
            "adresseerbaarobject_identificatie": [f"017501{i:010d}" for i in range(n)],
            "gemeente": "0175",
            "adres": [f"{s} {h}{t}" for s, h, t in zip(street, number, letter, strict=True)],
            "postcode": [f"77{30 + p}{chr(65 + i % 20)}{chr(65 + i % 7)}" for i, p in enumerate(place)],
            "woonplaats": [PLACES[p][0] for p in place],
            "x": x,
            "y": y,
            "buitengebied": np.where(outside, "J", "N"),
            "soort": np.where(np.arange(n) % 75 == 3, "standplaats", "verblijfsobject"),
            "gebruiksdoel": np.where(street == LANES[4], "logiesfunctie", "woonfunctie"),
            "oppervlakte": rng.integers(48, 260, n).astype(float),
            "bouwjaar": rng.integers(1890, 2024, n).astype(float),
            "ingeschrevenen": registered,
            "afgeschermd": np.where(shielded, "J", "N"),
        }
    )


def _reasons(addresses: pd.DataFrame, rng: np.random.Generator) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    rows, totals = [], {}
    ids = addresses["adresseerbaarobject_identificatie"].to_numpy()
    for doel, story in STORIES.items():
        lean = rng.normal(-0.35, 0.45, len(ids)) + np.where(rng.random(len(ids)) < 0.04, 1.6, 0.0)
        share = lean[:, None] * 0.32 + rng.normal(0, 0.42, (len(ids), len(story) + 1))
        totals[doel] = share.sum(axis=1)
        for i, identificatie in enumerate(ids):
            order = np.argsort(-np.abs(share[i, :-1]))
            for place, k in enumerate(order, start=1):
                name, value, peer, sentence_for, sentence_against = story[k]
                speaks_for = share[i, k] > 0
                rows.append(
                    (doel, identificatie, place, name, value if speaks_for else peer, peer, share[i, k],
                     sentence_for if speaks_for else sentence_against)
                )  # fmt: skip
            rest = share[i, -1]
            rows.append((doel, identificatie, len(order) + 1, REST, np.nan, np.nan, rest, "Overige kenmerken samen."))
    return pd.DataFrame(rows, columns=list(REASONS.columns)), totals


def _scores(
    addresses: pd.DataFrame, totals: dict[str, np.ndarray], run_id: str, *, cold: bool, rng: np.random.Generator
) -> pd.DataFrame:
    parts = []
    for doel, total in totals.items():
        score = BASE[doel] + total
        rank = pd.Series(-score).rank(method="first").to_numpy().astype(int)
        share = rank / len(rank)
        band = np.array(BANDS)[np.searchsorted([0.02, 0.06, 0.15, 0.35], share)]
        parts.append(
            pd.DataFrame(
                {
                    "run_id": run_id,
                    "doel": doel,
                    "adresseerbaarobject_identificatie": addresses["adresseerbaarobject_identificatie"],
                    "gemeente": addresses["gemeente"],
                    "kans": np.nan if cold else 1 / (1 + np.exp(-score)),
                    "score": 1 - share if cold else score,
                    "rang": rank,
                    "afwijking": rng.random(len(rank)),
                    "band": band,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _evidence_ids(addresses: pd.DataFrame, scores: pd.DataFrame) -> set[str]:
    return set(scores.loc[scores["band"].isin(EVIDENCE_BANDS), "adresseerbaarobject_identificatie"])


def _timeline(addresses: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    end = pd.Timestamp(PEILDATUM)
    for address in addresses.itertuples():
        if address.afgeschermd == "J":
            continue
        persons = int(rng.integers(0, 9))
        starts = sorted(end - pd.Timedelta(days=int(d)) for d in rng.integers(60, 3600, persons))
        for person, start in enumerate(starts, start=1):
            until = start + pd.Timedelta(days=int(rng.integers(60, 2400)))
            running = until >= end
            reason = (
                ""
                if running
                else str(rng.choice(["verhuisd", "vertrokken_onbekend_waarheen", "overleden"], p=[0.8, 0.15, 0.05]))
            )
            rows.append((
                address.adresseerbaarobject_identificatie, person, "B" if rng.random() < 0.1 else "W", start,
                pd.NaT if running else until, reason,
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(TIMELINE.columns))


def _energy(addresses: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    months = pd.period_range("2024-09", "2026-08", freq="M").astype(str)
    winter = 1 + np.cos((np.arange(len(months)) + 8) / 12 * 2 * math.pi)
    rows = []
    for address in addresses.itertuples():
        level = float(rng.lognormal(0, 0.5))
        for product, middle in (("ELK", 190 + 45 * winter), ("GAS", 18 + 105 * winter)):
            own = middle * level * rng.normal(1, 0.08, len(months))
            own = np.where(rng.random(len(months)) < 0.03, np.nan, own.clip(0))
            for i, month in enumerate(months):
                rows.append((
                    address.adresseerbaarobject_identificatie, product, month, own[i], middle[i] * 0.55, middle[i],
                    middle[i] * 1.6,
                ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(ENERGY.columns))


def _manifest(run_id: str, addresses: pd.DataFrame, *, cold: bool) -> dict[str, object]:
    model = "vooraf vastgestelde richtingen en isolatie" if cold else "boosted"
    return {
        "run_id": run_id,
        "peildatum": PEILDATUM,
        "doelen": {
            doel: {
                "model": model,
                "versie": "3",
                "digest": "sha256:" + "ab12" * 16,
                "basis": None if cold else base,
                "getraind_tot": "" if cold else "2026-09-30",
                "kalibratie": "" if cold else "212 adressen uit de steekproef",
                "kenmerken": [] if cold else [name for name, *_ in STORIES[doel]],
                "cijfers": {} if cold else {"precision_at_60": 0.52, "average_precision": 0.41},
            }
            for doel, base in BASE.items()
        },
        "invoer": [
            {"bestand": "brp/persoonslijsten.csv", "rijen": 1412, "sha256": "0f" * 32},
            {"bestand": "bag/bag-light.gpkg", "rijen": len(addresses), "sha256": "1e" * 32},
        ],
        "bronnen": ["brp", "bag", "energie", "vastgoed", "onderzoeken", "omgeving"],
        "weggelaten": {"signalen": "geen grondslag in levering.toml"},
        "grondslagen": {
            "brp": {"grondslag": "Wet BRP art. 2.37 en 2.34", "doel": list(BASE)},
            "energie": {"grondslag": "convenant netbeheerder 2026-03", "doel": list(BASE)},
        },
        "dekking": {
            "brp": {"gelezen": 1412, "gebruikt": 1409, "afgekeurd": {"datum": 3}, "routes": {}, "dekking": 0.994},
            "maandafname": {"gelezen": 14400, "gebruikt": 14400, "afgekeurd": {}, "routes": {}, "dekking": 0.981},
        },
        "software": {"schijnwerper": "0.1.0", "python": "3.11.9", "scikit-learn": "1.9.1"},
    }
