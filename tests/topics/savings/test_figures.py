"""Figures of the method and of the published reports, to the published digits."""

import numpy as np
import pytest

from tests.topics.savings.bundled_tables import load_bundled
from tests.topics.savings.examples import calculate_by_hand, evaluate_example, load_tables
from tests.topics.take_up.example_tables import small_table
from workbook.methods.appraisal import (
    benefit_cost_ratio,
    discounted_payback_years,
    net_present_value,
    payback_years,
)
from workbook.tables.channel_costs import channel_costs
from workbook.topics.savings.data import cost_ratios
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.top_down_estimate import top_down_saving_share

MILLION, BILLION = 1e6, 1e9
POUND = 0.5
"""Tolerance of half a pound."""


@pytest.fixture(scope="module")
def default_outcome():
    return evaluate_example()


def estimate_row(outcome, name):
    """The row of the estimate whose name starts with a text."""
    estimates = outcome.frame("ways")
    return estimates[estimates["way"].str.startswith(name)].iloc[0]


YEAR_END = {"take_up_convention": "year-end", "convert_prices": "no"}
"""The conventions before a year's average take-up and the prices of one year were used."""


class TestDefaults:
    def test_an_annual_saving_of_219_5_million(self):
        year_end_outcome = evaluate_example(**YEAR_END)
        moved = 909_200_000 * (0.82 - 0.7228)
        gap = 0.8 * 2.83 + 0.2 * 8.62 - 0.15
        saved = moved * gap * 0.78 - 0.18 * moved * 2.83
        assert year_end_outcome["annual_saving"].value == pytest.approx(saved, abs=POUND)
        assert round(saved / MILLION, 1) == 219.5

    @pytest.mark.parametrize(
        ("values", "audited"),
        [
            (YEAR_END, 556.1),
            ({"convert_prices": "no"}, 460.5),
            ({"convert_prices": "no", "discount_timing": "mid-year"}, 472.8),
            (YEAR_END | {"discount_timing": "mid-year"}, 570.1),
            (YEAR_END | {"optimism_bias": 2.0}, -168.8),
        ],
    )
    def test_audited_net_present_values(self, values, audited):
        assert evaluate_example(**values)["npv"].value == pytest.approx(
            calculate_by_hand(Savings(**values)).npv, abs=POUND
        )
        assert round(evaluate_example(**values)["npv"].value / MILLION, 1) == audited

    def test_the_default_in_one_years_prices(self, default_outcome):
        """Own algebra: every contact cost and the cost of help grow by 2.292% and 1.451%."""
        growth = 1.02292 * 1.01451
        assert default_outcome["annual_saving"].value == pytest.approx(
            evaluate_example(**YEAR_END)["annual_saving"].value * growth
        )
        assert default_outcome["npv"].value == pytest.approx(
            calculate_by_hand(Savings()).npv, abs=POUND
        )
        assert round(default_outcome["npv"].value / MILLION, 1) == 505.3

    def test_every_other_figure_of_the_scenario(self, default_outcome):
        worked = calculate_by_hand(Savings())
        total = worked.saving.sum()
        ratio = (worked.saving * worked.factors).sum() / (worked.cost * worked.factors).sum()
        position = np.cumsum(worked.saving - worked.cost)
        assert position[6] < 0 < position[7]  # later years only add savings
        crossed = 6 - position[6] / (position[7] - position[6])
        figures = {
            "total_saving": total,
            "fiscal_saving": 0.65 * total,
            "fee_payer_saving": 0.35 * total,
            "saving_per_point": worked.saving[-1] / (100 * (0.82 - 0.7228)),
            "benefit_cost_ratio": ratio,
            "payback_years": crossed,
        }
        for name, figure in figures.items():
            assert default_outcome[name].value == pytest.approx(figure, rel=1e-12), name

    def test_break_even_says_over_how_many_years_take_up_rises(self, default_outcome):
        assert default_outcome["break_even_take_up"].label == (
            "Break-even take-up, if reached over 4 years"
        )
        follows = evaluate_example(curve="forecast")
        assert follows["break_even_take_up"].label == "Break-even take-up"

    def test_npv_is_zero_at_the_break_even_take_up(self, default_outcome):
        result = default_outcome["break_even_take_up"].value
        assert 0.7228 < result < 0.82
        assert calculate_by_hand(Savings(take_up_target=result)).npv == pytest.approx(0, abs=POUND)

    def test_210_million_is_published_for_the_year_before(self, default_outcome):
        assert default_outcome["published_saving"].value == 210 * MILLION
        assert default_outcome["published_saving"].label == "Published saving, 2013-14"


class TestDiscounting:
    @pytest.mark.parametrize(
        ("year", "factor"),
        [(0, 1), (1, 0.966184), (5, 0.841973), (10, 0.708919), (30, 0.356278), (31, 0.345901)],
    )
    def test_discount_factors_by_year(self, year, factor):
        years = evaluate_example(horizon=31).frame("cash_flow").set_index("year")
        assert years.loc[year, "discount_factor"] == pytest.approx(factor, abs=5e-7)

    def test_the_annuity_of_ten_years(self, default_outcome):
        assert default_outcome.frame("cash_flow")["discount_factor"].iloc[
            1:
        ].sum() == pytest.approx(8.316605, abs=5e-7)

    def test_a_million_and_five_years_of_300_000(self, default_outcome):
        factors = default_outcome.frame("cash_flow")["discount_factor"].to_numpy()[:6]
        costs, benefits = np.eye(6)[0] * MILLION, np.full(6, 300_000.0)
        benefits[0] = 0
        flows = benefits - costs
        assert net_present_value(flows, factors) == pytest.approx(354_515.71, abs=0.005)
        assert benefit_cost_ratio(benefits, costs, factors) == pytest.approx(1.354516, abs=5e-7)
        assert payback_years(flows) == pytest.approx(3.3333, abs=5e-5)
        assert discounted_payback_years(flows, factors) == pytest.approx(3.6101, abs=5e-5)


class TestBottomUp:
    FOUR = small_table(
        ("Small", "2014-06", 500_000, 200_000),  # 42 points below 82%, at £0.06m
        ("Middle", "2014-06", 2_000_000, 1_000_000),  # 32 points, at £0.15m
        ("Large", "2014-06", 10_000_000, 7_000_000),  # 12 points, at £0.32m
        ("There", "2014-06", 3_000_000, 2_700_000),  # above the target
    )

    def report_rates_row(self, **values):
        return estimate_row(
            evaluate_example(overrides={"take_up": self.FOUR}, **values), "Bottom-up"
        )

    def test_points_to_the_target_are_multiplied_by_the_rate_of_the_volume_band(self):
        row = self.report_rates_row()
        assert row["annual_saving"] == pytest.approx((42 * 0.06 + 32 * 0.15 + 12 * 0.32) * MILLION)
        assert row["low"] == pytest.approx((42 * -0.04 + 32 * 0.11 + 12 * 0.21) * MILLION)
        assert row["high"] == pytest.approx((42 * 0.17 + 32 * 0.19 + 12 * 0.37) * MILLION)

    def test_coverage_is_a_share_of_governments_volume(self):
        row = self.report_rates_row()
        assert row["covers"] == pytest.approx(15_500_000 / 909_200_000)
        assert row["take_up_from"] == pytest.approx(10_900_000 / 15_500_000)
        assert row["why"].startswith("Covers 4 services with 15.5 million transactions")

    def test_exactly_a_million_is_in_the_next_band(self):
        frame = small_table(("A", "2014-06", 1_000_000, 500_000))
        row = estimate_row(evaluate_example(overrides={"take_up": frame}), "Bottom-up")
        assert row["annual_saving"] == pytest.approx(32 * 0.15 * MILLION)

    def test_services_at_the_target_save_nothing(self):
        assert self.report_rates_row(take_up_target=0.4)["annual_saving"] == 0

    def test_the_bundled_table(self, default_outcome):
        shipped = load_tables()["take_up"]
        latest = shipped[(shipped["window_end"] == "2014-06") & (shipped["volume"] > 0)]
        latest = latest.dropna(subset=["digital_volume"])
        machines = {"Stamp Duty Reserve Tax transactions", "PAYE transactions"}
        latest = latest[~latest["service"].isin(machines)]
        points = 100 * (0.82 - (latest["digital_volume"] / latest["volume"]).astype(float))
        rates = np.select([latest["volume"] < 1e6, latest["volume"] < 8e6], [0.06, 0.15], 0.32)
        saved = float((points.clip(lower=0) * rates).sum()) * MILLION
        row = estimate_row(default_outcome, "Bottom-up")
        assert row["annual_saving"] == pytest.approx(saved)
        assert row["covers"] == pytest.approx(int(latest["volume"].sum()) / 909_200_000)


class TestTopDown:
    @pytest.mark.parametrize(
        ("ratios", "share", "published"),
        [("3/33/100", 0.59034, 3.7), ("36/66/100", 0.23661, 1.4)],
    )
    def test_both_sets_of_ratios_reproduce_the_published_saving(
        self, default_outcome, ratios, share, published
    ):
        row = load_bundled(cost_ratios).set_index("ratios").loc[ratios]
        result = top_down_saving_share(row, 0.461, 0.82)
        assert result == pytest.approx(share, abs=5e-6)
        digital_cost = ratios.split("/")[0]
        name = f"Top-down, digital {digital_cost}% of face to face (published)"
        printed = estimate_row(default_outcome, name)
        assert (printed["take_up_from"], printed["take_up_to"]) == (0.461, 0.82)
        assert printed["annual_saving"] == pytest.approx(share * row["base_cost"], rel=1e-5)
        assert round(printed["annual_saving"] / BILLION, 1) == published

    def test_ratios_also_start_from_the_scenarios_take_up(self, default_outcome):
        off = 0.8 * 33 + 0.2 * 100
        before, after = (u * 3 + (1 - u) * off for u in (0.7228, 0.82))
        rows = default_outcome.frame("ways")
        row = rows[rows["way"] == "Top-down, digital 3% of face to face"]
        result = row["annual_saving"].item()
        base = 0.461 * 3 + (1 - 0.461) * off
        assert result == pytest.approx((before - after) / base * 6.268 * BILLION)


class TestOtherPublished:
    def test_the_driving_standards_agencys_blended_cost(self):
        costs = load_bundled(channel_costs)
        agency = costs[costs["source"].str.startswith("Driving Standards")].set_index("channel")
        digital, phone = agency["cost"]["digital"], agency["cost"]["phone"]
        blended = (1_502_000 * digital + (1_942_010 - 1_502_000) * phone) / 1_942_010
        assert blended == pytest.approx(1.1014, abs=5e-5)
        assert round(blended, 2) == 1.10  # as published

    def test_the_blended_cost_implies_the_cost_of_other_channels(self):
        """The same formula in reverse, as it is applied to a service's published cost."""
        frame = small_table(("Tests", "2014-06", 1_942_010, 1_502_000)).assign(
            cost_per_transaction=1.1014
        )
        outcome = evaluate_example(
            overrides={"take_up": frame}, service="Tests", cost_digital=0.22, convert_prices="no"
        )
        costs = outcome.frame("channels")
        assert (costs["share"] * costs["cost"]).sum() == pytest.approx(4.11, abs=0.005)
        assert any("the other channels cost £4.11" in note for note in outcome.notes)

    def test_assisted_digital_of_1_336_billion(self):
        offline = 1 - load_bundled(cost_ratios)["take_up_now"].iloc[0]
        cost = 4.0 * BILLION * Savings().assisted_share / offline
        assert cost == pytest.approx(1.336 * BILLION, abs=0.0005 * BILLION)

    def test_the_residual_of_57_million(self, default_outcome):
        rows = default_outcome.frame("published").set_index("role")
        assert rows.loc["residual", "value"] == 57 * MILLION
        assert "calculated here and not published" in rows.loc["residual", "component"]

    def test_599_6_million_against_the_599_published(self):
        rows = evaluate_example(quarter="2015-Q3").frame("published")
        rows = rows[(rows["financial_year"] == "2014-15") & rows["role"].isin(["sum", "total"])]
        narrow = rows[rows["definition"] == "GDS and departments"]
        assert narrow["value"].tolist() == [599.6 * MILLION, 599 * MILLION]

    def test_the_wider_definition_is_separate(self, default_outcome):
        rows = default_outcome.frame("published").set_index(["definition", "financial_year"])
        wide = rows.loc["Digital and technology transformation against 2009-10"]
        assert wide["value"].to_dict() == {"2012-13": 891 * MILLION, "2013-14": 978 * MILLION}
        assert wide["note"].str.contains("never added").all()

    def test_a_note_says_that_contacts_are_not_whole_services(self, default_outcome):
        text = [note for note in default_outcome.notes if "costs of contacts" in note]
        assert len(text) == 1
        assert "£6 billion to £9 billion" in text[0]
