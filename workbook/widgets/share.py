"""Ways to pass a scenario on: its link, a text for an e-mail, paper, and a PDF."""

import logging
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

import traitlets

from workbook.analysis.pins import PinError, PinnedRun, PinStore, record_run
from workbook.exports.run_record import describe_data_release, describe_scenario, hash_source_tables
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.scenario import Scenario
from workbook.text.dates import format_day
from workbook.text.grammar import join_items, split_sentences
from workbook.topic import Topic
from workbook.widgets.uploads import UPLOAD_PREFIX
from workbook.widgets.widget import WorkbookWidget, is_served_page

_log = logging.getLogger(__name__)

_MOST_RECENT = 8
"""Scenarios of a visit whose figures can be kept: the link may be of one before the present."""

_MOST_KEPT = 100
"""Records that one visit may add to the folder."""

_FORWARDED_SENTENCES = 2

_VISIT_ONLY_NOTE = "This link works during this visit only, because {} is not stored."
_NO_LINK_NOTE = "This scenario cannot be shared as a link, because it uses a file: {}."


class ShareWidget(WorkbookWidget):
    """The link to a scenario, the answer as a text to forward, print and PDF.

    On paper it is the record of what was printed: scenario, quarter, data, link and day.

    Traits:
        title: The topic's title.
        query: The query string that opens the scenario.
        sharing_note: Why the link may not work for others; empty if it does.
        forward_text: The answer in two sentences, the quarter and the scenario.
        record: What the page is based on: texts by their labels.
        pin: The record of the figures that a copied link names; empty where none is kept.

    Args:
        topic: The topic.
        pins: The records of links, among which the figures of a copied link are kept.
    """

    title = traitlets.Unicode().tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)
    sharing_note = traitlets.Unicode().tag(sync=True)
    forward_text = traitlets.Unicode().tag(sync=True)
    record = traitlets.Dict().tag(sync=True)
    pin = traitlets.Unicode().tag(sync=True)

    def __init__(self, topic: Topic, pins: PinStore) -> None:
        super().__init__()
        self.title = topic.title
        self._topic, self._pins = topic, pins
        self._hashes: dict[tuple[str, ...], dict[str, str]] = {}
        self._recent_runs: dict[str, tuple[Scenario, PinnedRun]] = {}
        self._kept_count = 0
        self.on_msg(self._keep_figures)

    def show(self, outcome: Outcome) -> None:
        """Offer the scenario of an outcome.

        Args:
            outcome: The outcome.
        """
        scenario = outcome.scenario
        figures_to = format_day(last_day_of_quarter(scenario.quarter))
        scenario_text = describe_scenario(scenario)
        answer = " ".join(split_sentences(outcome.headline)[:_FORWARDED_SENTENCES])
        run = self._record_figures(outcome)
        with self.hold_sync():
            self.query = scenario.to_query()
            self.pin = run.pin if run else ""
            self.sharing_note = _write_sharing_note(scenario)
            self.forward_text = (
                f"{self.title}: {answer}\n\nFigures to {figures_to}. {scenario_text}."
            )
            self.record = {
                "Scenario": scenario_text,
                "Figures to": figures_to,
                "Data": self._describe_data(scenario),
            }

    def describe_content(self) -> str:
        """The scenario, and the last day of the figures."""
        return f"{self.record['Scenario']}, figures to {self.record['Figures to']}"

    def to_static_html(self) -> str:
        """Render the record with the link as text that wraps."""
        link = f"?{self.query}" if self.query else ""
        link_text = self.sharing_note or (
            f"To open this scenario, add {link} to the page’s address." if link else ""
        )
        texts: Mapping[str, str] = {**self.record, "Link": link_text}
        entries = "".join(
            f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>"
            for label, text in texts.items()
            if text
        )
        return f'<dl class="wb-record">{entries}</dl>'

    def _record_figures(self, outcome: Outcome) -> PinnedRun | None:
        """Record the figures that a copied link shows; nothing where no link works later."""
        scenario = outcome.scenario
        sources = [source for source in self._topic.table_sources(scenario).values() if source]
        is_lasting = is_served_page() and not scenario.file_paths
        is_clear = len(set(sources)) == len(sources)  # no two tables of the same registered name
        if not (is_lasting and is_clear and self._pins.is_writable):
            return None
        run = record_run(self._topic, outcome, self._hash_tables(scenario))
        self._recent_runs[run.pin] = scenario, run
        while len(self._recent_runs) > _MOST_RECENT:
            del self._recent_runs[next(iter(self._recent_runs))]
        return run

    def _keep_figures(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Keep the figures of a link that the visitor has copied, or say that they are not kept."""
        pin = content.get("keep")
        if not isinstance(pin, str):
            return
        try:
            if pin not in self._recent_runs or self._kept_count >= _MOST_KEPT:
                raise PinError("the figures are those of an earlier scenario, or one too many")
            today = datetime.now().astimezone().date()
            self._pins.keep(self._topic, *self._recent_runs[pin], today)
            self._kept_count += 1
        except (OSError, ValueError) as error:
            _log.warning("The figures of a copied link were not kept (%s)", error)
            self.send({"not_kept": pin})

    def _describe_data(self, scenario: Scenario) -> str:
        """How many tables the outcome rests on, and the release that they are together."""
        if scenario.file_paths:
            label = "Uploaded file" if _has_uploads(scenario) else "File"
            return f"{label}: {join_items(_file_names(scenario))}"
        hashes = self._hash_tables(scenario)
        if not hashes:
            return ""
        return describe_data_release(hashes)

    def _hash_tables(self, scenario: Scenario) -> dict[str, str]:
        """The SHA-256 of each table of a scenario, by name, read once for the same tables."""
        sources = tuple(filter(None, self._topic.table_sources(scenario).values()))
        if sources not in self._hashes:
            tables = hash_source_tables(self._topic, scenario)
            self._hashes[sources] = {table["name"]: table["sha256"] for table in tables}
        return self._hashes[sources]


def _has_uploads(scenario: Scenario) -> bool:
    return any(path.startswith(UPLOAD_PREFIX) for path in scenario.file_paths.values())


def _file_names(scenario: Scenario) -> list[str]:
    return [path.removeprefix(UPLOAD_PREFIX) for path in scenario.file_paths.values()]


def _write_sharing_note(scenario: Scenario) -> str:
    """Why a link does not open the scenario for others; empty if it does."""
    if not scenario.file_paths:
        return ""
    note = _VISIT_ONLY_NOTE if _has_uploads(scenario) else _NO_LINK_NOTE
    return note.format(join_items(_file_names(scenario)))
