"""Finding numbers: values, units, digits and wording, and what is set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.claims.draft.draft_numbers import find_numbers, find_numbers_in_sentence
from workbook.claims.draft.passages import Passage


def read_all(sentence):
    return [(n.printed, round(n.value, 6), n.unit) for n in find_numbers_in_sentence(sentence)]


def read_one(sentence):
    [number] = find_numbers_in_sentence(sentence)
    return number


@pytest.mark.parametrize(
    ("sentence", "printed", "value", "unit"),
    [
        ("It has 1,518 suppliers.", "1,518", 1518, "number"),
        ("Sales reached £175 million.", "£175 million", 175e6, "GBP"),
        ("Sales reached £2.3bn.", "£2.3bn", 2.3e9, "GBP"),
        ("It cost 5 million pounds.", "5 million pounds", 5e6, "GBP"),
        ("It cost $5 a head.", "$5", 5, "other currency"),
        ("Take-up is 72%.", "72%", 0.72, "share"),
        ("Take-up is 72 per cent.", "72 per cent", 0.72, "share"),
        ("It rose by 4 percentage points.", "4 percentage points", 0.04, "points"),
        ("It changed by −3%.", "−3%", -0.03, "share"),
        ("Three-quarters of sites moved.", "Three-quarters", 0.75, "share"),
        ("It grew by a third - from few.", "a third", 1 / 3, "share"),
        ("A quarter of adults are offline.", "A quarter", 0.25, "share"),
        ("More than half of them left.", "half", 0.5, "share"),
        ("¾ of them left.", "¾", 0.75, "share"),
        ("One in five adults is offline.", "One in five", 0.2, "share"),
        ("9 out of 10 were happy.", "9 out of 10", 0.9, "share"),
        ("That is the majority of adults.", "the majority", 0.5, "share"),
        ("It lasts 18 months.", "18 months", 18, "months"),
        ("It is a 1-day course.", "1-day", 1, "days"),
        ("Nine exemplars were shown.", "Nine", 9, "number"),
        ("Two hundred and fifty-one people came.", "Two hundred and fifty-one", 251, "number"),
        ("Half a million people came.", "Half a million", 5e5, "number"),
        ("The second provider joined.", "second", 2, "ordinal"),
        ("It came 3rd.", "3rd", 3, "ordinal"),
        ("Phase 5 went live.", "5", 5, "number"),
        ("We served 2,014 people.", "2,014", 2014, "number"),
    ],
)
def test_a_number_is_found_with_its_unit(sentence, printed, value, unit):
    assert read_all(sentence) == [(printed, round(value, 6), unit)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was published on 24 July 2014.",
        "It ran from 1 to 14 April 2014, at 10:30 and 5pm.",
        "The year 2013-14 and 2014-Q2, Q3 and the 1990s.",
        "By 2020 it will be done.",
        "See section 4.2, figures 3 and 4, table 2a and page 17.",
        "Write to team7@example.org or see https://example.org/2014/7.",
        "COVID-19, G7, WCAG 2.2, ISO 9001 and SW1A 2AA.",
        "Call 020 7946 0018.",
        "It is a 1 to 1 programme, 24/7.",
        "This quarter, one of us spoke to a third party in the second half.",
        "2.1 Digital skills",
        "No one came.",
    ],
)
def test_dates_references_and_names_are_set_aside(sentence):
    assert read_all(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "wording", "precision"),
    [
        ("We trained over 300 people.", "over", 100),
        ("We trained 300 people.", "exactly", 1),
        ("About 46 million people voted.", "about", 1e6),
        ("Fewer than 4.7 million people.", "fewer than", 1e5),
        ("30 or so managers meet.", "about", 10),
        ("More than a third of visits.", "over", 0.05),
        ("We trained 59,000 people.", "exactly", 1000),
        ("Take-up was 72.5%.", "exactly", 0.001),
        ("It saved £210 million.", "exactly", 1e6),
    ],
)
def test_wording_and_last_digit_are_read(sentence, wording, precision):
    number = read_one(sentence)
    assert (number.wording, number.precision) == (wording, pytest.approx(precision))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("10–20%", [(0.1, "share"), (0.2, "share")]),
        ("5 to 6 million", [(5e6, "number"), (6e6, "number")]),
        ("£5m to £10m", [(5e6, "GBP"), (1e7, "GBP")]),
        ("2 to 3 years", [(2, "years"), (3, "years")]),
        ("from 13,668 to 17,232", [(13668, "number"), (17232, "number")]),
        ("1 of 4 priorities", [(1, "number"), (4, "number")]),
    ],
)
def test_both_ends_of_a_range_have_its_unit(sentence, expected):
    assert [(value, unit) for _, value, unit in read_all(sentence)] == expected


def test_a_number_knows_its_sentence_headings_and_what_is_before():
    passages = [
        Passage("G-Cloud", is_heading=True),
        Passage("It grew. In May 439 suppliers joined."),
        Passage("We used them to:"),
        Passage("run 17 campaigns"),
    ]
    suppliers, campaigns = find_numbers(passages)
    assert suppliers.sentence == "In May 439 suppliers joined."
    assert suppliers.sentence[suppliers.start : suppliers.end] == "439"
    assert (suppliers.headings, suppliers.before) == (("G-Cloud",), "It grew.")
    assert campaigns.before == "We used them to:"


@given(st.integers(1, 10**9))
def test_a_count_is_read_as_it_is_printed(count):
    number = read_one(f"We counted {count:,} cases.")
    assert number.value == count
    assert number.sentence[number.start : number.end] == f"{count:,}"


@given(st.text())
def test_any_text_can_be_searched(text):
    for number in find_numbers_in_sentence(text):
        assert number.sentence[number.start : number.end] == number.printed
        assert number.precision > 0
