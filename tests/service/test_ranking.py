"""The list against a slow plain version of itself: pandas over the frames that were written (law 10)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.columns import Doel
from models.scores import BANDS, REST
from service.publication import Publication
from service.ranking import After, page, size
from service.records import Filters
from tests.service.publication import PLACES, Written
from tests.service.taken import taken

ALL = frozenset({"0175", "0999"})
FILTERS = st.builds(
    Filters,
    rechten=st.sampled_from([ALL, frozenset({"0175"}), frozenset({"0999"}), frozenset()]),
    woonplaats=st.sampled_from([None, "Nergens", *(place for place, *_ in PLACES)]),
    buitengebied=st.sampled_from([None, True, False]),
    banden=st.lists(st.sampled_from(BANDS), unique=True).map(tuple),
    gemeente=st.sampled_from([None, "0175", "0999"]),
)


@pytest.fixture(scope="module")
def publication(publicaties: Path, written: Written) -> Publication:
    return taken(publicaties / written.run_id)


def plain(written: Written, doel: Doel, filters: Filters) -> list[str]:
    frame = written.scores[written.scores["doel"] == doel].merge(
        written.addresses.drop(columns="gemeente"), on="adresseerbaarobject_identificatie"
    )
    frame = frame[frame["gemeente"].isin(filters.rechten)]
    if filters.gemeente:
        frame = frame[frame["gemeente"] == filters.gemeente]
    if filters.woonplaats:
        frame = frame[frame["woonplaats"] == filters.woonplaats]
    if filters.buitengebied is not None:
        frame = frame[frame["buitengebied"] == ("J" if filters.buitengebied else "N")]
    if filters.banden:
        frame = frame[frame["band"].isin(filters.banden)]
    return list(frame.sort_values(["rang", "gemeente"])["adresseerbaarobject_identificatie"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=FILTERS, doel=st.sampled_from(Doel), limit=st.sampled_from([1, 7, 50, 400]))
def test_pages_laid_end_to_end_are_the_filtered_ranking_each_row_once(
    publication: Publication, written: Written, filters: Filters, doel: Doel, limit: int
) -> None:
    expected = plain(written, doel, filters)[: limit * 5]
    seen: list[str] = []
    after = None
    for number in range(5):
        found = page(publication, doel, filters, limit=limit, after=after)
        by_number = page(publication, doel, filters, limit=limit, offset=number * limit)
        assert [row.adres.identificatie for row in found.rijen] == [row.adres.identificatie for row in by_number.rijen]
        seen += [row.adres.identificatie for row in found.rijen]
        assert found.totaal == len(plain(written, doel, filters))
        if not found.meer:
            break
        after = After(rang=found.rijen[-1].stand.rang, gemeente=found.rijen[-1].adres.gemeente)
    assert seen == expected


def test_a_row_shows_its_two_strongest_reasons_without_the_rest(publication: Publication, written: Written) -> None:
    first = page(publication, Doel.SPOOKBEWONING, Filters(rechten=ALL), limit=1).rijen[0]
    own = written.reasons[
        (written.reasons["doel"] == "spookbewoning")
        & (written.reasons["adresseerbaarobject_identificatie"] == first.adres.identificatie)
        & (written.reasons["kenmerk"] != REST)
    ].sort_values("volgorde")
    assert [reason.zin for reason in first.redenen] == list(own["zin"][:2])
    assert [reason.bijdrage for reason in first.redenen] == pytest.approx(list(own["bijdrage"][:2]))


def test_a_quote_in_a_filter_is_a_value_and_not_a_query(publication: Publication) -> None:
    nasty = Filters(rechten=ALL, woonplaats="x' or '1'='1", gemeente="'; drop view scores; --")
    assert page(publication, Doel.SPOOKBEWONING, nasty, limit=5).totaal == 0
    assert size(publication, Doel.SPOOKBEWONING, "0175") == 300


def test_two_gemeenten_share_ranks_and_still_every_row_comes_once(tmp_path: Path) -> None:
    from tests.service.publication import write_publication

    first = write_publication(tmp_path, "run-1", n=12)
    folder = tmp_path / "run-1"
    for table in ("scores", "adressen"):
        frame = pd.read_parquet(folder / f"{table}.parquet")
        other = frame.copy()
        other["gemeente"] = "0999"
        other["adresseerbaarobject_identificatie"] = "0999" + other["adresseerbaarobject_identificatie"].str[4:]
        pd.concat([frame, other]).to_parquet(folder / f"{table}.parquet", index=False)
    publication = taken(folder)
    seen, after = [], None
    while True:
        found = page(publication, Doel.SPOOKBEWONING, Filters(rechten=ALL), limit=5, after=after)
        seen += [(row.stand.rang, row.adres.gemeente) for row in found.rijen]
        if not found.meer:
            break
        after = After(rang=seen[-1][0], gemeente=seen[-1][1])
    assert len(first.addresses) == 12
    assert seen == [(rank, gemeente) for rank in range(1, 13) for gemeente in ("0175", "0999")]
