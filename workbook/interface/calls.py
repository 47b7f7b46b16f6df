"""The calls that programs make: the same over HTTP and for an assistant."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from workbook.interface import archive_answers
from workbook.interface.errors import RequestError
from workbook.interface.openapi import build_document
from workbook.interface.topic_answers import run_scenario, seek_goal
from workbook.interface.topic_descriptions import describe_topic, find_topic
from workbook.resources import code_release
from workbook.scenario import DEPARTMENT_PARAMETER
from workbook.scenario.link_query import is_reserved
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic

Answer = dict[str, Any] | list[dict[str, Any]]
"""What a call returns, ready for JSON."""

SCENARIO_CALLS: Final = frozenset({"run", "seek"})
"""Calls whose query holds a scenario."""

ARCHIVE_CALLS: Final = frozenset({"snapshots", "snapshot", "indicator"})
"""Calls whose query may name a department. The other calls take no query."""


@dataclass(frozen=True)
class WorkbookCalls:
    """What the calls are answered from.

    Args:
        topics: The topics by name.
        store: Folder of the archive of snapshots; None for none.
        home: Address of the home page for links, with the last slash; empty for relative links.
        needs_token: Whether programs have to show a token.
    """

    topics: Mapping[str, Topic]
    store: Path | None = None
    home: str = ""
    needs_token: bool = False

    def answer(self, call: str, places: tuple[str, ...] = (), query: str = "") -> Answer:
        """Answer a call.

        Args:
            call: Name of the call, such as ``run``.
            places: What the call is about, such as the name of a topic.
            query: Query string of a run, a goal seek or a call on the archive.

        Returns:
            The answer.

        Raises:
            RequestError: The call cannot be answered, or does not take the query.
            ScenarioError: A value of the scenario is invalid.
        """
        if call in SCENARIO_CALLS:
            return _CALLS[call](self, *places, query)
        options = _read_options(query, [DEPARTMENT_PARAMETER] if call in ARCHIVE_CALLS else [])
        return _CALLS[call](self, *places, **options)

    def describe_interface(self) -> dict[str, Any]:
        """Say what there is: the address of each call, and the release of the code."""
        links = {name: f"{self.home}api/{address}" for name, address in _ADDRESSES.items()}
        return {"title": "Policy Workbook", "release": code_release(), "links": links}

    def build_document(self) -> dict[str, Any]:
        """Build the OpenAPI document."""
        return build_document(self.topics, self.home, needs_token=self.needs_token)

    def list_topics(self) -> list[dict[str, Any]]:
        """List the topics as ``list --json`` prints them, each with a link to its page."""
        return [self._describe(topic) for topic in self.topics.values()]

    def describe_topic(self, name: str) -> dict[str, Any]:
        """Describe a topic. Raises UnknownItemError if there is none of this name."""
        return self._describe(find_topic(name, self.topics))

    def run_topic(self, name: str, query: str) -> dict[str, Any]:
        """Run a topic's model, as ``run_scenario``."""
        return run_scenario(find_topic(name, self.topics), query, self.home)

    def seek(self, name: str, query: str) -> dict[str, Any]:
        """Seek a goal, as ``seek_goal``."""
        return seek_goal(find_topic(name, self.topics), query, self.home)

    def list_snapshots(self, department: str = "") -> dict[str, Any]:
        """List the snapshots of the archive and its department editions, or those of one."""
        return archive_answers.list_snapshots(list(self._open_archives(department)))

    def describe_snapshot(
        self, quarter: str, revision: str = "", department: str = ""
    ) -> dict[str, Any]:
        """Describe a snapshot. Raises UnknownItemError if there is none of this name."""
        name = f"{quarter}/{revision}" if revision else quarter
        return archive_answers.describe_snapshot(next(self._open_archives(department)), name)

    def trace_indicator(self, topic: str, indicator: str, department: str = "") -> dict[str, Any]:
        """Trace an indicator over the quarters of the archive, or of a department's."""
        archive = next(self._open_archives(department))
        return archive_answers.trace_indicator(archive, topic, indicator)

    def _open_archives(self, department: str) -> Iterator[archive_answers.OpenArchive]:
        link = f"{self.home}archive/"
        return archive_answers.open_archives(self.store, self.topics, link, department)

    def _describe(self, topic: Topic) -> dict[str, Any]:
        return {**describe_topic(topic), "link": f"{self.home}{topic.name}"}


_ADDRESSES: Final = {
    "document": "openapi.json",
    "topics": "topics",
    "topic": "topics/{topic}",
    "run": "topics/{topic}/run",
    "seek": "topics/{topic}/seek",
    "snapshots": "snapshots",
    "snapshot": "snapshots/{quarter}/{revision}",
    "indicator": "indicators/{topic}/{indicator}",
}
"""Address of each call below `/api/`."""

_CALLS: Final[Mapping[str, Callable[..., Answer]]] = {
    "index": WorkbookCalls.describe_interface,
    "document": WorkbookCalls.build_document,
    "topics": WorkbookCalls.list_topics,
    "topic": WorkbookCalls.describe_topic,
    "run": WorkbookCalls.run_topic,
    "seek": WorkbookCalls.seek,
    "snapshots": WorkbookCalls.list_snapshots,
    "snapshot": WorkbookCalls.describe_snapshot,
    "indicator": WorkbookCalls.trace_indicator,
}


def _read_options(query: str, known: Sequence[str]) -> dict[str, str]:
    """Read the query of a call without a scenario. Raises RequestError if it does not take it."""
    options: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in options:
            raise RequestError(name, f"{name} is repeated: give it once.")
        if name in known:
            options[name] = value
        elif not is_reserved(name):
            raise RequestError(name, unknown_name_message("parameter", name, known))
    return options
