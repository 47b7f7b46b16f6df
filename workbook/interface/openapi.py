"""The OpenAPI document of `/api/`, made from the declarations of the topics."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from workbook.analysis.goal_seek import seekable_parameters
from workbook.interface.schemas import (
    ANSWER_SCHEMAS,
    DEPARTMENT_MEANING,
    QUARTER_PATTERN,
    Schema,
    describe_parameter,
    parameter_schema,
)
from workbook.scenario import DEPARTMENT_PARAMETER
from workbook.scenario.link_query import LINKED_SCENARIO
from workbook.topic import Topic

_JSON: Final = "application/json"
_TEXT: Final[Schema] = {"type": "string"}

_ERRORS: Final = {
    "400": "The request is not valid. The message says what would be right.",
    "403": "No valid token, or another address than the usual one.",
    "404": "There is no such topic, snapshot or indicator.",
    "405": "The method is neither GET nor HEAD.",
    "413": "The request has a body, and it is too large.",
    "503": "Too many calculations wait, or this one took too long. Retry-After says when to retry.",
}
"""Errors of every call, by status."""

_SENT_ON: Final = "The address had a token, and the new one has none. Use the header."

_SECURITY_SCHEMES: Final = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "The visitors' token, as the server was given it in WORKBOOK_TOKEN.",
    }
}


def build_document(topics: Mapping[str, Topic], home: str, *, needs_token: bool) -> dict[str, Any]:
    """Build the OpenAPI document.

    Args:
        topics: The topics by name.
        home: Address of the home page, with the last slash.
        needs_token: Whether programs have to show a token.

    Returns:
        The document, in OpenAPI 3.1.
    """
    paths = {**_list_general_paths(topics), **_list_archive_paths()}
    for topic in topics.values():
        paths |= _list_topic_paths(topic)
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Policy Workbook",
            "version": version("policy-workbook"),
            "description": (
                "Read-only. A query is a scenario, exactly as in the link of a page. Each answer"
                " has its notes, a link to its page and the SHA-256 of the tables it rests on."
            ),
        },
        "servers": [{"url": home.rstrip("/") or "/"}],
        "paths": {path: {"get": operation} for path, operation in paths.items()},
        "components": {"schemas": ANSWER_SCHEMAS},
    }
    if needs_token:
        for operation in document["paths"].values():
            operation["get"]["responses"] |= {"302": {"description": _SENT_ON}}
        document["components"] |= {"securitySchemes": _SECURITY_SCHEMES}
        document["security"] = [{"token": []}]
    return document


def _list_general_paths(topics: Mapping[str, Topic]) -> dict[str, Schema]:
    topic = _path_parameter("topic", {"enum": list(topics)})
    return {
        "/api/": _build_operation("index", "Addresses of this interface", "Index"),
        "/api/openapi.json": _build_operation("document", "This document", ""),
        "/api/topics": _build_operation("topics", "Topics, parameters and indicators", "Topics"),
        "/api/topics/{topic}": _build_operation("topic", "One topic", "Topic", [topic]),
    }


def _list_archive_paths() -> dict[str, Schema]:
    quarter = _path_parameter("quarter", {"type": "string", "pattern": QUARTER_PATTERN})
    revision = _path_parameter("revision", {"type": "string", "pattern": "^r[1-9][0-9]*$"})
    topic, indicator = (_path_parameter(name, _TEXT) for name in ("topic", "indicator"))
    department = _query_parameter(DEPARTMENT_PARAMETER, _TEXT, DEPARTMENT_MEANING)
    current = "The current revision of a quarter, with its figures"
    history = "An indicator over the quarters of the archive"
    return {
        "/api/snapshots": _build_operation(
            "snapshots", "Snapshots of the archive and its editions", "Snapshots", [department]
        ),
        "/api/snapshots/{quarter}": _build_operation(
            "snapshot", current, "Snapshot", [quarter, department]
        ),
        "/api/snapshots/{quarter}/{revision}": _build_operation(
            "revision",
            "A revision of a quarter, with its figures",
            "Snapshot",
            [quarter, revision, department],
        ),
        "/api/indicators/{topic}/{indicator}": _build_operation(
            "indicator", history, "IndicatorHistory", [topic, indicator, department]
        ),
    }


def _list_topic_paths(topic: Topic) -> dict[str, Schema]:
    scenario = [
        _query_parameter(entry.name, parameter_schema(entry), describe_parameter(entry))
        for entry in topic.Scenario.parameters().values()
    ]
    saved = "Name of a saved scenario to start from."
    scenario.append(_query_parameter(LINKED_SCENARIO, _TEXT, saved))
    address = f"/api/topics/{topic.name}"
    run = f"Run the model. {topic.question}"
    seek = f"Find the value of a parameter that reaches a target: {topic.title}"
    paths = {f"{address}/run": _build_operation(f"run_{topic.name}", run, "Run", scenario)}
    levers = list(seekable_parameters(topic.Scenario()))
    numbers = [entry.name for entry in topic.indicators if entry.unit != "quarter"]
    if levers and numbers:
        goal = _list_goal_parameters(numbers, levers)
        paths[f"{address}/seek"] = _build_operation(
            f"seek_{topic.name}", seek, "Goal", [*goal, *scenario]
        )
    return paths


def _list_goal_parameters(indicators: Sequence[str], levers: Sequence[str]) -> list[Schema]:
    probability = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
    return [
        _query_parameter(
            "indicator", {"enum": indicators}, "Indicator with a target.", required=True
        ),
        _query_parameter(
            "reach", {"type": "number"}, "Target, in the indicator's unit.", required=True
        ),
        _query_parameter("by", {"enum": levers}, "Parameter that may change.", required=True),
        _query_parameter("probability", probability, "Share of simulations that must reach it."),
    ]


def _build_operation(
    name: str, summary: str, answer: str, parameters: Iterable[Schema] = ()
) -> Schema:
    """A call: its errors, and the schema of its answer; the document itself has none."""
    schema = {"$ref": f"#/components/schemas/{answer}"} if answer else {"type": "object"}
    error = {_JSON: {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": summary, "content": {_JSON: {"schema": schema}}},
            "304": {"description": "Nothing has changed since the ETag in If-None-Match."},
            **{
                status: {"description": description, "content": error}
                for status, description in _ERRORS.items()
            },
        },
    }


def _path_parameter(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameter(
    name: str, schema: Schema, description: str, *, required: bool = False
) -> Schema:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": schema,
    }
