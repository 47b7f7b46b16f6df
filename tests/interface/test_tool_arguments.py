"""Arguments of an assistant's tools."""

import pytest

from workbook.interface.errors import RequestError
from workbook.interface.tool_arguments import ToolCall

RUN = ToolCall("run", ("topic",), ("parameters", "scenario"), frozenset({"topic"}))


def test_they_become_the_query_of_a_link():
    parameters = {"draws": 100, "dropout": 0.5, "services": ["Passports", "Car tax"], "name": "a b"}
    arguments = {"topic": "take_up", "parameters": parameters, "scenario": "High"}
    assert RUN.read_places(arguments) == ("take_up",)
    expected = "scenario=High&draws=100&dropout=0.5&services=Passports%3B+Car+tax&name=a+b"
    assert RUN.read_query(arguments) == expected


def test_what_is_left_out_is_empty():
    assert RUN.read_query({"topic": "take_up", "scenario": None}) == ""
    snapshot = ToolCall("snapshot", ("quarter", "revision"))
    assert snapshot.read_places({"quarter": "2014-Q2"}) == ("2014-Q2", "")


@pytest.mark.parametrize(
    ("arguments", "place", "message"),
    [
        ({"topics": "a"}, "topics", 'Unknown argument "topics". Did you mean "topic"?'),
        ({}, "topic", "topic is missing."),
        ({"topic": {}}, "topic", "topic is {}: it must be a number or a text."),
        (
            *({"topic": "a", "parameters": [1]}, "parameters"),
            'parameters is no object: write an object such as {"quarter": "2014-Q2"}.',
        ),
        (
            *({"topic": "a", "parameters": {"scenario": "b"}}, "scenario"),
            "scenario is an argument of its own, beside parameters.",
        ),
        (
            *({"topic": "a", "parameters": {"draws": None}}, "draws"),
            "draws is null: it must be a number or a text.",
        ),
        (
            *({"topic": "a", "parameters": {"services": ["a; b"]}}, "services"),
            'services is ["a; b"]: it must be a number or a text.',
        ),
    ],
)
def test_others_are_refused_with_what_would_be_right(arguments, place, message):
    with pytest.raises(RequestError) as refused:
        _ = RUN.read_places(arguments), RUN.read_query(arguments)
    assert (refused.value.place, str(refused.value)) == (place, message)
