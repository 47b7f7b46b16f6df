"""Tests of the take-up model on small tables calculated by hand, and of its errors."""

import pandas as pd
import pytest

from tests.topics.take_up.example_tables import evaluate_on_table, small_table
from workbook.scenario import ScenarioError
from workbook.topics import take_up
from workbook.topics.take_up.data import service_kpis_table
from workbook.topics.take_up.data import take_up_table as table

# A rises from 20% to 40% and grows; B stays at 80%; C reports later only, D earlier only.
FOUR = small_table(
    ("A", "2013-06", 100, 20),
    ("A", "2014-06", 300, 120),
    ("B", "2013-06", 100, 80),
    ("B", "2014-06", 100, 80),
    ("C", "2013-06", 50, None),
    ("C", "2014-06", 100, 100),
    ("D", "2013-06", 200, 0),
    ("D", "2014-06", 200, None),
)


@pytest.fixture(scope="module")
def four_service_outcome():
    return evaluate_on_table(FOUR, exclude="")


def indicator_values(outcome, *names):
    return [outcome[name].value for name in names]


def test_take_up_agrees_with_a_calculation_by_hand(four_service_outcome):
    assert four_service_outcome["take_up"].value == pytest.approx(300 / 500)
    assert four_service_outcome["take_up_matched"].value == pytest.approx(200 / 400)
    assert indicator_values(four_service_outcome, "services_reporting", "services_matched") == [
        3,
        2,
    ]
    assert four_service_outcome["volume_covered"].value == pytest.approx(400 / 700)


def test_the_effects_agree_with_a_calculation_by_hand(four_service_outcome):
    # weights 1/2, 1/2 become 3/4, 1/4
    assert four_service_outcome["change_within"].value == pytest.approx(0.5 * 0.2)
    assert four_service_outcome["change_mix"].value == pytest.approx(0.25 * 0.2 - 0.25 * 0.8)
    assert four_service_outcome["change_interaction"].value == pytest.approx(0.25 * 0.2)
    assert four_service_outcome["change_entry"].value == pytest.approx(300 / 500 - 200 / 400)
    assert four_service_outcome["change_exit"].value == pytest.approx(100 / 200 - 100 / 400)


def test_a_service_reports_if_it_has_a_volume_and_a_digital_volume(four_service_outcome):
    reported = four_service_outcome.frame("services").set_index("service")["reported"].to_dict()
    assert reported == {
        "A": "both years",
        "B": "both years",
        "C": "later year only",
        "D": "earlier year only",
    }


def test_the_headline_leads_with_the_within_service_effect_of_one_population(four_service_outcome):
    assert four_service_outcome.headline.startswith(
        "At unchanged mix, take-up in 2 services rose 10.0 points between the years to June 2013"
        " and 2014."
    )
    notes = " ".join(four_service_outcome.notes)
    assert (
        "Together, take-up in these services was 50%, unchanged from 50%. That includes the change"
        " in mix (−15.0 points) and interaction (+5.0 points). The rise of 10.0 points holds each"
        " service's share of transactions as it was." in notes
    )
    assert (
        "Across all services that report, take-up was 60% in the year to June 2014, up from 25%."
        in notes
    )


def test_a_missing_earlier_year_is_explained():
    outcome = evaluate_on_table(FOUR, exclude="", compare_with="2012-Q4")
    assert outcome["take_up_matched"].value is None
    assert outcome["take_up_matched"].missing_reason == (
        "the table has no figures for the year to December 2012"
    )
    assert outcome["take_up"].value == pytest.approx(0.6)
    assert "no earlier year to compare with" in outcome.headline


def test_one_window_gives_no_probability():
    outcome = evaluate_on_table(FOUR[FOUR["window_end"] == "2014-06"], exclude="")
    assert outcome.headline.endswith("One 12-month period cannot show where take-up is going.")
    assert outcome["probability_of_target"].value is None
    assert outcome.frame("forecast")["low_80"].isna().all()
    assert "probability" not in outcome.headline


def test_the_forecast_s_table_says_how_many_services_it_covers():
    outcome = take_up.topic.run(quarter="2017-Q3")
    assert set(outcome.frame("forecast")["services"]) == {16}
    assert "The 16 services that reported in every period " in " ".join(outcome.notes)


def test_take_up_is_given_with_and_without_excluded_services():
    outcome = evaluate_on_table(FOUR, exclude="A; Nowhere")
    assert outcome["take_up"].value == pytest.approx(180 / 200)
    assert outcome["take_up_everything"].value == pytest.approx(300 / 500)
    assert outcome.frame("left_out")["service"].tolist() == ["A"]
    notes = " ".join(outcome.notes)
    assert "Left out: A. With it, take-up across all services that report is 60%, not 90%." in notes
    assert "Not in the table, so there was nothing to leave out: Nowhere." in notes


@pytest.mark.parametrize(
    ("values", "name", "said"),
    [
        ({"department": "Wroks"}, "department", 'Did you mean "Works"?'),
        (
            {"services": "E"},
            "services",
            'is "E": it is not in the data up to 2014-Q2. Choose',
        ),
        ({"function": "Paying"}, "function", 'function is "Paying": it is not in the data'),
        ({"exclude": "A; B; C; D"}, "exclude", "this leaves no services"),
        ({"service": "E"}, "service", "it is not one of the selected services"),
        ({"quarter": "2013-Q1"}, "quarter", "no selected service reports"),
        ({"definition": "assisted included"}, "definition", "online_volume and assisted_volume"),
    ],
)
def test_a_selection_without_any_service_is_an_error(values, name, said):
    with pytest.raises(ScenarioError) as refused:
        evaluate_on_table(FOUR, **{"exclude": "", **values})
    [problem] = refused.value.problems
    assert problem.name == name
    assert said in problem.message


def test_filters_that_leave_no_service_are_an_error():
    with pytest.raises(ScenarioError, match='Cattle Tracing System": it matches nothing together'):
        take_up.topic.run(department="Home Office", services="Cattle Tracing System")


@pytest.mark.parametrize(
    ("definition", "share"), [("assisted excluded", 0.7), ("assisted included", 0.8)]
)
def test_the_definition_decides_which_transactions_are_digital(definition, share):
    frame = small_table(("A", "2014-03", 900, 700), ("A", "2014-06", 1000, 750)).assign(
        online_volume=pd.array([600, 700], "Int64"), assisted_volume=pd.array([90, 100], "Int64")
    )
    assert evaluate_on_table(frame, exclude="")["take_up"].value == 0.75
    outcome = evaluate_on_table(frame, exclude="", definition=definition)
    assert outcome["take_up"].value == pytest.approx(share)


def test_services_with_the_same_name_get_different_labels():
    frame = pd.concat([FOUR, FOUR.assign(organisation="Agency")], ignore_index=True)
    outcome = evaluate_on_table(frame, exclude="A (Agency)")
    assert outcome["services_reporting"].value == 5
    assert "A (Office)" in outcome.parameter_options["services"]


def test_the_options_are_the_names_in_the_table(four_service_outcome):
    assert four_service_outcome.parameter_options["services"] == ("A", "B", "C", "D")
    assert four_service_outcome.parameter_options["department"] == ("Works",)
    assert four_service_outcome.parameter_options["function"] == ()


def test_the_service_in_detail_has_its_facts_and_control_limits():
    outcome = take_up.topic.run(quarter="2017-Q3", service="Carer's Allowance: new claims")
    facts = dict(outcome.frame("service").to_numpy())
    assert facts["Service"] == "Carer's Allowance: new claims"
    assert facts["Private beta from"] == "July 2013"
    assert facts["Public beta from"] == "October 2013"
    assert facts["Live from"] == "November 2014"
    control = outcome.frame("control")
    assert control["window_end"].iloc[-1] == "2017-09"
    shares = control["take_up"].to_numpy()
    moving = abs(shares[1:] - shares[:-1]).mean()
    assert control["mean"].iloc[0] == pytest.approx(shares.mean())
    # The factor of 19 windows, with which 4% of stable services have a window outside: 4.5 to 4.8
    factor = (control["upper_limit"].iloc[0] - shares.mean()) / moving
    assert 4.5 < factor < 4.8


def test_a_go_live_month_after_the_quarter_is_not_shown():
    outcome = take_up.topic.run(service="Carer's Allowance: new claims")
    assert outcome.frame("go_live")["phase"].tolist() == ["private beta", "public beta"]


def test_the_forecast_begins_after_the_last_window():
    ahead = take_up.topic.run(horizon=3).frame("forecast")
    assert ahead.dropna(subset=["forecast"])["quarter"].tolist() == [
        "2014-Q3",
        "2014-Q4",
        "2015-Q1",
    ]
    low, high = ahead["low_95"].dropna(), ahead["high_95"].dropna()
    assert (low <= ahead["low_50"].dropna()).all()
    assert (high >= ahead["high_50"].dropna()).all()


def test_six_windows_are_too_few_to_select_a_method():
    outcome = take_up.topic.run(services="VAT transactions")
    assert (
        outcome.frame("record").set_index("curve").loc["No change (naive)", "shown"] == "selected"
    )
    assert any("6 periods of 12 months" in note for note in outcome.notes)


def test_a_curve_whose_fit_failed_is_never_used():
    outcome = take_up.topic.run(curve="bass")
    record = outcome.frame("record").set_index("curve")
    assert record.loc["Bass curve", "note"]
    assert pd.isna(record.loc["Bass curve", "shown"])
    assert any("Bass curve cannot be used: its fitted rate" in note for note in outcome.notes)


def test_an_uploaded_table_gives_the_four_service_indicators():
    kpis = pd.DataFrame(
        {
            "organisation": ["Office"],
            "service": ["A"],
            "window_end": ["2014-06"],
            "completed_online": [700],
            "completed_assisted": [100],
            "completed_paper": [150],
            "completed_phone": [50],
            "started": [2000],
            **{f"rated_{n}": [count] for n, count in enumerate((10, 10, 20, 40, 20), start=1)},
            "cost": [3000.0],
        }
    )
    tables = {**take_up.topic.load_tables(take_up.topic.Scenario()), "service_kpis": kpis}
    [row] = (
        take_up.topic.evaluate_model(tables, take_up.topic.Scenario())
        .frame("service_indicators")
        .to_dict("records")
    )
    assert row["take_up_unaided"] == pytest.approx(0.7)
    assert row["take_up_assisted"] == pytest.approx(0.8)
    assert row["completion"] == pytest.approx(0.5)
    assert row["satisfaction_top_two"] == pytest.approx(0.6)
    assert row["satisfaction_mean"] == pytest.approx(0.625)
    assert row["cost_per_transaction"] == pytest.approx(3)


def test_every_service_has_its_own_forecast():
    topic = take_up.topic
    scenario = topic.Scenario()
    tables = topic.load_tables(scenario)
    answers = [
        forecast_table
        for forecast_table in topic.deferred["reach"](
            tables, topic.evaluate_model(tables, scenario)
        )
        if forecast_table
    ]
    [answer] = answers
    latest = table.load_table("2014-Q2")
    latest = latest[latest["window_end"] == "2014-06"].dropna(subset=["digital_volume"])
    assert len(answer.table.frame) == len(latest) - 2
    assert answer.table.frame["volume"].is_monotonic_decreasing


def test_a_table_with_only_the_required_columns():
    frame = FOUR.drop(columns=["function", "funding", "cost_per_transaction"])
    outcome = evaluate_on_table(frame, exclude="")
    assert outcome["take_up"].value == pytest.approx(0.6)
    assert outcome["cost_index"].missing_reason == "no service has a cost in both years"
    assert outcome["median_cost_per_transaction"].value is None


def test_services_that_stopped_reporting_are_noted():
    ten = [
        (f"S{n}", window, 100, 50) for n in range(9) for window in ("2013-03", "2013-06", "2014-03")
    ]
    frame = small_table(
        *ten, ("One", "2013-06", 100, 50), ("One", "2014-03", 100, 50), ("One", "2014-06", 100, 90)
    )
    notes = " ".join(evaluate_on_table(frame, exclude="").notes)
    assert (
        "9 of the 10 services that reported in the year to June 2013 did not report in the year to "
        "June 2014. They had 90% of the earlier transactions" in notes
    )


def test_excluded_services_are_added_in_the_same_window():
    frame = small_table(
        ("A", "2013-12", 100, 56), ("Out", "2013-12", 100, 26), ("Out", "2014-06", 100, 28)
    )
    outcome = evaluate_on_table(frame, exclude="Out")
    assert outcome["take_up_everything"].value == pytest.approx(0.41)
    frame = small_table(("A", "2014-06", 100, 56), ("Out", "2013-12", 100, 26))
    notes = " ".join(evaluate_on_table(frame, exclude="Out").notes)
    assert "Left out: Out. It did not report in the year to June 2014." in notes


def test_the_earlier_year_must_be_before_the_latest():
    frame = small_table(("A", "2013-06", 100, 56), ("A", "2013-12", 100, 56))
    with pytest.raises(
        ScenarioError, match='compare_with is "2014-Q1": it must be earlier than 2013-Q4'
    ):
        evaluate_on_table(frame, exclude="", compare_with="2014-Q1")


def test_the_details_of_a_service_are_the_latest_in_the_table():
    frame = FOUR.assign(function=["Old", None] + [None] * 6, source=["First"] * 4 + ["Second"] * 4)
    outcome = evaluate_on_table(frame, exclude="", function="Old")
    assert outcome.frame("services")["service"].tolist() == ["A"]
    assert outcome.notes[-1].startswith("Sources: First; Second. A past quarter is shown in")


def test_a_name_with_its_organisation_is_accepted_in_any_quarter():
    outcome = evaluate_on_table(
        FOUR, exclude="", services="A (Office); B (Office)", service="A (Office)"
    )
    assert outcome["services_reporting"].value == 2
    assert outcome.frame("service")["told"].iloc[0] == "A"


def test_a_service_with_a_semicolon_in_its_name_can_be_selected():
    frame = FOUR.replace({"service": {"A": "Apply; renew"}})
    outcome = evaluate_on_table(frame, exclude="")
    chosen = next(
        name for name in outcome.parameter_options["services"] if name.startswith("Apply")
    )
    assert evaluate_on_table(frame, exclude="", services=chosen)["services_reporting"].value == 1


def test_limits_need_eight_windows_and_leave_gaps_out():
    ends = [f"{year}-{month:02d}" for year in (2010, 2013) for month in (3, 6, 9, 12)]
    digital = [10, 11, 10, 11, 90, 91, 90, 91]
    rows = [("A", end, 100, count) for end, count in zip(ends, digital, strict=True)]
    control = evaluate_on_table(small_table(*rows), exclude="").frame("control")
    # Moving ranges of 1 point within each year; the step from 11 to 90 over the gap is none.
    margin = control["upper_limit"].iloc[0] - control["mean"].iloc[0]
    assert control["mean"].iloc[0] == pytest.approx(0.505)
    assert 0.02 < margin < 0.06
    assert set(control["limits"]) == {"outside"}
    control = evaluate_on_table(small_table(*rows[1:]), exclude="").frame("control")
    assert control["limits"].isna().all()
    assert control["upper_limit"].isna().all()


def test_take_up_above_1_can_be_within_the_control_limits():
    ends = [f"{year}-{month:02d}" for year in (2012, 2013) for month in (3, 6, 9, 12)]
    rows = [("A", end, 100, 100 + 2 * (n % 2)) for n, end in enumerate(ends)]
    outcome = evaluate_on_table(small_table(*rows), exclude="")
    assert set(outcome.frame("control")["limits"]) == {"within"}


def test_constant_take_up_has_no_back_test_and_says_why():
    windows = [f"{year}-{m:02d}" for year in (2012, 2013) for m in (3, 6, 9, 12)]
    outcome = evaluate_on_table(
        small_table(*(("A", window, 100, 50) for window in windows)), exclude=""
    )
    assert "take-up had not changed" in outcome["forecast_error"].missing_reason


def test_services_without_cost_have_no_index():
    outcome = evaluate_on_table(FOUR.assign(cost_per_transaction=0.0), exclude="")
    assert outcome["cost_index"].missing_reason == "these services had no cost in the earlier year"
    assert outcome["total_cost_matched"].value == 0


def test_more_completed_than_started_is_an_error_of_that_row():
    header = ",".join(service_kpis_table.schema.columns)
    rows = ("800000,85610,,0,,10", "8,1,,0,,10", "8,2,1,,,")
    lines = [
        f"Office,S{place},2014-06,{row},1,1,1,1,1,100" for place, row in enumerate(rows, start=1)
    ]
    report = service_kpis_table.check_csv("\n".join([header, *lines]).encode())
    [error] = report.errors
    assert (error.row, error.column) == (2, "started")
    assert "10 started is fewer than the 885,610 completed by all channels" in error.message
    assert "at least as many as were completed" in error.message
