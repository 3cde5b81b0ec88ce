"""LV-WOZ JSON into woz.csv."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from features.convert import convert_woz
from features.errors import Refusal
from features.rawfile import RawFile
from features.sources.vastgoed import WOZ
from features.typed import typed
from tests.features.official import official

OBJECT = {
    "identificatie": "017500000001",
    "adresseerbaarObjectIdentificaties": ["0175010000000001", "0175010000000002"],
    "belanghebbendeEigenaar": {"naam": "Jansen", "burgerservicenummer": "999990019", "type": "vestiging"},
    "waarden": [
        {"vastgesteldeWaarde": 100, "waardepeildatum": "2025-01-01", "beschikkingsStatussen": ["beschikking_genomen"]},
        {
            "vastgesteldeWaarde": 90,
            "waardepeildatum": "2024-01-01",
            "beschikkingsStatussen": ["beschikking_vernietigd"],
        },
    ],
}


def convert(tmp_path: Path, objects: object) -> tuple[pd.DataFrame, dict[str, int]]:
    source = tmp_path / "woz.json"
    source.write_text(json.dumps(objects))
    report = convert_woz(source, tmp_path / "uit" / "woz.csv")
    return pd.read_csv(tmp_path / "uit" / "woz.csv", sep=";", dtype="str"), dict(report.skipped)


def test_a_row_per_place_and_value_that_stands(tmp_path: Path) -> None:
    rows, skipped = convert(tmp_path, [OBJECT])
    assert rows["adresseerbaarobject_identificatie"].tolist() == ["0175010000000001", "0175010000000002"]
    assert rows["vastgestelde_waarde"].tolist() == ["100", "100"]
    assert rows["eigenaar_type"].tolist() == ["niet_natuurlijk_persoon"] * 2
    assert skipped == {"beschikking vernietigd": 1}


def test_names_and_numbers_of_people_stay_behind(tmp_path: Path) -> None:
    convert(tmp_path, [OBJECT])
    text = (tmp_path / "uit" / "woz.csv").read_text()
    assert "Jansen" not in text
    assert "999990019" not in text


def test_what_is_no_woz_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="object 1"):
        convert(tmp_path, [{"naam": "x"}])
    (tmp_path / "half.json").write_text('[{"identificatie": ')
    with pytest.raises(Refusal, match=r"half\.json"):
        convert_woz(tmp_path / "half.json", tmp_path / "woz.csv")
    with pytest.raises(Refusal, match="no such file"):
        convert_woz(tmp_path / "niets.json", tmp_path / "woz.csv")


def test_the_official_objects_are_read_by_the_reader(tmp_path: Path) -> None:
    source = official("woz_mock", "test-data.json")
    report = convert_woz(source, tmp_path / "woz.csv")
    assert report.read == {"woz-objecten": 15}
    # 15 objects: 3 without adresseerbaar object, 2 of the others without values (800000093455, 800012345678).
    assert (report.skipped["geen adresseerbaar object"], report.skipped["geen waarde"]) == (3, 2)
    file = RawFile(tmp_path / "woz.csv", "woz.csv", WOZ)
    (batch,) = [typed(WOZ, raw, "woz.csv") for raw in file.batches()]
    assert batch.faults == ()
    assert len(batch.frame) == report.rows
