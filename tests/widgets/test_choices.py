"""What is chosen: fields of every kind, options, refusals by the model, links, notes, picks."""

from dataclasses import replace
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
    """What the page sends for a file, as it arrives; gives the report on it."""
    for piece in upload_pieces(content, name):
        study.form._handle_custom_msg({"upload": piece}, [])
    report: dict[str, Any] = study.form.upload_reports["data"]
    return report


def test_each_kind_of_parameter_has_its_kind_of_field(study: Study) -> None:
    kinds = {field["name"]: field["kind"] for field in study.form.fields}
    assert kinds == {
        "least": "number",
        "measure": "choice",
        "exclude": "list",
        "service": "text",
        "data": "table",
        "quarter": "text",
    }
    fields = {field["name"]: field for field in study.form.fields}
    assert fields["measure"]["choices"] == ["visits", "visits squared"]
    assert fields["data"]["template"].splitlines()[0] == "service,visits"
    assert fields["data"]["paths"]
    assert (fields["service"]["blank"], fields["measure"]["blank"]) == (True, False)


@pytest.mark.usefixtures("voila_page")
def test_on_a_page_no_path_can_be_typed() -> None:
    fields = {field["name"]: field for field in Study(topic).form.fields}
    assert not fields["data"]["paths"]


def test_options_follow_the_outcome_and_are_sent_only_when_they_change(study: Study) -> None:
    sent: list[Any] = []
    study.form.observe(sent.append, "field_options")
    assert study.form.field_options["exclude"] == list(SERVICE_NAMES)
    study.scenario = study.scenario.replace(least=3)
    assert sent == []
    type_in(study, 1, data=upload_content(study, VALID_CSV.encode())["value"])
    assert study.form.field_options["exclude"] == ["Uploaded one", "Uploaded two"]
    assert study.form.field_options["data"] == ["upload:mine.csv"]


def test_no_more_is_offered_than_a_page_can_hold(study: Study) -> None:
    study.form.offer_options({"service": tuple(map(str, range(100_000)))})
    assert study.form.field_options["service"] == [
        str(number) for number in range(MAX_OFFERED_VALUES)
    ]


def test_a_choice_that_there_is_not_is_refused_with_the_choices(study: Study) -> None:
    type_in(study, 1, measure="feet")
    assert study.form.field_errors["measure"] == "Measure must be one of visits, visits squared."
    assert study.scenario == VisitsScenario()


def test_a_list_is_the_same_however_it_is_typed(study: Study) -> None:
    type_in(study, 1, exclude=" Service 002;Service 003 ; ;Service 002")
    assert study.form.field_texts["exclude"] == "Service 002; Service 003"
    assert study.outcome["total"].value == sum(range(1, 735)) - 5


def test_what_the_model_refuses_is_said_beside_the_field_and_the_others_count(
    study: Study,
) -> None:
    headline = study.headline.text
    type_in(study, 1, least="9999")
    assert "no service is left" in study.form.field_errors["least"]
    assert study.form.field_texts["least"] == "9999"
    assert study.headline.text == headline
    assert study.link.incident_message == ""
    type_in(study, 2, least="9999", service="Service 007")
    assert "least" in study.form.field_errors
    assert study.outcome["detail"].value == 7
    type_in(study, 3, least="0")
    assert study.form.field_errors == {}


def test_a_refusal_that_names_nothing_typed_stands_at_what_was_typed(study: Study) -> None:
    study.scenario = study.scenario.replace(least=734)
    type_in(study, 1, exclude="Service 734", service="Service 007")
    assert "no service is left" in study.form.field_errors["exclude"]
    assert study.scenario == VisitsScenario(least=734, service="Service 007")


def test_a_link_that_the_model_refuses_says_why(study: Study) -> None:
    study.link.requested_query = "?least=9999&service=Service+007"
    assert "no service is left" in study.link.open_error
    assert study.form.field_texts["service"] == "Service 007"
    assert "no service is left" in study.form.field_errors["least"]
    assert study.scenario == VisitsScenario()


@pytest.mark.parametrize("value", ["../secrets.csv", "/etc/passwd", "mine.csv", "C:\\a"])
@pytest.mark.usefixtures("voila_page")
def test_a_page_opens_no_path_even_if_a_script_sends_it(value: str) -> None:
    study = Study(topic)
    type_in(study, 1, data=value)
    assert "a page opens only tables" in study.form.field_errors["data"]
    assert study.scenario == VisitsScenario()


def test_a_file_of_one_s_own_is_read_in_a_notebook(study: Study, tmp_path: Any) -> None:
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
    assert study.link.incident_message == ""


def test_a_refused_table_that_nobody_named_is_an_incident() -> None:
    def failing(_: Any, scenario: Any) -> Any:
        if scenario.least == 5:
            raise TableError("another", (TableIssue(None, None, None, "is broken"),))
        return topic.evaluate_model({"visits": pd.DataFrame()}, scenario)

    study = Study(replace(topic, model=failing))
    type_in(study, 1, least="5")
    assert "incident" in study.link.incident_message


def test_an_upload_s_link_is_for_its_visit_only(study: Study) -> None:
    type_in(study, 1, data=upload_content(study, VALID_CSV.encode())["value"])
    assert study.outcome["total"].value == 40
    assert study.link.query == "data=upload%3Amine.csv"
    assert "because mine.csv is not stored" in study.link.sharing_note
    later = Study(topic)
    later.link.requested_query = f"?{study.link.query}&least=3"
    assert "an uploaded file is kept for one visit only" in later.link.open_error
    assert later.form.field_texts["least"] == "3"
    type_in(later, 1, data=upload_content(later, VALID_CSV.encode())["value"])
    assert later.link.open_error == ""
    assert later.outcome["total"].value == 40


def test_an_uploaded_table_is_for_its_own_parameter() -> None:
    class Two(VisitsScenario):
        other: str = VisitsScenario.model_fields["data"]

    study = Study(replace(topic, Scenario=Two))
    value = upload_content(study, VALID_CSV.encode())["value"]
    type_in(study, 1, other=value)
    assert "kept for one visit only" in study.form.field_errors["other"]


def test_tables_are_read_once_for_a_quarter_and_its_sources() -> None:
    loaded: list[Any] = []

    class Counted(Topic):
        def load_tables(self, scenario: Any, uploaded: Any = None) -> Any:
            loaded.append(scenario)
            return super().load_tables(scenario, uploaded)

    study = Study(Counted(**vars(topic)))
    study.scenario = study.scenario.replace(least=1)
    assert len(loaded) == 1
    study.scenario = study.scenario.replace(quarter="2014-Q1")
    assert len(loaded) == 2
    type_in(study, 1, data=upload_content(study, VALID_CSV.encode())["value"])
    assert len(loaded) == 3


def test_notes_stand_under_the_headline(study: Study) -> None:
    assert study.headline.notes == ["734 services are in the table.", "Nobody <counts> twice."]
    assert "<li>Nobody &lt;counts&gt; twice.</li>" in study.headline.to_static_html()


def test_a_chart_says_what_is_picked_in_it_and_which_form_is_meant(study: Study) -> None:
    chart = study.charts["ranked"]
    assert chart.click_target == {"parameter": "service", "column": "service"}
    assert chart.study_id == study.form.study_id
    assert chart.study_id != Study(topic).form.study_id


def test_a_chart_of_rows_is_as_high_as_its_rows(study: Study) -> None:
    ranked = study.charts["ranked"]
    assert ranked.spec["height"] == {"step": 18}
    assert ChartTemplate(named_data("a").mark_point()).vega_lite_spec["height"] == DEFAULT_HEIGHT
    high = height_of(ranked.to_static_html())
    study.scenario = study.scenario.replace(least=720)
    assert high - height_of(ranked.to_static_html()) == 15 * 18


def height_of(still: str) -> float:
    """Height of the SVG in a still chart."""
    head = still[still.index("<svg") :]
    return float(head.split(' height="')[1].split('"')[0])


@given(st.lists(st.text(st.characters(blacklist_characters=";"), max_size=5)))
def test_a_list_of_names_comes_back(names: list[str]) -> None:
    items = split_list(join_list(names))
    assert split_list(join_list(items)) == items


def test_a_published_scenario_leaves_the_visitors_quarter_and_table_alone():
    form = Study(take_up.topic).form
    reset, *published = form.published_scenarios
    assert {"quarter", "data", "kpi_data"} <= set(reset["texts"])
    for scenario in published:
        assert not {"quarter", "data", "kpi_data"} & set(scenario["texts"])
        assert "exclude" in scenario["texts"]
