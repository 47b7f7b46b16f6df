"""The Study of a topic with every kind of parameter: fields, options, errors, links and clicks."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.example_topic import SERVICE_NAMES, VALID_CSV, VisitsScenario, topic
from tests.widgets.test_study import type_in
from tests.widgets.test_uploads import upload_pieces
from workbook import Study
from workbook.charts.figure import DEFAULT_HEIGHT, ChartTemplate, named_data
from workbook.scenario import join_list, split_list
from workbook.tables import TableError, TableIssue
from workbook.topic import Topic
from workbook.topics import take_up
from workbook.widgets.form import MAX_OFFERED_VALUES


@pytest.fixture
def study() -> Study:
    return Study(topic)


@pytest.fixture
def voila_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOILA_BASE_URL", "/")


def upload_content(study: Study, content: bytes, name: str = "mine.csv") -> dict[str, Any]:
    """Send a file as the page does, and return the report on it."""
    for piece in upload_pieces(content, name):
        study.form._handle_custom_msg({"upload": piece}, [])
    report: dict[str, Any] = study.form.upload_reports["data"]
    return report


def open_address(study: Study, query: str) -> None:
    """Open the scenario of an address, as the page does when the visitor goes back."""

    async def request_query() -> None:
        study.link.requested_query = query

    asyncio.run(request_query())


def test_each_kind_of_parameter_has_a_matching_field(study: Study) -> None:
    kinds = {field["name"]: field["kind"] for field in study.form.fields}
    assert kinds == {
        "least": "number",
        "measure": "choice",
        "exclude": "list",
        "service": "text",
        "data": "table",
        "quarter": "text",
        "department": "list",
    }
    fields = {field["name"]: field for field in study.form.fields}
    assert fields["measure"]["choices"] == ["visits", "visits squared"]
    assert fields["data"]["template"].splitlines()[0] == "service,visits"
    assert fields["data"]["paths"]
    assert (fields["service"]["blank"], fields["measure"]["blank"]) == (True, False)


@pytest.mark.usefixtures("voila_page")
def test_no_path_can_be_typed_on_a_page() -> None:
    fields = {field["name"]: field for field in Study(topic).form.fields}
    assert not fields["data"]["paths"]


def test_a_scenario_file_cannot_be_exported_of_an_uploaded_table(
    study: Study, tmp_path: Path
) -> None:
    upload_content(study, VALID_CSV.encode())
    study.scenario = topic.Scenario(data="upload:mine.csv")
    with pytest.raises(ValueError, match=r"uses mine\.csv, which is kept for this visit only"):
        study.export(tmp_path / "mine.toml")
    assert not list(tmp_path.iterdir())
    assert study.export(tmp_path / "mine.zip").exists()


def test_options_follow_the_outcome_and_are_sent_only_when_they_change(study: Study) -> None:
    sent: list[Any] = []
    study.form.observe(sent.append, "field_options")
    assert study.form.field_options["exclude"] == list(SERVICE_NAMES)
    study.scenario = study.scenario.replace(least=3)
    assert sent == []
    type_in(study, 1, data=upload_content(study, VALID_CSV.encode())["value"])
    assert study.form.field_options["exclude"] == ["Uploaded one", "Uploaded two"]
    assert study.form.field_options["data"] == ["upload:mine.csv"]


def test_the_number_of_offered_values_is_limited(study: Study) -> None:
    study.form.offer_options({"service": tuple(map(str, range(100_000)))})
    assert study.form.field_options["service"] == [
        str(number) for number in range(MAX_OFFERED_VALUES)
    ]


def test_an_unknown_choice_is_rejected_with_the_allowed_choices(study: Study) -> None:
    type_in(study, 1, measure="feet")
    assert study.form.field_errors["measure"] == "Measure must be one of visits, visits squared."
    assert study.scenario == VisitsScenario()


def test_a_list_is_normalised_when_it_is_typed(study: Study) -> None:
    type_in(study, 1, exclude=" Service 002;Service 003 ; ;Service 002")
    assert study.form.field_texts["exclude"] == "Service 002; Service 003"
    assert study.outcome["total"].value == sum(range(1, 735)) - 5


def test_an_error_of_the_model_is_shown_beside_its_field_and_other_edits_apply(
    study: Study,
) -> None:
    headline = study.headline.text
    type_in(study, 1, least="9999")
    assert "No service is left" in study.form.field_errors["least"]
    assert study.form.field_texts["least"] == "9999"
    assert study.headline.text == headline
    assert study.changes.incident_message == ""
    type_in(study, 2, least="9999", service="Service 007")
    assert "least" in study.form.field_errors
    assert study.outcome["detail"].value == 7
    type_in(study, 3, least="0")
    assert study.form.field_errors == {}


def test_an_error_of_unedited_fields_is_shown_at_the_edited_field(study: Study) -> None:
    study.scenario = study.scenario.replace(least=734)
    type_in(study, 1, exclude="Service 734", service="Service 007")
    assert "No service is left" in study.form.field_errors["exclude"]
    assert study.scenario == VisitsScenario(least=734, service="Service 007")


def test_a_link_that_the_model_rejects_gives_the_reason(study: Study) -> None:
    study.link.requested_query = "?least=9999&service=Service+007"
    assert "No service is left" in study.link.open_error
    assert study.form.field_texts["service"] == "Service 007"
    assert "No service is left" in study.form.field_errors["least"]
    assert study.scenario == VisitsScenario()


@pytest.mark.parametrize("value", ["../secrets.csv", "/etc/passwd", "mine.csv", "C:\\a"])
@pytest.mark.usefixtures("voila_page")
def test_a_page_opens_no_path_that_a_script_sends(value: str) -> None:
    study = Study(topic)
    type_in(study, 1, data=value)
    assert (
        "must be the name of a bundled, registered or uploaded table"
        in study.form.field_errors["data"]
    )
    assert study.scenario == VisitsScenario()


def test_a_notebook_reads_a_file_at_a_path(study: Study, tmp_path: Any) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(VALID_CSV)
    type_in(study, 1, data=str(path))
    assert study.outcome["total"].value == 40
    type_in(study, 2, data=str(tmp_path / "none.csv"))
    assert "neither a file nor a table" in study.form.field_errors["data"]
    assert study.outcome["total"].value == 40
    path.write_text("service,visits\nA,-1\nB,-2\n")
    type_in(study, 3, data=str(path.rename(tmp_path / "bad.csv")))
    message = study.form.field_errors["data"]
    assert "the table is not valid: 2 errors. First: row 2, column visits" in message
    assert study.changes.incident_message == ""


def test_an_invalid_table_that_no_parameter_names_is_an_incident() -> None:
    def failing(_: Any, scenario: Any) -> Any:
        if scenario.least == 5:
            raise TableError("another", (TableIssue(None, None, None, "is broken"),))
        return topic.evaluate_model({"visits": pd.DataFrame()}, scenario)

    study = Study(replace(topic, model=failing))
    type_in(study, 1, least="5")
    assert "incident" in study.changes.incident_message


def test_the_link_to_an_upload_works_during_its_visit_only(study: Study) -> None:
    type_in(study, 1, data=upload_content(study, VALID_CSV.encode())["value"])
    assert study.outcome["total"].value == 40
    assert study.link.query == "data=upload%3Amine.csv"
    assert "because mine.csv is not stored" in study.dashboard.share.sharing_note
    reopened = Study(topic)
    reopened.link.requested_query = f"?{study.link.query}&least=3"
    assert "an uploaded file is kept for one visit only" in reopened.link.open_error
    assert reopened.form.field_texts["least"] == "3"
    type_in(reopened, 1, data=upload_content(reopened, VALID_CSV.encode())["value"])
    assert reopened.link.open_error == ""
    assert reopened.outcome["total"].value == 40


@pytest.mark.usefixtures("voila_page")
def test_going_back_opens_a_scenario_with_a_table_uploaded_in_this_visit() -> None:
    study = Study(topic)
    type_in(study, 1, data=upload_content(study, VALID_CSV.encode())["value"])
    uploaded_query = study.link.query
    open_address(study, "")
    assert study.outcome["total"].value == sum(range(2, 735))
    open_address(study, f"?{uploaded_query}")
    assert (study.link.open_error, study.outcome["total"].value) == ("", 40)
    open_address(study, "?data=upload%3Aanother.csv")
    assert "an uploaded file is kept for one visit only" in study.link.open_error
    open_address(study, "?data=..%2Fmine.csv")
    assert "must be the name of a bundled" in study.link.open_error


def test_an_uploaded_table_is_valid_for_its_own_parameter_only() -> None:
    class TwoTablesScenario(VisitsScenario):
        other: str = VisitsScenario.model_fields["data"]

    study = Study(replace(topic, Scenario=TwoTablesScenario))
    value = upload_content(study, VALID_CSV.encode())["value"]
    type_in(study, 1, other=value)
    assert "kept for one visit only" in study.form.field_errors["other"]


def test_tables_are_loaded_once_for_a_quarter_and_its_sources() -> None:
    loaded: list[Any] = []

    class CountingTopic(Topic):
        def load_tables(self, scenario: Any, uploaded: Any = None) -> Any:
            loaded.append(scenario)
            return super().load_tables(scenario, uploaded)

    study = Study(CountingTopic(**vars(topic)))
    study.scenario = study.scenario.replace(least=1)
    assert len(loaded) == 1
    study.scenario = study.scenario.replace(quarter="2014-Q1")
    assert len(loaded) == 2
    type_in(study, 1, data=upload_content(study, VALID_CSV.encode())["value"])
    assert len(loaded) == 3


def test_the_notes_are_a_list(study: Study) -> None:
    assert study.notes.notes == ["734 services are in the table.", "Nobody <counts> twice."]
    assert "<li>Nobody &lt;counts&gt; twice.</li>" in study.notes.to_static_html()


def test_a_chart_names_its_click_target_and_its_form(study: Study) -> None:
    chart = study.charts["ranked"]
    assert chart.click_target == {"parameter": "service", "column": "service"}
    assert chart.study_id == study.form.study_id
    assert chart.study_id != Study(topic).form.study_id


def test_the_height_of_a_chart_follows_its_number_of_rows(study: Study) -> None:
    ranked = study.charts["ranked"]
    assert ranked.spec["height"] == {"step": 18}
    assert ChartTemplate(named_data("a").mark_point()).vega_lite_spec["height"] == DEFAULT_HEIGHT
    high = svg_height(ranked.to_static_html())
    study.scenario = study.scenario.replace(least=720)
    assert high - svg_height(ranked.to_static_html()) == 15 * 18


def svg_height(static_html: str) -> float:
    """Height of the SVG in the static form of a chart."""
    head = static_html[static_html.index("<svg") :]
    return float(head.split(' height="')[1].split('"')[0])


@given(st.lists(st.text(st.characters(blacklist_characters=";"), max_size=5)))
def test_a_list_of_names_can_be_joined_and_split_again(names: list[str]) -> None:
    items = split_list(join_list(names))
    assert split_list(join_list(items)) == items


def test_a_published_scenario_keeps_the_visitor_s_quarter_and_tables():
    form = Study(take_up.topic).form
    reset, *published = form.published_scenarios
    assert {"quarter", "data", "kpi_data"} <= set(reset["texts"])
    for scenario in published:
        assert not {"quarter", "data", "kpi_data"} & set(scenario["texts"])
        assert "exclude" in scenario["texts"]
