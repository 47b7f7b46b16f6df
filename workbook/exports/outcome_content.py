"""What an outcome is taken away with: its tables, its charts, its data and its record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from workbook.analysis.assumptions_register import REGISTER_NAME, assumptions_register
from workbook.analysis.comparison_text import value_texts
from workbook.analysis.deferred import run_analyses
from workbook.analysis.quality_assurance import quality_assurance_log
from workbook.exports.licences import state_licence
from workbook.exports.outcome_parts import part_tables
from workbook.exports.run_record import (
    describe_code,
    describe_data_release,
    describe_scenario,
    hash_source_tables,
)
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.result_table import Column, ResultTable
from workbook.text.dates import format_day
from workbook.text.grammar import join_items
from workbook.topic import AnalysisResult, AnyChart, Tables, Topic

CHANGE_COLUMNS: Final = {
    "parameter": Column("Parameter", is_name=True),
    "label": Column("Assumption"),
    "published": Column("Published value"),
    "value": Column("Value here"),
}
_DATA_COLUMNS: Final = {
    "table": Column("Table"),
    "name": Column("Name"),
    "sha256": Column("SHA-256"),
    "sources": Column("Sources"),
}
_RECORD_COLUMNS: Final = {"item": Column("Item"), "value": Column("Value")}
NO_CHANGES: Final = "Nothing: every value is the published one."
"""What is written in place of an empty table of changes."""

_NOT_KEPT: Final = "not kept: the file was uploaded"


@dataclass(frozen=True, eq=False)
class OutcomeContent:
    """An outcome with all that a page shows of it.

    Args:
        topic: The topic.
        outcome: The outcome.
        charts: The charts, those of the deferred analyses included, by name.
        tables: The result tables, those of the deferred analyses and of the parts included, the
            assumptions register and the quality assurance log.
        data: Tables that the outcome is based on, each with its checksum and its sources.
        link: Address of the page with the scenario; empty for none.
    """

    topic: Topic
    outcome: Outcome
    charts: Mapping[str, AnyChart]
    tables: tuple[ResultTable, ...]
    data: ResultTable
    link: str = ""

    @property
    def title(self) -> str:
        """Title of the topic, and the quarter."""
        return f"{self.topic.title}, {self.outcome.scenario.quarter}"

    @property
    def figures_to(self) -> str:
        """Last day of the figures."""
        return format_day(last_day_of_quarter(self.outcome.scenario.quarter))

    @cached_property
    def changes(self) -> ResultTable:
        """What the scenario has changed from the published assumptions, a row for each."""
        return _changes_table(self.outcome)

    @cached_property
    def assumptions(self) -> ResultTable:
        """The assumptions register, which is one of the tables."""
        registers = (table for table in self.tables if table.name == REGISTER_NAME)
        return next(registers, assumptions_register(self.topic, self.outcome))

    @cached_property
    def record(self) -> ResultTable:
        """What the outcome was calculated from: quarter, scenario, data, code and link."""
        entries = {
            "Topic": f"{self.topic.title} ({self.topic.name})",
            "Quarter": self.outcome.scenario.quarter,
            "Figures to": self.figures_to,
            "Scenario": describe_scenario(self.outcome.scenario),
            "Data": _describe_data(self.data.frame),
            "Code": describe_code(self.topic),
            "Link": self.link,
        }
        rows = [(item, value) for item, value in entries.items() if value]
        frame = pd.DataFrame(rows, columns=list(_RECORD_COLUMNS))
        return ResultTable("record", "Record of the run", frame, _RECORD_COLUMNS)

    @property
    def licence_statement(self) -> str:
        """The sentence on the licence of the data; empty if no table carries it."""
        return state_licence(self.topic, self.outcome.scenario)

    @property
    def sources(self) -> list[str]:
        """Sources of the data, without repetition."""
        tables = self.topic.table_sources(self.outcome.scenario)
        return list(dict.fromkeys(source for table in tables for source in table.sources))


def gather_content(
    topic: Topic, outcome: Outcome, uploaded: Tables | None = None, link: str = ""
) -> OutcomeContent:
    """Draw the charts of an outcome, and run the deferred analyses.

    Args:
        topic: The topic.
        outcome: Its outcome.
        uploaded: Tables uploaded in this visit, by name.
        link: Address of the page with the scenario; empty for none.

    Returns:
        The outcome with its charts and tables.
    """
    tables = topic.load_tables(outcome.scenario, uploaded)
    analyses = run_analyses(topic, outcome, tables)
    charts, result_tables = gather_results(topic, outcome, analyses)
    data = _data_table(topic, outcome, uploaded or ())
    return OutcomeContent(topic, outcome, charts, result_tables, data, link)


def gather_results(
    topic: Topic, outcome: Outcome, analyses: Iterable[AnalysisResult]
) -> tuple[dict[str, AnyChart], tuple[ResultTable, ...]]:
    """Draw every chart of an outcome, and gather every table.

    Args:
        topic: The topic.
        outcome: Its outcome.
        analyses: The results of its deferred analyses.

    Returns:
        The charts by name, and every table: of the outcome, of the analyses with the assumptions
        register, of the checks that are recorded, and of the parts.
    """
    charts = topic.draw_charts(outcome)
    charts |= {analysis.name: analysis.chart for analysis in analyses if analysis.chart}
    checks = quality_assurance_log(topic)
    result_tables = (
        *outcome.tables,
        *(analysis.table for analysis in analyses),
        *([] if checks.frame.empty else [checks]),
        *part_tables(topic, outcome),
    )
    return charts, result_tables


def _describe_data(data: pd.DataFrame) -> str:
    """Release of the tables that have a checksum, and the names of uploaded files."""
    is_kept = data["sha256"] != _NOT_KEPT
    hashes = dict(data.loc[is_kept, ["name", "sha256"]].to_numpy().tolist())
    files = [str(name).rpartition(":")[2] for name in data.loc[~is_kept, "name"]]
    texts = (
        describe_data_release(hashes) if hashes else "",
        f"{join_items(files)} (uploaded, not kept)" if files else "",
    )
    return "; ".join(filter(None, texts))


def _changes_table(outcome: Outcome) -> ResultTable:
    parameters, published = outcome.scenario.parameters(), type(outcome.scenario)().values()
    rows = [
        (name, parameters[name].label, *value_texts(parameters[name], [published[name], value]))
        for name, value in outcome.scenario.non_default_values().items()
    ]
    frame = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))
    return ResultTable(
        "changes", "Assumptions that differ from the published ones", frame, CHANGE_COLUMNS
    )


def _data_table(topic: Topic, outcome: Outcome, uploaded: Iterable[str]) -> ResultTable:
    """Checksum and sources of each table that an outcome is based on."""
    hashes = hash_source_tables(topic, outcome.scenario, uploaded=frozenset(uploaded))
    digests = {entry["name"]: entry["sha256"] for entry in hashes}
    rows = [
        (table.name, name, digests.get(name, _NOT_KEPT), "; ".join(table.sources))
        for table, name in topic.table_sources(outcome.scenario).items()
        if name
    ]
    frame = pd.DataFrame(rows, columns=list(_DATA_COLUMNS))
    return ResultTable("data", "Data: checksum of each table", frame, _DATA_COLUMNS)
