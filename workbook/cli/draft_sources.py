"""Collect the figures that a draft may state: claims, published figures and indicators."""

import pandas as pd

from workbook.claims.draft.catalogue import (
    CatalogueFigure,
    list_claim_figures,
    list_fact_figures,
    list_indicator_figures,
    merge_figures,
)
from workbook.claims.published_report import PublishedReport
from workbook.cli.arguments import compute_outcome
from workbook.cli.claims import check_registered_reports
from workbook.topics.registry import TOPICS


def collect_figures() -> list[CatalogueFigure]:
    """Collect every figure of the published reports and of the topics' models.

    Returns:
        The claims, each merged with what states the same figure, and the other figures. The
        indicators are those of each topic's default scenario.

    Raises:
        TableError: A table is missing, or its checksum is not the recorded one.
        InvalidRequestError: A topic has no data for its default scenario.
    """
    checked_reports = check_registered_reports()
    claims = [figure for checked in checked_reports for figure in list_claim_figures(checked)]
    facts = [
        figure
        for checked in checked_reports
        for figure in list_fact_figures(_read_facts(checked.report))
    ]
    return merge_figures(claims, [*facts, *_model_figures()])


def _read_facts(report: PublishedReport) -> pd.DataFrame:
    content, _ = report.facts.read_bundled_file()
    return report.facts.check_csv(content).frame


def _model_figures() -> list[CatalogueFigure]:
    """The indicators of each topic, without those that it only repeats from another."""
    figures: list[CatalogueFigure] = []
    for topic in TOPICS.values():
        scenario = topic.Scenario()
        outcome = compute_outcome(topic, topic.load_tables(scenario), scenario)
        indicators = [entry for entry in outcome.indicators if "." not in entry.name]
        origin = f"{topic.title}, {scenario.quarter}"
        figures += list_indicator_figures(topic.name, origin, indicators)
    return figures
