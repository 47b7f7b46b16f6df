"""Hostile values in every parameter of a link: a sentence or an ordinary scenario, never more."""

from urllib.parse import urlencode

import pytest

from workbook.resources import resource_folder
from workbook.scenario import ScenarioError
from workbook.serving.views import make_view
from workbook.topics.registry import TOPICS
from workbook.widgets.link_errors import page_scenario_from_link, scenario_from_link

HOSTILE = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "${7*7}", "';--"),
    *("../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "C:\\boot.ini"),
    *("\x00", "\r\nSet-Cookie: a=b", "\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass")),
    *("nan", "-inf", "1e400", "1_0", "٣", "0x10", "9" * 5000, "a" * 100_000, ";" * 1000, ""),
    *("__class__", "uploaded:a", "None", "True", "[1]", '{"a": 1}', "=cmd|' /C calc'!A0"),
)
SECRET_PARTS = ("Traceback", "site-packages", 'File "', str(resource_folder("data").parent))
TEXT_KINDS = {"string", "array"}


def read_link(topic, query):
    """The scenario of a link, or the sentence that refuses it."""
    try:
        return page_scenario_from_link(query, topic), ""
    except ScenarioError as error:
        return None, str(error)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_value_is_refused_in_words_or_taken_as_it_stands(topic):
    for name in (*topic.Scenario.parameters(), "colour", "__init__", "scenario"):
        for value in HOSTILE:
            query = urlencode({name: value})
            scenario, sentence = read_link(topic, query)
            assert len(sentence) < 2000
            assert not [part for part in SECRET_PARTS if part in sentence]
            if scenario is None:
                assert sentence
            else:
                assert scenario_from_link(scenario.to_query(), topic) == scenario


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_text_that_is_taken_is_no_markup_in_what_is_shown(topic):
    for name, parameter in topic.Scenario.parameters().items():
        for value in HOSTILE[:2]:
            scenario, _ = read_link(topic, urlencode({name: value}))
            if parameter.kind in TEXT_KINDS and scenario is not None:
                view = make_view(topic, "", scenario)
                assert "<script" not in view.text
                assert "<img" not in view.text
                assert not [part for part in SECRET_PARTS if part in view.problem]
