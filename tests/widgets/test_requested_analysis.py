"""Analyses that a visitor requests: in steps, cancelled by a change, with errors in their place."""

import asyncio
from typing import Any, ClassVar

import pytest

from workbook import Study
from workbook.topics.registry import TOPICS
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.requested_analysis import RequestedAnalysis, RequestedSteps
from workbook.widgets.requested_inputs import RequestError, RequestInputs
from workbook.widgets.requested_result import RequestedResult


class CountingAnalysis(RequestedAnalysis):
    """An analysis that counts to the number that is typed."""

    name: ClassVar[str] = "counting"
    _esm, _css = "", ""  # it has no script

    def analyse(self, evaluation: Evaluation, inputs: RequestInputs) -> RequestedSteps:
        count = int(inputs.number("count", "count", "The count"))
        for _ in range(count):
            yield count
        assert count != 13, "a fault"
        if count == 7:
            evaluation.scenario.replace(programme_starts=-1)
        return RequestedResult((f"Counted to {count}.", "A note."), form_texts={"dropout": "20"})


@pytest.fixture
def study() -> Study:
    topic = TOPICS["digital_inclusion"]
    return Study(topic, topic.Scenario(draws=100))


@pytest.fixture
def analysis(study: Study) -> CountingAnalysis:
    return study.requested._follow(CountingAnalysis(study.topic, study.form.study_id))


def send(analysis: RequestedAnalysis, **content: Any) -> None:
    analysis._handle_custom_msg(content, [])


async def request(analysis: RequestedAnalysis, inputs: Any, **content: Any) -> None:
    """Request the analysis and wait for its end."""
    ended = asyncio.Event()
    analysis.observe(lambda change: change["new"] == "idle" and ended.set(), "status")
    send(analysis, request="run", inputs=inputs, **content)
    await ended.wait()


def test_the_result_comes_with_its_progress(analysis: CountingAnalysis) -> None:
    shown: list[list[int]] = []
    analysis.observe(lambda change: shown.append(change["new"]), "progress")
    asyncio.run(request(analysis, {"count": "3"}))
    assert shown == [[1, 3], [2, 3], [3, 3]]
    assert analysis.result["sentences"] == ["Counted to 3.", "A note."]
    assert analysis.result["form_texts"] == {"dropout": "20"}
    assert not analysis.message


def test_it_is_cancelled_by_its_button(analysis: CountingAnalysis) -> None:
    async def cancel() -> None:
        begun = asyncio.Event()
        analysis.observe(lambda change: change["new"][0] == 2 and begun.set(), "progress")
        send(analysis, request="run", inputs={"count": "50"})
        await begun.wait()
        send(analysis, request="cancel")
        await asyncio.sleep(0.1)

    asyncio.run(cancel())
    assert (analysis.status, analysis.message, analysis.result) == ("idle", "Cancelled.", {})
    assert analysis.progress[0] < 50


def test_a_request_that_is_sent_again_is_answered_and_followed_once(
    analysis: CountingAnalysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[object] = []
    monkeypatch.setattr(analysis, "send", answers.append)
    started: list[object] = []
    analysis.observe(lambda change: change["new"] == "running" and started.append(1), "status")

    async def request_twice() -> None:
        await request(analysis, {"count": "3"}, id="one")
        send(analysis, request="run", inputs={"count": "3"}, id="one")
        await asyncio.sleep(0)

    asyncio.run(request_twice())
    assert answers == [{"id": "one"}, {"id": "one"}]
    assert (len(started), analysis.result["sentences"][0]) == (1, "Counted to 3.")


def test_a_cancelled_request_that_never_came_leaves_the_earlier_result(
    analysis: CountingAnalysis,
) -> None:
    analysis.run(count="2")
    send(analysis, request="cancel", id="two")
    assert (analysis.status, analysis.message) == ("idle", "")
    assert analysis.result["sentences"][0] == "Counted to 2."


def test_a_change_of_the_scenario_cancels_it(study: Study, analysis: CountingAnalysis) -> None:
    async def change() -> None:
        send(analysis, request="run", inputs={"count": "50"})
        await asyncio.sleep(0)
        study.accept(study.evaluate(study.scenario.replace(dropout=0.2)))
        await asyncio.sleep(0.15)

    asyncio.run(change())
    assert analysis.status == "idle"
    assert analysis.message == "Cancelled, because the scenario has changed."


def test_a_result_of_an_earlier_scenario_says_so(study: Study, analysis: CountingAnalysis) -> None:
    first = study.scenario
    analysis.run(count="2")
    study.scenario = first.replace(dropout=0.4)
    assert "earlier scenario" in analysis.note
    assert "earlier scenario" in analysis.to_static_html()
    study.scenario = first
    assert not analysis.note


def test_a_value_that_is_used_says_so(study: Study, analysis: CountingAnalysis) -> None:
    first = study.scenario
    analysis.run(count="2")
    study.scenario = first.replace(dropout=0.2)  # what the result has for the form
    assert analysis.note == "The form has this result now. Undo takes it back."
    study.scenario = first
    assert not analysis.note


def test_an_error_stands_at_its_input(analysis: CountingAnalysis) -> None:
    asyncio.run(request(analysis, {"count": "soon"}))
    assert analysis.field_errors == {"count": "The count must be a number, such as 1,000."}
    with pytest.raises(RequestError, match="The count must be"):
        analysis.run(count="soon")


def test_a_value_that_the_model_rejects_is_explained(analysis: CountingAnalysis) -> None:
    asyncio.run(request(analysis, {"count": "7"}))
    assert analysis.message.startswith("Programme starts a year must be")


def test_a_fault_has_an_incident_number(
    analysis: CountingAnalysis, caplog: pytest.LogCaptureFixture
) -> None:
    asyncio.run(request(analysis, {"count": "13"}))
    number = analysis.message.removesuffix(".").rpartition(" ")[2]
    assert f"incident {number}: digital_inclusion" in caplog.text
    assert analysis.status == "idle"


@pytest.mark.parametrize(
    "inputs",
    [
        None,
        "count",
        {"count": 3},
        {"count": "1" * 1_000},
        {"count": ["a"] * 1_000},
        {"count": [["a"]]},
        {f"input{number}": "" for number in range(1_000)},
    ],
)
def test_a_request_of_another_form_is_rejected(analysis: CountingAnalysis, inputs: Any) -> None:
    asyncio.run(request(analysis, inputs))
    assert analysis.message == "The request could not be read. Reload the page."


@pytest.mark.parametrize("content", [{}, {"request": ["run"]}, {"request": "frame"}])
def test_a_message_that_nobody_knows_changes_nothing(
    analysis: CountingAnalysis, content: dict[str, Any]
) -> None:
    send(analysis, **content)
    assert analysis.status == "idle"


def test_the_static_form_is_the_last_result_or_a_sentence(analysis: CountingAnalysis) -> None:
    assert "Nothing has been calculated yet." in analysis.to_static_html()
    analysis.run(count="1")
    assert "Counted to 1." in analysis.to_static_html()
    assert analysis.describe_content() == "Counted to 1."


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("4.6 million", "people", 4_600_000),
        ("£1,000", "GBP", 1_000),
        ("−£2bn", "GBP", -2e9),
        ("14.5%", "share", 0.145),
        ("30", "share", 0.3),
        (".5", "index", 0.5),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, unit: str, number: float) -> None:
    assert RequestInputs({"value": text}).number("value", unit, "The value") == number


@pytest.mark.parametrize("text", ["", "ten", "1e9", "1,00", "nan", "9" * 30, "--1", "²"])
def test_what_is_no_number_is_rejected(text: str) -> None:
    with pytest.raises(RequestError, match="The value must be a percentage, such as 30"):
        RequestInputs({"value": text}).number("value", "share", "The value")


@pytest.mark.parametrize(("text", "unit"), [("5%", "GBP"), ("30%", "people"), ("£30", "share")])
def test_the_sign_of_another_unit_is_rejected(text: str, unit: str) -> None:
    with pytest.raises(RequestError, match="The value must be a"):
        RequestInputs({"value": text}).number("value", unit, "The value")


def test_a_run_that_fails_is_over(analysis: CountingAnalysis, monkeypatch: Any) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(analysis, "analyse", fail)
    with pytest.raises(ZeroDivisionError):
        analysis.run(count="1")
    assert analysis.status == "idle"
