"""Tests of the sentences about the target: who has reached it, and how far forecasts are tested."""

import re
from functools import cache

import pandas as pd
import pytest

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from workbook.topics import take_up
from workbook.topics.take_up.charts.service_forecasts import draw_service_forecasts
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
    assert "Across all services it has been 82% or more since the year to December 2015." in (
        outcome.headline
    )
    notes = " ".join(outcome.notes)
    assert "The 27 services that reported in every period have" in notes
    assert re.search(
        r"Their take-up is [\d.]+%, and 82% or more since the year to March 2015", notes
    )
    assert outcome["target_quarter"].value == "2015-Q1"
    assert outcome["target_quarter_all_reporting"].value == "2015-Q4"
    earlier = run("2015-Q3")
    assert earlier["target_quarter_all_reporting"].value is None
    assert earlier["target_quarter_all_reporting"].missing_reason == "take-up is 81.3%"
    assert "Across all services it was 81.3%, below 82%, but 8" in earlier.headline


def test_six_periods_cannot_tell_whether_the_target_would_be_reached():
    outcome = run("2014-Q2")
    assert outcome.headline.endswith(
        "The data cannot show whether the 32 services reporting throughout (70.8%) would reach 82%."
    )
    [note] = [note for note in outcome.notes if note.startswith("The 32 services that reported")]
    assert note.endswith(
        "Their take-up is 70.8%. There is no tested forecast: a tested forecast needs 7 periods of"
        " 12 months, and there are 6. At no change it would not meet 82%."
    )
    assert outcome["target_quarter"].formatted_value == "cannot be told"
    assert outcome["probability_of_target"].value is None
    error, coverage = outcome["forecast_error"], outcome["interval_coverage"]
    assert (error.value, coverage.value) == (None, None)
    assert (error.formatted_value, coverage.formatted_value) == ("not known", "not known")
    assert error.missing_reason == (
        "the forecast used is no change itself, and one past value is too few to judge"
    )
    assert coverage.missing_reason == (
        "no interval is drawn, and one past value is too few to judge one"
    )
    assert coverage.label == "Past values inside the 80% prediction interval"


def test_a_forecast_of_no_change_that_is_asked_for_has_no_error_of_its_own():
    outcome = take_up.topic.run(quarter="2015-Q1", curve="naive")
    assert outcome["forecast_error"].value is None
    assert outcome["forecast_error"].missing_reason == "the forecast used is no change itself"
    assert outcome["interval_coverage"].value is not None


def test_a_projection_has_its_interval_its_probability_and_how_far_it_is_tested():
    outcome = run("2015-Q1")
    row = outcome.frame("forecast").set_index("quarter").loc["2015-Q4"]
    low, high, share = (f"{row[name] * 100:.1f}" for name in ("low_80", "high_80", "forecast"))
    probability = f"{row['probability_of_target'] * 100:.0f}%"
    pattern = (
        rf"It would be {share}% in the year to December 2015 \(80% prediction interval:"
        rf" {low.removesuffix('.0')}% to {high.removesuffix('.0')}%\)\."
    )
    [note] = [note for note in outcome.notes if re.search(pattern, note)]
    assert outcome.headline.endswith(
        "In 28 reporting throughout (81.3%), 82% or more in the year to December 2015 is"
        f" {probability} likely."
    )
    assert note.endswith(
        "Forecasts are tested up to 3 quarters ahead, so none is quoted for March 2018."
    )
    [record] = [note for note in outcome.notes if note.startswith("Past forecasts of these")]
    assert "3 quarters ahead had" in record
    assert "times the error of a no-change forecast" in record
    assert (
        "In past forecasts of the 28 services that reported in every period, 1 of 2 outcomes 3"
        " quarters ahead lay inside the 80% interval. They overlap, and are too few to judge."
    ) in outcome.notes[:3]
    assert re.search(
        r"the 80% interval, before the ceiling, held \d+% of [\d,]+ overlapping", record
    )
    assert outcome["forecast_error"].note == "tested 10 times, which overlap: too few to judge"
    assert outcome["interval_coverage"].label == (
        "Past values inside the 80% prediction interval (10 tested)"
    )
    assert outcome["interval_coverage"].note == (
        "the 10 values overlap and hold as much information as 1: too few to show whether the"
        " interval is right"
    )
    assert not [note for note in outcome.notes if "past values" in note]
    reached = outcome.frame("forecast").set_index("quarter").loc[outcome["target_quarter"].value]
    assert outcome["target_quarter"].note.endswith(
        "at the central forecast. The probability of 82% or more then is"
        f" {reached['probability_of_target'] * 100:.0f}%"
    )


def test_overlapping_values_are_judged_by_how_many_independent_ones_they_are_worth():
    # 14 origins of a series of 19 windows: (14 + 3) / 4 independent outcomes
    outcome = run("2017-Q3")
    assert re.fullmatch(
        r"the \d+ values overlap and hold as much information as 4: too few to show whether the"
        r" interval is right",
        outcome["interval_coverage"].note,
    )
    assert not [note for note in outcome.notes if "past values" in note]


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
    assert outcome.notes[0] == (
        "The latest figures are for the year to September 2017. Take-up in December 2021 is not"
        " known."
    )
    assert outcome.headline == (
        "At unchanged mix, take-up rose 3.2 points between the years to September 2016 and 2017, in"
        " 25 services with 31.3% of the earlier transactions. There are no later figures. The other"
        " 17 stopped reporting."
    )
    assert not [note for note in outcome.notes if "would be" in note and "interval:" in note]
    assert outcome["probability_of_target"].value is None
    assert outcome["probability_of_target"].formatted_value == "not applicable"
    assert outcome["probability_of_target"].missing_reason == (
        "September 2020 has passed and its outcome is not published"
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
    assert "cannot show whether the 2 services reporting now (64%) would reach 82%" in (
        outcome.headline
    )
    assert "7 periods of 12 months, and there are 5. At no change it would not meet 82%." in (
        " ".join(outcome.notes)
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
    assert not history.describe_lost(0.82)
    assert not history.describe_lost(0.9)


def test_a_target_reached_and_lost_again_is_dated():
    history = TakeUpHistory(("2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4"), (0.8, 0.84, 0.83, 0.81))
    assert history.reached_quarter(0.82) is None
    assert history.describe_lost(0.82) == "in the years to June 2014 to September 2014"
    assert history.describe_lost(0.835) == "in the year to June 2014"
    reached = run("2021-Q4")["target_quarter_all_reporting"]
    assert reached.formatted_value == "reached, not kept"
    assert reached.missing_reason == (
        "82% or more in the years to December 2015 to June 2017, and 80.1% in the year to"
        " September 2017. Without Domestic applications for UK passports, whose digital count is"
        " probably missing, it was 84.1%"
    )


def test_figures_that_end_before_the_quarter_say_their_period():
    outcome = run("2021-Q4")
    for name in ("take_up", "take_up_matched", "services_reporting", "volume_covered"):
        assert outcome[name].explanation == "year to September 2017"
    for name in ("services_matched", "change_within", "change_exit"):
        assert outcome[name].explanation == "years to September 2016 and 2017"
    assert outcome["cost_index"].explanation == "4.1% cheaper; years to September 2016 and 2017"
    assert outcome["take_up_everything"].explanation == (
        "year to September 2017; neither service left out reported"
    )
    for name in ("take_up", "take_up_everything", "change_within"):
        assert not run("2014-Q2")[name].explanation


@pytest.mark.parametrize(
    ("names", "explanation"),
    [
        ("B", "the service left out did not report"),
        ("B; C; D", "none of the 3 services left out reported"),
        ("A; B", ""),
    ],
)
def test_services_left_out_that_did_not_report_are_said_beside_take_up_with_them(
    names, explanation
):
    rows = [(name, "2013-06", 100, 50) for name in "ABCDE"]
    frame = small_table(*rows, ("A", "2014-06", 100, 60), ("E", "2014-06", 100, 60))
    outcome = evaluate_on_table(frame, exclude=names, quarter="2014-Q2")
    assert outcome["take_up_everything"].explanation == explanation


def test_a_headline_of_a_small_part_of_the_transactions_says_so():
    """One of two services stopped: with exactly half of the transactions nothing is said."""
    rows = [("A", "2013-06", 100, 50), ("A", "2014-06", 100, 60)]
    half = evaluate_on_table(small_table(*rows, ("B", "2013-06", 100, 50)), exclude="")
    assert half.headline.startswith("Take-up in one comparable service rose 10.0 points between")
    most = evaluate_on_table(small_table(*rows, ("B", "2013-06", 300, 50)), exclude="")
    assert most.headline.startswith(
        "Take-up rose 10.0 points between the years to June 2013 and 2014, in one service with 25%"
        " of the earlier transactions."
    )


def test_one_service_that_reports_no_digital_transactions_is_named_first():
    outcome = run("2021-Q4")
    [note] = [note for note in outcome.notes[:3] if note.startswith("Across all services")]
    assert (
        "One service reports again after 2 years: Domestic applications for UK passports. It lowers"
        " take-up by 4.0 points, because its digital count is 0. In the year to March 2015 it"
        " reported 1.0 million digital transactions (16%). The 0 is probably a missing figure, and"
        " is kept as published. Without this service, take-up would be 84.1%." in note
    )
    assert "services that started or started again (−4.0 points)" in note
    assert note.endswith(
        "One service that stopped lowers take-up by 9.1 points: Customs transactions. The other 16"
        " that stopped then raise take-up by 7.9 points."
    )
    assert outcome["change_entry"].formatted_value == "−4.0 points"
    assert "it was 80.1%, or 84.1% without one that reports no digital" in run("2017-Q3").headline
    notes = " ".join(run("2014-Q2").notes)
    assert "One new service" not in notes
    assert "reports again" not in notes


def test_a_service_without_an_earlier_count_is_new():
    frame = small_table(
        ("A", "2013-06", 100, 50), ("A", "2014-06", 100, 50), ("B", "2014-06", 50, 0)
    )
    notes = " ".join(evaluate_on_table(frame, exclude="").notes)
    assert "One new service lowers take-up by 16.7 points: B. It reports no digital" in notes
    assert "That may be a missing figure, kept as published." in notes


def test_a_service_that_reports_again_with_digital_transactions_has_no_missing_figure():
    frame = small_table(
        *(("A", f"{year}-06", 100, 50) for year in (2012, 2013, 2014)),
        ("B", "2012-06", 50, 10),
        ("B", "2014-06", 50, 50),
    )
    notes = " ".join(evaluate_on_table(frame, exclude="").notes)
    assert (
        "One service reports again after 2 years: B. It raises take-up by 16.7 points. In the year"
        " to June 2012 it reported 10 digital transactions (20%). Without this service" in notes
    )
    assert "missing figure" not in notes


def test_digital_counts_of_zero_are_noted_with_their_share():
    """The audit: 9.0% of the year to June 2013 and 7.3% of the year to March 2014."""
    assert (
        "6 services with 9% of the earlier transactions reported no digital ones. In the latest"
        " year it was 3 services with 2.6%. Some may be missing figures, kept as published."
    ) in run("2014-Q2").notes
    assert (
        "5 services with 7.3% of the earlier transactions reported no digital ones. Some may be"
        " missing figures, kept as published. Vehicle tax: refunds, from 0% to 64.7%, adds 0.5"
        " points to the within-service effect."
    ) in run("2015-Q1").notes
    assert "reported no digital ones" not in " ".join(run("2021-Q4").notes)


def test_one_zero_in_the_latest_year_may_be_a_missing_figure():
    frame = small_table(
        ("A", "2013-06", 100, 50),
        ("A", "2014-06", 90, 50),
        ("B", "2013-06", 10, 5),
        ("B", "2014-06", 10, 0),
    )
    assert (
        "1 service with 10% of the latest transactions reported no digital ones. That may be a"
        " missing figure, kept as published."
    ) in evaluate_on_table(frame, exclude="").notes


def test_a_method_with_a_smaller_error_than_the_average_is_named():
    [note] = [note for note in run("2015-Q1").notes if note.startswith("Forecast method")]
    assert (
        "Over all horizons tested, its error was 0.77 times that of no change. Continuing half the"
        " past trend gave 0.66, but 10 overlapping tests, worth 1 independent one, are too few to"
        " prefer it." in note
    )
    asked_for = take_up.topic.run(quarter="2015-Q1", curve="ensemble")
    assert "too few to prefer it" not in " ".join(asked_for.notes)


def test_the_first_12_months_at_the_target_are_named_as_a_year():
    indicator = run("2015-Q1")["target_quarter"]
    assert indicator.label == (
        "First 12 months with take-up of 82% or more, same services throughout"
    )
    assert indicator.formatted_value == "year to June 2015"
    assert indicator.value == "2015-Q2"
    assert indicator.note.startswith("in the 28 services that reported in every period,")


def test_the_forecast_table_has_the_number_of_services_and_the_record():
    table = run("2015-Q1").frame("forecast").set_index("quarter")
    assert set(table["services"]) == {28}
    assert table.loc["2015-Q4", ["cases", "coverage"]].tolist() == [2, 0.5]
    assert table.loc["2015-Q4", "error_relative"] == pytest.approx(0.79, abs=0.005)
    assert table.loc[["2015-Q1", "2016-Q1"], "cases"].isna().all()


def test_a_forecast_of_a_year_that_has_passed_has_no_probability():
    outcome = run("2021-Q4")
    figure = take_up.topic.charts["forecast"](outcome)
    assert "probability" not in f"{figure.title} {figure.description}"
    assert figure.title == (
        "16 services reporting throughout: forecast 80.5% to 98% (80% interval), year to September"
        " 2020"
    )
    assert figure.subtitle.endswith(". The outcome is not published")
    assert figure.description.startswith("The 16 services that reported in every period: take-up")
    assert figure.description.endswith(
        "The outcome is not published. 98% is the assumed ceiling. Of 3 overlapping outcomes 12"
        " quarters ahead, 0 lay inside the 80% interval. The interval rests on past forecasts of"
        " all published services."
    )
    assert (
        "From figures to September 2017, the forecast for the year to September 2020 was 92%"
        in (figure.description)
    )
    forecast = dict(outcome.frame("service").to_numpy())["Forecast"]
    assert forecast.startswith("From figures to September 2017, the forecast for the year to")
    assert "would" not in forecast


def test_chart_and_table_say_how_far_the_services_own_forecasts_could_be_tested():
    outcome = run("2021-Q4")
    rows = outcome.frame("service_forecast").dropna(subset=["forecast"])
    judged = rows.dropna(subset=["cases"])
    assert (len(judged), len(rows.dropna(subset=["low_80"]))) == (10, 12)
    inside = round((judged["cases"] * judged["coverage"]).sum())
    record = (
        "Its own past forecasts could be tested only up to 10 quarters ahead. Of"
        f" {judged['cases'].sum():.0f} overlapping outcomes 1 to 10 quarters ahead, {inside} lay"
        " inside the 80% interval. The interval rests on past forecasts of all published services."
    )
    figure = take_up.topic.charts["service_forecast"](outcome)
    assert "Tested on this service only up to 10 quarters ahead, further on others" in (
        figure.subtitle
    )
    assert figure.description.endswith(record)
    facts = outcome.frame("service").set_index("fact")["told"]
    assert record in facts["Forecast"]


def test_services_that_were_tested_as_far_as_is_quoted_need_no_caveat():
    outcome = run("2015-Q1")
    for name in ("forecast", "service_forecast"):
        assert "Tested on" not in take_up.topic.charts[name](outcome).subtitle
    facts = outcome.frame("service").set_index("fact")["told"]
    assert (
        "Of 2 overlapping outcomes 3 quarters ahead, 0 lay inside the 80% interval. The interval"
        " rests on past forecasts of all published services." in facts["Forecast"]
    )


def test_a_chart_quotes_its_forecast_only_as_far_as_it_is_tested():
    description = take_up.topic.charts["forecast"](run("2015-Q1")).description
    assert "The central forecast for the year to December 2015 is 85.1%" in description
    assert description.endswith("Later quarters are not tested, so no figure is quoted.")
    assert "March 2018" not in description
    untested = take_up.topic.charts["forecast"](run("2014-Q2")).description
    assert untested.endswith("The forecast is not tested, so no figure is quoted.")


def test_a_past_quarter_is_called_pseudo_real_time_with_the_release():
    [note] = [note for note in run("2014-Q2").notes if "pseudo-real time" in note]
    assert "GDS Transactions Explorer, release of September 2018" in note


@pytest.mark.parametrize(
    ("quarter", "title"),
    [
        ("2021-Q4", "1 of 1 services were at 82% or were forecast to reach it by September 2020"),
        ("2017-Q3", "1 of 1 services are at 82% or would reach it by September 2020"),
    ],
)
def test_forecasts_of_services_for_a_year_that_has_passed_are_in_the_past_tense(quarter, title):
    row = {
        "service": "A",
        "volume": 100.0,
        "take_up": 0.7,
        "forecast": 0.9,
        "forecast_quarter": "2020-Q3",
        "target_quarter": "2019-Q3",
        "probability_of_target": 0.8,
    }
    figure = draw_service_forecasts(pd.DataFrame([row]), take_up.topic.Scenario(quarter=quarter))
    assert figure.title == title
    assert ("would" in figure.description) == (quarter == "2017-Q3")
