"""Published reports: their claims, the figures they print, and the tables to check them with."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from workbook.tables import TableSchema

FigureReader = Callable[[pd.DataFrame], float | None]
"""Reads one figure from a table; gives None if the table does not have it."""


FrameDescriber = Callable[[pd.DataFrame], str]
"""Describes the data of a table in words; gives an empty text if there is nothing to say."""


def describe_nothing(_: pd.DataFrame) -> str:
    """Say nothing about a table."""
    return ""


def always_describe(text: str) -> FrameDescriber:
    """Make a describer that gives the same text for any table.

    Args:
        text: The text, such as ``G-Cloud sales, file of 14 July 2014``.

    Returns:
        The describer.
    """
    return lambda _: text


@dataclass(frozen=True)
class FigureSource:
    """Where a figure that a formula can name comes from.

    Attributes:
        name: The name in formulas, such as ``gcloud.sales``.
        unit: The unit of the value. A share is a fraction of 1.
        tables: Names of the tables that may have the figure. The first that has it is used.
        read: Reads the figure from one of these tables.
        label: What the figure is, for its working and for messages.
        describe_data: Names the data and their date.
        remark: Says what else the table tells about the figure, in sentences.
        negative_label: What the figure is where it is below 0, such as a rise in place of a fall.
            The working then gives its size. Empty to give a negative number.
    """

    name: str
    unit: str
    tables: tuple[str, ...]
    read: FigureReader
    label: str
    describe_data: FrameDescriber = describe_nothing
    remark: FrameDescriber = describe_nothing
    negative_label: str = ""


@dataclass(frozen=True)
class PublishedReport:
    """A published report whose figures can be checked.

    Attributes:
        title: The title of the publication.
        claims: The table of claims, from ``define_claims_table``.
        facts: The table of figures that the report prints, from ``define_facts_table``.
        figure_sources: Figures that come from other tables.
    """

    title: str
    claims: TableSchema
    facts: TableSchema
    figure_sources: tuple[FigureSource, ...] = ()

    @property
    def tables(self) -> tuple[TableSchema, TableSchema]:
        """The report's own tables: its claims and its facts."""
        return self.claims, self.facts
