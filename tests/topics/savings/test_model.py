"""The model's tables, sentences, reasons for missing values and audit tests."""

import math

import pytest

from tests.topics.savings.examples import evaluate_example

INDICATORS = (
    "annual_saving total_saving npv benefit_cost_ratio payback_years discounted_payback_years "
    "break_even_take_up npv_p10 npv_p50 npv_p90 probability_npv_positive fiscal_saving "
    "fee_payer_saving saving_per_point published_saving evpi npv_on_forecast "
    "probability_npv_positive_on_forecast"
)
NEED_PUBLISHED_DATA = {
    "published_saving",
    "npv_on_forecast",
    "probability_npv_positive_on_forecast",
}
LOSS = {"take_up_target": 0.6}


@pytest.fixture(scope="module")
def default_outcome():
    return evaluate_example()


def missing_reason(name, **values):
    indicator = evaluate_example(**values)[name]
    assert (indicator.value, indicator.low, indicator.high) == (None, None, None)
    return indicator.explanation


class TestIndicators:
    def test_indicators_are_those_of_the_method(self, default_outcome):
        assert sorted(
            shown_indicator.name for shown_indicator in default_outcome.indicators
        ) == sorted(INDICATORS.split())

    @pytest.mark.parametrize("name", ["payback_years", "discounted_payback_years"])
    def test_a_loss_is_never_paid_back(self, name):
        assert missing_reason(name, **LOSS) == "the costs are not recovered within 10 years"

    def test_there_is_no_benefit_cost_ratio_without_costs(self):
        message = missing_reason("benefit_cost_ratio", transition_cost=0, dual_running_years=0.0)
        assert message == "there are no costs"

    def test_a_more_costly_channel_never_breaks_even(self):
        assert "no take-up" in missing_reason("break_even_take_up", cost_digital=5.0)

    def test_the_reason_names_the_month_before_which_nothing_is_published(self):
        assert "December 2013" in missing_reason("published_saving", quarter="2013-Q4")

    def test_a_loss_has_a_negative_benefit_cost_ratio(self):
        assert evaluate_example(**LOSS)["benefit_cost_ratio"].value < 0


class TestBeforeAnyServiceReports:
    def test_only_the_bottom_up_estimate_is_missing(self, default_outcome):
        early = evaluate_example(quarter="2012-Q4")
        ways = early.frame("ways")["way"].tolist()
        missing = set(default_outcome.frame("ways")["way"]) - set(ways)
        assert missing == {"Bottom-up, rates by service (41 services)"}
        assert early.table_names == default_outcome.table_names
        for shown_indicator in default_outcome.indicators:
            if shown_indicator.name not in NEED_PUBLISHED_DATA:
                assert early[shown_indicator.name] == shown_indicator


class TestYears:
    def test_the_transition_cost_is_spread_equally_with_optimism_bias(self, default_outcome):
        years = default_outcome.frame("cash_flow")
        assert years["transition_cost"].tolist() == [250e6] * 3 + [0.0] * 8
        assert years["financial_year"].tolist()[:2] == ["2014-15", "2015-16"]
        assert years["take_up"].tolist()[5:] == pytest.approx([0.82] * 6)

    def test_non_cash_releasing_benefits_are_separate(self, default_outcome):
        years = default_outcome.frame("cash_flow")
        freed = years["gross_saving"] / 0.78 * 0.22
        assert years["not_cash_releasing"].tolist() == pytest.approx(freed.tolist())
        assert years["saving"].tolist() == pytest.approx(
            (years["gross_saving"] - years["assisted_cost"]).tolist()
        )

    def test_the_annual_saving_is_at_the_target_even_beyond_the_horizon(self):
        short = evaluate_example(horizon=2)
        assert short["annual_saving"].value == pytest.approx(
            219_542_822 * 1.02292 * 1.01451, abs=0.5
        )
        assert len(short.frame("cash_flow")) == 3


class TestEstimates:
    def test_each_estimate_says_why_it_differs(self, default_outcome):
        ways = default_outcome.frame("ways")
        assert len(ways) == 6
        assert ways["why"].str.len().min() > 40
        assert ways.iloc[0]["annual_saving"] == default_outcome["annual_saving"].value

    def test_a_volume_of_zero_gives_no_missing_numbers(self):
        assert not evaluate_example(volume=0).frame("ways")["why"].str.contains("nan").any()

    def test_coverage_is_at_most_everything(self):
        covers = evaluate_example(volume=1_000_000).frame("ways")["covers"].dropna()
        assert (covers <= 1).all()


class TestChannelCosts:
    def channel_cost_table(self, **values):
        table = evaluate_example(**values).frame("channel_costs")
        return table.set_index(["price_year", "channel", "cost"])

    def test_costs_are_converted_to_the_price_year(self):
        """A financial year counts as the calendar year in which it starts."""
        row = self.channel_cost_table().loc[("2012", "face to face", 8.62)]
        assert row["later_year"] == "2014"
        assert row["cost_later"] == pytest.approx(8.62 * 1.02292 * 1.01451)

    def test_costs_are_converted_to_an_earlier_year(self):
        row = self.channel_cost_table(price_year="2010-11").loc[("2012", "phone", 4.11)]
        assert row["cost_later"] == pytest.approx(4.11 / 1.03856 / 1.02573)

    def test_costs_before_the_deflator_starts_are_missing(self):
        assert math.isnan(self.channel_cost_table().loc[("2008", "post", 12.10), "cost_later"])

    def test_nothing_is_converted_to_a_year_outside_the_deflator(self):
        result = self.channel_cost_table(price_year="2020-21", convert_prices="no")
        assert result["cost_later"].isna().all()
        assert set(result["converted_by"]) == {"not converted: the deflator covers 2009 to 2014"}

    def test_a_quarter_does_not_cut_the_deflator(self):
        result = self.channel_cost_table(quarter="2013-Q1").loc[("2012", "phone", 4.11)]
        assert result["later_year"] == "2014"


def test_schedule_options_are_those_of_the_table(default_outcome):
    assert default_outcome.parameter_options["discount_schedule"] == ("green-book",)
    assert len(default_outcome.parameter_options["service"]) > 40
