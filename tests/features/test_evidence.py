"""What is laid out beside a rank: five addresses by hand. A person with secrecy is shown in no form."""

from __future__ import annotations

import numpy as np
import pandas as pd

from features.evidence import addresses, registered, shielded, timeline
from tests.features.tiny import personen, verblijf, world

ALL = np.arange(5, dtype=np.int32)


def town() -> object:
    """Address 0: person 0 lives there since 2015, person 1 came in 2020 and left for address 1 in 2022.

    Address 2: person 2, with secrecy. Address 3: person 2 lived there until 2019, longer ago than features look.
    Address 4: person 3 came in 2018, left for 0 in 2021, came back in 2024.
    """
    persons = personen(1970, 1990, 1980, 1985)
    persons["geheim"] = [False, False, True, False]
    rows = verblijf(
        (0, 0, "2015-05-01"),
        (1, 0, "2020-06-01"), (1, 1, "2022-02-01"),
        (2, 3, "2010-01-01"), (2, 2, "2019-03-01"),
        (3, 4, "2018-01-01"), (3, 0, "2021-01-01"), (3, 4, "2024-01-01"),
    )  # fmt: skip
    return world(verblijf=rows, personen=persons)


def test_registered_counts_who_is_there_now() -> None:
    assert registered(town()).tolist() == [1, 1, 1, 0, 1]


def test_an_address_is_shielded_as_long_as_features_could_look_back() -> None:
    assert shielded(town()).tolist() == [False, False, True, False, False]


def test_a_shielded_address_has_no_count_and_no_timeline() -> None:
    shown = addresses(town(), ALL)
    assert shown["afgeschermd"].tolist() == ["N", "N", "J", "N", "N"]
    assert np.isnan(shown["ingeschrevenen"][2]) and shown["ingeschrevenen"][0] == 1
    lines = timeline(town(), ALL)
    assert "0175010000000002" not in set(lines["adresseerbaarobject_identificatie"])
    # The person with secrecy is left out of the old address as well, which is not shielded itself.
    assert "0175010000000003" not in set(lines["adresseerbaarobject_identificatie"])


def test_persons_are_numbered_within_an_address_in_order_of_arrival() -> None:
    lines = timeline(town(), ALL)
    per_address = lines.groupby("adresseerbaarobject_identificatie")["persoon"].apply(list).to_dict()
    assert per_address == {
        "0175010000000000": [1, 2, 3],  # 2015, 2020, 2021
        "0175010000000001": [1],
        "0175010000000004": [1, 1],  # the same person twice
    }
    ends = lines.set_index(["adresseerbaarobject_identificatie", "van"])["tot"]
    assert ends[("0175010000000000", pd.Timestamp("2020-06-01"))] == pd.Timestamp("2022-02-01")


def test_the_address_is_written_as_people_write_it() -> None:
    source = town()
    source.adressen.loc[1, "huisletter"] = ""
    assert addresses(source, ALL)["adres"].tolist()[:2] == ["Dorpsstraat 1", "Dorpsstraat 2"]
