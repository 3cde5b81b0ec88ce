"""A dozen addresses at random in every landing table: for laws that must hold whatever the registers say."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from features import landing
from tests.features.tiny import ABROAD, VOW, adressen, maanden, table, verblijf

N, PEOPLE, OWNERS = 12, 18, 6
FIRST, LAST = date(2022, 1, 1), date(2027, 6, 30)  # rows lie on both sides of the as-of dates used


class Town:
    """Draws everything from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)

    def day(self) -> pd.Timestamp:
        return pd.Timestamp(FIRST) + pd.Timedelta(days=int(self.random.integers(0, (LAST - FIRST).days)))

    def some(self, n: int, **columns: Any) -> list[dict[str, Any]]:
        """n rows; a column is a function of nothing."""
        return [{name: make() for name, make in columns.items()} for _ in range(n)]

    def one(self, *values: Any) -> Any:
        return lambda: values[int(self.random.integers(len(values)))]

    def number(self, low: int, high: int) -> Any:
        return lambda: int(self.random.integers(low, high))

    def later(self) -> Any:
        """A day, or none yet."""
        return lambda: self.day() if self.random.random() < 0.5 else None

    def frames(self) -> dict[str, pd.DataFrame]:
        """Every table of the landing, uncut."""
        of = self.number(-1, N)
        return {
            "adressen": adressen(
                N,
                gescoord=[bool(self.random.random() < 0.9) for _ in range(N)],
                gebruiksdoel=[
                    self.one("woonfunctie", "logiesfunctie", "woonfunctie,winkelfunctie")() for _ in range(N)
                ],
                pand=[self.number(0, N)() for _ in range(N)],
                bouwjaar=[self.one(1930.0, 1980.0, 2025.0, float("nan"))() for _ in range(N)],
                postcode=[self.one("1234AB", "1234AC", "1299ZZ")() for _ in range(N)],
            ),
            "panden": table(
                landing.PANDEN,
                self.some(N, aantal_verblijfsobjecten=self.one(0.0, 1.0), x=self.one(100_010.0), y=self.one(400_000.0)),
            ),
            "personen": self.personen(),
            "verblijf": self.verblijf(),
            "energie_jaar": table(
                landing.ENERGIE_JAAR,
                self.some(
                    40,
                    adres=of,
                    aansluiting=self.number(0, 15),
                    product=self.one("ELK", "GAS"),
                    bekend=self.day,
                    verbruik=self.number(0, 5000),
                    invoeding=self.number(0, 900),
                    in_bedrijf=self.one(True, True, False),
                ),
            ),
            "energie_maand": self.months(),
            "kleinverbruik": table(
                landing.KLEINVERBRUIK,
                [
                    {
                        "postcode_van": "1234AA",
                        "postcode_tot": "1234AZ",
                        "product": "ELK",
                        "verbruik": 2800.0,
                        "bekend": day,
                    }
                    for day in (pd.Timestamp("2024-01-01"), pd.Timestamp("2027-01-01"))
                ],
            ),
            "woz": table(
                landing.WOZ,
                self.some(
                    20,
                    adres=of,
                    gebruikscode=self.one("10", "12", "20"),
                    waardepeildatum=self.day,
                    bekend=self.day,
                    waarde=self.number(90_000, 500_000),
                    gebruiker_type=self.one("natuurlijk_persoon", "niet_natuurlijk_persoon"),
                ),
            ),
            "eigendom": table(
                landing.EIGENDOM,
                self.some(
                    30,
                    adres=of,
                    gerechtigde=self.number(0, OWNERS),
                    aandeel=self.one(0.5, 1.0),
                    bekend=self.day,
                    gerechtigde_type=self.one("natuurlijk_persoon", "rechtspersoon", "woningcorporatie"),
                    woont_op_adres=self.one(1.0, 0.0),
                    van=self.day,
                    tot=self.later(),
                    koopsom=self.number(1, 400_000),
                ),
            ),
            "vestigingen": table(
                landing.VESTIGINGEN,
                self.some(15, adres=of, onderneming=self.number(0, 9), van=self.day, tot=self.later(), bekend=self.day),
            ),
            "energielabels": table(
                landing.ENERGIELABELS,
                self.some(9, adres=of, klasse=self.one("A", "C", "G"), gebouwtype=self.one(""), bekend=self.day),
            ),
            "signalen": table(
                landing.SIGNALEN,
                self.some(
                    25, adres=of, soort=self.one("retourpost", "leegstand", "te_koop", "overlast"), bekend=self.day
                ),
            ),
            "omgeving": table(
                landing.OMGEVING,
                self.some(N, **{name: self.number(0, 3) for name in landing.OMGEVING.columns}),
            ),
        }

    def personen(self) -> pd.DataFrame:
        rows = self.some(
            PEOPLE, geboortejaar=self.one(1950.0, 1985.0, 1990.0, 2015.0, float("nan")), opgeschort_van=self.later()
        )
        for at, row in enumerate(rows):
            day = row["opgeschort_van"]
            row |= {"pseudoniem": f"p{at}", "opgeschort_vroegst": day}
            row |= {} if day is None else {"opgeschort": "O", "opgeschort_datum": f"{day:%Y%m%d}"}
        return table(landing.PERSONEN, rows)

    def verblijf(self) -> pd.DataFrame:
        rows = []
        for persoon in range(PEOPLE):
            days = sorted(self.day() for _ in range(int(self.random.integers(1, 5))))
            rows += [(persoon, self.one(*range(N), -1, VOW, ABROAD)(), f"{day:%Y-%m-%d}") for day in days]
        # A group of four that moves together, so that the carousel is not empty.
        group = [
            (p, at, day)
            for p in range(PEOPLE, PEOPLE + 4)
            for at, day in ((0, "2024-02-01"), (1, "2025-03-01"), (2, "2025-11-01"))
        ]
        return verblijf(
            *[row for row in rows if row[0] not in range(4)], *[(p - PEOPLE, at, day) for p, at, day in group]
        )

    def months(self) -> pd.DataFrame:
        use = {
            (adres, product): list(self.random.integers(0, 500, 50).astype(float))
            for adres in range(N)
            for product in ("ELK", "GAS")
            if self.random.random() < 0.9
        }
        frame = maanden(use, last="2027-05")
        return frame.assign(gemeten=self.random.random(len(frame)) < 0.9)
