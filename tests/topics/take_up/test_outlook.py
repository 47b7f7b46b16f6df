"""Tests of the sentences about the target: who has reached it, and how far forecasts are tested."""

import re
from functools import cache

import pytest

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from workbook.topics import take_up
from workbook.topics.take_up.reached import TakeUpHistory

WINDOWS = [f"{year}-{month:02d}" for year in (2012, 2013) for month in (3, 6, 9, 12)]


@cache
def run(quarter):
    return take_up.topic.run(quarter=quarter)


def rising_service(name, volume, *, blank=()):
    return [
        (name, window, volume, None if window in blank else int(volume * (0.5 + 0.02 * place)))
        for place, window in enumerate(WINDOWS)
    ]


def test_both_populations_are_judged_and_said():
    """The audit: all that report 81.3% in 2015-Q3 and 82.4% in 2015-Q4, the panel since 2015-Q1."""
    outcome = run("2015-Q4")
    assert (
        "Across all services that report, take-up has been 82% or more since the year to December"
        " 2015. In the 27 services that reported in every period it has been since the year to"
        " March 2015." in outcome.headline
    )
    assert outcome["target_quarter"].value == "2015-Q1"
    assert outcome["target_quarter_all_reporting"].value == "2015-Q4"
    earlier = run("2015-Q3")
    assert earlier["target_quarter_all_reporting"].value is None
    assert earlier["target_quarter_all_reporting"].missing_reason == "take-up is 81.3%"
    assert "Across all services that report, take-up was 81.3%, below 82%." in earlier.headline


def test_six_periods_cannot_tell_whether_the_target_would_be_reached():
    outcome = run("2014-Q2")
    assert outcome.headline.endswith(
        "In the 32 services that reported in every period, take-up is 70.8%. Whether it would"
        " reach 82% by June 2017 cannot be told: a tested forecast needs 7 periods of 12"
        " months, and there are 6. At no change it would not."
    )
    assert outcome["target_quarter"].formatted_value == "cannot be told"
    assert outcome["probability_of_target"].value is None
    assert outcome["interval_coverage"].note == "tested once: too few to judge"


def test_a_projection_has_its_interval_its_probability_and_how_far_it_is_tested():
    outcome = run("2015-Q1")
    row = outcome.frame("forecast").set_index("quarter").loc["2015-Q4"]
    low, high, share = (f"{row[name] * 100:.1f}" for name in ("low_80", "high_80", "forecast"))
    probability = f"82% or more in that year is {row['probability_of_target'] * 100:.0f}% ("
    pattern = (
        rf"It would be {share}% in the year to December 2015 \(80% prediction interval"
        rf" {low.removesuffix('.0')}% to {high.removesuffix('.0')}%\)\."
    )
    assert re.search(pattern, outcome.headline)
    assert probability in outcome.headline
    assert outcome.headline.endswith(
        "Forecasts have been tested up to 3 quarters ahead, so no probability is given for March"
        " 2018."
    )
    [record] = [note for note in outcome.notes if note.startswith("Past forecasts of these")]
    assert "3 quarters ahead had" in record
    assert "times the error of a no-change forecast" in record
    assert "They overlap, and are too few to judge." in record
    assert re.search(r"The 80% interval, before the ceiling, held \d+% of [\d,]+ outcomes", record)
    assert outcome["interval_coverage"].note == "tested 10 times, which overlap: too few to judge"
    assert not [note for note in outcome.notes if "past values" in note]
    reached = outcome.frame("forecast").set_index("quarter").loc[outcome["target_quarter"].value]
    assert outcome["target_quarter"].note.endswith(
        "at the central forecast. The probability of 82% or more then is"
        f" {reached['probability_of_target'] * 100:.0f}%"
    )


def test_overlapping_values_are_judged_by_how_many_independent_ones_they_are_worth():
    # 14 origins of a series of 19 windows: (14 + 3) / 4 independent outcomes
    notes = [note for note in run("2017-Q3").notes if "past values" in note]
    assert len(notes) == 1
    assert "worth 4 independent ones. That does not contradict the interval." in notes[0]


def test_nothing_is_compared_without_an_earlier_year():
    outcome = run("2013-Q4")
    for name in ("services_matched", "volume_covered"):
        assert outcome[name].value is None
        assert outcome[name].missing_reason.startswith("the table has no figures for the year to")


def test_a_central_forecast_beyond_the_tested_quarters_gives_no_target_quarter():
    outcome = run("2014-Q4")
    path = outcome.frame("forecast").dropna(subset=["forecast"])
    assert (path["forecast"] >= 0.82).any()
    assert path["low_80"].notna().sum() == 2
    assert outcome["target_quarter"].value is None
    assert outcome["target_quarter"].formatted_value == "not by June 2015"


def test_figures_that_end_years_ago_give_no_outlook():
    outcome = run("2021-Q4")
    assert (
        "The latest figures are for the year to September 2017, so take-up in December 2021 is not"
        " known." in outcome.headline
    )
    assert "Across all services that report, take-up was 80.1%, below 82%." in outcome.headline
    assert outcome["probability_of_target"].value is None
    assert "figures end with the year to September 2017" in (
        outcome["probability_of_target"].missing_reason
    )
    assert run("2017-Q3")["probability_of_target"].value is not None


@pytest.mark.parametrize("quarter", ["2013-Q4", "2014-Q3", "2015-Q2", "2016-Q1", "2017-Q3"])
def test_no_probability_or_interval_stands_in_a_headline_whose_forecast_is_not_tested(quarter):
    outcome = run(quarter)
    tested = outcome.frame("forecast")["low_80"].notna().any()
    if not tested:
        assert not re.search(r"prediction interval|likely|chance|possibility", outcome.headline)
    assert " will " not in outcome.headline
    assert "likely range" not in outcome.headline


def test_the_headline_says_that_one_blank_cell_leaves_too_few_periods():
    """A forecast of no change for want of data is not a forecast that the target is missed."""
    rows = [*rising_service("A", 1000), *rising_service("B", 600, blank=["2012-09"])]
    outcome = evaluate_on_table(small_table(*rows), exclude="", quarter="2013-Q4")
    assert (
        "Whether it would reach 82% by December 2016 cannot be told: a tested forecast needs"
        " 7 periods of 12 months, and there are 5. At no change it would not." in outcome.headline
    )
    assert "not forecast to reach" not in outcome.headline


def test_a_service_is_described_with_its_method():
    outcome = take_up.topic.run(quarter="2016-Q4", service="Vehicle tax renewals")
    facts = dict(outcome.frame("service").to_numpy())
    assert "prediction interval" in facts["Forecast"]
    assert facts["Forecast"].endswith("Method: Average of methods.")
    frame = small_table(("A", "2014-06", 100, 50))
    one_window = evaluate_on_table(frame, exclude="")
    assert dict(one_window.frame("service").to_numpy())["Forecast"] == (
        "One 12-month period cannot show where take-up is going."
    )


def test_take_up_that_fell_below_the_target_again_has_not_reached_it():
    history = TakeUpHistory(("2014-Q1", "2014-Q2", "2014-Q3"), (0.83, 0.81, 0.84))
    assert history.reached_quarter(0.82) == "2014-Q3"
    assert history.describe_reached(0.82) == "the year to September 2014"
    assert history.describe_reached(0.8) == "the year to March 2014 or earlier"
    assert history.describe_reached(0.9) is None


def test_a_past_quarter_is_called_pseudo_real_time_with_the_release():
    [note] = [note for note in run("2014-Q2").notes if "pseudo-real time" in note]
    assert "GDS Transactions Explorer, release of September 2018" in note
