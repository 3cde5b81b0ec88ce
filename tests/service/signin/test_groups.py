from __future__ import annotations

import pytest

from service.faults import SignInRefused
from service.people import Person, Role
from service.settings_signin import Group
from service.signin import groups

OOST = Group(groep="oost", rollen=(Role.BEOORDELAAR,), gemeenten=("0175",), teams=("oost",))
WEST = Group(groep="west", rollen=(Role.BEOORDELAAR,), gemeenten=("0344",), teams=("west",))
SECOND = Group(groep="tweede", rollen=(Role.GOEDKEURDER,), gemeenten=("0175",))
HELP = Group(groep="beheer", rollen=(Role.BEHEER,), gemeenten=())
ALL = (OOST, WEST, SECOND, HELP)


def person(*names: str) -> Person:
    return groups.person("id", "Anna", list(names), ALL)


def test_groups_add_up_and_an_unknown_one_gives_nothing() -> None:
    both = person("oost", "west", "made up", "OOST")
    assert (both.rollen, both.gemeenten) == ({Role.BEOORDELAAR}, {"0175", "0344"})
    assert both.teams == {"oost", "west"}
    two = person("oost", "tweede", "beheer")
    assert (two.rollen, two.gemeenten) == ({Role.BEOORDELAAR, Role.GOEDKEURDER, Role.BEHEER}, {"0175"})


@pytest.mark.parametrize("claimed", [[], ["made up"], None, 7, "oos", [["oost"]] * 0])
def test_without_a_known_group_nobody_comes_in(claimed: object) -> None:
    with pytest.raises(SignInRefused, match="geen_rol"):
        groups.person("id", "Anna", claimed, ALL)


def test_groups_that_together_give_more_than_apart_are_refused() -> None:
    with pytest.raises(SignInRefused, match="groepen_botsen") as told:
        person("west", "tweede")  # would approve in 0344, and judge in 0175
    assert told.value.precies == "beoordelaar,goedkeurder"


def test_a_pseudonym_depends_on_key_issuer_and_subject_and_on_their_border() -> None:
    made = groups.pseudonym(b"k" * 32, "https://a", "b")
    assert made == groups.pseudonym(b"k" * 32, "https://a", "b") and len(made) == 32
    others = {
        groups.pseudonym(b"l" * 32, "https://a", "b"),
        groups.pseudonym(b"k" * 32, "https://ab", ""),
        groups.pseudonym(b"k" * 32, "https://a", "c"),
    }
    assert len(others | {made}) == 4


def test_names_and_claims() -> None:
    assert groups.shown("  Anna\n de\x07 Boer ") == "Anna de Boer"
    assert groups.shown(None) == groups.shown("") == "Naam onbekend"
    assert len(groups.shown("x" * 900)) == 200
    nested = {"realm_access": {"roles": ["a"]}, "https://x.example/groups": ["b"]}
    assert groups.claim(nested, "realm_access.roles") == ["a"]
    assert groups.claim(nested, "https://x.example/groups") == ["b"]
    assert groups.claim(nested, "realm_access.nothing") is None
