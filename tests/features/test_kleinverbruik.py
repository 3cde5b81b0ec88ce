"""The grid operators' open files in the layouts in which they are met."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from features.errors import Refusal
from features.ingest_areas import product_of, year_of
from features.rawfile import RawFile
from features.sources.energie import KLEINVERBRUIK
from features.typed import typed


def rows(path: Path, text: str) -> pd.DataFrame:
    path.write_text(text, encoding="utf-8")
    file = RawFile(path, path.name, KLEINVERBRUIK)
    return pd.concat([typed(KLEINVERBRUIK, batch, path.name).frame for batch in file.batches()])


@pytest.mark.parametrize(
    "text",
    [
        "POSTCODE_VAN\tPOSTCODE_TOT\tPRODUCTSOORT\tAANSLUITINGEN_AANTAL\tSJV_GEMIDDELD\n7777AA\t7777AB\tELK\t20\t2500,5\n",
        "PostcodeVan;Postcode tot;Productsoort;Aantal aansluitingen;SJA_Gemiddeld\n7777AA;7777AB;ELK;20;2500.5\n",
        'postcode_van,postcode_tot,productsoort,aansluitingen_aantal,sjv_gemiddeld\n7777AA,7777AB,ELK,20,"2500,5"\n',
        "net_manager,zipcode_from,zipcode_to,product,num_connections,annual_consume\nX,7777AA,7777AB,ELK,20,2500.5\n",
    ],
)
def test_one_row_in_every_layout(tmp_path: Path, text: str) -> None:
    (row,) = rows(tmp_path / "k.csv", text).to_dict("records")
    assert (row["postcode_van"], row["postcode_tot"], row["product"]) == ("7777AA", "7777AB", "ELK")
    assert (row["aansluitingen"], row["verbruik"]) == (20, 2500.5)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("coteq_electricity_2018.csv", 2018),
        ("Liander_kleinverbruiksgegevens_01012024.csv", 2024),
        ("kleinverbruik_20230101_gas.csv.gz", 2023),
        ("kleinverbruik.csv", None),
    ],
)
def test_the_year_is_in_the_name(name: str, year: int | None) -> None:
    assert year_of(name) == year


def test_the_product_is_in_the_name() -> None:
    assert product_of("coteq_gas_2018.csv") == "GAS"
    assert product_of("westland-infra_electricity_2018.csv") == "ELK"
    with pytest.raises(Refusal, match="PRODUCTSOORT"):
        product_of("verbruik_2018.csv")
