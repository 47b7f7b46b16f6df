"""The calls as tools of an assistant (Model Context Protocol): their arguments and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbook.interface.calls import WorkbookCalls
from workbook.interface.errors import RequestError
from workbook.interface.schemas import (
    DEPARTMENT_MEANING,
    QUARTER_PATTERN,
    Schema,
    answer_schema,
    make_object,
)
from workbook.interface.tool_arguments import PARAMETERS, ToolCall
from workbook.scenario import DEPARTMENT_PARAMETER
from workbook.scenario.link_query import LINKED_SCENARIO
from workbook.text.suggestions import unknown_name_message

INSTRUCTIONS: Final = (
    "Figures of the policy workbook. Quote a value with its unit, its interval (low to high) and"
    " its notes, and give the link. A value that is null is not known: its reason says why. Do not"
    " fill it in, and do not calculate with figures of different scenarios. Call describe_topic"
    " before run_topic or seek: it has the names, units and limits of the parameters."
)
"""What an assistant is told of the tools."""

_TEXT: Final[Schema] = {"type": "string"}
_SCENARIO_ARGUMENTS: Final[dict[str, Schema]] = {
    PARAMETERS: {
        "type": "object",
        "description": "Parameters that differ from the default, by name. A share is a fraction.",
        "additionalProperties": {"type": ["number", "string", "array"], "items": _TEXT},
    },
    LINKED_SCENARIO: {**_TEXT, "description": "Name of a saved scenario to start from."},
}
_SHORT_TOPIC_FIELDS: Final = ("topic", "title", "question", "link")


@dataclass(frozen=True)
class AssistantTool:
    """A tool.

    Args:
        name: Its name.
        description: What it does.
        arguments: Schema of each argument, by name.
        call: The call that it makes.
        answer: Schema of its answer.
    """

    name: str
    description: str
    arguments: Mapping[str, Schema]
    call: ToolCall
    answer: Schema

    @property
    def input_schema(self) -> Schema:
        """Schema of all arguments."""
        return {
            **make_object(self.arguments),
            "required": [name for name in self.arguments if name in self.call.required],
        }

    def run(self, workbook: WorkbookCalls, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run the tool.

        Args:
            workbook: What it answers from.
            arguments: Its arguments.

        Returns:
            The answer.

        Raises:
            RequestError: An argument is not valid, or there is no answer.
            ScenarioError: A value of the scenario is invalid.
        """
        places, query = self.call.read_places(arguments), self.call.read_query(arguments)
        answer = workbook.answer(self.call.call, places, query)
        if isinstance(answer, dict):
            return answer
        short = [{name: topic[name] for name in _SHORT_TOPIC_FIELDS} for topic in answer]
        return {"topics": short}


def make_tools(workbook: WorkbookCalls) -> dict[str, AssistantTool]:
    """Make the tools.

    Args:
        workbook: What they answer from.

    Returns:
        The tools by name.
    """
    topic = {"topic": {"enum": list(workbook.topics), "description": "Name of the topic."}}
    tools = (*_make_topic_tools(topic), *_make_archive_tools())
    return {tool.name: tool for tool in tools}


def find_tool(name: str, tools: Mapping[str, AssistantTool]) -> AssistantTool:
    """Look up a tool. Raises RequestError with suggestions if the name is unknown."""
    if name in tools:
        return tools[name]
    raise RequestError("", unknown_name_message("tool", name, tools))


def _make_topic_tools(topic: Mapping[str, Schema]) -> tuple[AssistantTool, ...]:
    scenario, needs_topic = tuple(_SCENARIO_ARGUMENTS), frozenset({"topic"})
    goal: dict[str, Schema] = {
        "indicator": {**_TEXT, "description": "Name of the indicator that has a target."},
        "reach": {"type": "number", "description": "The target, in the indicator's unit."},
        "by": {**_TEXT, "description": "Name of the parameter that may change."},
        "probability": {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 1,
            "description": "Share of simulations that must reach the target.",
        },
    }
    short_topic = make_object(dict.fromkeys(_SHORT_TOPIC_FIELDS, _TEXT))
    return (
        AssistantTool(
            "list_topics",
            "List the policy questions that the workbook answers.",
            {},
            ToolCall("topics"),
            make_object({"topics": {"type": "array", "items": short_topic}}),
        ),
        AssistantTool(
            "describe_topic",
            "List the parameters of a topic, with units, limits and sources, and its indicators.",
            topic,
            ToolCall("topic", ("topic",), required=needs_topic),
            answer_schema("Topic"),
        ),
        AssistantTool(
            "run_topic",
            "Run a topic's model on a scenario: indicators with intervals, notes, link and data.",
            {**topic, **_SCENARIO_ARGUMENTS},
            ToolCall("run", ("topic",), scenario, needs_topic),
            answer_schema("Run"),
        ),
        AssistantTool(
            "seek",
            "Find the value of one parameter at which an indicator reaches a target.",
            {**topic, **goal, **_SCENARIO_ARGUMENTS},
            ToolCall(
                "seek",
                ("topic",),
                (*goal, *scenario),
                needs_topic | {"indicator", "reach", "by"},
            ),
            answer_schema("Goal"),
        ),
    )


def _make_archive_tools() -> tuple[AssistantTool, ...]:
    quarter = {**_TEXT, "pattern": QUARTER_PATTERN, "description": "Such as 2014-Q2."}
    revision = {**_TEXT, "description": "Such as r1. The current revision by default."}
    department = {DEPARTMENT_PARAMETER: {**_TEXT, "description": DEPARTMENT_MEANING}}
    names: dict[str, Schema] = {
        "topic": {**_TEXT, "description": "Name of the topic."},
        "indicator": {**_TEXT, "description": "Name of the indicator."},
    }
    return (
        AssistantTool(
            "list_snapshots",
            "List the sealed quarterly snapshots of the archive, with department editions.",
            department,
            ToolCall("snapshots", query=tuple(department)),
            answer_schema("Snapshots"),
        ),
        AssistantTool(
            "describe_snapshot",
            "Read the figures of a sealed quarterly snapshot.",
            {"quarter": quarter, "revision": revision, **department},
            ToolCall(
                "snapshot",
                ("quarter", "revision"),
                tuple(department),
                required=frozenset({"quarter"}),
            ),
            answer_schema("Snapshot"),
        ),
        AssistantTool(
            "indicator_history",
            "Read an indicator over the quarters of the archive.",
            {**names, **department},
            ToolCall("indicator", tuple(names), tuple(department), frozenset(names)),
            answer_schema("IndicatorHistory"),
        ),
    )
