"""What to write instead of a name that is not known."""

import pytest

from workbook.text.suggestions import list_some, nearest_name

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
    assert list_some([str(number) for number in range(1005)]) == "0; 1; 2; 3; 4 and 1,000 more"
    assert list_some([]) == ""
