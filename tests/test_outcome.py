"""Tests of the outcome that a model returns."""

import json
import pickle
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from tests.result_tables import make_table
from workbook.indicators import INDICATOR_FIELDS, Indicator
from workbook.outcome import OUTCOME_MEDIA_TYPE, Outcome
from workbook.scenario import Scenario


def make_outcome(*indicators, **parts):
    return Outcome(Scenario(), "Two of three.", indicators, **parts)


class TestOutcome:
    def test_an_indicator_is_found_by_its_name(self):
        jobs = Indicator("jobs", "Jobs", "count", 3.0)
        assert make_outcome(jobs)["jobs"] is jobs

    def test_an_unknown_indicator_is_an_error_with_a_suggestion(self):
        result = make_outcome(
            Indicator("jobs", "Jobs", "count", 3.0), Indicator("pay", "Pay", "GBP", 1.0)
        )
        with pytest.raises(KeyError, match=r'Unknown indicator "job". Did you mean "jobs"'):
            result["job"]

    def test_its_scenario_is_of_its_topic_only(self):
        class Roads(Scenario):
            pass

        result = make_outcome()
        assert result.scenario_of(Scenario) is result.scenario
        with pytest.raises(TypeError, match="Scenario is not a scenario of Roads"):
            result.scenario_of(Roads)

    def test_the_record_of_an_outcome_is_valid_json(self):
        result = make_outcome(
            Indicator("jobs", "Jobs", "count", None, missing_reason="not counted"),
            tables=(make_table("by_year", pd.DataFrame({"year": [2014]})),),
        )
        record = result.as_dict()
        assert json.loads(json.dumps(record, allow_nan=False)) == record
        assert record["quarter"] == "2014-Q2"
        assert record["parameters"] == {"quarter": "2014-Q2", "department": ""}
        assert record["headline"] == "Two of three."
        assert record["tables"] == ["by_year"]
        assert record["indicators"][0]["value"] is None

    def test_a_table_is_found_by_its_name(self):
        table = make_table("path", pd.DataFrame({"year": [2014]}))
        result = make_outcome(tables=(table,))
        assert result.table("path") is table
        assert result.frame("path") is table.frame

    def test_an_unknown_table_is_an_error_with_a_suggestion(self):
        tables = tuple(make_table(name, pd.DataFrame({"year": [2014]})) for name in ("path", "age"))
        with pytest.raises(KeyError, match=r'Unknown table "pth". Did you mean "path"'):
            make_outcome(tables=tables).frame("pth")

    def test_two_tables_with_the_same_name_are_an_error(self):
        table = make_table("path", pd.DataFrame({"year": [2014]}))
        with pytest.raises(ValueError, match="two tables have the same name: path"):
            make_outcome(tables=(table, table))

    def test_the_indicator_table_has_formatted_text(self):
        result = make_outcome(
            Indicator("share", "Share", "share", 0.126, 0.1, 0.2),
            Indicator("jobs", "Jobs", "count", None, missing_reason="not counted"),
        )
        assert result.indicator_table().to_numpy().tolist() == [
            ["Share", "12.6%", "10% to 20%", ""],
            ["Jobs", "not known", "", "not counted"],
        ]

    def test_its_text_has_the_headline_and_every_indicator(self):
        share = Indicator("share", "Share", "share", 0.126, 0.1, 0.2)
        jobs = Indicator("new_jobs", "Jobs", "count", None, missing_reason="not counted")
        assert repr(make_outcome(share, jobs)) == (
            "Two of three.\n  share         12.6%  10% to 20%\n  new_jobs  not known"
        )
        assert repr(share) == "<Indicator share: 12.6% (10% to 20%)>"
        assert repr(make_outcome()) == "Two of three."

    def test_its_frame_has_numbers(self):
        share = Indicator("share", "Share", "share", 0.126, 0.1, 0.2)
        jobs = Indicator("jobs", "Jobs", "count", None, missing_reason="not counted")
        frame = make_outcome(share, jobs).to_frame()
        assert frame.columns.tolist() == list(INDICATOR_FIELDS)
        assert frame["value"].dtype == frame["low"].dtype == "float64"
        assert frame.loc[0, ["value", "low", "high"]].tolist() == [0.126, 0.1, 0.2]
        assert frame.loc[1, ["value", "low", "high"]].isna().all()
        assert frame["reason"].tolist() == ["", "not counted"]

    def test_the_frame_of_indicators_without_intervals_is_numeric_too(self):
        quarter = Indicator("from_quarter", "From", "quarter", "2014-Q2")
        frame = make_outcome(quarter).to_frame()
        assert frame["value"].tolist() == ["2014-Q2"]
        assert frame["low"].dtype == "float64"

    def test_a_loop_gives_its_indicators(self):
        jobs = Indicator("jobs", "Jobs", "count", 3.0)
        assert list(make_outcome(jobs)) == [jobs]

    def test_its_tables_are_found_by_name_and_by_place(self):
        path, age = (make_table(name, pd.DataFrame({"year": [2014]})) for name in ("path", "age"))
        tables = make_outcome(tables=(path, age)).tables
        assert tables["age"] is tables[1] is age
        assert [*tables, *tables[:1]] == [path, age, path]
        assert pickle.loads(pickle.dumps(tables)).names == ["path", "age"]
        with pytest.raises(KeyError, match=r'Unknown table "pth". Did you mean "path"'):
            tables["pth"]

    def test_a_notebook_stores_an_outcome_as_text_html_and_json(self):
        result = make_outcome(Indicator("jobs", "Jobs <new>", "count", 3.0))
        bundle = result._repr_mimebundle_(include=None, exclude=None)
        assert bundle["text/plain"] == repr(result)
        assert bundle[OUTCOME_MEDIA_TYPE] == result.as_dict()
        page = ET.fromstring(bundle["text/html"])
        assert page.findtext("table/caption") == "Two of three."
        assert page.findtext("table/tbody/tr/th") == "Jobs <new>"

    def test_outcomes_with_tables_can_be_compared(self):
        table = make_table("t", pd.DataFrame({"a": [1, 2]}))
        first, second = (make_outcome(tables=(table,)) for _ in range(2))
        assert first == first  # noqa: PLR0124
        assert first != second

    def test_an_outcome_can_be_pickled(self):
        unpickled = pickle.loads(
            pickle.dumps(make_outcome(Indicator("jobs", "Jobs", "count", 3.0)))
        )
        assert unpickled["jobs"].value == 3.0
