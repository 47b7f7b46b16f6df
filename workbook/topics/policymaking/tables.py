"""Result tables of policymaking: each consultation, how long answers take, and staffing."""

from collections.abc import Iterator

import pandas as pd

from workbook.methods.survival import survival_frame
from workbook.result_table import ResultTable
from workbook.topics.policymaking.answer_times import medians_table
from workbook.topics.policymaking.asked_said_did import (
    consultations_table,
    responses_table,
    timeline_table,
)
from workbook.topics.policymaking.columns import POLICYMAKING_COLUMNS
from workbook.topics.policymaking.figures import ConsultationFigures, channels_table
from workbook.topics.policymaking.staffing import Staffing, staffing_table


def policymaking_tables(figures: ConsultationFigures, staffing: Staffing) -> Iterator[ResultTable]:
    """Build the result tables.

    Args:
        figures: The figures of the selected consultations.
        staffing: The queue.

    Yields:
        The tables in the order in which pages show them.
    """
    consultations = consultations_table(figures.rows)
    yield _result_table(
        "consultations",
        "We asked, you said, we did: each consultation",
        consultations,
        "no consultation had opened by then.",
    )
    yield _result_table(
        "timeline",
        "Days open and days to an answer, the latest consultations",
        timeline_table(consultations),
        "no consultation has dates.",
    )
    yield _result_table(
        "responses",
        "Responses by days open",
        responses_table(consultations),
        "no consultation has both dates and a number of responses.",
    )
    yield _result_table(
        "survival",
        "Share of closed consultations not answered yet, by days since closing",
        survival_frame(figures.times.first_answer, "days"),
        "no answer has a date.",
    )
    yield _result_table(
        "medians",
        "Median days from closing to an answer",
        medians_table(figures.times),
        "no answer has a date.",
    )
    yield _result_table(
        "channels",
        "Responses by channel",
        channels_table(figures),
        "no consultation has a count by channel.",
    )
    yield _result_table(
        "waiting",
        "Waits and answers in time, by number of analysts",
        staffing_table(staffing),
    )


def _result_table(
    name: str,
    title: str,
    frame: pd.DataFrame,
    empty_text: str = "nothing to show for this scenario.",
) -> ResultTable:
    return ResultTable(name, title, frame, POLICYMAKING_COLUMNS, empty_text)
