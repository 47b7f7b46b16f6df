"""Ways to pass a scenario on: its link, a text for an e-mail, paper, and a PDF."""

import logging
import os
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
from workbook.topic import Tables, Topic
from workbook.widgets.outcome_files import FILE_SUFFIXES, OutcomeFiles
from workbook.widgets.uploads import UPLOAD_PREFIX
from workbook.widgets.widget import (
    SERVED_SCRIPTS_VARIABLE,
    WorkbookWidget,
    is_served_page,
)

PUBLIC_URL_VARIABLE = "WORKBOOK_PUBLIC_URL"
"""Names the address of the home page, for links that are copied in JupyterLab."""

_log = logging.getLogger(__name__)

_MOST_RECENT = 8
"""Scenarios of a visit whose figures can be kept: the link may be of one before the present."""

_MOST_KEPT = 100
"""Records that one visit may add to the folder."""

_FORWARDED_SENTENCES = 2

_VISIT_ONLY_NOTE = "This link works during this visit only, because {} is not stored."
_NO_DOWNLOAD_NOTE = (
    "The server does not store {}, so it cannot make files of this scenario. Choose another table."
)
_NO_LINK_NOTE = "This scenario cannot be shared as a link, because it uses a file: {}."


class ShareWidget(WorkbookWidget):
    """The link to a scenario, the answer as a text to forward, print and PDF.

    On paper it is the record of what was printed: scenario, quarter, data, link and day.

    Traits:
        study_id: Identifies the form of the same study.
        title: The topic's title.
        query: The query string that opens the scenario.
        sharing_note: Why the link may not work for others; empty if it does.
        forward_text: The answer in two sentences, the quarter and the scenario.
        record: What the page is based on: texts by their labels.
        pin: The record of the figures that a copied link names; empty where none is kept.
        address: In JupyterLab, the address of the topic's page; empty where none is known.
        download_note: Why a served page cannot give files of the scenario; empty if it can.

    Args:
        topic: The topic.
        study_id: The identifier of the study's form.
        pins: The records of links, among which the figures of a copied link are kept.
        uploaded: The tables that are uploaded in this visit, by name.
    """

    study_id = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)
    sharing_note = traitlets.Unicode().tag(sync=True)
    forward_text = traitlets.Unicode().tag(sync=True)
    record = traitlets.Dict().tag(sync=True)
    pin = traitlets.Unicode().tag(sync=True)
    address = traitlets.Unicode().tag(sync=True)
    download_note = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, topic: Topic, study_id: str, pins: PinStore, uploaded: Tables | None = None
    ) -> None:
        super().__init__(study_id=study_id)
        self.title, self.address = topic.title, _find_address(topic)
        self._files = OutcomeFiles(topic, {} if uploaded is None else uploaded)
        self._topic, self._pins = topic, pins
        self._hashes: dict[tuple[str, ...], dict[str, str]] = {}
        self._recent_runs: dict[str, tuple[Scenario, PinnedRun]] = {}
        self._kept_count = 0
        self.on_msg(self._keep_figures)
        self.on_msg(self._send_file)

    def show(self, outcome: Outcome) -> None:
        """Offer the scenario of an outcome.

        Args:
            outcome: The outcome.
        """
        scenario = outcome.scenario
        self._files.outcome = outcome
        figures_to = format_day(last_day_of_quarter(scenario.quarter))
        scenario_text = describe_scenario(scenario)
        answer = " ".join(split_sentences(outcome.headline)[:_FORWARDED_SENTENCES])
        run = self._record_figures(outcome)
        with self.hold_sync():
            self.query = scenario.to_query()
            self.pin = run.pin if run else ""
            self.sharing_note = _write_note(scenario, _VISIT_ONLY_NOTE, _NO_LINK_NOTE)
            self.download_note = _write_note(scenario, _NO_DOWNLOAD_NOTE, _NO_DOWNLOAD_NOTE)
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

    def _send_file(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Make a file of the scenario and send it, in JupyterLab: a page asks its server."""
        suffix = content.get("export")
        if suffix in FILE_SUFFIXES and SERVED_SCRIPTS_VARIABLE not in os.environ:
            self.send(*self._files.make_message(str(suffix)))

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


def _find_address(topic: Topic) -> str:
    """Address of the topic's page, if the environment names the home page."""
    home = os.environ.get(PUBLIC_URL_VARIABLE, "")
    has_page = topic.notebook_path.is_file()
    return f"{home.rstrip('/')}/{topic.name}" if home and has_page else ""


def _write_note(scenario: Scenario, upload_note: str, file_note: str) -> str:
    """What a scenario with files cannot do; empty for one without."""
    if not scenario.file_paths:
        return ""
    note = upload_note if _has_uploads(scenario) else file_note
    return note.format(join_items(_file_names(scenario)))
