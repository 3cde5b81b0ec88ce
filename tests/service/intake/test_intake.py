"""What is taken in is what was published: held against a slow plain version, and refused when it is not whole."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from features.columns import Doel
from features.errors import Refusal
from models.scores import REST
from service.dossier import dossier
from service.intake import streams
from service.opaque import opaque_id
from service.publication import Publication
from service.ranking import cut
from service.records import Filters
from service.schemas import RankedOut
from tests.service.publication import Written, write_publication
from tests.service.taken import taken

KEY = b"k" * 32
TABLES = ("scores", "redenen", "adressen", "tijdlijn", "energie")
REASON = ("volgorde", "kenmerk", "waarde", "vergelijking", "bijdrage", "zin")
NASTY = 'O"Brien\\laan \n 1 é € \x07'


def rows_of(publication: Publication, doel: Doel) -> list[dict[str, Any]]:
    filters = Filters(rechten=frozenset(publication.gemeenten))
    return cut(publication, doel, filters, limit=10_000).rows.split()


def plain(written: Written, doel: Doel) -> list[dict[str, Any]]:
    """The rows of a list, one address at a time, from the frames that were written."""
    addresses = written.addresses.set_index("adresseerbaarobject_identificatie")
    told = []
    for score in written.scores[written.scores["doel"] == doel].sort_values("rang").itertuples():
        name = score.adresseerbaarobject_identificatie
        own = written.reasons[
            (written.reasons["doel"] == doel) & (written.reasons["adresseerbaarobject_identificatie"] == name)
        ]
        strongest = own[own["kenmerk"] != REST].sort_values("volgorde").head(2)
        stand = {n: getattr(score, n) for n in ("rang", "band", "score", "kans", "afwijking")}
        about = addresses.loc[name]
        shielded = about["afgeschermd"] == "J"
        told.append(
            {
                "adres": {
                    "id": opaque_id(KEY, name),
                    "adresseerbaarobjectIdentificatie": name,
                    **{n: about[n] for n in ("gemeente", "adres", "postcode", "woonplaats", "soort", "gebruiksdoel")},
                    "buitengebied": {"J": True, "N": False}[about["buitengebied"]],
                    "oppervlakte": about["oppervlakte"],
                    "bouwjaar": int(about["bouwjaar"]),
                    "ingeschrevenen": None if shielded else int(about["ingeschrevenen"]),
                    "afgeschermd": shielded,
                },
                "stand": {"doel": doel.value, **{n: known(value) for n, value in stand.items()}},
                "redenen": [{n: known(getattr(r, n)) for n in REASON} for r in strongest.itertuples()],
            }
        )
    return told


def known(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value


@pytest.mark.parametrize("cold", [False, True])
def test_every_row_is_what_was_published_and_what_the_api_promises(tmp_path: Path, cold: bool) -> None:
    written = write_publication(tmp_path / "p", "run-1", n=60, cold=cold)
    publication = taken(tmp_path / "p" / "run-1", KEY)
    for doel in Doel:
        told = rows_of(publication, doel)
        for row in told:
            # Law 10: what is not checked when it is given was checked here, against the schema of the API.
            assert json.loads(RankedOut.model_validate_json(json.dumps(row)).model_dump_json(by_alias=True)) == row
            row["adres"].pop("geometrie")
        assert told == plain(written, doel)


def test_texts_that_could_break_out_of_the_json_do_not(tmp_path: Path) -> None:
    write_publication(tmp_path / "p", "run-1", n=8)
    for table, column in (("adressen", "adres"), ("adressen", "woonplaats"), ("redenen", "zin")):
        file = tmp_path / "p" / "run-1" / f"{table}.parquet"
        frame = pd.read_parquet(file)
        frame[column] = NASTY
        frame.to_parquet(file, index=False)
    publication = taken(tmp_path / "p" / "run-1", KEY)
    row = rows_of(publication, Doel.SPOOKBEWONING)[0]
    assert row["adres"]["adres"] == row["adres"]["woonplaats"] == row["redenen"][0]["zin"] == NASTY
    found = dossier(publication, row["adres"]["id"])
    assert found is not None and found.redenen_voor(Doel.SPOOKBEWONING)[0].zin == NASTY
    assert publication.plaatsen[0].woonplaats == NASTY


def test_in_whatever_order_it_was_written_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "AT_ONCE", 100)  # rows read at a time: fewer than a gemeente has
    write_publication(tmp_path / "p", "run-1", n=40)
    folder = tmp_path / "p" / "run-1"
    frames = {table: pd.read_parquet(folder / f"{table}.parquet") for table in TABLES}
    for table, frame in frames.items():  # a second gemeente
        other = frame.copy()
        other["adresseerbaarobject_identificatie"] = (
            "0999" + other["adresseerbaarobject_identificatie"].astype(str).str[4:]
        )
        if "gemeente" in other:
            other["gemeente"] = "0999"
        frames[table] = pd.concat([frame.astype({c: str for c in frame if frame[c].dtype == "category"}), other])
        frames[table].to_parquet(folder / f"{table}.parquet", index=False)
    grouped = taken(folder, KEY)
    for table, frame in frames.items():
        frame.sample(frac=1, random_state=3).to_parquet(folder / f"{table}.parquet", index=False)
    scattered = taken(folder, KEY)
    for doel in Doel:
        assert rows_of(scattered, doel) == rows_of(grouped, doel)
        for row in rows_of(grouped, doel):
            assert dossier(scattered, row["adres"]["id"]) == dossier(grouped, row["adres"]["id"])


def test_an_address_in_no_ranking_is_found_and_stands_nowhere(tmp_path: Path) -> None:
    written = write_publication(tmp_path / "p", "run-1", n=30)
    last = written.scores.sort_values("rang")["adresseerbaarobject_identificatie"]
    name = last[written.scores["doel"] == "spookbewoning"].iloc[-1]
    file = tmp_path / "p" / "run-1" / "scores.parquet"
    frame = pd.read_parquet(file)
    kept = frame[frame["adresseerbaarobject_identificatie"] != name].copy()
    kept["rang"] = kept.groupby("doel", observed=True)["rang"].rank().astype("int32")
    kept.to_parquet(file, index=False)
    publication = taken(tmp_path / "p" / "run-1", KEY)
    found = dossier(publication, opaque_id(KEY, name))
    assert found is not None and (found.adres.identificatie, found.standen) == (name, ())
    assert all(len(rows_of(publication, doel)) == 29 for doel in Doel)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("part", [0.05, 0.5, 0.98])
def test_a_table_that_was_cut_off_is_refused_with_its_name(tmp_path: Path, table: str, part: float) -> None:
    write_publication(tmp_path / "p", "run-1", n=20)
    file = tmp_path / "p" / "run-1" / f"{table}.parquet"
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(Refusal, match=rf"{table}\.parquet"):
        taken(tmp_path / "p" / "run-1", KEY)


def spoiled(frame: pd.DataFrame, how: str) -> pd.DataFrame:
    if how == "twice":
        return pd.concat([frame, frame.head(1)])
    if how == "elsewhere":
        frame.loc[0, "adresseerbaarobject_identificatie"] = "0175010000099999"
    if how == "no id":
        frame.loc[0, "adresseerbaarobject_identificatie"] = "onbekend"
    if how == "gap":
        frame.loc[frame["rang"] == 3, "rang"] = 300
    if how == "other run":
        frame["run_id"] = frame["run_id"].astype(str)
        frame.loc[0, "run_id"] = "run-9"
    return frame


@pytest.mark.parametrize(
    ("table", "how"),
    [
        ("adressen", "twice"), ("adressen", "no id"), ("redenen", "elsewhere"), ("scores", "elsewhere"),
        ("scores", "gap"), ("scores", "twice"), ("scores", "other run"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(tmp_path: Path, table: str, how: str) -> None:
    write_publication(tmp_path / "p", "run-1", n=20)
    file = tmp_path / "p" / "run-1" / f"{table}.parquet"
    spoiled(pd.read_parquet(file), how).to_parquet(file, index=False)
    with pytest.raises(Refusal, match=rf"{table}\.parquet"):
        taken(tmp_path / "p" / "run-1", KEY)
    assert list(tmp_path.glob("plank-*/[!.]*")) == []  # nothing is left of it
