"""A value reads alike by the command, a link, the form and a file: a scenario or a sentence."""

import math
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from papermill.translators import PythonTranslator

from tests.serving.test_hostile_links import HOSTILE, SECRET_PARTS
from workbook.cli.arguments import build_scenario, parse_settings
from workbook.scenario import Scenario
from workbook.topic import Topic
from workbook.topics.registry import TOPICS
from workbook.widgets.edits import apply_edits, scenario_texts
from workbook.widgets.link_errors import scenario_from_link

NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12), st.floats(), st.floats(0, 1), st.integers(1990, 2060)
)
VALUES = st.one_of(
    st.text(max_size=30),
    NUMBERS.map(str),
    st.sampled_from([value for value in HOSTILE if isinstance(value, str)]),
)
every_topic = pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))


def read(make_scenario: Callable[[], Scenario]) -> Scenario | None:
    """The scenario; None where it is refused, which must be in a sentence that tells no secret."""
    try:
        return make_scenario()
    except ValueError as error:
        sentence = str(error)
        assert sentence
        assert not [part for part in SECRET_PARTS if part in sentence]
        return None


def from_form(scenario: Scenario) -> Scenario:
    """The scenario of the texts that the form shows for another."""
    texts = scenario_texts(scenario)
    applied, errors = apply_edits(type(scenario)(), texts, {}, lambda accepted: accepted)
    assert not errors
    return applied


def from_papermill(scenario: Scenario) -> Scenario:
    """The scenario of a notebook whose parameters papermill has set to those of another."""
    names: dict[str, object] = {}
    exec(scenario.to_cell(), names)
    injected = PythonTranslator.codify(scenario.non_default_values(), "Parameters")
    exec(injected, names)
    return scenario.from_cell(names)


def names_of(topic: Topic) -> st.SearchStrategy[str]:
    """Names of the topic's parameters, and now and then another."""
    return st.sampled_from([*topic.Scenario.parameters(), "colour"])


@every_topic
def test_the_command_and_a_link_read_a_value_alike(topic: Topic) -> None:
    @given(names_of(topic), VALUES.filter(bool))
    def check(name: str, value: str) -> None:
        by_command = read(lambda: build_scenario(topic, parse_settings([f"{name}={value}"]), ""))
        by_link = read(lambda: scenario_from_link(urlencode({name: value}), topic))
        names_a_file = by_command is not None and by_command.file_paths  # a link may not
        assert by_link == (None if names_a_file else by_command)

    check()


@every_topic
def test_a_scenario_that_is_taken_comes_back_from_every_way_in(
    topic: Topic, tmp_path: Path
) -> None:
    @given(names_of(topic), VALUES)
    def check(name: str, value: str) -> None:
        scenario = read(lambda: scenario_from_link(urlencode({name: value}), topic))
        if scenario is not None:
            scenario.to_file(tmp_path / "scenario.toml")
            assert topic.Scenario.from_file(tmp_path / "scenario.toml") == scenario
            assert scenario_from_link(scenario.to_query(), topic) == scenario
            assert from_form(scenario) == scenario
            assert from_papermill(scenario) == scenario

    check()


@every_topic
def test_any_value_of_a_file_is_taken_or_refused_in_a_sentence(
    topic: Topic, tmp_path: Path
) -> None:
    file = tmp_path / "scenario.toml"
    values = st.one_of(VALUES, NUMBERS, st.booleans(), st.lists(st.text(max_size=5), max_size=3))

    @given(names_of(topic), values)
    def check(name: str, value: object) -> None:
        file.write_text(tomli_w.dumps({"parameters": {name: value}}), "utf-8")
        scenario = read(lambda: topic.Scenario.from_file(file))
        for held in scenario.values().values() if scenario else ():
            assert not isinstance(held, float) or math.isfinite(held)

    check()


@every_topic
def test_any_text_in_the_form_is_applied_or_refused_at_its_field(topic: Topic) -> None:
    @given(st.dictionaries(names_of(topic).filter(lambda name: name != "colour"), VALUES))
    def check(texts: dict[str, str]) -> None:
        scenario, errors = apply_edits(topic.Scenario(), texts, {}, lambda accepted: accepted)
        assert errors.keys() <= topic.Scenario.parameters().keys()
        for sentence in errors.values():
            assert not [part for part in SECRET_PARTS if part in sentence]
        unchanged = topic.Scenario().values()
        for name in texts.keys() & errors.keys():
            assert scenario.values()[name] == unchanged[name]

    check()
