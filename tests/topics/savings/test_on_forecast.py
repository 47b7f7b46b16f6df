"""The second answer: the net present value if take-up follows its forecast."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.special import expit, logit

from tests.topics.savings.examples import (
    evaluate_example,
    green_book_factors,
    load_tables,
    mean_other_channel_cost,
)
from workbook.dependencies import DependencyOutcomes
from workbook.outcome import Outcome
from workbook.result_table import ResultTable
from workbook.topics.savings import topic
from workbook.topics.savings.appraisal_setup import set_up_appraisal
from workbook.topics.savings.forecast_indicators import forecast_figures
from workbook.topics.savings.forecast_narrative import forecast_notes
from workbook.topics.savings.model import evaluate_savings
from workbook.topics.savings.on_forecast import appraise_on_forecast
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.take_up_forecast import FORECAST_LEVELS, read_take_up_forecast
from workbook.topics.take_up import topic as take_up

VEHICLE_TAX = "Vehicle tax renewals"
INTERVAL_COLUMNS = [name for name in FORECAST_LEVELS if name != "forecast"]


def outcome_with_forecast(central, spread=0.0, tested_quarters=40, observed=(0.70, 0.70)):
    """Outcome of the take-up topic with a known forecast, its levels ``spread`` logits apart."""
    outcome = take_up.run(horizon=40)
    quarters = np.arange(1, 41)
    levels = [expit(logit(central(quarters)) + spread * place) for place in range(-3, 4)]
    frame = outcome.frame("forecast").iloc[:0]
    past = [{"quarter": "2014-Q1", "take_up": share} for share in observed]
    future = [
        {"quarter": "2014-Q3", **dict(zip(FORECAST_LEVELS, row, strict=True))}
        for row in zip(*levels, strict=True)
    ]
    frame = frame.from_records(past + future).reindex(columns=frame.columns)
    frame["services"] = 12
    frame.loc[len(past) + tested_quarters :, INTERVAL_COLUMNS] = np.nan
    tables = [
        ResultTable(table.name, table.title, frame, table.columns)
        if table.name == "forecast"
        else table
        for table in outcome.tables
    ]
    return Outcome(
        outcome.scenario,
        outcome.headline,
        outcome.indicators,
        tuple(tables),
        outcome.notes,
        outcome.parameter_options,
    )


def rising(quarters):
    return expit(logit(0.70) + 0.02 * quarters)


def answer_on(take_up_outcome, **values):
    scenario = Savings(**{"draws": 1000, **values})
    setup = set_up_appraisal(load_tables(), scenario, {"take_up": take_up_outcome})
    return appraise_on_forecast(scenario, setup.inputs, setup.sampled, take_up_outcome)


def npv_by_hand(take_up_by_year, **values):
    """NPV with take-up of years 0 to 10, a dual running of one year and unconverted prices."""
    parameters = Savings(**values).values()
    named = SimpleNamespace(**parameters)
    other = mean_other_channel_cost(parameters)
    moved = named.volume * (take_up_by_year - take_up_by_year[0])
    moving = named.volume * np.diff(take_up_by_year, prepend=take_up_by_year[0])
    saving = moved * (other - named.cost_digital) * named.realisable_share
    saving -= named.assisted_share * moved * named.assisted_cost
    cost = np.maximum(moving, 0) * other * named.realisable_share
    cost[:3] += named.transition_cost / 3 * (1 + named.optimism_bias)
    return float(((saving - cost) * green_book_factors(10)).sum())


class TestPath:
    def test_the_change_of_the_forecast_applies_to_take_up_now_in_odds(self):
        answer = answer_on(outcome_with_forecast(rising), convert_prices="no")
        by_year = expit(logit(0.7228) + 0.08 * np.arange(11))
        assert answer.initial_take_up == pytest.approx(0.7228)
        assert answer.final_take_up == pytest.approx(by_year[-1])
        assert answer.npv == pytest.approx(npv_by_hand(by_year), rel=1e-9)

    def test_a_window_is_a_year_so_both_conventions_agree(self):
        outcome = outcome_with_forecast(rising)
        average, year_end = (
            answer_on(outcome, take_up_convention=convention).npv
            for convention in ("average", "year-end")
        )
        assert average == pytest.approx(year_end, rel=1e-9)

    def test_a_service_follows_its_own_forecast(self):
        outcome = evaluate_example(service=VEHICLE_TAX, transition_cost=10_000_000)
        forecast = take_up.run(services=VEHICLE_TAX, exclude="", horizon=40).frame("forecast")
        followed = evaluate_example(
            service=VEHICLE_TAX, transition_cost=10_000_000, curve="forecast"
        )
        path = followed.frame("cash_flow")["take_up"]
        assert path.iloc[-1] == pytest.approx(forecast["forecast"].iloc[-1])
        assert outcome["npv_on_forecast"].value == pytest.approx(followed["npv"].value)

    @pytest.mark.parametrize("quarter", ["2014-Q2", "2017-Q3"])
    def test_the_second_answer_is_the_first_where_the_scenario_follows_the_forecast(self, quarter):
        assumed = evaluate_example(quarter=quarter)
        followed = evaluate_example(quarter=quarter, curve="forecast")
        for outcome in (assumed, followed):
            assert outcome["npv_on_forecast"].value == pytest.approx(followed["npv"].value)
        interval = [getattr(assumed["npv_on_forecast"], end) for end in ("low", "high")]
        assert interval == pytest.approx([followed[f"npv_{end}"].value for end in ("p10", "p90")])


class TestTestedHorizon:
    """Beyond the horizon at which forecasts could be tested, take-up is held level."""

    @pytest.mark.parametrize(("tested_quarters", "last_quarter"), [(0, 0), (3, 3), (13, 13)])
    def test_take_up_is_held_where_the_forecast_is_untested(self, tested_quarters, last_quarter):
        outcome = outcome_with_forecast(rising, tested_quarters=tested_quarters)
        answer = answer_on(outcome, convert_prices="no")
        by_year = expit(logit(0.7228) + 0.02 * np.minimum(4 * np.arange(11), last_quarter))
        assert answer.final_take_up == pytest.approx(by_year[-1])
        assert answer.npv == pytest.approx(npv_by_hand(by_year), rel=1e-9)

    def test_a_start_at_which_take_up_is_held_is_named(self):
        outcome = evaluate_example(quarter="2014-Q2")
        assert outcome["npv_on_forecast"].note == (
            "take-up is held at the scenario’s starting 72.3%, because no forecast could be tested"
        )
        assert outcome["npv_on_forecast"].label.endswith(" if take-up stays at 72.3%")
        probability = outcome["probability_npv_positive_on_forecast"]
        assert probability.label.endswith(" if take-up follows its forecast")
        assert probability.explanation == "there is too little data to test a forecast"

    def test_the_record_at_the_tested_horizon_stands_beside_the_value(self):
        indicator = evaluate_example(quarter="2015-Q1")["npv_on_forecast"]
        assert indicator.label == "Net present value if take-up follows its forecast"
        assert indicator.note == (
            "take-up is held level after the 3 quarters for which the forecast has been tested; "
            "1 of 2 outcomes that far ahead lay inside the 80% interval"
        )

    def test_the_range_of_what_is_tested_stands_beside_it(self):
        held = outcome_with_forecast(rising, spread=0.3, tested_quarters=4)
        level = outcome_with_forecast(rising, spread=0.3, tested_quarters=0)
        low, high = answer_on(held).interval
        assert high - low > 1.5 * np.ptp(answer_on(level).interval)

    def test_the_note_says_how_far_the_forecast_is_followed(self):
        answer = answer_on(outcome_with_forecast(rising, spread=0.1, tested_quarters=3))
        origin, note = forecast_notes(Savings(), answer)
        assert note.startswith(
            "If take-up rises as forecast for 3 quarters, then stays level, costs would exceed "
            "benefits by £"
        )
        assert re.search(r"8 in 10 simulations lie between −?£", note)
        assert origin == (
            "In the 12 services that reported in every period, take-up was 70% in the year to March"
            " 2014. The forecast for the year to September 2014 is 71.2%. All services are assumed"
            " to rise as much in log-odds, from the scenario’s starting 72.3% to 73.5%."
        )

    def test_the_note_names_the_services_and_dates(self):
        assert evaluate_example(quarter="2015-Q1").notes[1] == (
            "In the 28 services that reported in every period, take-up was 81.3% in the year to "
            "March 2015. The forecast for the year to December 2015 is 85.1%. All services are "
            "assumed to rise as much in log-odds, from the scenario’s starting 72.3% to 77.4%."
        )

    def test_a_gain_below_break_even_take_up_is_explained(self):
        note = evaluate_example(quarter="2015-Q1").notes[2]
        assert (
            "benefits less costs would be £130 million. That is positive below the break-even "
            "take-up of 78.1% because the rise comes within the first year."
        ) in note
        assert "break-even" not in " ".join(evaluate_example(quarter="2021-Q4").notes)

    @pytest.mark.parametrize(
        ("tested_quarters", "break_even", "expected"),
        [
            (12, 0.9, "comes within the first 3 years."),
            (40, 0.9, "comes sooner."),
            (12, 0.7, ""),
            (12, None, ""),
        ],
    )
    def test_a_sooner_rise_is_the_reason(self, tested_quarters, break_even, expected):
        outcome = outcome_with_forecast(rising, tested_quarters=tested_quarters)
        answer = answer_on(outcome, transition_cost=1)
        note = list(forecast_notes(Savings(), answer, break_even))[1]
        assert ("break-even" in note) == bool(expected)
        assert expected in note

    def test_a_later_rise_is_the_reason_for_a_loss(self):
        answer = answer_on(outcome_with_forecast(rising, tested_quarters=12))
        assert answer.npv < 0
        note = list(forecast_notes(Savings(), answer, 0.725))[1]
        assert (
            "That is negative above the break-even take-up of 72.5% because the rise comes later."
        ) in note

    def test_years_that_are_observed_are_dated(self):
        origin, note = evaluate_example(quarter="2021-Q4").notes[2:4]
        assert origin == (
            "In the 16 services that reported in every period, take-up was 71% in the year to "
            "March 2015. It was 85.1% in the year to September 2017. The forecast for the year to "
            "December 2020 was 92.5%. All services are assumed to rise as much in log-odds, from "
            "the scenario’s starting 72.3% to 92.9%."
        )
        assert note.startswith(
            "If take-up had followed this path and then stayed level, benefits would have exceeded "
            "costs by £2.1 billion. "
        )

    def test_a_forecast_that_has_not_ended_is_not_past(self):
        origin, note = evaluate_example(quarter="2017-Q3").notes[1:3]
        assert "The forecast for the year to December 2020 is 92.5%." in origin
        assert note.startswith(
            "If take-up follows this path and then stays level, benefits would exceed costs by "
        )


class TestProbability:
    def test_a_tested_forecast_has_the_share_of_simulations(self):
        certain = answer_on(outcome_with_forecast(rising, spread=0.0), transition_cost=1)
        assert certain.probability == 1
        wide = answer_on(outcome_with_forecast(rising, spread=0.5), transition_cost=1)
        # Levels below 0.25 fall by half a logit or more and outweigh the rise of 0.8 by year 10
        assert 0.5 < wide.probability < 1

    def test_a_wider_forecast_has_a_wider_range(self):
        narrow, wide = (
            answer_on(outcome_with_forecast(rising, spread=spread)).interval
            for spread in (0.05, 0.3)
        )
        assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])

    @pytest.mark.parametrize("tested_quarters", [0, 4, 39])
    def test_an_untested_horizon_has_no_probability_but_a_value(self, tested_quarters):
        outcome = outcome_with_forecast(rising, tested_quarters=tested_quarters)
        answer = answer_on(outcome)
        assert answer.probability is None
        assert answer.forecast.tested_quarters == tested_quarters
        figures = forecast_figures(Savings(), answer, outcome)
        reason = figures.missing_reasons["probability_npv_positive_on_forecast"]
        expected = (
            f"tested up to {tested_quarters} quarters ahead, and the appraisal needs 40"
            if tested_quarters
            else "too little data to test a forecast"
        )
        assert expected in reason
        note = list(forecast_notes(Savings(), answer))[-1]
        expected = (
            f"No probability is given: the forecast is tested {tested_quarters} quarters ahead, and"
            " the appraisal needs 40."
            if tested_quarters
            else "How probable that is cannot be said: there is too little data to test a forecast."
        )
        assert note.endswith(expected)

    def test_a_short_appraisal_needs_only_its_own_years(self):
        answer = answer_on(outcome_with_forecast(rising, tested_quarters=8), horizon=2)
        assert answer.probability is not None

    def test_a_scenario_on_an_untested_forecast_has_no_probability_either(self):
        untested = {"take_up": outcome_with_forecast(rising, tested_quarters=4)}
        outcome = evaluate_savings(load_tables(), Savings(curve="forecast"), untested)
        probability = outcome["probability_npv_positive"]
        assert probability.value is None
        assert "tested up to 4 quarters ahead" in probability.missing_reason
        title = topic.charts["npv_distribution"](outcome).title
        draws = set_up_appraisal(load_tables(), Savings(curve="forecast"), untested)
        assert "forecast_level" in draws.sampled.values
        assert title.startswith("On the tested forecast, 8 in 10 simulations lie between ")


class TestNoForecast:
    def test_no_service_reports(self):
        outcome = evaluate_example(quarter="2012-Q4")
        for name in ("npv_on_forecast", "probability_npv_positive_on_forecast"):
            assert outcome[name].value is None
            assert outcome[name].missing_reason == "no service had reported by December 2012"
        assert "forecast" not in outcome.headline

    def test_one_window(self):
        one_window = outcome_with_forecast(rising, observed=[0.7])
        assert answer_on(one_window) is None
        figures = forecast_figures(Savings(), None, one_window)
        reason = figures.missing_reasons["npv_on_forecast"]
        assert reason == "one 12-month period is too little data for a forecast"


class TestSentences:
    def test_both_answers_stand_side_by_side(self):
        outcome = evaluate_savings(
            load_tables(), Savings(), {"take_up": outcome_with_forecast(rising, spread=0.05)}
        )
        assert ". On the forecast: £" in outcome.headline
        answer = answer_on(outcome_with_forecast(rising, spread=0.05))
        _, note = forecast_notes(Savings(), answer)
        assert note.startswith("If take-up rises as forecast, to 85.3% by 2024-25, benefits would")
        assert "8 in 10 simulations: " in note
        assert outcome.notes[2].startswith("If take-up rises as forecast, to 85.3% by 2024-25, ")

    def test_no_change_is_said(self):
        def flat(quarters):
            return np.full(quarters.shape, 0.7)

        for tested_quarters, text in (
            (40, "If take-up stays at 72.3%, as forecast, "),
            (0, "With no rise from 72.3%, the whole cost of the move is lost: "),
        ):
            outcome = outcome_with_forecast(flat, tested_quarters=tested_quarters)
            [note] = forecast_notes(Savings(), answer_on(outcome))
            assert note.startswith(text)

    def test_the_dependency_gives_the_forecast(self):
        scenario = Savings()
        outcomes = DependencyOutcomes(topic.dependencies, load_tables(), scenario)
        assert outcomes["take_up"].scenario.horizon == 40


class TestYearZero:
    """The path is dated by the appraisal's years, also where year 0 has long passed."""

    def test_years_that_have_passed_are_observed_and_later_ones_forecast(self):
        outcome = take_up.run(quarter="2021-Q4", horizon=40)
        frame = outcome.frame("forecast")
        windows = frame["take_up"].fillna(frame["forecast"]).set_axis(frame["quarter"])
        forecast = read_take_up_forecast(outcome, Savings(quarter="2021-Q4"))
        # The forecast has been tested up to the end of 2020 and stays level from then on.
        ends = [f"{2015 + year}-Q1" for year in range(6)] + ["2020-Q4"] * 5
        np.testing.assert_allclose(forecast.central_forecast, windows[ends], rtol=1e-12)
        assert forecast.needed_quarters == 4 * 7 + 2  # from September 2017 to March 2025

    def test_before_year_zero_has_ended_the_path_begins_with_the_latest_year(self):
        outcome = take_up.run(quarter="2014-Q4", horizon=40)
        forecast = read_take_up_forecast(outcome, Savings(quarter="2014-Q4"))
        assert (
            forecast.central_forecast[0] == outcome.frame("forecast")["take_up"].dropna().iloc[-1]
        )
        assert forecast.needed_quarters == 40
