"""What limits a like-for-like change, and an earlier share of other services in words."""

import pytest

from workbook.topics.take_up import topic
from workbook.topics.take_up.like_for_like import describe_matched_limits, describe_other_services


@pytest.fixture(scope="module")
def outcomes():
    return {
        quarter: topic.run(quarter=quarter, compare_with=compared)
        for quarter, compared in (("2013-Q4", ""), ("2014-Q4", ""), ("2015-Q1", "2014-Q4"))
    }


def test_years_that_overlap_and_other_services_are_named(outcomes):
    """The year to March 2015 ends three months after the year to December 2014."""
    compared = outcomes["2015-Q1"]
    before, after = (outcomes[quarter]["take_up"].value for quarter in ("2014-Q4", "2015-Q1"))
    assert list(describe_matched_limits(outcomes["2014-Q4"], compared, compared)) == [
        "The two years share 9 months.",
        (
            f"Across all services that report, it went from {before:.1%} to {after:.1%}, because"
            " the list of services changed."
        ),
    ]


def test_years_apart_share_no_month(outcomes):
    compared = outcomes["2015-Q1"]
    limits = " ".join(describe_matched_limits(outcomes["2013-Q4"], compared, compared))
    assert "share" not in limits
    assert "on a different list of services" in limits


def test_the_same_services_need_no_sentence_on_others(outcomes):
    compared = outcomes["2015-Q1"]
    assert list(describe_matched_limits(compared, compared, compared)) == []


def test_an_earlier_share_has_its_year(outcomes):
    assert describe_other_services(outcomes["2014-Q4"], "take_up_matched") == (
        "a different set of services gave 79.0% for the year to December 2014"
    )
    assert not describe_other_services(outcomes["2014-Q4"], "services_matched")
