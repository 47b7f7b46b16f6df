"""What TAB shows in a notebook: parameters, and no names of the libraries beneath."""

import inspect
import warnings
from typing import Any

import jedi
import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from workbook.topics.digital_inclusion import topic
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.widgets.study import Study

PARAMETERS = set(DigitalInclusion.parameters())
CALLS = ["topic.run(", "scenario.replace(", "topic.Scenario("]


@pytest.fixture(scope="module")
def namespace():
    """Names of a notebook."""
    scenario = topic.Scenario(draws=100)
    return {"topic": topic, "scenario": scenario, "study": Study(topic, scenario)}


@pytest.fixture(scope="module")
def complete(namespace: dict[str, Any]) -> Any:
    """Complete a line as IPython does."""
    completer = IPCompleter(shell=InteractiveShell(), namespace=namespace)

    def complete_line(line: str) -> set[str]:
        with provisionalcompleter():
            return {found.text.lstrip(".") for found in completer.completions(line, len(line))}

    return complete_line


@pytest.mark.parametrize("call", CALLS)
def test_a_call_completes_the_names_of_the_parameters(complete, call):
    names = {name.rstrip("=") for name in complete(call)}
    assert names >= PARAMETERS


@pytest.mark.parametrize("call", CALLS)
def test_jedi_knows_the_parameters_of_a_call(namespace, call):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        [signature] = jedi.Interpreter(call, [namespace]).get_signatures()
    assert {parameter.name for parameter in signature.params} >= PARAMETERS


def test_a_scenario_shows_its_parameters_and_no_names_of_pydantic(complete):
    names = complete("scenario.")
    assert names >= {*PARAMETERS, "replace", "to_query", "values"}
    assert not names & {
        "dict",
        "json",
        "copy",
        "model_dump",
        "model_copy",
        "parse_obj",
        "construct",
    }


def test_a_study_shows_no_names_of_traitlets(complete):
    names = complete("study.")
    assert names >= {"scenario", "outcome", "charts", "compare", "sweep", "frame"}
    assert not names & {"add_traits", "class_traits", "hold_trait_notifications", "trait_names"}


def test_the_signature_says_the_kind_of_each_parameter():
    signature = inspect.signature(topic.run)
    assert next(iter(signature.parameters)) == "scenario"
    assert str(signature.parameters["dropout"]) == "dropout: float = unchanged"
    assert str(inspect.signature(topic.Scenario().replace).parameters["quarter"]) == (
        "quarter: str = unchanged"
    )


def test_keys_of_an_outcome_are_completed():
    outcome = topic.run(draws=100)
    assert "people_excluded" in outcome._ipython_key_completions_()
    assert "path" in outcome.tables._ipython_key_completions_()
