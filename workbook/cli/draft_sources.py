"""Collect the figures that a draft may state: claims, published figures, indicators and tables."""

from pathlib import Path

import pandas as pd

from workbook.claims.draft.catalogue import (
    CatalogueFigure,
    list_claim_figures,
    list_fact_figures,
    list_indicator_figures,
    merge_figures,
)
from workbook.claims.draft.table_cells import list_cell_figures
from workbook.claims.published_report import PublishedReport
from workbook.cli.arguments import compute_outcome
from workbook.cli.claims import check_registered_reports
from workbook.snapshots.seal import verify_snapshot
from workbook.snapshots.stored_snapshot import locate_snapshot, open_snapshot
from workbook.snapshots.stored_tables import read_result_tables
from workbook.topics.registry import TOPICS


def collect_figures(snapshot: str, store: Path) -> list[CatalogueFigure]:
    """Collect every figure of the published reports, and of the topics' models or of a snapshot.

    Args:
        snapshot: The snapshot whose indicators are used, such as ``2014-Q2``. Empty for those of
            each topic's default scenario, by today's model and tables.
        store: The folder of the archive.

    Returns:
        The claims, each merged with what states the same figure, and the other figures.

    Raises:
        TableError: A table is missing, or its checksum is not the recorded one.
        ValueError: There is no such snapshot, or its files have changed. A topic has no data for
            its default scenario.
    """
    indicators = _snapshot_figures(snapshot, store) if snapshot else _model_figures()
    checked_reports = check_registered_reports()
    claims = [figure for checked in checked_reports for figure in list_claim_figures(checked)]
    facts = [
        figure
        for checked in checked_reports
        for figure in list_fact_figures(_read_facts(checked.report))
    ]
    return merge_figures(claims, [*facts, *indicators])


def _read_facts(report: PublishedReport) -> pd.DataFrame:
    content, _ = report.facts.read_bundled_file()
    return report.facts.check_csv(content).frame


def _model_figures() -> list[CatalogueFigure]:
    figures: list[CatalogueFigure] = []
    for topic in TOPICS.values():
        scenario = topic.Scenario()
        outcome = compute_outcome(topic, topic.load_tables(scenario), scenario)
        origin = f"{topic.title}, {scenario.quarter}"
        figures += list_indicator_figures(topic.name, origin, outcome.indicators)
        if topic.name in _topics_with_tables():
            figures += list_cell_figures(topic.name, origin, outcome.tables)
    return figures


def _snapshot_figures(snapshot: str, store: Path) -> list[CatalogueFigure]:
    opened = open_snapshot(snapshot, store)
    if verify_snapshot(*locate_snapshot(snapshot, store)).mismatches:
        msg = f"{opened.name} has changed since it was sealed: workbook verify says where"
        raise ValueError(msg)
    origin = f"snapshot {opened.name}"
    figures: list[CatalogueFigure] = []
    for topic in opened.topics:
        figures += list_indicator_figures(topic, origin, opened.read_indicators(topic))
        if topic in _topics_with_tables():
            figures += list_cell_figures(topic, origin, read_result_tables(opened.folder / topic))
    return figures


def _topics_with_tables() -> set[str]:
    """Topics whose tables are searched. Those of a report repeat claims and other tables."""
    return {topic.name for topic in TOPICS.values() if not topic.published_reports}
