"""The built gemeente is a possible one."""

import numpy as np
import shapely

from synthetic.params import Params
from synthetic.town import build
from synthetic.world import DWELLING_TYPES, HEATING, TENURES, ZONES, World


def test_every_address_has_an_identification_of_its_own(made: World) -> None:
    a = made.town.adressen
    assert a["identificatie"].str.fullmatch(r"0175(01|02|03)\d{10}").all()
    assert a["identificatie"].is_unique
    assert a["nummeraanduiding"].is_unique
    assert a["postcode"].str.fullmatch(r"[1-9]\d{3}[A-Z]{2}").all()


def test_no_two_addresses_are_spelled_alike(made: World) -> None:
    a = made.town.adressen
    assert not a.duplicated(["postcode", "huisnummer", "huisletter", "toevoeging"]).any()
    assert not a.duplicated(["woonplaats", "straat", "huisnummer", "huisletter", "toevoeging"]).any()


def test_words_are_those_of_the_contract(made: World) -> None:
    a = made.town.adressen
    for column, words in (
        ("type", DWELLING_TYPES),
        ("zone", ZONES),
        ("eigendomsvorm", TENURES),
        ("verwarming", HEATING),
    ):
        assert set(a[column]) <= set(words)
    assert set(a["type"]) == set(DWELLING_TYPES)  # all kinds of home occur, even in a small gemeente


def test_a_home_stands_in_its_pand(made: World) -> None:
    a, panden = made.town.adressen, made.town.panden
    own = a[(a["pand"] >= 0) & (a["type"] != "appartement") & ~a["instelling"]]
    shapes = panden.geometry.to_numpy()[own["pand"]]
    assert shapely.contains_xy(shapes, own["x"].to_numpy(), own["y"].to_numpy()).all()
    counted = a[a["pand"] >= 0].groupby("pand").size().reindex(range(len(panden)), fill_value=0)
    assert (counted.to_numpy() == panden["aantal_verblijfsobjecten"].to_numpy()).all()
    assert (panden["aantal_verblijfsobjecten"] == 0).any()  # barns and sheds


def test_villages_lie_in_the_built_up_area_and_farms_outside_it(made: World) -> None:
    a = made.town.adressen
    kom = shapely.union_all(made.town.lagen["bebouwde_kom"].geometry.to_numpy())
    inside = shapely.contains_xy(kom, a["x"].to_numpy(), a["y"].to_numpy())
    assert inside[a["zone"].isin(["kern", "dorp"])].all()
    assert inside[a["zone"] == "buitengebied"].mean() < 0.1
    park = shapely.union_all(made.town.lagen["recreatiepark"].geometry.to_numpy())
    homes = a[a["zone"] == "recreatiepark"]
    assert shapely.contains_xy(park, homes["x"].to_numpy(), homes["y"].to_numpy()).all()


def test_withdrawn_objects_are_not_scored(made: World) -> None:
    a = made.town.adressen
    gone = a["status"].str.contains("ingetrokken|opgevoerd|Niet gerealiseerd")
    assert gone.any()
    assert not a.loc[gone, "gescoord"].any()
    assert a.loc[~gone & (a["gebruiksdoel"] == "woonfunctie"), "gescoord"].all()


def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    one, two, other = (build(Params(addresses=400, seed=s)).adressen for s in (1, 1, 2))
    assert one.equals(two)
    assert not np.array_equal(one["oppervlakte"], other["oppervlakte"])
