"""A delivery of five addresses, small enough to read, written to disk with the exact layouts of FORMATS.

Dorpsstraat 1 and 2 stand in one row of houses, Dorpsstraat 2a above number 2; the holiday home Bosweg 12 hs lies in a
park outside the village, and there is one berth. Pand 3 is a barn without an address.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import Point, Polygon, box

GEMEENTE = "0175"
IDS = [f"0175010000000{n:03d}" for n in (1, 2, 3, 4)] + ["0175020000000005"]
PANDEN = [f"0175100000000{n:03d}" for n in (1, 2, 3, 4)]
NUMMERS = [f"0175200000000{n:03d}" for n in (1, 2, 3, 4, 5)]
TOML = """[levering]
gemeenten = ["0175"]
peildatum = 2026-10-01
"""
SOURCES = ("brp", "bag", "energie", "vastgoed", "signalen", "onderzoeken", "omgeving")


def ground(*sources: str, toml: str = TOML) -> str:
    """levering.toml with a ground for each source."""
    tables = [
        f'[bron.{s}]\ngrondslag = "convenant"\ndoel = ["spookbewoning", "schijnbewoning"]\nbewaartermijn_maanden = 12\n'
        for s in sources
    ]
    return "\n".join([toml, *tables])


def write_delivery(folder: Path, *, sources: tuple[str, ...] = SOURCES) -> Path:
    """All of it; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "levering.toml").write_text(ground(*sources), encoding="utf-8")
    write_bag(folder)
    write_energy(folder)
    write_property(folder)
    write_rest(folder)
    write_surroundings(folder)
    write_brp(folder)
    return folder


def objects(gemeente: str = GEMEENTE) -> gpd.GeoDataFrame:
    """The four verblijfsobjecten."""
    return gpd.GeoDataFrame(
        {
            "identificatie": IDS[:4],
            "oppervlakte": [120, 80, 9999, 45],
            "status": ["Verblijfsobject in gebruik"] * 4,
            "gebruiksdoel": ["woonfunctie", "woonfunctie,winkelfunctie", "kantoorfunctie", "logiesfunctie"],
            "openbare_ruimte_naam": ["Dorpsstraat"] * 3 + ["Bosweg"],
            "huisnummer": [1, 2, 2, 12],
            "huisletter": [None, None, "a", None],
            "toevoeging": [None, None, None, "hs"],
            "postcode": ["7777AA", "7777AA", "7777AA", "7777BB"],
            "woonplaats_naam": ["Dorp"] * 4,
            "bouwjaar": [1950, 1905, 1905, 1005],
            "pand_identificatie": [PANDEN[0], PANDEN[1], PANDEN[1], PANDEN[3]],
            "pandstatus": ["Pand in gebruik"] * 4,
            "nummeraanduiding_hoofdadres_identificatie": NUMMERS[:4],
            "openbare_ruimte_identificatie": ["0175300000000001"] * 3 + ["0175300000000002"],
            "woonplaats_identificatie": ["1000"] * 4,
            "bronhouder_identificatie": [gemeente] * 4,
        },
        geometry=[Point(100, 100), Point(120, 100), Point(120, 101), Point(900, 900)],
        crs="EPSG:28992",
    )


def panden() -> gpd.GeoDataFrame:
    """Four panden, the third a barn of 5 x 4 m without an address."""
    return gpd.GeoDataFrame(
        {
            "identificatie": PANDEN,
            "bouwjaar": [1950, 1905, 1930, 1005],
            "status": ["Pand in gebruik"] * 4,
            "gebruiksdoel": ["woonfunctie", "woonfunctie,winkelfunctie,kantoorfunctie", None, "logiesfunctie"],
            "oppervlakte_min": [120, 80, None, 45],
            "oppervlakte_max": [120, 9999, None, 45],
            "aantal_verblijfsobjecten": [1, 2, 0, 1],
        },
        geometry=[box(95, 95, 105, 105), box(115, 95, 125, 105), box(95, 110, 100, 114), box(895, 895, 905, 905)],
        crs="EPSG:28992",
    )


def berths() -> gpd.GeoDataFrame:
    """One ligplaats."""
    return gpd.GeoDataFrame(
        {
            "identificatie": IDS[4:],
            "status": ["Plaats aangewezen"],
            "openbare_ruimte_naam": ["Haven"],
            "huisnummer": [3],
            "huisletter": [None],
            "toevoeging": [None],
            "postcode": ["7777CC"],
            "woonplaats_naam": ["Dorp"],
            "nummeraanduiding_hoofdadres_identificatie": NUMMERS[4:],
            "openbare_ruimte_identificatie": ["0175300000000003"],
            "woonplaats_identificatie": ["1000"],
            "bronhouder_identificatie": [GEMEENTE],
        },
        geometry=[box(200, 200, 210, 204)],
        crs="EPSG:28992",
    )


def write_layer(path: Path, layer: str, frame: gpd.GeoDataFrame) -> None:
    """Add one layer to a GeoPackage, geometry column `geom`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.rename_geometry("geom").to_file(path, layer=layer, driver="GPKG", engine="pyogrio")


def write_bag(folder: Path, verblijfsobjecten: gpd.GeoDataFrame | None = None) -> Path:
    """bag/bag-light.gpkg."""
    path = folder / "bag" / "bag-light.gpkg"
    path.unlink(missing_ok=True)
    write_layer(path, "verblijfsobject", objects() if verblijfsobjecten is None else verblijfsobjecten)
    write_layer(path, "pand", panden())
    write_layer(path, "ligplaats", berths())
    return path


def write_csv(path: Path, rows: list[dict[str, object]]) -> Path:
    """A CSV as FORMATS has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows).to_csv(path, sep=";", index=False)
    return path


def year_row(ean: int, huisnummer: int, **other: object) -> dict[str, object]:
    """One row of jaarafname."""
    return {
        "ean": f"8716000000000{ean:05d}", "product": "ELK", "postcode": "7777 aa", "huisnummer": huisnummer,
        "huisletter": "", "huisnummertoevoeging": "", "peildatum": "2026-01-01", "sja_normaal": 1000, "sja_laag": 500,
        "sji": "", "fysieke_status": "in bedrijf", "profielcategorie": "E1A", "slimme_meter": "J", **other,
    }  # fmt: skip


def month_row(ean: int, maand: str, afname: float, **other: object) -> dict[str, object]:
    """One row of maandafname."""
    return {
        "ean": f"8716000000000{ean:05d}", "product": "ELK", "maand": maand, "afname": afname, "invoeding": "",
        "kwaliteit": "G", **other,
    }  # fmt: skip


def write_energy(folder: Path) -> None:
    """Number 2 has two connections; `12 HS` is typed another way than in the BAG."""
    rows = [
        year_row(1, 1),
        year_row(2, 2),
        year_row(3, 2, sja_laag=""),
        year_row(4, 12, postcode="7777BB", huisnummertoevoeging="HS."),
    ]
    write_csv(folder / "energie" / "jaarafname.csv", rows)
    months = [month_row(e, m, 100 * e) for e in (1, 2, 3) for m in ("2026-07", "2026-08")]
    write_csv(folder / "energie" / "maandafname_2026.csv", months)
    (folder / "energie" / "kleinverbruik_elk_01012026.csv").write_text(
        "NETBEHEERDER\tPOSTCODE_VAN\tPOSTCODE_TOT\tPRODUCTSOORT\tAANSLUITINGEN_AANTAL\tLEVERINGSRICHTING_PERC\t"
        "SJV_GEMIDDELD\tSLIMME_METER_PERC\nX\t7777AA\t7777AC\tELK\t20\t90,5\t2500,5\t80\nX\t9999AA\t9999ZZ\tELK\t1\t1\t1\t1\n"
    )


def write_property(folder: Path) -> None:
    """Two WOZ years of one object, one transfer of two shares, a firm and a label."""
    woz = {"wozobjectnummer": "017500000001", "adresseerbaarobject_identificatie": IDS[0], "gebruikscode": "10",
           "waardepeildatum": "2024-01-01", "vastgestelde_waarde": 300000, "eigenaar_type": "natuurlijk_persoon",
           "gebruiker_type": ""}  # fmt: skip
    write_csv(
        folder / "vastgoed/woz.csv", [woz, {**woz, "waardepeildatum": "2025-01-01", "vastgestelde_waarde": 310000}]
    )
    share = {"adresseerbaarobject_identificatie": IDS[1], "gerechtigde": "p1", "gerechtigde_type": "natuurlijk_persoon",
             "zakelijk_recht": "eigendom", "aandeel_teller": 1, "aandeel_noemer": 2, "woont_op_adres": "J",
             "datum_van": "2020-05-01", "datum_tot": "", "koopsom": 250000,
             "tijdstip_ondertekening": "2020-05-04"}  # fmt: skip
    write_csv(folder / "vastgoed/eigendom.csv", [share, {**share, "gerechtigde": "p0", "woont_op_adres": "N"}])
    firm = {"kvknummer": "12345678", "vestigingsnummer": "000012345678", "adresseerbaarobject_identificatie": IDS[1],
            "sbi": "4711", "datum_aanvang": "2019-01-01", "datum_einde": ""}  # fmt: skip
    write_csv(folder / "vastgoed/vestigingen.csv", [firm])
    label = {"Pand_bagverblijfsobjectid": IDS[0], "Pand_gebouwtype": "Rijwoning", "Pand_gebouwsubtype": "Tussenwoning",
             "Pand_energieklasse": "A+", "Pand_registratiedatum": "2022-03-04",
             "Pand_gebruiksoppervlakte": 118}  # fmt: skip
    write_csv(folder / "vastgoed/energielabels.csv", [label])


def write_rest(folder: Path) -> None:
    """One signal, one finished investigation and one that runs."""
    signal = {"signaal_id": "s1", "bron": "post", "soort": "retourpost", "adresseerbaarobject_identificatie": IDS[0],
              "datum_ontvangst": "2026-02-01", "datum_afgehandeld": ""}  # fmt: skip
    write_csv(folder / "signalen/signalen.csv", [signal])
    case = {"onderzoek_id": "o1", "adresseerbaarobject_identificatie": IDS[0], "doel": "schijnbewoning",
            "aanleiding": "steekproef", "selectiekans": 0.01, "datum_start": "2025-03-01", "bezoekpogingen": 2,
            "datum_afgerond": "2025-05-01", "uitkomst": "in_orde", "behandelaar": "m1"}  # fmt: skip
    running = {**case, "onderzoek_id": "o2", "datum_afgerond": "", "uitkomst": "", "selectiekans": ""}
    write_csv(folder / "onderzoeken/onderzoeken.csv", [case, running])


def write_surroundings(folder: Path) -> None:
    """The village is the square (0, 0)-(300, 300); the park is round (900, 900); a main road runs along x = 1000."""
    path = folder / "omgeving" / "omgeving.gpkg"
    path.unlink(missing_ok=True)
    kom = gpd.GeoDataFrame(geometry=[box(0, 0, 300, 300)], crs="EPSG:28992")
    park = gpd.GeoDataFrame({"naam": ["Bosrust"]}, geometry=[box(800, 800, 950, 950)], crs="EPSG:28992")
    yard = gpd.GeoDataFrame(
        {"status": ["vrijgekomen"]},
        geometry=[Polygon([(110, 90), (130, 90), (130, 110), (110, 110)])],
        crs="EPSG:28992",
    )
    write_layer(path, "bebouwde_kom", kom)
    write_layer(path, "recreatiepark", park)
    write_layer(path, "agrarisch_erf", yard)


BRP_COLUMNS = (
    "", "01.01.10", "01.01.20", "01.03.10", "07.67.10", "07.67.20", "07.70.10", "08.09.10", "08.09.20", "08.10.10",
    "08.10.30", "08.11.10", "08.11.20", "08.11.30", "08.11.40", "08.11.50", "08.11.60", "08.11.70", "08.11.80",
    "08.11.90", "08.13.10", "08.13.20", "08.14.10", "08.14.20", "08.72.10", "08.83.10", "08.83.20", "08.83.30",
    "08.84.10", "08.85.10", "08.86.10",
)  # fmt: skip
CANARY_BSN = "999990019"


def write_brp(folder: Path) -> Path:
    """Two persons at Dorpsstraat 1; the second lived at Dorpsstraat 2 before."""
    home = {"08.09.10": GEMEENTE, "08.09.20": "20100101", "08.10.10": "W", "08.72.10": "I"}

    def stay(number: int, day: str) -> dict[str, str]:
        return {**home, "08.10.30": day, "08.85.10": day, "08.86.10": day, "08.11.80": IDS[number],
                "08.11.60": "7777AA", "08.11.20": str(number + 1)}  # fmt: skip

    ids = {"01.01.10": "1234567890", "01.01.20": CANARY_BSN, "01.03.10": "19800229", "07.70.10": "0"}
    other = {"01.01.10": "1234567891", "01.01.20": "999990020", "01.03.10": "19810000", "07.70.10": "7"}
    rows = [
        {"": "1", **ids, **stay(0, "20100101")},
        {"": "2", **other, **stay(0, "20180601")},
        {**stay(1, "20100101")},
    ]
    path = folder / "brp" / "persoonslijsten.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows, columns=list(BRP_COLUMNS)).to_csv(path, sep=";", index=False)
    return path
