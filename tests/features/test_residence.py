"""Residence spells: the laws, and the fast version against the plain one."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.landing import PERSONEN, VERBLIJF, Sources, cut
from features.residence import residence_frame, spells
from features.sources.brp import land
from tests.features.brp_rows import abroad, frame, home, landed, person, read
from tests.features.plain_spells import Spell, plain_spells

ID = "0175010000000001"
OTHER = "0175010000000002"
FIRST = date(2001, 1, 1)
AS_OF = date(2001, 1, 20)
quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

days = st.integers(0, 25).map(lambda n: (FIRST + timedelta(days=n)).strftime("%Y%m%d"))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str]:
    """Any row of category 08, with sharp dates in a few weeks, so that collisions are many."""
    day, known = draw(days), draw(days)
    wrong = draw(st.sampled_from(["", "", "", "O"]))
    if draw(st.integers(0, 3)) == 0:
        return abroad(
            day,
            draw(st.sampled_from(["0000", "5010"])),
            bekend=known,
            onjuist=wrong,
            aangifte=draw(st.sampled_from("IW")),
        )
    investigated = draw(st.sampled_from(["", "", "089999", "589999", "080000"]))
    return home(
        day,
        bekend=known,
        functie=draw(st.sampled_from("WWWB")),
        aangifte=draw(st.sampled_from("IAATW")),
        onjuist=wrong,
        adresseerbaarobject=draw(st.sampled_from(["", ID, OTHER])),
        onderzoek=investigated,
        onderzoek_van=draw(days) if investigated else "",
    )


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[dict[str, str]], tuple[str, str]]:
    suspended = draw(st.sampled_from(["", "", "O", "E", "M", "R", "F", "W"]))
    return draw(st.lists(rows(), min_size=1, max_size=6)), (draw(days) if suspended else "", suspended)


world = st.lists(lists(), min_size=2, max_size=25)  # many persons at once: an example costs as much as its tables
World = list[tuple[list[dict[str, str]], tuple[str, str]]]


def landed_world(people: World) -> tuple[pd.DataFrame, pd.DataFrame]:
    return landed(*(person(n, *r, opgeschort_van=s[0], opgeschort=s[1]) for n, (r, s) in enumerate(people)))


def at(tables: tuple[pd.DataFrame, pd.DataFrame], as_of: date) -> pd.DataFrame:
    persons, stays = tables
    return spells(cut(VERBLIJF, stays, as_of), cut(PERSONEN, persons, as_of), as_of)


def handed(tables: tuple[pd.DataFrame, pd.DataFrame], as_of: date) -> pd.DataFrame:
    persons, stays = tables
    return residence_frame(cut(VERBLIJF, stays, as_of), cut(PERSONEN, persons, as_of), None, as_of)


@quick
@given(world)
def test_the_fast_version_equals_the_plain_one(people: World) -> None:
    tables = landed_world(people)
    found, out = at(tables, AS_OF), handed(tables, AS_OF)
    fast: dict[str, list[Spell]] = {}
    for spell, named in zip(found.itertuples(), out.itertuples(), strict=True):
        until = "" if pd.isna(spell.ingeschreven_tot) else f"{spell.ingeschreven_tot:%Y%m%d}"
        seen = Spell(
            str(spell.functie),
            spell.datum_van,
            spell.datum_tot,
            str(spell.einde_reden),
            named.adresseerbaarobject_identificatie,
            until,
        )
        fast.setdefault(named.persoon, []).append(seen)
    plain = [plain_spells(r, s, AS_OF.strftime("%Y%m%d")) for r, s in people]
    assert sorted(fast.values()) == sorted(p for p in plain if p)


@quick
@given(world)
def test_spells_of_one_person_never_overlap(people: World) -> None:
    found = at(landed_world(people), AS_OF)
    follow = found["persoon"].to_numpy()[1:] == found["persoon"].to_numpy()[:-1]
    end = found["tot_laatst"].fillna(pd.Timestamp.max.floor("s")).to_numpy()[:-1]
    assert (end[follow] <= found["van_vroegst"].to_numpy()[1:][follow]).all()
    assert (found["tot_vroegst"].isna() | (found["tot_vroegst"] >= found["van_vroegst"])).all()


@quick
@given(world)
def test_what_is_recorded_later_changes_no_spell(people: World) -> None:
    """Law 1: taking out every row that was recorded after the as-of date makes no difference."""
    day = AS_OF.strftime("%Y%m%d")
    known = [([r for r in rs if r["opgenomen"] <= day], s) for rs, s in people]
    known = [(rs, s) for rs, s in known if rs]
    if known:
        everything, then = handed(landed_world(people), AS_OF), handed(landed_world(known), AS_OF)
        assert sorted(map(str, everything.drop(columns="persoon").to_numpy().tolist())) == sorted(
            map(str, then.drop(columns="persoon").to_numpy().tolist())
        )


@quick
@given(world, st.randoms())
def test_the_order_of_the_persons_changes_nothing(people: World, random: object) -> None:
    lists = [person(n, *r, opgeschort_van=s[0], opgeschort=s[1]) for n, (r, s) in enumerate(people)]
    shuffled = list(lists)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(at(landed(*lists), AS_OF), at(landed(*shuffled), AS_OF))


@quick
@given(
    st.lists(
        st.sampled_from(
            ["00000000", "20000000", "20010000", "20010100", "20010200", "20010110", "20010215", "20020101"]
        ),
        min_size=1,
        max_size=5,
    )
)
def test_partial_dates_stay_intervals_in_order(begins: list[str]) -> None:
    """Whatever is unknown: no bound is missing, no interval is empty, and begins come in the order of the rows."""
    tables = landed(person(1, *(home(b, bekend="20030101") for b in reversed(begins))))
    found = at(tables, date(2004, 1, 1))
    assert (found["van_vroegst"] <= found["van_laatst"]).all()
    assert found["van_vroegst"].is_monotonic_increasing and found["van_laatst"].is_monotonic_increasing
    assert found["tot_laatst"].iloc[:-1].tolist() == found["van_laatst"].iloc[1:].tolist()
    assert found["tot_vroegst"].isna().tolist() == [False] * (len(found) - 1) + [True]


def test_an_unknown_begin_lies_between_its_neighbours() -> None:
    # 2000-03-01 .. unknown .. 2005-06-01, recorded 2004-01-01: so between the first and the recording.
    tables = landed(person(1, home("20050601"), home("00000000", bekend="20040101"), home("20000301")))
    middle = at(tables, date(2010, 1, 1)).iloc[1]
    assert (middle["van_vroegst"], middle["van_laatst"]) == (pd.Timestamp("2000-03-01"), pd.Timestamp("2004-01-01"))
    assert middle["datum_van"] == "00000000"


def test_a_residence_never_lived_in_stays_registered() -> None:
    # 089999 from before the begin: resident on no day, registered until 2012.
    odd = home("20100101", onderzoek="089999", onderzoek_van="20091201")
    spell = at(landed(person(1, home("20120101"), odd)), date(2013, 1, 1)).iloc[0]
    assert (spell["datum_van"], spell["datum_tot"], spell["einde_reden"]) == ("20100101", "20100101", "niet_woonachtig")
    assert spell["ingeschreven_tot"] == pd.Timestamp("2012-01-01")


def test_investigation_counts_only_for_the_address_and_only_while_it_runs() -> None:
    def flag(code: str, van: str, tot: str = "") -> bool:
        row = home("20100101", onderzoek=code, onderzoek_van=van, onderzoek_tot=tot)
        return bool(at(landed(person(1, row)), date(2020, 1, 1))["onderzoek"].iloc[0])

    assert flag("081120", "20190101") and flag("080000", "20190101") and flag("089999", "20190101")
    assert not flag("081400", "20190101")  # about the immigration
    assert not flag("081120", "20200102")  # not yet
    assert not flag("081120", "20190101", "20191231")  # no more


def test_a_suspension_on_an_unknown_day_still_ends_the_residence() -> None:
    tables = landed(person(1, home("20100101", bekend="20100105"), opgeschort="O", opgeschort_van="00000000"))
    spell = at(tables, date(2020, 1, 1)).iloc[0]
    assert spell["einde_reden"] == "overleden" and spell["datum_tot"] == "00000000"
    assert (spell["tot_vroegst"], spell["tot_laatst"]) == (pd.Timestamp("2010-01-01"), pd.Timestamp("2020-01-01"))


def test_without_a_brp_there_are_no_spells() -> None:
    empty = Sources("0175", AS_OF, pd.DataFrame({"identificatie": [ID]})).spells
    assert len(empty) == 0
    some = at(landed(person(1, home("20010101"))), AS_OF)
    assert list(empty.columns) == list(some.columns)


def test_with_a_bag_the_identification_is_that_of_the_linked_address() -> None:
    """A T row lends its address; without link the answer is empty, whatever the register says."""
    persons, stays = landed(person(1, home("20010105", aangifte="T"), home("20010105")), person(2, home("20010106")))
    bag = pd.DataFrame({"identificatie": pd.Series([ID, OTHER], dtype="str")})
    lent = (stays["aangifte"] == "T").to_numpy()
    stays["adres"] = pd.Series([1 if t else -1 for t in lent], dtype="int32")
    out = residence_frame(stays, persons, bag, AS_OF).sort_values("datum_van")
    assert out["adresseerbaarobject_identificatie"].tolist() == [OTHER, ""]
    assert out["datum_van"].tolist() == ["20010105", "20010106"]


def test_persons_without_rows_do_not_shift_the_others() -> None:
    _, persons, rows, _ = read(frame([*person(1, {}), *person(2, home("20010101"))]))
    tables = land(persons, rows, None)
    found = at(tables, AS_OF)
    name = tables[0]["pseudoniem"].iloc[found["persoon"].iloc[0]]
    assert name == persons["pseudoniem"].iloc[1]
