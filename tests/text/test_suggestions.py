"""Tests of suggestions for unknown names."""

import pytest

from workbook.text.suggestions import (
    describe_choices,
    list_some,
    nearest_name,
    unknown_name_message,
)

TOPICS = ("savings", "take_up", "delivery")


@pytest.mark.parametrize(
    ("name", "nearest"), [("savngs", "savings"), ("take-up", "take_up"), ("zzz", None), ("", None)]
)
def test_the_nearest_name_is_found_if_one_is_similar(name, nearest):
    assert nearest_name(name, TOPICS) == nearest


def test_the_required_similarity_can_be_set():
    assert nearest_name("savngs", TOPICS, similarity=0.99) is None


def test_a_long_list_is_shortened_with_the_number_of_other_items():
    assert list_some(TOPICS) == "savings; take_up; delivery"
    assert list_some([str(number) for number in range(1020)]).endswith("; 18; 19 and 1,000 more")
    assert list_some([]) == ""


def test_an_unknown_name_is_reported_with_the_nearest_or_with_all_names():
    assert unknown_name_message("topic", "savngs", TOPICS) == (
        'Unknown topic "savngs". Did you mean "savings"?'
    )
    assert unknown_name_message("topic", "x", TOPICS) == (
        'Unknown topic "x". Choose from: savings; take_up; delivery.'
    )
    assert unknown_name_message("topic", "x", []) == (
        'Unknown topic "x". There are none to choose from.'
    )


def test_names_that_contain_the_text_are_suggested():
    tables = ("g_cloud_sales", "sales_by_lot", "take_up")
    assert unknown_name_message("table", "sales", tables) == (
        'Unknown table "sales". Names with "sales": g_cloud_sales; sales_by_lot.'
    )
    assert unknown_name_message("table", "cloud", tables) == (
        'Unknown table "cloud". Did you mean "g_cloud_sales"?'
    )


def test_only_the_beginning_of_a_very_long_name_is_quoted():
    message = unknown_name_message("topic", "x" * 1_000_000, TOPICS)
    assert len(message) < 200


def test_choices_are_listed():
    assert describe_choices(["a", "b", "c"]) == "one of a, b, c"
