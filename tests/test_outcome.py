"""What a model gives back: nothing unknown is passed off as a number."""

import json
import math
import pickle
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from tests.result_tables import make_table
from workbook.outcome import OUTCOME_MEDIA_TYPE, Indicator, Outcome
from workbook.scenario import Scenario


def make_outcome(*indicators, **parts):
    return Outcome(Scenario(), "Two of three.", indicators, **parts)


class TestIndicator:
    @pytest.mark.parametrize("end", ["value", "low", "high"])
    @pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
    def test_a_number_that_is_not_finite_is_refused(self, end, number):
        parts = {"value": 1.0, "low": 0.0, "high": 2.0, end: number}
        with pytest.raises(ValueError, match="jobs is not finite: what is not known is None"):
            Indicator("jobs", "Jobs", "count", **parts)

    def test_what_is_not_known_needs_a_reason(self):
        with pytest.raises(ValueError, match="jobs has no value: say why"):
            Indicator("jobs", "Jobs", "count", None)
        assert (
            Indicator("jobs", "Jobs", "count", None, reason="not counted").formatted_value
            == "not known"
        )

    def test_a_missing_value_is_no_number(self):
        assert Indicator("jobs", "Jobs", "count", 3).number == 3.0
        assert Indicator("jobs", "Jobs", "count", None, reason="not counted").number is None

    def test_an_unknown_unit_is_refused_with_those_that_there_are(self):
        with pytest.raises(ValueError, match=r'"percent" is not a unit; use one of people, share'):
            Indicator("jobs", "Jobs", "percent", 1.0)

    def test_a_range_the_wrong_way_round_is_refused(self):
        with pytest.raises(ValueError, match=r"from 2\.0 to 1\.0"):
            Indicator("jobs", "Jobs", "count", 1.0, 2.0, 1.0)

    def test_its_text_is_in_its_unit(self):
        jobs = Indicator("jobs", "Jobs", "people", 1_234.0, 1_000.0, 2_000.4)
        assert (jobs.formatted_value, jobs.formatted_range) == ("1,234", "1,000 to 2,000")

    @pytest.mark.parametrize("ends", [(None, None), (1.0, None), (None, 1.0)])
    def test_where_nothing_is_uncertain_there_is_no_range(self, ends):
        assert Indicator("jobs", "Jobs", "people", 1.0, *ends).formatted_range == ""

    def test_its_record_has_the_contracts_fields(self):
        jobs = Indicator("jobs", "Jobs", "count", 3.0, 1.0, 5.0, direction="higher")
        assert jobs.as_dict() == {
            "name": "jobs",
            "label": "Jobs",
            "value": 3.0,
            "unit": "count",
            "low": 1.0,
            "high": 5.0,
            "reason": "",
        }


class TestOutcome:
    def test_an_indicator_is_found_by_its_name(self):
        jobs = Indicator("jobs", "Jobs", "count", 3.0)
        assert make_outcome(jobs)["jobs"] is jobs

    def test_an_unknown_indicator_is_refused_with_those_that_there_are(self):
        result = make_outcome(
            Indicator("jobs", "Jobs", "count", 3.0), Indicator("pay", "Pay", "GBP", 1.0)
        )
        with pytest.raises(KeyError, match=r'Unknown indicator "job". Did you mean "jobs"'):
            result["job"]

    def test_its_record_is_json(self):
        result = make_outcome(
            Indicator("jobs", "Jobs", "count", None, reason="not counted"),
            tables=(make_table("by_year", pd.DataFrame({"year": [2014]})),),
        )
        record = result.as_dict()
        assert json.loads(json.dumps(record, allow_nan=False)) == record
        assert record["quarter"] == "2014-Q2"
        assert record["parameters"] == {"quarter": "2014-Q2"}
        assert record["headline"] == "Two of three."
        assert record["tables"] == ["by_year"]
        assert record["indicators"][0]["value"] is None

    def test_a_table_is_found_by_its_name(self):
        table = make_table("path", pd.DataFrame({"year": [2014]}))
        result = make_outcome(tables=(table,))
        assert result.table("path") is table
        assert result.frame("path") is table.frame

    def test_an_unknown_table_is_refused_with_those_that_there_are(self):
        tables = tuple(make_table(name, pd.DataFrame({"year": [2014]})) for name in ("path", "age"))
        with pytest.raises(KeyError, match=r'Unknown table "pth". Did you mean "path"'):
            make_outcome(tables=tables).frame("pth")

    def test_two_tables_of_one_name_are_refused(self):
        table = make_table("path", pd.DataFrame({"year": [2014]}))
        with pytest.raises(ValueError, match="two tables have the same name: path"):
            make_outcome(tables=(table, table))

    def test_its_indicators_are_a_table_of_text(self):
        result = make_outcome(
            Indicator("share", "Share", "share", 0.126, 0.1, 0.2),
            Indicator("jobs", "Jobs", "count", None, reason="not counted"),
        )
        assert result.indicator_table().to_numpy().tolist() == [
            ["Share", "12.6%", "10% to 20%", ""],
            ["Jobs", "not known", "", "not counted"],
        ]

    def test_a_notebook_keeps_it_as_text_as_html_and_as_a_record(self):
        result = make_outcome(Indicator("jobs", "Jobs <new>", "count", 3.0))
        bundle = result._repr_mimebundle_(include=None, exclude=None)
        assert bundle["text/plain"] == "Two of three."
        assert bundle[OUTCOME_MEDIA_TYPE] == result.as_dict()
        page = ET.fromstring(bundle["text/html"])
        assert page.findtext("caption") == "Two of three."
        assert page.findtext("tbody/tr/th") == "Jobs <new>"

    def test_comparing_two_is_no_error(self):
        table = make_table("t", pd.DataFrame({"a": [1, 2]}))
        first, second = (make_outcome(tables=(table,)) for _ in range(2))
        assert first == first  # noqa: PLR0124
        assert first != second

    def test_it_can_be_sent_to_another_process(self):
        sent = pickle.loads(pickle.dumps(make_outcome(Indicator("jobs", "Jobs", "count", 3.0))))
        assert sent["jobs"].value == 3.0
