"""The BRP reader: whole lists, every row accounted for, and nothing that tells who somebody is."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.job import FILE, ROW
from features.sources.brp import Reader, Report, land
from tests.features.brp_rows import KEY, TEST_SET, abroad, batches, frame, home, person, read
from tests.features.official import official

LISTS = [
    *person(1, home("20100101", postcode="7777AA", huisnummer="1"), home("20000101"), {}),
    *person(2, abroad("20110101"), home("20050101", onjuist="O"), home("20040101")),
    *person(3, home("20120101")),
]


def accounted(report: Report) -> bool:
    return report.gelezen == report.gebruikt + sum(count for _, count in report.afgekeurd)


def test_the_official_test_set_is_read_whole() -> None:
    reader = Reader(key=KEY)
    persons = pd.concat([c.personen for c in reader.read(batches(official(*TEST_SET)))])
    report = reader.report()
    assert (report.gelezen, report.lijsten, report.bsn) == (2156, 687, 682)
    assert (report.verblijf, report.onjuist, report.zonder_verblijf) == (1712, 31, 412)  # 1,744 rows of 08, one silent
    assert [count for _, count in report.afgekeurd] == [1] and accounted(report)
    assert persons["pseudoniem"].is_unique and len(persons) == 687
    assert persons["geheim"].sum() == 46  # 687 lists, 641 of them with 07.70.10 = 0


def test_without_the_first_column_the_same_lists_are_found() -> None:
    def nameless() -> Iterator[pd.DataFrame]:
        for batch in batches(official(*TEST_SET)):
            yield batch.drop(columns="lijst")

    reader = Reader(key=KEY)
    list(reader.read(nameless()))
    assert (reader.report().lijsten, reader.report().bsn) == (687, 682)


@settings(max_examples=6, deadline=None)
@given(st.sets(st.integers(1, len(LISTS) - 1)))
def test_where_a_batch_ends_does_not_matter(cuts: set[int]) -> None:
    whole = frame(LISTS)
    bounds = [0, *sorted(cuts), len(LISTS)]
    parts = [whole.iloc[a:b] for a, b in itertools.pairwise(bounds)]
    once, often = read(whole), read(*parts)
    pd.testing.assert_frame_equal(once[1], often[1])
    pd.testing.assert_frame_equal(once[2], often[2])
    assert once[0].report() == often[0].report()


def test_every_row_is_counted_under_one_name() -> None:
    rows = [*LISTS, {"aangifte": "I"}]  # a row of category 08 that says nothing
    report = read(frame(rows))[0].report()
    assert (report.gelezen, report.verblijf, report.onjuist, report.zonder_verblijf) == (8, 5, 1, 1)
    assert len(report.afgekeurd) == 1 and accounted(report)


def test_rows_after_a_broken_line_are_given_to_nobody() -> None:
    """Row 5 could not be read: it may have been the first of a list, so row 6 is not the person's of row 4."""
    rows = frame([*person(1, home("20100101"), home("20000101"), home("19900101")), *person(2, home("20120101"))])
    rows = rows.assign(**{FILE: 0, ROW: [3, 4, 6, 7]})
    reader, persons, kept, chunks = read(rows)
    assert len(persons) == 2 and len(kept) == 3
    assert chunks[0].afgekeurd[ROW].tolist() == [6] and accounted(reader.report())


def test_rows_before_the_first_list_are_given_to_nobody() -> None:
    reader, persons, kept, _ = read(frame(LISTS), frame(LISTS[:1]))
    assert len(persons) == 3  # the last is person 1 again
    assert accounted(reader.report()) and len(kept) == 5


def test_a_list_that_comes_twice_counts_once() -> None:
    reader, persons, rows, _ = read(frame(LISTS), frame(LISTS[:3]))
    assert len(persons) == 3 and len(rows) == 5
    assert [count for _, count in reader.report().afgekeurd] == [3] and accounted(reader.report())


def test_lists_that_share_a_bsn_stay_apart() -> None:
    two = [*person(1, home("20100101"), bsn="900000009"), *person(2, home("20110101"), bsn="900000009")]
    reader, persons, _, _ = read(frame(two))
    assert persons["pseudoniem"].nunique() == 2
    assert (reader.report().bsn, reader.report().zelfde_bsn) == (1, 2)


def test_the_pseudonym_depends_on_the_key_and_on_nothing_else() -> None:
    with pytest.raises(ValueError, match="key"):
        Reader(key=b"")
    first = read(frame(LISTS))[1]["pseudoniem"]
    again = read(frame(LISTS[3:]))[1]["pseudoniem"]
    assert first.tolist()[1:] == again.tolist()
    other = next(iter(Reader(key=b"other").read([frame(LISTS)]))).personen["pseudoniem"]
    assert not set(first) & set(other)


def test_an_address_near_a_number_is_not_that_address() -> None:
    rows = read(frame(person(1, home("20100101", postcode="7777AA", huisnummer="1", aanduiding="to"))))[2]
    assert rows[["postcode", "huisnummer"]].iloc[0].tolist() == ["", ""]


def test_an_impossible_date_is_used_as_unknown_and_remarked() -> None:
    reader, _, rows, chunks = read(frame(person(1, home("20101301", bekend="20110101"))))
    assert rows["datum_aanvang"].tolist() == ["00000000"] and rows["van_vroegst"].isna().all()
    assert chunks[0].opmerkingen[["kolom", "waarde"]].to_numpy().tolist() == [["08.10.30", "20101301"]]
    assert reader.report().verblijf == 1


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"aanvang": "20100101", "geldig_van": "20110101"}, "20100101"),
        ({"aanvang": "00000000", "geldig_van": "20110101"}, "00000000"),  # registered as unknown
        ({"geldig_van": "20110101", "vestiging_van": "20050101"}, "20110101"),
        ({"geldig_van": "00000000", "vestiging_van": "20050101", "gemeente_van": "20040101"}, "20050101"),
        ({"gemeente_van": "20040101"}, "20040101"),
        ({}, "00000000"),
    ],
)
def test_an_empty_begin_is_dated_by_the_next_best(dates: dict[str, str], expected: str) -> None:
    rows = read(frame(person(1, {"functie": "W", "opgenomen": "20120101", **dates})))[2]
    assert rows["datum_aanvang"].tolist() == [expected]


def test_a_row_without_a_recording_day_is_known_when_it_became_valid() -> None:
    row = home("20100101", bekend="00000000", geldig_van="20100301")
    assert read(frame(person(1, row)))[2]["bekend"].tolist() == [pd.Timestamp("2010-03-01")]


def test_landing_is_oldest_first_and_sorted_by_pseudonym() -> None:
    _, persons, rows, _ = read(frame(LISTS))
    people, stays = land(persons, rows, None)
    assert people["pseudoniem"].is_monotonic_increasing
    assert stays["persoon"].is_monotonic_increasing
    order = {p: stays["datum_aanvang"][stays["persoon"] == i].tolist() for i, p in enumerate(people["pseudoniem"])}
    assert order[persons["pseudoniem"].iloc[0]] == ["20000101", "20100101"]
    assert stays.groupby("persoon")["volgorde"].apply(list).map(lambda v: v == list(range(len(v)))).all()


def test_no_canary_gets_past_the_reader() -> None:
    """Law 6: A-nummer, BSN and birth date are in nothing the reader gives; columns with names are not even read."""
    rows = person(1, home("20100101"), home("20101301"), bsn="987654321", a_nummer="8765432109")
    rows[0]["geboortedatum"] = "19801332"
    rows += person(2, home("20110101"), bsn="987654322", a_nummer="8765432109", geboortedatum="19790817")
    data = frame(rows).assign(**{"01.02.40": "Kanarie"})
    reader, persons, kept, chunks = read(data)
    tables = [
        persons,
        kept,
        *land(persons, kept, None),
        *(c.afgekeurd for c in chunks),
        *(c.opmerkingen for c in chunks),
    ]
    text = "\n".join(t.to_csv() for t in tables) + str(dataclasses.asdict(reader.report()))
    assert len(text) > 200
    for canary in ("987654321", "987654322", "8765432109", "19801332", "19790817", "1979-08-17", "Kanarie"):
        assert canary not in text
