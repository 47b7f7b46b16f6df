"""Tests of plurals, verb agreement, lists, first letters and sentences."""

import pytest

from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    choose_none,
    first_sentence,
    format_count,
    format_part,
    join_items,
    lower_first,
    split_sentences,
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
    ("count", "total", "text"),
    [
        (0, 1, "not the one row"),
        (1, 1, "the one row"),
        (0, 2, "neither of 2 rows"),
        (1, 2, "1 of 2 rows"),
        (2, 2, "both rows"),
        (0, 3, "none of 3 rows"),
        (2, 3, "2 of 3 rows"),
        (3, 3, "all 3 rows"),
        (1_000, 2_300, "1,000 of 2,300 rows"),
    ],
)
def test_a_part_is_written_as_people_say_it(count, total, text):
    assert format_part(count, total, "row") == text


@pytest.mark.parametrize(("total", "word"), [(1, "none"), (2, "neither"), (3, "none")])
def test_none_of_two_is_neither(total, word):
    assert choose_none(total) == word


def test_a_part_has_an_irregular_plural_as_an_argument():
    assert format_part(2, 3, "oddity", "oddities") == "2 of 3 oddities"


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


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("It fell by 1.2 points", ["It fell by 1.2 points"]),
        ("It fell. 3 are live.", ["It fell.", "3 are live."]),
        (
            "It saves −£2.4 million. −£1.1 billion is lost.",
            ["It saves −£2.4 million.", "−£1.1 billion is lost."],
        ),
        ("Is it so? “Yes”, they say.", ["Is it so?", "“Yes”, they say."]),
        ("About 0.5 a year. £5 is spent!", ["About 0.5 a year.", "£5 is spent!"]),
    ],
)
def test_a_text_is_split_into_its_sentences(text, sentences):
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", ""),
        ("It fell by 1.2 points", "It fell by 1.2 points."),
        ("It fell. 3 are live.", "It fell."),
        ("Is it so? “Yes”, they say.", "Is it so?"),
    ],
)
def test_the_first_sentence_of_a_text_ends_with_its_mark(text, sentence):
    assert first_sentence(text) == sentence
