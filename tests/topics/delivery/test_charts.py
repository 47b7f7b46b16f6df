"""Delivery's charts: titles that state the finding, and the figures of the tables."""

import json
import re

import pandas as pd
import pytest

from tests.chart_specs import drawn_data_names, spec_without_data, unlisted_colours
from tests.result_tables import copy_frames, replace_frame
from tests.topics.delivery.examples import EXAMPLE_SALES, evaluate_example, returns_table
from workbook.exports.static_svg import to_static_svg
from workbook.topics.delivery import topic

SCENARIOS = {
    "default": {},
    "a quarter later": {"quarter": "2014-Q3"},
    "all milestones known": {"quarter": "2015-Q1"},
    "long after": {"quarter": "2018-Q4"},
    "before the report": {"quarter": "2014-Q1"},
    "the first services": {"quarter": "2012-Q1"},
    "services of one": {"department": "Ministry of Justice"},
    "one service": {"department": "Cabinet Office"},
    "no service": {"department": "Department of Health"},
    "no target": {"programme": "G-Cloud"},
    "one target": {"programme": "Digital Services Framework"},
    "sold": {"sold": EXAMPLE_SALES},
    "credits only": {"sold": (("2014-04", "small", -5.0),)},
}


@pytest.fixture(scope="module")
def outcomes_by_case():
    def evaluate_case(sold=None, **values):
        return evaluate_example(returns=None if sold is None else returns_table(*sold), **values)

    return {name: evaluate_case(**values) for name, values in SCENARIOS.items()}


def draw_chart(outcome, name):
    return topic.charts[name](outcome)


def draw_charts(outcomes, name):
    """The chart in each scenario that does not leave it out."""
    drawn = [draw_chart(outcome, name) for outcome in outcomes.values()]
    return [figure for figure in drawn if figure is not None]


def title_of(outcomes, name, scenario="default"):
    return draw_chart(outcomes[scenario], name).title


def figure_words(drawn):
    return (drawn.title, drawn.subtitle, drawn.description)


@pytest.mark.parametrize("name", topic.charts)
class TestEveryChart:
    def test_a_selection_without_rows_leaves_a_chart_out(self, outcomes_by_case, name):
        selected = [
            topic.charts[name](outcomes_by_case[case])
            for case in ("services of one", "no service", "no target", "one target")
        ]
        assert None in selected
        assert topic.charts[name](outcomes_by_case["before the report"]) is not None

    def test_only_data_and_texts_depend_on_the_scenario(self, outcomes_by_case, name):
        figures = draw_charts(outcomes_by_case, name)
        assert all(compared.template is figures[0].template for compared in figures)
        columns = [{data: list(rows) for data, rows in each.data.items()} for each in figures]
        assert all(each == columns[0] for each in columns)

    def test_the_chart_draws_all_of_its_data(self, outcomes_by_case, name):
        drawn = draw_chart(outcomes_by_case["default"], name)
        assert set(drawn_data_names(spec_without_data(drawn))) == set(drawn.data)

    def test_altair_accepts_the_chart(self, outcomes_by_case, name):
        drawn = draw_chart(outcomes_by_case["default"], name)
        assert drawn.to_altair().to_dict()["datasets"] == drawn.dataset_rows

    def test_colours_are_from_the_palette(self, outcomes_by_case, name):
        assert not any(map(unlisted_colours, draw_charts(outcomes_by_case, name)))

    def test_title_subtitle_and_description_are_readable(self, outcomes_by_case, name):
        for figure in draw_charts(outcomes_by_case, name):
            description = figure_words(figure)
            assert all(description)
            assert not re.search(r"\bnan\b|\bNone\b (?!of)|  |\b1 services", " ".join(description))
            assert not description[0].endswith(".")
            assert description[2].endswith(".")

    def test_data_can_be_written_as_json(self, outcomes_by_case, name):
        for figure in draw_charts(outcomes_by_case, name):
            json.dumps(figure.dataset_rows, allow_nan=False)

    def test_drawing_does_not_change_the_outcome(self, outcomes_by_case, name):
        outcome = outcomes_by_case["sold"]
        before = copy_frames(outcome)
        assert figure_words(draw_chart(outcome, name)) == figure_words(draw_chart(outcome, name))
        for table, frame in before.items():
            pd.testing.assert_frame_equal(outcome.frame(table), frame)

    @pytest.mark.parametrize("width", [320, 720])
    def test_the_chart_renders_with_and_without_data(self, outcomes_by_case, name, width):
        for scenario in ("default", "before the report", "the first services", "sold"):
            assert to_static_svg(draw_chart(outcomes_by_case[scenario], name), width).startswith(
                "<svg"
            )


class TestProgress:
    def test_the_title_counts_targets_with_a_value(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "progress") == (
            "1 of 11 targets has a known value, and one is off track"
        )
        assert title_of(outcomes_by_case, "progress", "a quarter later") == (
            "1 of 11 targets has a known value, and one was missed"
        )
        assert title_of(outcomes_by_case, "progress", "one target") == (
            "Status of the one target with a date: unknown"
        )
        assert title_of(outcomes_by_case, "progress", "before the report") == (
            "No commitment had been reported by March 2014"
        )

    def test_bars_follow_the_table(self, outcomes_by_case):
        outcome = outcomes_by_case["default"]
        bars = draw_chart(outcome, "progress").data["rows"]
        assert bars["status"].tolist() == ["off track"]
        table = outcome.frame("progress").dropna(subset=["value"]).set_index("id")["of_target"]
        pd.testing.assert_series_equal(bars.set_index("id")["of_target"], table)

    def test_a_row_describes_value_target_and_status(self, outcomes_by_case):
        texts = {
            case: draw_chart(outcomes_by_case[case], "progress")
            .data["rows"]
            .set_index("id")["text"]
            for case in ("default", "a quarter later")
        }
        assert texts["default"]["D06"] == "3 of at least 7 by Sep 2014: off track"
        assert texts["a quarter later"]["D06"] == "6 of at least 7 by Sep 2014: missed"

    def test_the_subtitle_gives_the_months_of_the_values(self, outcomes_by_case):
        then, after, never = (
            draw_chart(outcomes_by_case[name], "progress").subtitle
            for name in ("default", "a quarter later", "before the report")
        )
        assert then.startswith("Latest value (June 2014) as a share")
        assert after.startswith("Latest value (September 2014) as a share")
        assert never.startswith("Latest value as a share")

    def test_targets_without_a_published_value_are_counted_and_have_no_bar(self, outcomes_by_case):
        drawn = draw_chart(outcomes_by_case["default"], "progress")
        assert drawn.description.endswith("10 targets have no known value and so no bar.")


class TestTransition:
    def test_the_title_compares_what_is_known_with_the_target(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "transition") == (
            "50 websites are known to have moved to GOV.UK; the target is more than 300"
        )
        assert title_of(outcomes_by_case, "transition", "before the report") == (
            "By March 2014 there was no known number of websites moved to GOV.UK"
        )

    def test_points_have_a_label_on_one_side(self, outcomes_by_case):
        rows = draw_chart(outcomes_by_case["default"], "transition").data["rows"]
        assert (rows["label_left"] + rows["label_right"]).tolist() == [
            "", "50 moved", "115 as planned", "Target: more than 300",
        ]  # fmt: skip
        assert (rows["at"] - rows["at"].iloc[0]).tolist() == [0, 3, 6, 9]

    def test_the_way_to_the_target_begins_at_the_last_number(self, outcomes_by_case):
        ahead = draw_chart(outcomes_by_case["default"], "transition").data["ahead"]
        assert ahead["websites"].tolist() == [115, 300]

    def test_the_subtitle_says_what_the_numbers_leave_out(self, outcomes_by_case):
        assert draw_chart(outcomes_by_case["default"], "transition").subtitle == (
            "Agency websites moved to GOV.UK since the end of March 2014. The target counts earlier"
            " moves too, of which the number is not published"
        )


class TestSeries:
    def test_the_title_counts_measures_that_have_risen(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "series") == (
            "3 measures have more than one known value, and all have risen"
        )
        assert title_of(outcomes_by_case, "series", "before the report") == (
            "By March 2014 there was no progress measure with more than one value"
        )

    def test_a_measure_that_has_fallen_is_not_counted_as_risen(self, outcomes_by_case):
        outcome = outcomes_by_case["default"]
        table = outcome.frame("series")
        fallen = table.assign(value=table["value"].mask(table["period"] == "2014-02", 9))
        assert draw_chart(replace_frame(outcome, "series", fallen), "series").title == (
            "3 measures have more than one known value, and 2 have risen"
        )

    def test_a_bar_for_the_latest_value_and_a_line_for_each_before(self, outcomes_by_case):
        drawn = draw_chart(outcomes_by_case["default"], "series")
        rows, marks = drawn.data["rows"], drawn.data["earlier"]
        assert rows["text"].tolist() == [
            "100% (Mar 2014) → over 104% (May 2014)",
            "1 (Feb 2014) → 2 (May 2014)",
            "13,668 (before) → 17,232 (May 2014)",
        ]
        assert rows["of_highest"].tolist() == [1, 1, 1]
        assert marks["of_highest"].tolist() == pytest.approx([1 / 1.04, 0.5, 13_668 / 17_232])
        assert marks["place"].tolist() == rows["place"].tolist()


class TestProgrammes:
    def test_the_title_says_where_targets_are_off_track(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "programmes") == (
            "The one target off track is in Exemplar services"
        )
        assert title_of(outcomes_by_case, "programmes", "a quarter later") == (
            "The one target missed is in Exemplar services"
        )
        assert title_of(outcomes_by_case, "programmes", "one target") == (
            "The one target with a date: it cannot be judged yet"
        )
        assert title_of(outcomes_by_case, "programmes", "before the report") == (
            "No commitment had been reported by March 2014"
        )

    def test_targets_off_track_in_several_programmes_are_counted(self, outcomes_by_case):
        outcome = outcomes_by_case["default"]
        programmes = outcome.frame("programmes")
        is_govuk = programmes["programme"] == "GOV.UK"
        changed = programmes.assign(
            missed=programmes["missed"].mask(is_govuk, 2),
            unknown=programmes["unknown"].mask(is_govuk, 2),
        )
        assert draw_chart(replace_frame(outcome, "programmes", changed), "programmes").title == (
            "The 3 targets missed or off track are in 2 programmes"
        )

    def test_without_any_off_track_the_title_counts_the_others(self):
        assert draw_chart(evaluate_example(programme="GOV.UK"), "programmes").title == (
            "4 targets with a date: none can be judged yet"
        )

    def test_bars_of_a_programme_add_up_to_its_commitments(self, outcomes_by_case):
        outcome = outcomes_by_case["default"]
        table = outcome.frame("programmes").set_index("programme")["commitments"]
        rows = draw_chart(outcome, "programmes").data["rows"]
        assert rows["commitments"].sum() == table.sum() == 11
        for programme, bars in rows.groupby("programme"):
            assert bars["start"].tolist() == [0, *bars["end"].tolist()[:-1]]
            assert bars["end"].iloc[-1] == table[programme]
            assert bars["name"].tolist() == [programme] + [""] * (len(bars) - 1)

    def test_the_description_counts_each_status(self, outcomes_by_case):
        description = draw_chart(outcomes_by_case["default"], "programmes").description
        assert description.startswith("Exemplar services: 1 off track and 2 cannot be judged.")
        assert "GOV.UK: 4 cannot be judged." in description
        later = draw_chart(outcomes_by_case["a quarter later"], "programmes").description
        assert later.startswith("Exemplar services: 1 missed and 2 cannot be judged.")

    def test_the_subtitle_gives_the_day_or_the_last_known_month(self, outcomes_by_case):
        then, long_after = (
            draw_chart(outcomes_by_case[name], "programmes").subtitle
            for name in ("default", "long after")
        )
        assert then == "Targets by programme and status at 30 June 2014"
        assert long_after == "Targets by programme and status as last known, September 2014"


class TestExemplars:
    def test_the_title_counts_services_live(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "exemplars") == (
            "By milestones to June 2014, 3 of 26 services were live, 15 in beta"
        )
        current = outcomes_by_case["default"].frame("exemplars").query("going_on")
        in_beta = current[current["phase"] == "beta"]
        assert set(in_beta.loc[in_beta["start"] == in_beta["start"].min(), "title"]) == {
            "Digital Self Assessment",
            "PAYE for employees",
            "Your tax account",
        }
        assert (
            title_of(outcomes_by_case, "exemplars", "one service")
            == "By milestones to June 2014, Register to vote was live"
        )

    def test_bars_of_a_service_are_contiguous_up_to_the_line(self, outcomes_by_case):
        drawn = draw_chart(outcomes_by_case["default"], "exemplars")
        (mark,) = drawn.data["mark"].to_dict("records")
        assert mark == {"at": 2014.5, "text": "30 June 2014"}
        for _, own_rows in drawn.data["rows"].groupby("title"):
            assert own_rows["began"].tolist()[1:] == own_rows["until"].tolist()[:-1]
            assert own_rows["until"].iloc[-1] == mark["at"]

    def test_bars_follow_the_order_of_the_table(self, outcomes_by_case):
        outcome = outcomes_by_case["all milestones known"]
        rows = draw_chart(outcome, "exemplars").data["rows"]
        columns = ["title", "phase", "start", "end"]
        assert rows[columns].to_numpy().tolist() == (
            outcome.frame("exemplars")[columns].to_numpy().tolist()
        )
        assert rows["place"].is_monotonic_increasing

    def test_a_quarter_long_after_the_last_known_month_marks_that_month(self, outcomes_by_case):
        near, far = (
            draw_chart(outcomes_by_case[name], "exemplars").data["mark"]["text"].tolist()
            for name in ("all milestones known", "long after")
        )
        assert (near, far) == (["31 March 2015"], ["Known to February 2015"])

    def test_the_description_counts_services_in_each_phase(self, outcomes_by_case):
        assert draw_chart(outcomes_by_case["default"], "exemplars").description == (
            "By dated milestones known to June 2014. Live: 3 services, which reached it between "
            "January 2014 and June 2014. Beta: 15 services, which reached it between June 2013 and "
            "May 2014. Alpha: 6 services, which reached it between November 2012 and June 2014. "
            "Discovery: 2 services, which completed it between July 2013 and September 2013, with "
            "no later milestone. These are 26 entries for 25 numbered services."
        )

    def test_a_bar_of_discovery_begins_where_months_to_live_are_counted_from(
        self, outcomes_by_case
    ):
        outcome = outcomes_by_case["default"]
        figure = draw_chart(outcome, "exemplars")
        assert figure.subtitle.startswith(
            "Each bar begins at the phase’s first completed milestone: for discovery, its end."
        )
        timeline, services = outcome.frame("exemplars"), outcome.frame("services")
        starts = timeline[timeline["phase"] == "discovery"].set_index("title")["start"]
        ends = services.set_index("title")["discovery"].dropna()
        assert starts.to_dict() == ends[starts.index].to_dict()


class TestSurvival:
    def test_the_title_compares_the_median_with_that_of_completed_services(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "survival") == (
            "3 of 25 services are live, too few to say how long it takes"
        )
        assert title_of(outcomes_by_case, "survival", "all milestones known") == (
            "Estimated median time to live: 27 months (95% interval: from 22 months)"
        )
        assert title_of(outcomes_by_case, "survival", "before the report") == (
            "1 of 25 services is live, so the median time is not known yet"
        )
        assert title_of(outcomes_by_case, "survival", "the first services") == (
            "None of 3 services is live yet, so the time to live is not known"
        )

    def test_medians_are_marked_at_one_half(self, outcomes_by_case):
        rows = draw_chart(outcomes_by_case["all milestones known"], "survival").data["medians"]
        assert rows[["kind", "months", "survival"]].to_numpy().tolist() == [
            ["alone", 22, 0.5],
            ["every", 27, 0.5],
        ]
        assert rows["over_left"].tolist() == ["", "27 months: all services"]

    def test_numbers_at_risk_count_services_followed_that_long(self, outcomes_by_case):
        for scenario in ("default", "all milestones known"):
            outcome = outcomes_by_case[scenario]
            months = outcome.frame("services")["months"].dropna()
            risk = draw_chart(outcome, "survival").data["risk"]
            assert risk["months"].tolist() == [5 * n for n in range(len(risk))]
            assert risk["text"].tolist() == [
                str((months >= index).sum()) for index in risk["months"]
            ]

    def test_the_curve_equals_the_table(self, outcomes_by_case):
        outcome = outcomes_by_case["default"]
        rows = draw_chart(outcome, "survival").data["rows"]
        pd.testing.assert_frame_equal(rows, outcome.frame("survival")[list(rows)])


class TestSales:
    def test_without_a_file_the_title_compares_totals(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "sales") == (
            "Small firms had 54% of G-Cloud sales to April 2014; the report says 60%"
        )
        drawn = draw_chart(outcomes_by_case["default"], "sales")
        assert drawn.data["rows"]["name"].tolist() == ["Published", "Returned"]
        assert "Upload the file of returns for monthly sales" in drawn.subtitle

    def test_with_a_file_the_title_compares_returned_and_published_sales(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "sales", "sold") == (
            "Small firms had 60% of G-Cloud sales to April 2014; the report says 60%"
        )

    def test_without_sales_the_title_gives_the_reason(self, outcomes_by_case):
        assert title_of(outcomes_by_case, "sales", "before the report") == (
            "No G-Cloud sales had been published by March 2014"
        )

    def test_bars_of_small_and_other_firms_add_up_to_the_month(self, outcomes_by_case):
        outcome = outcomes_by_case["sold"]
        bars = draw_chart(outcome, "sales").data["bars"]
        table = outcome.frame("sales").set_index("month")
        small, other = (
            bars[bars["kind"] == kind].set_index("month") for kind in ("small firms", "other firms")
        )
        assert small["until"].tolist() == other["from"].tolist() == table["small_sales"].tolist()
        assert other["until"].tolist() == table["sales"].tolist()

    def test_the_share_of_small_firms_is_not_known_without_their_sizes(self):
        sold = returns_table(("2014-03", "small", 600.0), ("2014-04", "other", 400.0))
        outcome = evaluate_example(returns=sold.drop(columns="supplier_size"))
        drawn = draw_chart(outcome, "sales")
        bars = drawn.data["bars"].dropna(subset="until")
        assert bars[["kind", "until"]].to_numpy().tolist() == [
            ["size not known", 600.0],
            ["size not known", 400.0],
        ]
        assert drawn.data["rows"]["text"].tolist() == ["£600.00, not known", "£400.00, not known"]
        share = outcome["gcloud_small_sales_share"]
        assert share.value is None
        assert share.missing_reason == "the uploaded returns do not say the size of firms"

    def test_only_the_latest_months_are_shown(self):
        months = [f"{year}-{month:02d}" for year in range(2011, 2014) for month in range(1, 13)]
        sold = returns_table(*((month, "small", 1.0) for month in [*months, "2014-01"]))
        drawn = draw_chart(evaluate_example(returns=sold), "sales")
        assert drawn.data["bars"]["month"].unique().tolist() == [*months[1:], "2014-01"]
        assert "Latest 36 of 37 months" in drawn.subtitle

    def test_months_are_written_in_words(self, outcomes_by_case):
        rows = draw_chart(outcomes_by_case["sold"], "sales").data["rows"]
        assert rows["name"].tolist() == ["Feb 2014", "Mar 2014", "Apr 2014", "May 2014"]
