"""The landing of a delivery of five addresses, by hand; and what may not make a difference to it."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features.delivery import Delivery
from features.errors import Refusal
from features.ingest import aside, ingest, open_landings, read_report
from features.landing import LANDING_TABLES, Landing
from features.reports import TableReport
from tests.features import deliveries
from tests.features.deliveries import CANARY_BSN, IDS, ground, write_csv, write_delivery

KEY = b"a key for tests"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_delivery(tmp_path_factory.mktemp("whole") / "levering")


@pytest.fixture(scope="module")
def landed(whole: Path) -> Path:
    out = whole.parent / "landing"
    ingest(Delivery.open(whole), out, key=KEY)
    return out


@pytest.fixture
def levering(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "levering"))


def land(folder: Path) -> Path:
    out = folder.parent / "landing"
    ingest(Delivery.open(folder), out, key=KEY)
    return out


def table(landed: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(landed / "0175" / f"{name}.parquet")


def report(landed: Path, name: str) -> TableReport:
    whole = read_report(landed)
    assert whole is not None
    return next(t for t in whole.tables if t.table == name)


def contents(landed: Path) -> dict[str, str]:
    """Digest per landing table."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((landed / "0175").iterdir())}


def test_every_table_has_its_declared_columns_and_types(landed: Path) -> None:
    for declared in LANDING_TABLES:
        frame = table(landed, declared.name)
        assert list(frame.columns) == list(declared.columns), declared.name
        kinds = {c: "str" if str(t) == "str" else str(t) for c, t in frame.dtypes.items()}
        for column, kind in declared.columns.items():
            assert kinds[column] == kind or (kinds[column], kind) == ("datetime64[ms]", "datetime64[s]"), (
                declared.name, column,
            )  # fmt: skip


def test_addresses_stand_in_the_order_of_their_ids_and_say_what_is_scored(landed: Path) -> None:
    adressen = table(landed, "adressen")
    assert adressen["identificatie"].tolist() == IDS
    # The third is an office; the fourth has a logiesfunctie (holiday home); the fifth is a berth.
    assert adressen["gescoord"].tolist() == [True, True, False, True, True]
    # 9999 m2 and year 1005 mean unknown; a berth has neither.
    assert adressen["oppervlakte"].isna().tolist() == [False, False, True, False, True]
    assert adressen["bouwjaar"].isna().tolist() == [False, False, False, True, True]


def test_an_address_knows_its_pand_by_row(landed: Path) -> None:
    assert table(landed, "adressen")["pand"].tolist() == [0, 1, 1, 3, -1]
    barn = table(landed, "panden").iloc[2]
    assert (barn["aantal_verblijfsobjecten"], barn["grondvlak"]) == (0, 20)  # 5 x 4 m


def test_use_of_a_year_is_both_tariffs_and_an_empty_one_is_zero(landed: Path) -> None:
    jaar = table(landed, "energie_jaar")
    assert jaar["adres"].tolist() == [0, 1, 1, 3]  # `12 HS.` is repaired to 12 hs
    assert jaar["verbruik"].tolist() == [1500, 1500, 1000, 1500]
    assert report(landed, "jaarafname").routes == {"adres_exact": 3, "adres_hersteld": 1}


def test_months_are_summed_over_the_connections_of_an_address(landed: Path) -> None:
    maand = table(landed, "energie_maand")
    # Number 2 has connections 2 and 3: 200 + 300. July 2026 = 2026 * 12 + 6, known on 15 August.
    assert maand["adres"].tolist() == [0, 0, 1, 1]
    assert maand["maand"].tolist() == [24318, 24319, 24318, 24319]
    assert maand["afname"].tolist() == [100, 100, 500, 500]
    assert maand["bekend"][0] == pd.Timestamp(2026, 8, 15)


def test_an_estimated_connection_makes_the_month_estimated(levering: Path) -> None:
    rows = [deliveries.month_row(2, "2026-07", 1), deliveries.month_row(3, "2026-07", 2, kwaliteit="S")]
    write_csv(levering / "energie/maandafname_2026.csv", rows)
    assert table(land(levering), "energie_maand")[["afname", "gemeten"]].values.tolist() == [[3, False]]


def test_a_postcode_range_is_kept_where_it_touches_the_gemeente(landed: Path) -> None:
    ranges = table(landed, "kleinverbruik")
    assert ranges[["postcode_van", "verbruik", "leveringsrichting"]].values.tolist() == [["7777AA", 2500.5, 90.5]]
    assert ranges["bekend"].tolist() == [pd.Timestamp(2026, 1, 1)]  # kleinverbruik_elk_01012026
    assert report(landed, "kleinverbruik").rejected == {"postcodegebied buiten de levering": 1}


def test_a_woz_value_is_known_after_the_decision_and_a_transfer_after_its_deed(landed: Path) -> None:
    assert table(landed, "woz")["bekend"].tolist() == [pd.Timestamp(2025, 3, 1), pd.Timestamp(2026, 3, 1)]
    eigendom = table(landed, "eigendom")
    assert set(eigendom["bekend"]) == {pd.Timestamp(2020, 5, 4)}  # signed three days after datum_van
    assert eigendom["aandeel"].tolist() == [0.5, 0.5]
    assert eigendom["gerechtigde"].tolist() == [0, 1]


def test_coverage_is_the_share_of_scored_addresses_with_a_row(landed: Path) -> None:
    assert report(landed, "jaarafname").coverage == 3 / 4  # the berth has none
    assert report(landed, "woz").coverage == 1 / 4


def test_a_landing_is_kept_as_long_as_nothing_changes(levering: Path) -> None:
    out = land(levering)
    before = (out / "landing.json").stat().st_mtime_ns
    again = ingest(Delivery.open(levering), out, key=KEY)
    assert again.skipped
    assert (out / "landing.json").stat().st_mtime_ns == before


@pytest.mark.parametrize("change", ["row", "toml", "key"])
def test_a_landing_is_made_again_when_anything_changes(levering: Path, change: str) -> None:
    out, key = land(levering), KEY
    if change == "row":
        write_csv(levering / "energie/maandafname_2026.csv", [deliveries.month_row(1, "2026-07", 7)])
    elif change == "toml":
        (levering / "levering.toml").write_text(ground("brp", "bag"))
    else:
        key = b"another key"
    assert not ingest(Delivery.open(levering), out, key=key).skipped


def test_a_source_without_ground_is_not_read(levering: Path) -> None:
    (levering / "levering.toml").write_text(ground("brp", "bag", "energie"))
    out = land(levering)
    (opened,) = open_landings(out)
    sources = opened.at(date(2026, 10, 1))
    assert sources.energie_jaar is not None
    assert sources.woz is None and sources.signalen is None and sources.omgeving is None
    assert [g.source for g in sources.grants] == ["brp", "bag", "energie"]
    whole = read_report(out)
    assert whole is not None
    assert {o.source for o in whole.off} == {"vastgoed", "signalen", "onderzoeken", "omgeving"}


def test_a_granted_source_with_nothing_in_it_lands_empty_not_absent(levering: Path) -> None:
    path = levering / "signalen/signalen.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    out = land(levering)
    assert len(table(out, "signalen")) == 0
    assert report(out, "signalen").read == 0


def as_gz(path: Path) -> None:
    path.with_suffix(".csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()


def as_parquet(path: Path) -> None:
    pd.read_csv(path, sep=";", dtype="str").to_parquet(path.with_suffix(".parquet"))
    path.unlink()


def with_bom(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def columns_turned(path: Path) -> None:
    frame = pd.read_csv(path, sep=";", dtype="str")
    frame[frame.columns[::-1]].assign(naam="onbekende kolom").to_csv(path, sep=";", index=False)


def rows_turned(path: Path) -> None:
    pd.read_csv(path, sep=";", dtype="str").iloc[::-1].to_csv(path, sep=";", index=False)


@pytest.mark.parametrize("rewrite", [as_gz, as_parquet, with_bom, columns_turned, rows_turned])
def test_the_form_of_a_file_makes_no_difference(landed: Path, levering: Path, rewrite: Callable[[Path], None]) -> None:
    for folder in ("energie", "vastgoed", "signalen", "onderzoeken"):
        for path in list((levering / folder).glob("[!k]*.csv")):
            rewrite(path)
    assert contents(land(levering)) == contents(landed)


def test_several_files_are_read_as_one(landed: Path, levering: Path) -> None:
    path = levering / "energie/jaarafname.csv"
    frame = pd.read_csv(path, sep=";", dtype="str")
    frame.iloc[:2].to_csv(path, sep=";", index=False)
    frame.iloc[2:].to_csv(levering / "energie/jaarafname_2.csv", sep=";", index=False)
    assert contents(land(levering)) == contents(landed)


def test_of_two_rows_with_one_key_one_stays_whatever_their_order(levering: Path) -> None:
    path = levering / "vastgoed/woz.csv"
    first, second = pd.read_csv(path, sep=";", dtype="str").to_dict("records")
    other = {**first, "vastgestelde_waarde": "1"}
    seen = []
    for rows in ([first, second, other], [other, second, first]):
        write_csv(path, rows)
        out = land(levering)
        seen.append(contents(out))
        assert report(out, "woz").rejected == {"dubbele sleutel": 1}
    assert seen[0] == seen[1]


def test_rejected_rows_are_listed_with_file_row_column_value_and_reason(levering: Path) -> None:
    path = levering / "signalen/signalen.csv"
    good = pd.read_csv(path, sep=";", dtype="str").iloc[0].to_dict()
    rows = [good, {**good, "signaal_id": "s2", "datum_ontvangst": "2026-02-30"},
            {**good, "signaal_id": "s3", "adresseerbaarobject_identificatie": "0175010000099999"}]  # fmt: skip
    write_csv(path, rows)
    out = land(levering)
    listed = pd.read_csv(out / "afgekeurd.csv", sep=";", dtype="str")
    listed = listed[listed["bestand"] == "signalen/signalen.csv"]
    assert listed.drop(columns="bestand").values.tolist() == [
        ["3", "datum_ontvangst", "2026-02-30", "geen bestaande datum (JJJJ-MM-DD)"],
        ["4", "adresseerbaarobject_identificatie", "0175010000099999", "adres niet in de BAG van deze levering"],
    ]
    assert report(out, "signalen").read == 3
    assert report(out, "signalen").used == 1


def test_two_gemeenten_land_apart(levering: Path) -> None:
    """The second gemeente is the first, moved 10 km and renumbered: its landing must be the same but for the ids."""
    toml = deliveries.TOML.replace('["0175"]', '["0175", "0222"]')
    (levering / "levering.toml").write_text(ground(*deliveries.SOURCES, toml=toml))
    first = deliveries.objects()
    second = first.assign(
        geometry=first.translate(10_000),
        bronhouder_identificatie="0222",
        postcode=first["postcode"].str.replace("7777", "8888"),
        **{c: "0222" + first[c].str[4:] for c in ("identificatie", "pand_identificatie")},
        nummeraanduiding_hoofdadres_identificatie="0222" + first["nummeraanduiding_hoofdadres_identificatie"].str[4:],
    )
    deliveries.write_bag(levering, pd.concat([first, second], ignore_index=True))
    panden = deliveries.panden()
    moved = panden.assign(geometry=panden.translate(10_000), identificatie="0222" + panden["identificatie"].str[4:])
    deliveries.write_layer(levering / "bag/bag-light.gpkg", "pand", pd.concat([panden, moved], ignore_index=True))
    for name in ("vastgoed/woz.csv", "energie/jaarafname.csv"):
        path = levering / name
        frame = pd.read_csv(path, sep=";", dtype="str")
        other = frame.apply(
            lambda c: c.str.replace("^0175", "0222", regex=True).str.replace("^8716", "8717", regex=True)
            .str.replace("7777", "8888")
        )  # fmt: skip
        pd.concat([frame, other]).to_csv(path, sep=";", index=False)
    out = land(levering)
    for name in ("woz", "energie_jaar"):
        one, two = (pd.read_parquet(out / code / f"{name}.parquet") for code in ("0175", "0222"))
        pd.testing.assert_frame_equal(one, two)
    assert pd.read_parquet(out / "0222/panden.parquet")["identificatie"].str[:4].eq("0222").all()
    assert [landing.gemeente for landing in open_landings(out)] == ["0175", "0222"]


def test_no_bsn_name_or_birth_date_in_anything_that_is_written(landed: Path) -> None:
    for path in landed.rglob("*"):
        if path.is_file():
            assert CANARY_BSN.encode() not in path.read_bytes(), path.name
            assert b"19800229" not in path.read_bytes(), path.name


def test_a_run_that_fails_leaves_the_last_landing_in_place(levering: Path) -> None:
    out = land(levering)
    before = contents(out)
    (levering / "signalen/signalen.csv").write_text("")
    with pytest.raises(Refusal):
        ingest(Delivery.open(levering), out, key=KEY)
    assert contents(out) == before
    assert sorted(p.name for p in levering.parent.iterdir()) == ["landing", "levering"]


def test_a_run_killed_between_the_renames_is_undone(levering: Path) -> None:
    out = land(levering)
    before = contents(out)
    out.rename(aside(out, "vorige"))  # as it stands after a kill between the two renames
    assert isinstance(open_landings(out)[0], Landing)
    assert contents(out) == before


def test_the_leftovers_of_a_killed_run_do_not_matter(landed: Path, levering: Path) -> None:
    left = aside(levering.parent / "landing", "bezig") / "0175"
    left.mkdir(parents=True)
    (left / "woz.parquet").write_bytes(b"half")
    assert contents(land(levering)) == contents(landed)


def test_no_landing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no landing"):
        open_landings(tmp_path / "niets")


def test_an_empty_line_is_counted_and_listed(levering: Path) -> None:
    path = levering / "signalen/signalen.csv"
    header, row = path.read_text().splitlines()
    path.write_text(f"{header}\n\n{row}\n")
    out = land(levering)
    assert (report(out, "signalen").read, report(out, "signalen").used) == (2, 1)
    assert "signalen/signalen.csv;2;" in (out / "afgekeurd.csv").read_text()
