"""The Study: one scenario, one run of the model, and views that stay up to date."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from traitlets import TraitError

from workbook import Outcome, Scenario, ScenarioError, Study
from workbook.topics.digital_inclusion import topic
from workbook.widgets.widget import STATIC_MIME_TYPE

LIMIT = int(topic.Scenario.parameters()["draws"].page_limit or 0)
TOO_MANY = LIMIT + 1
LIMIT_MESSAGE = (
    f"Simulations must be at most {LIMIT:,} on a page. Larger values work in JupyterLab, the"
    " workbook command and snapshots."
)


@pytest.fixture
def study() -> Study:
    return Study(topic)


async def wait_for_revision(study: Study, number: int) -> None:
    """Wait until this revision of the form is complete."""
    is_complete = asyncio.Event()
    study.form.observe(
        lambda change: change["new"] == number and is_complete.set(), "completed_revision"
    )
    await is_complete.wait()


def type_in(study: Study, number: int, **texts: str) -> None:
    """Send these texts as the page does, and wait for the answer."""

    async def send_edits() -> None:
        study.form.edits = {"revision": number, "texts": {**study.form.field_texts, **texts}}
        await wait_for_revision(study, number)

    asyncio.run(send_edits())


def test_a_new_scenario_reaches_every_view(study: Study) -> None:
    study.scenario = study.scenario.replace(programme_starts=0)
    assert study.outcome["people_excluded"].value == 6_200_000
    assert "6.2 million" in study.headline.text
    assert study.tiles.tiles[0]["value"] == "6200000.0"
    assert study.form.field_texts["programme_starts"] == "0"
    assert study.link.query == "programme_starts=0"
    assert "6.2 million in 2020" in study.charts["path"].captions["description"]
    assert study.charts["path"].table_content["rows"][-1][1] == 6_200_000
    chance = study.charts["probability_of_target_by_programme_starts"].table_content["rows"]
    assert [row[0] for row in chance if row[2]] == [0]


def test_the_model_runs_once_for_a_change_and_not_for_an_equal_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workbook.widgets.study.run_deferred", lambda *_: iter(()))
    runs: list[Scenario] = []

    def counted(tables: Any, scenario: Any) -> Outcome:
        runs.append(scenario)
        return topic.evaluate_model(tables, scenario)

    study = Study(replace(topic, model=counted))
    assert len(runs) == 1
    study.scenario = study.scenario.replace(programme_starts=1)
    assert len(runs) == 2
    study.scenario = study.scenario.replace(programme_starts=1)
    assert len(runs) == 2


def test_observers_of_the_scenario_find_every_view_up_to_date(study: Study) -> None:
    tiles: list[Any] = []
    study.observe(lambda _: tiles.append(study.tiles.tiles[0]["value"]), "scenario")
    study.scenario = study.scenario.replace(programme_starts=0)
    study.scenario = study.scenario.replace(programme_starts=0)
    type_in(study, 1, programme_starts="800000")
    assert tiles == ["6200000.0", "4184000.0"]


@pytest.mark.parametrize("value", [None, 5, {"programme_starts": 0}, Scenario()])
def test_only_a_scenario_can_be_assigned(study: Study, value: Any) -> None:
    with pytest.raises(TraitError, match=r"write study\.scenario = study\.scenario\.replace"):
        study.scenario = value
    assert study.scenario == topic.Scenario()


def test_evaluating_a_scenario_shows_nothing(study: Study) -> None:
    headline = study.headline.text
    evaluation = study.evaluate(study.scenario.replace(programme_starts=0))
    assert evaluation.outcome["people_excluded"].value == 6_200_000
    assert (study.headline.text, study.scenario) == (headline, topic.Scenario())


def test_a_failure_of_the_model_changes_nothing_and_is_an_incident() -> None:
    def failing(tables: Any, scenario: Any) -> Outcome:
        if scenario.programme_starts == 13:
            raise ZeroDivisionError("secret detail")
        return topic.evaluate_model(tables, scenario)

    study = Study(replace(topic, model=failing))
    before = study.headline.text
    with pytest.raises(ZeroDivisionError):
        study.scenario = study.scenario.replace(programme_starts=13)
    assert study.scenario == topic.Scenario()
    type_in(study, 1, programme_starts="13")
    assert study.scenario == topic.Scenario()
    assert study.headline.text == before
    assert "incident" in study.changes.incident_message
    assert "secret" not in study.changes.incident_message
    type_in(study, 2, programme_starts="14")
    assert study.changes.incident_message == ""
    assert study.scenario.values()["programme_starts"] == 14


def test_valid_edits_apply_and_invalid_edits_are_reported(study: Study) -> None:
    type_in(study, 1, programme_starts="800000", dropout="130")
    assert study.scenario == topic.Scenario(programme_starts=800_000)
    assert list(study.form.field_errors) == ["dropout"]
    assert study.form.field_texts["dropout"] == "130"
    assert study.charts["swing"].render_count == 2
    type_in(study, 2, dropout="30")
    assert study.form.field_errors == {}


def test_rapid_edits_run_the_deferred_analyses_once(study: Study) -> None:
    async def send_edits() -> None:
        for number in range(1, 6):
            texts = {**study.form.field_texts, "programme_starts": str(number)}
            study.form.edits = {"revision": number, "texts": texts}
            await asyncio.sleep(0)
        await wait_for_revision(study, 5)

    asyncio.run(send_edits())
    assert study.charts["path"].render_count == 6
    assert study.charts["swing"].render_count == 2


def test_a_link_opens_and_its_deferred_analyses_follow(study: Study) -> None:
    tornado = study.charts["swing"]
    before = tornado.captions["title"]

    async def open_link() -> None:
        shown = asyncio.Event()
        study.link.requested_query = "?programme_starts=0&token=secret"
        assert study.link.request_completed
        assert tornado.captions["title"] == "Calculating…"
        assert (tornado.table_content["rows"], set(map(len, tornado.named_data.values()))) == (
            [],
            {0},
        )
        tornado.observe(lambda _: shown.set(), "render_count")
        await shown.wait()

    asyncio.run(open_link())
    assert tornado.captions["title"] == before
    assert study.scenario == topic.Scenario(programme_starts=0)
    assert study.link.query == "programme_starts=0"


def test_a_rejected_link_gives_the_reason_and_fills_the_form(study: Study) -> None:
    study.link.requested_query = "?programme_starts=12000000&dropout=0.2"
    assert study.link.request_completed
    label = topic.Scenario.parameters()["programme_starts"].label
    assert study.link.open_error == (f"{label} must be a whole number from 0 to 10,000,000.")
    assert study.scenario == topic.Scenario()
    assert study.form.field_texts["dropout"] == "20"
    type_in(study, 1, programme_starts="0")
    assert study.link.open_error == ""
    assert study.scenario == topic.Scenario(programme_starts=0, dropout=0.2)


@pytest.fixture
def limited_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Study:
    """A study on a served page, with a published scenario beyond the page's limit."""
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    monkeypatch.setenv("WORKBOOK_SCENARIOS", str(tmp_path))
    thorough = topic.Scenario(draws=TOO_MANY)
    topic.scenario_store().save("Thorough", thorough, author="analyst", published=True)
    return Study(topic)


def test_a_page_rejects_a_value_beyond_its_limit(limited_page: Study) -> None:
    form, link = limited_page.form, limited_page.link
    link.requested_query = f"?draws={TOO_MANY}"
    assert link.open_error == LIMIT_MESSAGE
    assert form.field_errors == {"draws": LIMIT_MESSAGE}
    for texts in ({"draws": str(TOO_MANY)}, form.published_scenarios[-1]["texts"]):
        type_in(limited_page, form.completed_revision + 1, **texts)
        assert form.field_errors == {"draws": LIMIT_MESSAGE}
        assert form.field_texts["draws"] == str(TOO_MANY)
        assert limited_page.scenario == topic.Scenario()


def test_a_page_allows_its_limit_and_jupyterlab_more(
    limited_page: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(limited_page, 1, draws=str(LIMIT))
    assert limited_page.scenario == topic.Scenario(draws=LIMIT)
    monkeypatch.delenv("VOILA_BASE_URL")
    type_in(limited_page, 2, draws=str(TOO_MANY))
    assert limited_page.form.field_errors == {}
    assert limited_page.scenario == topic.Scenario(draws=TOO_MANY)


def test_a_quarter_without_data_is_refused_and_the_outcome_stays(study: Study) -> None:
    before = study.outcome
    with pytest.raises(ScenarioError, match="it must be 2014-Q2 or later"):
        study.scenario = study.scenario.replace(quarter="2000-Q1")
    assert study.outcome is before


@pytest.mark.parametrize(
    "changes",
    [
        {"programme_starts": 0},
        {"target_year": 2024, "quarter": "2020-Q4"},
        {"relapse_rate": 0.1},
        {"programme_starts": 1_400_000},
    ],
)
def test_only_the_data_and_captions_of_a_chart_change(
    study: Study, changes: dict[str, Any]
) -> None:
    before = {name: chart.spec for name, chart in study.charts.items()}
    study.scenario = study.scenario.replace(**changes)
    assert {name: chart.spec for name, chart in study.charts.items()} == before


def test_a_row_with_its_own_unit_is_formatted_in_that_unit(study: Study) -> None:
    table = study.charts["swing"].table_content
    columns = [column["name"] for column in table["columns"]]
    low = {row[0]: row[columns.index("low")] for row in table["texts"]}
    assert (low["unaided_gain"], low["dropout"], low["unit_cost"]) == ("500,000", "10%", "£47.00")


def test_tables_and_tiles_follow_the_scenario(study: Study) -> None:
    table, tiles = study.table("path"), study.select_tiles("gap_to_target")
    study.scenario = study.scenario.replace(programme_starts=0)
    assert table.content["rows"][-1][1] == 6_200_000
    assert [tile["name"] for tile in tiles.tiles] == ["gap_to_target"]
    assert tiles.tiles[0]["value"] == str(6_200_000 - 4_640_625.0)


def test_a_view_is_created_once_and_an_unknown_name_is_rejected(study: Study) -> None:
    with pytest.raises(KeyError, match='Did you mean "path"'):
        study.table("pth")
    assert study.table("path") is study.table("path")
    assert study.assumptions_table is study.assumptions_table
    assert study.select_tiles("gap_to_target") is study.select_tiles("gap_to_target")
    study.scenario = study.scenario.replace(programme_starts=0)


def test_a_chart_that_cannot_be_drawn_does_not_change_the_scenario() -> None:
    def failing(outcome: Outcome) -> Any:
        if outcome.scenario.values()["programme_starts"] == 13:
            raise ZeroDivisionError
        return topic.charts["path"](outcome)

    study = Study(replace(topic, charts={"path": failing}))
    with pytest.raises(ZeroDivisionError):
        study.scenario = study.scenario.replace(programme_starts=13)
    assert study.scenario == topic.Scenario()
    assert study.tiles.tiles[0]["value"] == "5444000.0"


def test_every_view_has_a_static_form(study: Study) -> None:
    views = [
        study.link,
        study.headline,
        study.tiles,
        study.form,
        study.assumptions_table,
        *study.charts.values(),
    ]
    static_forms = [view._repr_mimebundle_()[0][STATIC_MIME_TYPE] for view in views]
    assert all(
        "<script" not in html and "http" not in html.replace("http://www.w3.org", "")
        for html in static_forms
    )
    path = study.charts["path"].to_static_html()
    assert "<svg" in path
    assert '<table class="wb-table">' in path
    assert study.charts["path"].captions["title"] in path


def test_the_kernel_of_a_page_draws_no_static_chart(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    assert "<svg" not in study.charts["path"].to_static_html()


def test_the_first_cell_of_a_notebook_rejects_an_invalid_value() -> None:
    with pytest.raises(ScenarioError, match="programme_starts is -1"):
        topic.Scenario.from_cell({"programme_starts": -1})


def test_a_visitor_is_told_that_a_calculation_needs_too_much_memory() -> None:
    is_limited = False

    def evaluate(tables: Any, scenario: Scenario) -> Outcome:
        if is_limited:
            raise MemoryError
        return topic.model(tables, scenario)

    study = Study(replace(topic, model=evaluate))
    is_limited = True
    study.link.requested_query = "?programme_starts=0"
    told = "needs more memory than a visit may use. Try fewer simulations."
    assert study.link.open_error == f"The scenario in this link {told}"
    type_in(study, 1, programme_starts="0")
    assert study.changes.incident_message.startswith(f"This calculation {told}")
    assert study.scenario == topic.Scenario()
