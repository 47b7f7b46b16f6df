"""Renamed services: matched by spelling or by figures, and never by chance."""

import pytest

from workbook.importers.renamed_subjects import RenamedSubject, match_renamed

FIGURES = {("2014-03", "volume"): 300.0, ("2014-06", "volume"): 310.0}


def matched(left, came):
    return [(match.old, match.new, match.basis) for match in match_renamed(left, came)]


def test_another_spelling_is_the_same_service_whatever_its_figures():
    revised = {("2014-03", "volume"): 1.0}
    old, new = ("Land Registry", "Searches: title-plans"), ("Land registry", "Searches title plans")
    assert matched({old: FIGURES}, {new: revised}) == [(old, new, "spelling")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Office", "Boat tax"), ("Office", "Tax your boat")),  # another name, the same office
        (("Office", "Boat tax"), ("Agency", "Boat tax")),  # moved to another office
        (("Office", "Boat tax renewals"), ("Agency", "Boat tax renewal")),  # moved, nearly the same
    ],
)
def test_the_same_figures_match_where_the_key_is_alike(old, new):
    assert matched({old: FIGURES}, {new: FIGURES}) == [(old, new, "figures")]


@pytest.mark.parametrize(
    ("new", "figures"),
    [
        (("Agency", "Fishing licence"), FIGURES),  # neither the office nor the name is alike
        (("Office", "Tax your boat"), {**FIGURES, ("2014-06", "volume"): 311.0}),  # one differs
        (("Office", "Tax your boat"), {("2014-03", "volume"): 300.0}),  # one figure is chance
        (("Office", "Tax your boat"), {("2014-09", "volume"): 300.0}),  # no period in common
        (("Office", "Tax your boat"), {}),
    ],
)
def test_what_is_not_sure_is_not_matched(new, figures):
    assert matched({("Office", "Boat tax"): FIGURES}, {new: figures}) == []


def test_two_possible_partners_are_not_matched():
    left = {("Office", "Boat tax"): FIGURES}
    came = {("Office", "Tax your boat"): FIGURES, ("Office", "Tax a ship"): FIGURES}
    assert matched(left, came) == []
    assert matched(came, left) == []


def test_zeros_alone_match_nothing():
    zeros = dict.fromkeys(FIGURES, 0.0)
    assert matched({("Office", "Boat tax"): zeros}, {("Office", "Tax your boat"): zeros}) == []


def test_a_match_takes_no_service_twice_and_keeps_the_order():
    first, second = ({("2014-03", "a"): n, ("2014-06", "a"): n + 1} for n in (1.0, 5.0))
    left = {("O", "B"): second, ("O", "A"): first}
    came = {("O", "a one"): first, ("O", "b two"): second}
    assert match_renamed(left, came) == (
        RenamedSubject(("O", "B"), ("O", "b two"), "figures"),
        RenamedSubject(("O", "A"), ("O", "a one"), "figures"),
    )
