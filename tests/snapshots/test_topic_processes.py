"""The reports of a topic's process, whatever else it prints."""

import os

import pytest

from workbook.snapshots import topic_processes
from workbook.snapshots.topic_processes import RunLimits, TopicProgress, run_topics


class PrintingRequest:
    """A request whose process prints what is no report."""

    def __init__(self, text: str) -> None:
        self.text = text

    def to_text(self) -> str:
        return self.text


def print_text(text: str) -> None:
    """What the process runs in place of a topic."""
    os.write(1, text.encode())


@pytest.fixture
def run(monkeypatch):
    """Run a process that prints a text; its failures and the steps that were told."""
    monkeypatch.setattr(topic_processes, "FUNCTION", f"{__name__}:print_text")
    monkeypatch.setattr(topic_processes, "RUN_MODULES", ("json",))

    def run_process(text):
        steps: list[TopicProgress] = []
        failures = run_topics({"small": PrintingRequest(text)}, 1, RunLimits(), steps.append)
        return [failure.sentence for failure in failures], [entry.step for entry in steps]

    return run_process


def test_a_line_that_is_no_report_is_passed_on_and_does_not_end_the_run(run, capsys):
    text = 'a library prints\n[1]\n{"a": 1}\n{"step": "outputs"}\n'
    assert run(text) == ([], ["started", "outputs", "finished"])
    assert capsys.readouterr().err == 'a library prints\n[1]\n{"a": 1}\n'


def test_a_report_that_was_cut_off_is_no_step(run, capsys):
    assert run('{"step": "outp') == ([], ["started", "finished"])
    assert capsys.readouterr().err == '{"step": "outp\n'


def test_the_report_of_a_failure_is_told_all_the_same(run):
    failures, steps = run('noise\n{"cause": "it is wrong"}\n')
    assert failures == ["small failed: it is wrong"]
    assert steps == ["started", "failed"]
