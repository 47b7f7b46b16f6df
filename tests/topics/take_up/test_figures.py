"""Tests of take-up against the figures of the method and of the published files."""

import numpy as np
import pytest

from tests.topics.take_up.example_tables import (
    RELEASES_FOLDER,
    evaluate_on_table,
    load_published,
    needs_published,
)
from workbook.importers import read_table_file
from workbook.topics import take_up
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, compare_windows
from workbook.topics.take_up.data import take_up_table as table
from workbook.topics.take_up.service_panel import ServicePanel

SHIPPED = {
    "services_before": 42,
    "services_after": 43,
    "services_matched": 40,
    "headline_before": 0.8447705834,
    "headline_after": 0.8873766388,
    "matched_before": 0.8462106127,
    "matched_after": 0.8882514676,
    "within": 0.0215845461,
    "mix": 0.0001998891,
    "interaction": 0.0202564196,
    "entry": -0.0008748288,
    "exit": 0.0014400293,
    "volume_covered": 0.9893782458,
}
RELEASE_OF_2018 = {
    "services_before": 153,
    "services_after": 364,
    "services_matched": 130,
    "headline_before": 0.6661853439,
    "headline_after": 0.7405208731,
    "matched_before": 0.6671122664,
    "matched_after": 0.7530215676,
    "within": 0.0185573455,
    "mix": 0.0356138941,
    "interaction": 0.0317380616,
    "entry": -0.0125006945,
    "exit": 0.0009269225,
    "volume_covered": 0.8720737846,
}
DIGITS = 5e-11


def compare_visible(frame, quarter):
    counts = ServicePanel.from_table(table.filter_to_quarter(frame, quarter), "published")
    return compare_windows(counts, "", {})


@pytest.mark.parametrize(("name", "figure"), SHIPPED.items())
def test_the_bundled_table_gives_the_figures_of_the_method(name, figure):
    result = compare_visible(table.load_table("2014-Q2"), "2014-Q2").change_decomposition
    assert getattr(result, name) == pytest.approx(figure, abs=DIGITS)


@needs_published
@pytest.mark.parametrize(("name", "figure"), RELEASE_OF_2018.items())
def test_the_release_of_2018_gives_the_figures_of_the_method(name, figure):
    result = compare_visible(load_published(), "2014-Q1").change_decomposition
    assert getattr(result, name) == pytest.approx(figure, abs=DIGITS)


def test_the_bundled_table_gives_the_costs_of_the_method():
    result = compare_visible(table.load_table("2014-Q2"), "2014-Q2")
    basket = result.unit_costs.basket
    assert basket.service_count == 34
    assert basket.total_before == pytest.approx(1_697_926_522.75, abs=0.005)
    assert basket.total_after == pytest.approx(1_651_342_117.53, abs=0.005)
    assert basket.index.laspeyres == pytest.approx(0.8638620148, abs=DIGITS)
    assert result.median_cost() == 3.79
    assert basket.index.paasche == pytest.approx(0.740, abs=0.0005)  # the audit of November 2026
    before = compare_visible(table.load_table("2013-Q2"), "2013-Q2")
    assert before.median_cost() == 3.48


@needs_published
def test_the_release_of_2018_gives_the_costs_of_the_method():
    result = compare_visible(load_published(), "2014-Q1").unit_costs.basket
    assert result.service_count == 73
    assert result.total_before == pytest.approx(5_132_267_210.71, abs=0.005)
    assert result.total_after == pytest.approx(4_904_349_444.74, abs=0.005)
    assert result.index.laspeyres == pytest.approx(0.9714679438, abs=DIGITS)


@needs_published
def test_three_years_to_2017_have_the_within_effect_and_the_indices_of_the_audit():
    outcome = evaluate_on_table(
        load_published(), quarter="2017-Q3", compare_with="2014-Q2", exclude=""
    )
    effects = [outcome[f"change_{part}"].value for part in ("within", "mix", "interaction")]
    assert effects == pytest.approx([0.095, 0.353, -0.023], abs=0.0005)
    assert outcome["cost_index"].value == pytest.approx(0.812, abs=0.0005)
    assert outcome["cost_index_paasche"].value == pytest.approx(0.241, abs=0.0005)
    assert outcome.headline.startswith(
        "At unchanged mix, take-up rose 9.5 points to September 2017 in 252 services with 20.4% of"
        " earlier transactions."
    )
    notes = " ".join(outcome.notes)
    assert "mix (+35.3 points) and interaction (−2.3 points)" in notes
    assert "81.8%, up from 39.3%" in notes


@needs_published
def test_published_costs_range_from_under_a_penny_to_over_a_thousand_pounds():
    rows = load_published()[load_published()["window_end"] == "2013-06"]
    costs = rows["cost_per_transaction"].dropna()
    assert len(costs) == 94
    assert (costs.min(), costs.max()) == pytest.approx((0.006, 1178), abs=0.5)
    assert costs.median() == pytest.approx(4.52, abs=0.005)


@needs_published
def test_a_cost_published_as_5p_is_5_pence():
    rows = load_published()[load_published()["window_end"] == "2012-03"]
    reserve = rows[rows["service"] == "Stamp Duty Reserve Tax transactions"]
    assert reserve["cost_per_transaction"].tolist() == [0.05]


@pytest.mark.parametrize(
    ("release", "total"),
    [
        ("transaction-volumes.2015-07-08.csv", 1_525_586_041),
        ("transaction-volumes.2017-07-18.csv", 1_519_596_657),
        ("transaction-volumes.csv", 1_509_878_140),
    ],
)
@needs_published
def test_transactions_in_the_year_to_june_2014_differ_between_releases(release, total):
    report = read_table_file(table, (RELEASES_FOLDER / release).read_bytes(), release)
    frame = report.frame
    assert not report.errors
    assert int(frame.loc[frame["window_end"] == "2014-06", "volume"].sum()) == total


@pytest.mark.parametrize(
    ("exclude", "matched", "headline"),
    [
        ("Stamp Duty Reserve Tax transactions", (0.7270376875, 0.8352240079), None),
        (
            "Stamp Duty Reserve Tax transactions; PAYE transactions",
            (0.6858331798, 0.7184491992),
            0.7211069808,
        ),
    ],
)
def test_take_up_without_services_used_by_machines_and_employers(exclude, matched, headline):
    outcome = take_up.topic.run(exclude=exclude)
    _, after = matched
    assert outcome["take_up_matched"].value == pytest.approx(after, abs=DIGITS)
    parts = ("change_within", "change_mix", "change_interaction")
    change = sum(outcome[name].value for name in parts)
    assert change == pytest.approx(after - matched[0], abs=1e-10)
    assert outcome["take_up_everything"].value == pytest.approx(0.8873766388, abs=DIGITS)
    if headline:
        assert outcome["take_up"].value == pytest.approx(headline, abs=DIGITS)


def test_the_target_is_crossed_in_december_2015():
    """Take-up of all services that report, with the default exclusions, reaches 82%."""
    seen = {
        quarter: take_up.topic.run(quarter=quarter)["take_up"].value
        for quarter in ("2015-Q3", "2015-Q4", "2016-Q1")
    }
    assert seen["2015-Q3"] < 0.82 <= seen["2015-Q4"] <= seen["2016-Q1"]


def test_a_quarter_uses_no_window_that_ends_after_it():
    outcome = take_up.topic.run(quarter="2014-Q2")
    windows = outcome.frame("windows")["window_end"]
    assert max(windows) == "2014-06"
    assert max(outcome.frame("control")["window_end"]) == "2014-06"


def test_the_notes_name_the_release():
    notes = " ".join(take_up.topic.run().notes)
    assert "Source: GDS Transactions Explorer, release of September 2018." in notes


@needs_published
def test_the_model_runs_on_the_published_file():
    outcome = evaluate_on_table(load_published(), quarter="2014-Q1", exclude="")
    assert outcome["services_reporting"].value == 364
    assert outcome["take_up_matched"].value == pytest.approx(0.7530215676, abs=DIGITS)
    assert outcome["cost_index"].value == pytest.approx(0.9714679438, abs=DIGITS)
    parts = [outcome[f"change_{part}"].value for part in TAKE_UP_CHANGE_PARTS]
    assert np.isclose(sum(parts), 0.7405208731 - 0.6661853439, atol=1e-10)
