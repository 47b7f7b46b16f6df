"""JSON schemas of the answers, for the OpenAPI document and the tools of an assistant."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from workbook.analysis.goal_result import GoalSeekStatus
from workbook.indicators import Unit
from workbook.scenario import Parameter
from workbook.snapshots.sign_off import Status

Schema = dict[str, Any]

QUARTER_PATTERN: Final = r"^[0-9]{4}-Q[1-4]$"
_TABLE_PATTERN: Final = r"^[A-Za-z0-9_-]*$"

_TEXT: Final[Schema] = {"type": "string"}
_NUMBER_OR_NULL: Final[Schema] = {"type": ["number", "null"]}
_PARAMETER_VALUE: Final[Schema] = {"type": ["number", "string"]}
_VALUES: Final[Schema] = {
    "type": "object",
    "description": "Value of each parameter by its name.",
    "additionalProperties": _PARAMETER_VALUE,
}
_NOTES: Final[Schema] = {
    "type": "array",
    "items": _TEXT,
    "description": "Sentences that a reader needs to interpret the figures.",
}
_LINK: Final[Schema] = {"type": "string", "description": "Address of the page that shows it."}
_TABLE_HASHES: Final[Schema] = {
    "type": "array",
    "description": "The tables that the figures rest on.",
    "items": {"$ref": "#/components/schemas/TableHash"},
}
_INDICATOR_FIELDS: Final[dict[str, Schema]] = {
    "label": _TEXT,
    "value": {
        "type": ["number", "string", "null"],
        "description": "A number in the unit, a quarter, or null where it is not known.",
    },
    "unit": {"enum": list(get_args(Unit))},
    "low": {**_NUMBER_OR_NULL, "description": "P10 of the simulations; null for none."},
    "high": {**_NUMBER_OR_NULL, "description": "P90 of the simulations; null for none."},
    "reason": {
        "type": "string",
        "description": "Why there is no value, or what a reader must know beside it.",
    },
}


def make_object(properties: Mapping[str, Schema]) -> Schema:
    """Schema of an object that has these properties and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _make_list(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_LIMITS: Final[Schema] = {
    "type": ["array", "null"],
    "items": _NUMBER_OR_NULL,
    "minItems": 2,
    "maxItems": 2,
}
DEPARTMENT_MEANING: Final = "The department whose edition it is. Blank: all of government."
"""What the parameter of that name means in calls on the archive."""

_DEPARTMENT: Final[Schema] = {**_TEXT, "description": DEPARTMENT_MEANING}
_SNAPSHOT: Final[dict[str, Schema]] = {
    "snapshot": _TEXT,
    "quarter": {"type": "string", "pattern": QUARTER_PATTERN},
    "department": _DEPARTMENT,
    "status": {"enum": list(get_args(Status))},
    "finished": {"type": "string", "description": "When its run finished, in UTC."},
    "reason": {"type": "string", "description": "Why it revises an earlier snapshot."},
    "manifest_sha256": _TEXT,
    "link": _LINK,
}

ANSWER_SCHEMAS: Final[dict[str, Schema]] = {
    "Error": make_object(
        {
            "status": {"type": "integer"},
            "message": {"type": "string", "description": "What is wrong, and what would be right."},
            "errors": {
                "type": "array",
                "description": "The parts of the request that are at fault.",
                "items": make_object({"parameter": _TEXT, "message": _TEXT}),
            },
        }
    ),
    "Index": make_object(
        {
            "title": _TEXT,
            "release": _TEXT,
            "links": {"type": "object", "additionalProperties": _TEXT},
        }
    ),
    "TableHash": make_object({"name": _TEXT, "sha256": _TEXT}),
    "Indicator": make_object({"name": _TEXT, **_INDICATOR_FIELDS}),
    "Topic": make_object(
        {
            "topic": _TEXT,
            "title": _TEXT,
            "question": _TEXT,
            "parameters": {
                "type": "array",
                "items": make_object(
                    {
                        "name": _TEXT,
                        "default": _PARAMETER_VALUE,
                        "unit": _TEXT,
                        "bounds": _LIMITS,
                        "range": _LIMITS,
                        "meaning": _TEXT,
                        "source": _TEXT,
                        "quality": _TEXT,
                    }
                ),
            },
            "indicators": {
                "type": "array",
                "items": make_object({"name": _TEXT, "label": _TEXT, "unit": _TEXT}),
            },
            "link": _LINK,
        }
    ),
    "Topics": _make_list("Topic"),
    "Run": make_object(
        {
            "topic": _TEXT,
            "quarter": _TEXT,
            "parameters": _VALUES,
            "headline": _TEXT,
            "indicators": _make_list("Indicator"),
            "tables": {"type": "array", "items": _TEXT},
            "data": _TABLE_HASHES,
            "notes": _NOTES,
            "link": _LINK,
        }
    ),
    "Goal": make_object(
        {
            "topic": _TEXT,
            "quarter": _TEXT,
            "parameters": _VALUES,
            "status": {"enum": list(get_args(GoalSeekStatus))},
            "parameter": _TEXT,
            "value": {"type": "number", "description": "Value of the parameter that was found."},
            "indicator": _TEXT,
            "reached": {**_NUMBER_OR_NULL, "description": "The indicator at that value."},
            "probability": _NUMBER_OR_NULL,
            "low": _INDICATOR_FIELDS["low"],
            "high": _INDICATOR_FIELDS["high"],
            "unit": _INDICATOR_FIELDS["unit"],
            "reason": _INDICATOR_FIELDS["reason"],
            "notes": _NOTES,
            "link": _LINK,
            "data": _TABLE_HASHES,
        }
    ),
    "Snapshots": make_object(
        {
            "snapshots": {
                "type": "array",
                "items": make_object({**_SNAPSHOT, "topics": {"type": "array", "items": _TEXT}}),
            },
            "notes": _NOTES,
        }
    ),
    "Snapshot": make_object(
        {
            **_SNAPSHOT,
            "topics": {
                "type": "array",
                "items": make_object(
                    {
                        "topic": _TEXT,
                        "title": _TEXT,
                        "headline": _TEXT,
                        "parameters": _VALUES,
                        "indicators": _make_list("Indicator"),
                        "link": _LINK,
                        "data": _TABLE_HASHES,
                    }
                ),
            },
            "notes": _NOTES,
        }
    ),
    "IndicatorHistory": make_object(
        {
            "topic": _TEXT,
            "indicator": _TEXT,
            "department": _DEPARTMENT,
            "label": _TEXT,
            "unit": _INDICATOR_FIELDS["unit"],
            "quarters": {
                "type": "array",
                "items": make_object(
                    {
                        "quarter": _TEXT,
                        "snapshot": _TEXT,
                        "status": _SNAPSHOT["status"],
                        **_INDICATOR_FIELDS,
                        "link": _LINK,
                        "data": _TABLE_HASHES,
                    }
                ),
            },
            "notes": _NOTES,
            "link": _LINK,
        }
    ),
}
"""Schema of each answer, by its name in the OpenAPI document."""


def answer_schema(name: str) -> Schema:
    """Schema of an answer that refers to no other.

    Args:
        name: Its name in ``ANSWER_SCHEMAS``.

    Returns:
        The schema, for those who have no OpenAPI document.
    """
    resolved: Schema = _resolve_references(ANSWER_SCHEMAS[name])
    return resolved


def _resolve_references(schema: Any) -> Any:  # noqa: ANN401  any part of a schema
    if isinstance(schema, list):
        return [_resolve_references(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if reference := schema.get("$ref"):
        return _resolve_references(ANSWER_SCHEMAS[reference.rpartition("/")[2]])
    return {name: _resolve_references(part) for name, part in schema.items()}


def parameter_schema(parameter: Parameter) -> Schema:
    """Schema of a parameter's value in a request: its type, limits, choices and default.

    Args:
        parameter: The declaration.

    Returns:
        The schema. A limit of pages is one here too.
    """
    schema: Schema = {"type": parameter.kind, "default": parameter.default}
    low, high = parameter.bounds
    limits = [limit for limit in (high, parameter.page_limit) if limit is not None]
    if low is not None:
        schema["minimum"] = low
    if limits:
        schema["maximum"] = min(limits)
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    elif parameter.unit == "quarter":
        schema["pattern"] = QUARTER_PATTERN if parameter.default else rf"^$|{QUARTER_PATTERN}"
    elif parameter.choice_of:
        schema["pattern"] = _TABLE_PATTERN
    return schema


def describe_parameter(parameter: Parameter) -> str:
    """Describe a parameter in a sentence or two, with its unit."""
    units = {"share": "a fraction of 1", "list": "texts, separated by semicolons"}
    unit = units.get(parameter.unit, parameter.unit)
    return f"{parameter.label}. {parameter.meaning} Unit: {unit}."
