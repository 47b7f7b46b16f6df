"""Tests of plurals, verb agreement, lists and first letters."""

import pytest

from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    format_count,
    join_items,
    lower_first,
)


@pytest.mark.parametrize(("count", "verb"), [(0, "have"), (1, "has"), (2, "have")])
def test_a_verb_is_singular_only_for_one(count, verb):
    assert choose_form(count, "has", "have") == verb


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (2300, "2,300 rows")]
)
def test_a_noun_agrees_with_its_count(count, text):
    assert format_count(count, "row") == text


def test_an_irregular_plural_is_an_argument():
    assert format_count(3, "oddity", "oddities") == "3 oddities"


def test_none_and_one_can_be_written_as_words():
    assert format_count(0, "is", "are", none="none") == "none are"
    assert format_count(1, "service", one="one") == "one service"
    assert format_count(2, "service", one="one") == "2 services"


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", 3], "a, b and 3")],
)
def test_a_list_has_the_conjunction_before_its_last_item(items, text):
    assert join_items(items) == text
    assert join_items(iter(items), "or") == text.replace(" and ", " or ")


def test_only_the_first_letter_changes():
    assert capitalise_first("the NHS") == "The NHS"
    assert lower_first("Cost per GBP") == "cost per GBP"
    assert capitalise_first("") == lower_first("") == ""
