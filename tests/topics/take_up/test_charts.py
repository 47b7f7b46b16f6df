"""Tests of take-up's charts: titles that state the finding, and data for any outcome."""

import json

import pytest
from hypothesis import given, settings

from tests.topics.take_up.example_tables import evaluate_on_table, run_to_end, small_table
from tests.topics.take_up.test_properties import evaluate_or_none, example_tables
from workbook.exports.static_svg import to_static_svg
from workbook.topics import take_up
from workbook.topics.take_up.charts.service_forecasts import draw_service_forecasts as reach_chart
from workbook.topics.take_up.coherent_forecasts import forecast_coherently
from workbook.topics.take_up.forecast import forecast_panel
from workbook.topics.take_up.service_forecasts import service_forecast_table
from workbook.topics.take_up.service_panel import ServicePanel

CHARTS = take_up.topic.charts


@pytest.fixture(scope="module")
def outcome():
    return take_up.topic.run()


def chart_titles(outcome):
    return {name: draw(outcome).title for name, draw in CHARTS.items()}


def test_each_title_states_the_finding(outcome):
    assert chart_titles(outcome) == {
        "forecast": "32 services reporting throughout: 70.8%, with too little data to forecast",
        "services": "Take-up rose in 25 of the 38 services that reported in both years",
        "change": "Take-up rose 3.7 points overall and 1.2 points within services",
        "cost": (
            "Mostly digital services have a median cost of £2.35 a transaction, and others £5.84"
        ),
        "service_forecast": "Payments received by HMRC: take-up is 90.9%, at or above 82%",
        "control": "Payments received by HMRC: too few periods for control limits",
        "inclusion_levels": "No shares of users at each level are published: supply yours",
    }


@pytest.mark.parametrize(
    ("digital_count", "other_count", "title", "named"),
    [
        (
            5,
            5,
            "Mostly digital services have a median cost of £3.00 a transaction, and others £3.00",
            "",
        ),
        (
            5,
            1,
            "5 of 6 services are mostly digital, with a median transaction cost of £3.00",
            "Not mostly digital: other 1, £1.00.",
        ),
        (
            1,
            5,
            "5 of 6 services are not mostly digital, with a median transaction cost of £3.00",
            "Mostly digital: digital 1, £1.00.",
        ),
        (
            1,
            2,
            "Cost of a transaction in 3 services, of which 1 mostly digital",
            "Not mostly digital: other 1, £1.00. Not mostly digital: other 2, £2.00.",
        ),
        (6, 0, "Cost of a transaction in 6 services", ""),
    ],
)
def test_a_median_of_fewer_than_five_services_stands_in_no_title(
    digital_count, other_count, title, named
):
    groups = {"digital": (digital_count, 0.9), "other": (other_count, 0.1)}
    rows = [
        (f"{name} {number}", "2014-06", 100, 100 * share)
        for name, (count, share) in groups.items()
        for number in range(1, count + 1)
    ]
    table = small_table(*rows)
    costs = table["service"].str.split().str[-1].astype(float)
    outcome = evaluate_on_table(table.assign(cost_per_transaction=costs), exclude="")
    figure = CHARTS["cost"](outcome)
    assert figure.title == title
    assert named in figure.description
    assert ("mostly digital: " in figure.description.lower()) == bool(named)


def test_a_fall_by_who_reports_is_not_called_a_fall_of_take_up():
    outcome = take_up.topic.run(quarter="2021-Q4")
    assert CHARTS["change"](outcome).title == (
        "Take-up rose 3.2 points within 25 services; changes in who reported took off 5.2"
    )


def test_a_long_title_of_a_forecast_is_shortened():
    outcome = take_up.topic.run(quarter="2017-Q3", target=1.0)
    assert CHARTS["service_forecast"](outcome).title == (
        "Change of registered keeper: notifications: under 1% probability of 100%, year to"
        " September 2020"
    )


def test_parts_that_do_not_add_up_because_of_rounding_say_so(outcome):
    caveat = "Parts may not add up because of rounding"
    figure = CHARTS["change"](outcome)
    assert figure.subtitle.endswith(caveat)
    assert figure.description.endswith(f"{caveat}.")
    assert "Interaction effect: 0.0;" in figure.description
    exact = evaluate_on_table(
        small_table(("A", "2013-06", 100, 20), ("A", "2014-06", 100, 40)), exclude=""
    )
    assert caveat not in CHARTS["change"](exact).subtitle


def test_the_waterfall_ends_at_the_latest_take_up(outcome):
    steps = CHARTS["change"](outcome).data["steps"]
    assert steps["end"].iloc[-2] == pytest.approx(steps["end"].iloc[-1])
    assert steps["end"].iloc[-1] == pytest.approx(outcome["take_up"].value)
    assert steps["start"].iloc[1] == pytest.approx(outcome.frame("windows")["take_up"].iloc[1])


def test_the_forecast_starts_from_the_last_figure_and_its_intervals_are_nested(outcome):
    figure = CHARTS["forecast"](outcome)
    was, ahead, bands = (figure.data[name] for name in ("was", "ahead", "bands"))
    assert ahead["forecast"].iloc[0] == was["take_up"].iloc[-1]
    end = bands[bands["time"] == bands["time"].max()].set_index("level")
    assert (end["low"].loc[["95%", "80%", "50%"]].diff().dropna() >= 0).all()
    assert figure.data["goal"]["take_up"].tolist() == [0.82]


def test_the_largest_services_are_shown_in_order_of_take_up(outcome):
    figure = CHARTS["services"](outcome)
    rows, largest = figure.data["rows"], outcome.frame("services").head(20)
    assert set(rows["service"]) <= set(outcome.frame("services")["service"])
    assert rows["take_up"].is_monotonic_decreasing
    assert set(largest.dropna(subset=["take_up"])["service"]) <= set(rows["service"])
    assert figure.click_target.parameter == "service"


def test_the_control_chart_marks_the_month_of_going_live():
    outcome = take_up.topic.run(quarter="2017-Q3", service="Redundancy payments")
    figure = CHARTS["control"](outcome)
    [phase] = figure.data["phases"].to_dict("records")
    assert phase["text"] == "private beta, September 2014"
    assert phase["time"] == pytest.approx(2014 + 9 / 12)
    outside = (figure.data["rows"]["limits"] == "outside").sum()
    assert outside
    assert f"{outside} of {len(figure.data['rows'])} periods are outside" in figure.title
    assert "4% of stable services would have any period outside the limits" in figure.subtitle


def test_phases_of_one_month_share_a_label_and_labels_do_not_hide_each_other():
    outcome = take_up.topic.run(
        quarter="2017-Q3", service="Student finance: applications for full-time study support"
    )
    labels = CHARTS["control"](outcome).data["phase_text"]
    assert labels["text"].tolist() == ["public beta and live, January 2014"]
    outcome = take_up.topic.run(quarter="2017-Q3", service="Carer's Allowance: new claims")
    heights = CHARTS["control"](outcome).data["phase_text"]["take_up"]
    assert len(heights) == heights.nunique() == 3


def test_a_chart_without_limits_says_what_they_need(outcome):
    assert "Control limits need 8 periods" in CHARTS["control"](outcome).subtitle


def test_the_control_chart_of_a_stable_service_says_so():
    windows = [f"{year}-{month:02d}" for year in (2012, 2013, 2014) for month in (3, 6, 9, 12)]
    digital = [50, 52, 51, 50, 49, 51, 52, 50, 51, 49, 50, 51]
    rows = [("A", end, 100, count) for end, count in zip(windows, digital, strict=True)]
    outcome = evaluate_on_table(small_table(*rows), exclude="", quarter="2014-Q4")
    title = CHARTS["control"](outcome).title
    assert title == "A: every period is within the limits"


def test_titles_say_that_there_is_no_earlier_year():
    frame = small_table(("A", "2014-06", 10, 5))
    message = chart_titles(evaluate_on_table(frame, exclude=""))
    assert message["change"] == "There is no earlier year to compare with"
    assert message["services"] == "No service has an earlier figure to compare with"


@given(example_tables())
@settings(max_examples=40)
def test_every_chart_can_be_drawn_from_any_table(frame):
    outcome = evaluate_or_none(frame)
    if outcome is None:
        return
    for draw in CHARTS.values():
        figure = draw(outcome)
        assert figure.title
        assert figure.description
        json.dumps(figure.dataset_rows, allow_nan=False)


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_static_picture(outcome, name):
    picture = to_static_svg(CHARTS[name](outcome))
    assert "</svg>" in picture


def test_services_at_the_target_have_their_own_category():
    frame = small_table(("High", "2014-06", 10, 9), ("Low", "2014-06", 100, 5))
    scenario = take_up.topic.Scenario(exclude="")
    counts = ServicePanel.from_table(frame, "published")
    table = service_forecast_table(run_to_end(forecast_coherently(counts, scenario, {})))
    figure = reach_chart(table, scenario)
    assert figure.title.startswith("1 of 2 services are at 82%")
    kinds = figure.data["rows"].set_index("service")["kind"].to_dict()
    assert kinds == {"High": "at the target now", "Low": "below the target now"}
    assert table["service"].tolist() == ["Low", "High"]
    assert forecast_panel(counts.subset_services([0]), scenario, {}).target_quarter() == "2014-Q2"
