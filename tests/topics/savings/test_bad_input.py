"""Invalid values give errors and suspicious ones warnings, on the page and on the command line."""

import pytest

from tests.topics.savings.examples import FEW_DRAWS, evaluate_example
from workbook.cli import main
from workbook.scenario import ScenarioError
from workbook.topics.savings.data import discount_rates
from workbook.topics.savings.parameters import Savings

HEADER = "schedule,valid_from,valid_to,from_year,to_year,rate,source"
FIVE_YEARS = "green-book,2003-01-01,,1,5,0.035,Ours"
FROM_2020 = "green-book,2020-01-01,,1,125,0.035,Ours"


@pytest.fixture
def run_command(capsys, tmp_path, monkeypatch):
    """Run a command in a temporary folder and return its status and both output streams."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        with pytest.raises(SystemExit) as exit_info:
            main([*words])
        streams = [" ".join(stream.split()) for stream in capsys.readouterr()]
        return exit_info.value.code, *streams

    return run


def rates_table(row):
    report = discount_rates.check_csv(f"{HEADER}\n{row}\n".encode())
    assert not report.errors
    return {"discount_rates": report.frame}


def invalid_parameters(overrides=None, **values):
    """Names of the invalid parameters, and the error messages."""
    with pytest.raises(ScenarioError) as refused:
        evaluate_example(overrides=overrides, **values)
    problems = refused.value.problems
    for problem in problems:
        assert problem.message.startswith(f"{problem.name} is ")
        assert problem.message.endswith(".")
    return [each.name for each in problems], [each.message for each in problems]


SHARES = ["phone_share", "post_share", "face_to_face_share"]

# values, parameters with an error, part of the message
INVALID = {
    "shares": ({"phone_share": 0.9}, SHARES, "must add up to 100%"),
    "horizon": ({"horizon": 126}, ["horizon"], "from 1 to 125"),
    "price year": (
        {"price_year": "2020-21"},
        ["price_year"],
        "the deflator converts prices of 2009-10 to 2014-15 only",
    ),
    "price year before": ({"price_year": "2008-09"}, ["price_year"], "2009-10 to 2014-15 only"),
    "convention": ({"take_up_convention": "middle"}, ["take_up_convention"], "average"),
    "before": ({"quarter": "2012-Q3"}, ["quarter"], "must be 2012-Q4 or later"),
    "schedule": ({"discount_schedule": "mine"}, ["discount_schedule"], "Choose from: green-book"),
    "no price year": ({"price_year": ""}, ["price_year"], "such as 2014-15"),
    "a year": ({"price_year": "2014"}, ["price_year"], "such as 2014-15"),
    "no such year": ({"price_year": "2014-16"}, ["price_year"], "such as 2014-15"),
    "unknown service": ({"service": "Nonsense"}, ["service"], "it is not in the data up to"),
    "reports later": (
        {"service": "Redundancy payments", "quarter": "2013-Q1"},
        ["service"],
        "it is not in the data up to",
    ),
    "no digital volume yet": (
        {"service": "Employment tribunal claims", "quarter": "2013-Q1"},
        ["quarter"],
        "no selected service reports transactions and digital transactions",
    ),
    "no figures yet": (
        {"service": "Vehicle tax renewals", "quarter": "2012-Q4"},
        ["quarter"],
        "for a year that had ended by then",
    ),
    "no forecast yet": (
        {"curve": "forecast", "quarter": "2012-Q4"},
        ["quarter"],
        "for a year that had ended by then",
    ),
    "one window": ({"curve": "forecast", "quarter": "2013-Q1"}, ["curve"], "forecast"),
}

# values, parameter with a warning, part of the message, part of the headline
SUSPICIOUS = {
    "target below": (
        {"take_up_target": 0.6},
        "take_up_target",
        "the saving becomes a loss",
        "Moving people back would cost",
    ),
    "digital dearer": (
        {"cost_digital": 5.0},
        "cost_digital",
        "costs more than a contact by other",
        "costs would exceed benefits by",
    ),
}


class TestErrors:
    @pytest.mark.parametrize("case", INVALID)
    def test_an_invalid_value_gives_an_error_at_its_parameter(self, case):
        values, where, right = INVALID[case]
        names, sentences = invalid_parameters(**values)
        assert names == where
        assert all(right in sentence for sentence in sentences)

    @pytest.mark.parametrize("case", INVALID)
    def test_an_invalid_value_is_reported_by_the_command(self, run_command, case):
        values, where, right = INVALID[case]
        settings = [word for pair in values.items() for word in ("--set", "{}={}".format(*pair))]
        status, output, error_text = run_command("run", "savings", *settings)
        assert (status, output) == (2, "")
        assert right in error_text
        assert all(f"{name} is " in error_text for name in where)

    def test_each_share_is_named_with_the_sum_of_all_three(self):
        _, (phone, post, face_to_face) = invalid_parameters(phone_share=0.7, post_share=0.2)
        assert phone.startswith("phone_share is 70%")
        assert post.startswith("post_share is 20%")
        assert face_to_face.startswith("face_to_face_share is 20%")
        assert all("They add up to 110%" in share for share in (phone, post, face_to_face))


class TestWarnings:
    @pytest.mark.parametrize("case", SUSPICIOUS)
    def test_the_warning_is_at_the_parameter_and_among_the_notes(self, case):
        values, where, message, _ = SUSPICIOUS[case]
        scenario = Savings(draws=FEW_DRAWS, **values)
        outcome = evaluate_example(scenario)
        (warning,) = outcome.parameter_warnings
        assert (warning.name, warning.value) == (where, values[where])
        assert message in warning.message
        assert warning.message in outcome.warnings_and_notes

    @pytest.mark.parametrize("case", SUSPICIOUS)
    def test_the_warning_is_printed_by_the_command(self, run_command, case):
        values, where, message, answer = SUSPICIOUS[case]
        status, printed, error_text = run_command(
            "run", "savings", "--set", f"{where}={values[where]}"
        )
        assert (status, error_text) == (0, "")
        assert message in printed
        assert answer in " ".join(printed.split())

    def test_the_default_scenario_has_no_warnings(self):
        assert not evaluate_example().parameter_warnings


class TestUploadedRates:
    def test_a_horizon_beyond_the_last_year_is_invalid(self):
        names, (sentence,) = invalid_parameters(rates_table(FIVE_YEARS), horizon=6)
        assert names == ["horizon"]
        assert "ends with year 5. Choose 5 or less." in sentence

    def test_rates_are_used_within_their_years(self):
        years = evaluate_example(overrides=rates_table(FIVE_YEARS), horizon=5).frame("cash_flow")
        assert years["discount_factor"].iloc[-1] == pytest.approx(1.035**-5)

    def test_rates_that_are_not_valid_at_the_quarter_are_invalid(self):
        names, (sentence,) = invalid_parameters(rates_table(FROM_2020))
        assert names == ["discount_schedule"]
        assert "valid from 1 January 2020 (Ours), but the quarter ends on 30 June 2014" in sentence

    def test_uploaded_rates_work_after_the_green_books_have_expired(self):
        assert (
            evaluate_example(overrides=rates_table(FROM_2020), quarter="2026-Q3")["npv"].value > 0
        )

    @pytest.mark.parametrize(("row", "where"), [(FIVE_YEARS, "horizon"), (FROM_2020, "schedule")])
    def test_invalid_rates_are_reported_by_the_command(self, run_command, tmp_path, row, where):
        (tmp_path / "rates.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
        status, output, error_text = run_command(
            "run", "savings", "--set", "discount_data=rates.csv"
        )
        assert (status, output) == (2, "")
        assert f"{where} is " in error_text

    def test_a_missing_table_is_an_error(self, run_command):
        status, _, error_text = run_command("run", "savings", "--set", "discount_data=mine")
        assert status == 2
        assert '"mine" is neither a file nor a table of discount_rates' in error_text


class TestNominalFigures:
    def test_a_cost_without_its_price_year_is_an_error(self, run_command, tmp_path):
        rows = "source,year,channel,cost\nSocitm,,phone,2.83\nSocitm,2012,post,6.62\n"
        (tmp_path / "costs.csv").write_text(rows, encoding="utf-8")
        status, output, _ = run_command("check", "costs.csv", "--table", "channel_costs")
        assert status == 2
        assert "row 2" in output
        assert "needs the year of its prices" in output
        assert "1 error and 0 warnings" in output

    def test_a_cost_with_its_price_year_is_valid(self, run_command, tmp_path):
        rows = "source,year,channel,cost\nSocitm,2012,phone,2.83\n"
        (tmp_path / "costs.csv").write_text(rows, encoding="utf-8")
        status, output, _ = run_command("check", "costs.csv", "--table", "channel_costs")
        assert status == 0
        assert "0 errors and 0 warnings" in output
