"""Tests of formatted days, months and spans."""

from datetime import UTC, date, datetime

import pytest

from workbook.text.dates import format_day, format_month, format_short_month, format_span


@pytest.mark.parametrize(
    "day", [date(2014, 6, 3), "2014-06-03", datetime(2014, 6, 3, 23, 59, tzinfo=UTC)]
)
def test_a_day_is_written_without_a_leading_zero(day):
    assert format_day(day) == "3 June 2014"


@pytest.mark.parametrize("month", ["2014-06", "2014-06-30", date(2014, 6, 1)])
def test_a_month_is_written_in_full_or_in_three_letters(month):
    assert format_month(month) == "June 2014"
    assert format_short_month(month) == "Jun 2014"


def test_every_month_has_its_english_name():
    names = [format_month(f"2014-{month:02d}").removesuffix(" 2014") for month in range(1, 13)]
    assert names[0] == "January"
    assert names[-1] == "December"
    assert len({*names}) == 12


@pytest.mark.parametrize("text", ["2014", "2014-Q2", "2014-13", "", "June 2014"])
def test_text_that_is_not_a_month_is_an_error(text):
    with pytest.raises(ValueError, match=r"isoformat|must be in"):
        format_month(text)


def test_a_span_names_both_ends_and_a_single_month_once():
    assert format_span("2013-04", "2014-03") == "April 2013 to March 2014"
    assert format_span("2014-03", date(2014, 3, 31)) == "March 2014"
