"""The Study: one scenario, one run of the model, and every view follows."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from traitlets import TraitError

from workbook import Outcome, Scenario, ScenarioError, Study
from workbook.topics.digital_inclusion import topic
from workbook.widgets.widget import STATIC_MIME_TYPE


@pytest.fixture
def study() -> Study:
    return Study(topic)


async def answered(study: Study, number: int) -> None:
    """Wait until the form has its answer of this number."""
    there = asyncio.Event()
    study.form.observe(lambda change: change["new"] == number and there.set(), "completed_revision")
    await there.wait()


def type_in(study: Study, number: int, **texts: str) -> None:
    """What the page sends when these fields have been typed in, and the wait for the answer."""

    async def typed() -> None:
        study.form.edits = {"revision": number, "texts": {**study.form.field_texts, **texts}}
        await answered(study, number)

    asyncio.run(typed())


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


def test_the_model_runs_once_for_a_change_and_not_for_an_equal_value() -> None:
    runs: list[Scenario] = []

    def counted(tables: Any, scenario: Any) -> Outcome:
        runs.append(scenario)
        return topic.evaluate_model(tables, scenario)

    study = Study(replace(topic, model=counted, sensitivity_curves=(), tornado=""))
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


@pytest.mark.parametrize("value", [None, 5, "programme_starts=0"])
def test_only_a_scenario_can_be_assigned(study: Study, value: Any) -> None:
    with pytest.raises(TraitError, match="scenario"):
        study.scenario = value
    assert study.scenario == topic.Scenario()


def test_evaluating_a_scenario_shows_nothing(study: Study) -> None:
    headline = study.headline.text
    evaluation = study.evaluate(study.scenario.replace(programme_starts=0))
    assert evaluation.outcome["people_excluded"].value == 6_200_000
    assert (study.headline.text, study.scenario) == (headline, topic.Scenario())


def test_a_scenario_that_cannot_be_worked_out_leaves_everything_as_it_was() -> None:
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
    assert "incident" in study.link.incident_message
    assert "secret" not in study.link.incident_message
    type_in(study, 2, programme_starts="14")
    assert study.link.incident_message == ""
    assert study.scenario.values()["programme_starts"] == 14


def test_what_is_typed_is_taken_and_what_is_refused_is_said(study: Study) -> None:
    type_in(study, 1, programme_starts="800000", dropout="130")
    assert study.scenario == topic.Scenario(programme_starts=800_000)
    assert list(study.form.field_errors) == ["dropout"]
    assert study.form.field_texts["dropout"] == "130"
    assert study.charts["swing"].render_count == 2
    type_in(study, 2, dropout="30")
    assert study.form.field_errors == {}


def test_a_faster_hand_leaves_the_older_scenario_s_analyses(study: Study) -> None:
    async def typed() -> None:
        for number in range(1, 6):
            texts = {**study.form.field_texts, "programme_starts": str(number)}
            study.form.edits = {"revision": number, "texts": texts}
            await asyncio.sleep(0)
        await answered(study, 5)

    asyncio.run(typed())
    assert study.charts["path"].render_count == 6
    assert study.charts["swing"].render_count == 2


def test_a_link_is_opened_and_what_takes_long_comes_after_it(study: Study) -> None:
    swing = study.charts["swing"]
    before = swing.captions["title"]

    async def opened() -> None:
        shown = asyncio.Event()
        study.link.requested_query = "?programme_starts=0&token=secret"
        assert study.link.request_completed
        assert swing.captions["title"] == "Calculating…"
        assert (swing.table_content["rows"], set(map(len, swing.named_data.values()))) == ([], {0})
        swing.observe(lambda _: shown.set(), "render_count")
        await shown.wait()

    asyncio.run(opened())
    assert swing.captions["title"] == before
    assert study.scenario == topic.Scenario(programme_starts=0)
    assert study.link.query == "programme_starts=0"


def test_a_link_that_is_refused_says_why_and_fills_the_form(study: Study) -> None:
    study.link.requested_query = "?programme_starts=12000000&dropout=0.2"
    assert study.link.request_completed
    assert "programme_starts is 12,000,000" in study.link.open_error
    assert study.scenario == topic.Scenario()
    assert study.form.field_texts["dropout"] == "20"
    type_in(study, 1, programme_starts="0")
    assert study.link.open_error == ""
    assert study.scenario == topic.Scenario(programme_starts=0, dropout=0.2)


def test_a_quarter_before_any_figure_still_has_its_page(study: Study) -> None:
    study.scenario = study.scenario.replace(quarter="2000-Q1")
    assert study.outcome.frame("observed").empty


@pytest.mark.parametrize(
    "changes",
    [
        {"programme_starts": 0},
        {"target_year": 2024, "quarter": "2020-Q4"},
        {"relapse_rate": 0.1},
        {"programme_starts": 1_400_000},
    ],
)
def test_only_a_chart_s_data_and_words_change(study: Study, changes: dict[str, Any]) -> None:
    before = {name: chart.spec for name, chart in study.charts.items()}
    study.scenario = study.scenario.replace(**changes)
    assert {name: chart.spec for name, chart in study.charts.items()} == before


def test_a_row_with_a_unit_of_its_own_is_written_in_it(study: Study) -> None:
    table = study.charts["swing"].table_content
    columns = [column["name"] for column in table["columns"]]
    low = {row[0]: row[columns.index("low")] for row in table["texts"]}
    assert (low["unaided_gain"], low["dropout"], low["unit_cost"]) == ("500,000", "10%", "£47.00")


def test_tables_and_tiles_follow(study: Study) -> None:
    table, tiles = study.table("path"), study.select_tiles("gap_to_target")
    study.scenario = study.scenario.replace(programme_starts=0)
    assert table.content["rows"][-1][1] == 6_200_000
    assert [tile["name"] for tile in tiles.tiles] == ["gap_to_target"]
    assert tiles.tiles[0]["value"] == str(6_200_000 - 4_640_625.0)


def test_a_view_is_made_once_and_a_wrong_name_is_refused(study: Study) -> None:
    with pytest.raises(KeyError, match='Did you mean "path"'):
        study.table("pth")
    assert study.table("path") is study.table("path")
    assert study.assumptions_table is study.assumptions_table
    assert study.select_tiles("gap_to_target") is study.select_tiles("gap_to_target")
    study.scenario = study.scenario.replace(programme_starts=0)


def test_a_chart_that_cannot_be_drawn_leaves_the_scenario_as_it_was() -> None:
    def failing(outcome: Outcome) -> Any:
        if outcome.scenario.values()["programme_starts"] == 13:
            raise ZeroDivisionError
        return topic.charts["path"](outcome)

    study = Study(replace(topic, charts={"path": failing}))
    with pytest.raises(ZeroDivisionError):
        study.scenario = study.scenario.replace(programme_starts=13)
    assert study.scenario == topic.Scenario()
    assert study.tiles.tiles[0]["value"] == "5444000.0"


def test_every_view_has_a_still_form(study: Study) -> None:
    views = [
        study.link,
        study.headline,
        study.tiles,
        study.form,
        study.assumptions_table,
        *study.charts.values(),
    ]
    stills = [view._repr_mimebundle_()[0][STATIC_MIME_TYPE] for view in views]
    assert all(
        "<script" not in still and "http" not in still.replace("http://www.w3.org", "")
        for still in stills
    )
    path = study.charts["path"].to_static_html()
    assert "<svg" in path
    assert '<table class="wb-table">' in path
    assert "On these assumptions 2020 misses the target" in path


def test_a_page_s_kernel_draws_no_still_chart(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    assert "<svg" not in study.charts["path"].to_static_html()


def test_a_bad_value_is_refused_by_the_notebook_s_first_cell() -> None:
    with pytest.raises(ScenarioError, match="programme_starts is -1"):
        topic.Scenario.from_cell({"programme_starts": -1})
