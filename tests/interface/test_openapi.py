"""The OpenAPI document: what the topics declare, and nothing written by hand."""

import jsonschema
import pytest
from openapi_spec_validator import validate

from workbook.interface.openapi import build_document
from workbook.interface.schemas import ANSWER_SCHEMAS, answer_schema
from workbook.topics.registry import TOPICS


@pytest.fixture(scope="module")
def document():
    return build_document(TOPICS, "/", needs_token=False)


def parameters_of(document, address):
    """Schema of each parameter of a call, by its name."""
    parameters = document["paths"][address]["get"]["parameters"]
    return {entry["name"]: entry["schema"] for entry in parameters}


def test_it_is_valid(document):
    validate(document)


def test_a_token_is_described_where_one_is_needed(document):
    assert "security" not in document
    with_token = build_document(TOPICS, "/", needs_token=True)
    validate(with_token)
    assert with_token["security"] == [{"token": []}]


@pytest.mark.parametrize("name", TOPICS)
def test_it_has_every_parameter_as_it_is_declared(document, name):
    schemas = parameters_of(document, f"/api/topics/{name}/run")
    declared = TOPICS[name].Scenario.parameters()
    assert {*schemas} == {*declared, "scenario"}
    for entry in declared.values():
        schema = schemas[entry.name]
        jsonschema.validate(entry.default, schema)
        assert schema["default"] == entry.default
        assert schema.get("enum", []) == list(entry.choices)
        assert schema.get("minimum") == entry.bounds[0]


def test_the_limit_of_pages_is_one_here(document):
    schemas = parameters_of(document, "/api/topics/savings/run")
    assert schemas["horizon"]["maximum"] == 60
    assert schemas["draws"]["maximum"] == 100_000


def test_a_goal_is_sought_by_numbers_with_limits_only(document):
    schemas = parameters_of(document, "/api/topics/digital_inclusion/seek")
    assert "programme_starts" in schemas["by"]["enum"]
    assert not {"draws", "seed", "quarter"} & {*schemas["by"]["enum"]}
    assert "gap_to_target" in schemas["indicator"]["enum"]
    assert schemas["probability"] == {"type": "number", "exclusiveMinimum": 0, "maximum": 1}


@pytest.mark.parametrize("name", ANSWER_SCHEMAS)
def test_a_schema_for_a_tool_refers_to_no_other(name):
    schema = answer_schema(name)
    assert "$ref" not in str(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
