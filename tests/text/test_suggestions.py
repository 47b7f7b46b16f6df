"""What to write instead of a name that is not known."""

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
def test_the_nearest_name_is_found_where_one_is_near(name, nearest):
    assert nearest_name(name, TOPICS) == nearest


def test_how_near_it_must_be_can_be_chosen():
    assert nearest_name("savngs", TOPICS, similarity=0.99) is None


def test_a_long_list_is_cut_and_says_how_many_more_there_are():
    assert list_some(TOPICS) == "savings; take_up; delivery"
    assert list_some([str(number) for number in range(1020)]).endswith("; 18; 19 and 1,000 more")
    assert list_some([]) == ""


def test_an_unknown_name_is_reported_with_the_nearest_or_with_those_that_there_are():
    assert unknown_name_message("topic", "savngs", TOPICS) == (
        'Unknown topic "savngs". Did you mean "savings"?'
    )
    assert unknown_name_message("topic", "x", TOPICS) == (
        'Unknown topic "x". Choose from: savings; take_up; delivery.'
    )
    assert unknown_name_message("topic", "x", []) == (
        'Unknown topic "x". There are none to choose from.'
    )


def test_a_very_long_name_is_compared_and_quoted_by_its_beginning():
    message = unknown_name_message("topic", "x" * 1_000_000, TOPICS)
    assert len(message) < 200


def test_choices_are_listed():
    assert describe_choices(["a", "b", "c"]) == "one of a, b, c"
