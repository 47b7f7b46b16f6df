"""Compare the scenarios that a visitor chooses."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import altair as alt
import pytest

from tests.widgets.example_topic import topic as topic_with_plain_charts
from workbook import Study
from workbook.charts.figure import Figure, make_figure
from workbook.outcome import Outcome
from workbook.scenario.store import FOLDER_VARIABLE
from workbook.topics.registry import TOPICS
from workbook.widgets.requested_inputs import RequestError
from workbook.widgets.requested_result import RequestedResult

TOPIC = TOPICS["digital_inclusion"]
CHARTER = "saved:Charter delivers"


@pytest.fixture(scope="module")
def study() -> Study:
    return Study(TOPIC, TOPIC.Scenario(draws=100))


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The team's folder of scenarios, of a served page."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    return tmp_path


def rows_of(result: RequestedResult, name: str) -> list[list[Any]]:
    (part,) = [part for part in result.parts if part.name == name]
    rows: list[list[Any]] = part.table.frame.to_numpy().tolist()
    return rows


def charts_of(result: RequestedResult) -> list[Figure]:
    return [part.chart for part in result.parts if isinstance(part.chart, Figure)]


def test_two_scenarios_with_what_differs_and_what_makes_the_difference(study: Study) -> None:
    result = study.comparison.run(first="published", second=CHARTER)
    assert result.sentences[0].startswith(
        "People without basic digital skills in 2020: 5.4 million"
    )
    assert rows_of(result, "compared_assumptions") == [["Programme starts a year", "", "800,000"]]
    first_row = rows_of(result, "compared_figures")[0]
    assert first_row[1:] == ["5.4 million", "4.2 million", "−1.3 million"]
    path, waterfall = charts_of(result)
    assert path.title.startswith("“Charter delivers”: ")
    assert path.subtitle.endswith("Dashed grey: “Published assumptions”")
    assert {"lines", "lines_pinned"} <= path.data.keys()
    assert waterfall.title == "“Programme starts a year” makes the whole difference: −1.3 million"


def test_four_scenarios_are_drawn_on_one_scale(study: Study, folder: Path) -> None:
    assert folder
    for starts in (100_000, 600_000):
        TOPIC.scenario_store().save(
            f"{starts}", TOPIC.Scenario(programme_starts=starts), author="A"
        )
    result = study.comparison.run(
        first="published", second=CHARTER, third="saved:100000", fourth="saved:600000"
    )
    assert [column for column in result.parts[1].table.columns if "Difference" in column] == [
        "Difference: Charter delivers",
        "Difference: 100000",
        "Difference: 600000",
    ]
    *paths, _ = charts_of(result)
    for path in paths:
        assert {"lines_pinned", "lines_other0", "lines_other1"} <= path.data.keys()
        assert path.subtitle.endswith("The charts of all scenarios have one scale")
    assert len({part.name for part in result.parts}) == len(result.parts)


def test_the_scenario_and_the_figure_to_explain_are_chosen(study: Study) -> None:
    study.scenario = TOPIC.Scenario(draws=100, dropout=0.2)
    result = study.comparison.run(
        first="published",
        second="present",
        third=CHARTER,
        explained="present",
        indicator="gap_to_target",
    )
    waterfall = charts_of(result)[-1]
    assert "from “Published assumptions” to “This scenario”" in waterfall.subtitle
    assert waterfall.subtitle.startswith("Gap to target")
    study.scenario = TOPIC.Scenario(draws=100)


def test_equal_scenarios_have_a_sentence(study: Study) -> None:
    study.scenario = TOPIC.Scenario()
    result = study.comparison.run(first="published", second="present")
    assert result.sentences == ("The scenarios do not differ: every parameter has the same value.",)
    assert result.parts == ()
    study.scenario = TOPIC.Scenario(draws=100)


@pytest.mark.parametrize(
    ("inputs", "field", "message"),
    [
        ({"first": "published"}, "second", "Choose a scenario."),
        ({"first": "x", "second": CHARTER}, "first", "Choose a scenario."),
        ({"first": CHARTER, "second": CHARTER}, "second", "chosen twice"),
        ({"first": "published", "second": "saved:Chartr"}, "second", "Unknown scenario"),
        ({"first": "published", "second": "saved:../../x"}, "second", "Unknown scenario"),
        ({"first": "published", "second": "saved:/etc/passwd"}, "second", "Unknown scenario"),
        (
            {"first": "published", "second": CHARTER, "explained": "published"},
            "explained",
            "compared with the first",
        ),
        (
            {"first": "published", "second": CHARTER, "indicator": "gap"},
            "indicator",
            'Unknown figure "gap"',
        ),
    ],
)
def test_a_wrong_choice_is_an_error_of_its_input(
    study: Study, inputs: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(RequestError, match=message) as error:
        study.comparison.run(**inputs)
    assert error.value.messages.keys() == {field}


def test_an_error_stands_at_its_place_after_a_blank_one(study: Study) -> None:
    with pytest.raises(RequestError, match="Unknown scenario") as error:
        study.comparison.run(first="published", second=CHARTER, third="", fourth="saved:Deleted")
    assert error.value.messages.keys() == {"fourth"}


@pytest.mark.parametrize(
    ("second", "note"), [(CHARTER, ""), ("present", "This result is of an earlier scenario.")]
)
def test_a_result_is_of_an_earlier_scenario_only_if_it_has_the_form_s(
    study: Study, second: str, note: str
) -> None:
    study.scenario = TOPIC.Scenario(draws=100, dropout=0.2)
    study.comparison.run(first="published", second=second)
    study.scenario = TOPIC.Scenario(draws=100)
    assert study.comparison.note.startswith(note)
    assert bool(study.comparison.note) == bool(note)


@pytest.mark.parametrize("second", [CHARTER, "present"])
def test_a_change_of_the_form_cancels_only_a_comparison_with_it(second: str) -> None:
    study = Study(TOPIC, TOPIC.Scenario(draws=100, dropout=0.2))
    comparison = study.comparison

    async def change() -> None:
        begun, ended = asyncio.Event(), asyncio.Event()
        comparison.observe(lambda _: begun.set(), "progress")
        inputs = {"first": "published", "second": second}
        comparison._handle_custom_msg({"request": "run", "inputs": inputs}, [])
        await begun.wait()
        comparison.observe(lambda _: ended.set(), "status")  # no longer running
        study.accept(study.evaluate(TOPIC.Scenario(draws=100)))
        await ended.wait()

    asyncio.run(change())
    is_cancelled = comparison.message == "Cancelled, because the scenario has changed."
    assert is_cancelled == (second == "present")
    assert bool(comparison.result) != is_cancelled


def test_a_page_compares_no_file_of_the_server_and_no_endless_calculation(
    study: Study, folder: Path
) -> None:
    TOPIC.scenario_store().save("Endless", TOPIC.Scenario(draws=1_000_000), author="A")
    with pytest.raises(RequestError, match="at most 100,000 on a page"):
        study.comparison.run(first="published", second="saved:Endless")
    assert folder
    savings = TOPICS["savings"]
    own_table = savings.Scenario(take_up_data=str(folder / "mine.csv"))
    savings.scenario_store().save("Own table", own_table, author="A")
    comparison = Study(savings, savings.Scenario(draws=100)).comparison
    with pytest.raises(RequestError, match="must be the name of a bundled"):
        comparison.run(first="published", second="saved:Own table")


@pytest.mark.parametrize("name", ["unit", "Figure", "difference in starts", "This scenario"])
def test_a_scenario_may_have_the_name_of_a_heading(study: Study, folder: Path, name: str) -> None:
    assert folder
    TOPIC.scenario_store().save(name, TOPIC.Scenario(dropout=0.2), author="A")
    result = study.comparison.run(first="present", second=f"saved:{name}")
    assert f"“{name}”" in result.parts[0].table.columns


def test_scenarios_saved_meanwhile_are_offered_on_request(study: Study, folder: Path) -> None:
    assert folder
    TOPIC.scenario_store().save("New one", TOPIC.Scenario(dropout=0.2), author="A")
    study.comparison._handle_custom_msg({"request": "scenarios"}, [])
    keys = [key for key, _ in study.comparison.scenarios]
    assert keys[:2] == ["present", "published"]
    assert "saved:New one" in keys


def test_before_the_first_request_there_is_a_sentence() -> None:
    comparison = Study(topic_with_plain_charts).comparison
    assert "To compare scenarios, choose them on the page." in comparison.to_static_html()
    assert comparison.result == {}


def test_a_static_page_shows_the_last_comparison(study: Study) -> None:
    study.comparison.run(first="published", second=CHARTER)
    html = study.comparison.to_static_html()
    assert html.count("<svg") == 2
    assert html.count('<table class="wb-table"') == 4


def test_a_topic_whose_charts_hold_their_data_is_compared_without_them() -> None:
    study = Study(topic_with_plain_charts)
    name = next(
        name
        for name, parameter in study.topic.Scenario.parameters().items()
        if parameter.kind == "integer"
    )
    low = study.topic.Scenario.parameters()[name].bounds[0]
    study.scenario = study.scenario.replace(**{name: int(low or 0) + 1})
    result = study.comparison.run(first="published", second="present")
    assert result.parts[0].name == "compared_assumptions"


def test_where_nothing_can_be_drawn_behind_the_first_scenario_has_its_own_chart() -> None:
    def draw_with_data_inside(outcome: Outcome) -> Figure:
        bars = alt.Chart(outcome.frame("ranked")).mark_bar().encode(x="visits:Q", y="service:N")
        return make_figure(bars, title=outcome.headline, description="A bar for each service.")

    topic = replace(topic_with_plain_charts, charts={"ranked": draw_with_data_inside})
    study = Study(topic, topic.Scenario(least=700))
    result = study.comparison.run(first="published", second="present")
    names = [part.name for part in result.parts if isinstance(part.chart, Figure)]
    assert names[:2] == ["ranked_1", "ranked_2"]
    first, second, *_ = charts_of(result)
    assert first.title == "“Published assumptions”: 733 services are counted."
    assert second.title == "“This scenario”: 35 services are counted."
    assert "Dashed grey" not in first.subtitle + second.subtitle
