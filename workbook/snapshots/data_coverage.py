"""The last quarter that a snapshot's tables reach: there is no snapshot of a later one."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from workbook.importers.catalogue import open_table
from workbook.periods import last_day_of_quarter, period_end, quarter_of
from workbook.scenario import Scenario
from workbook.text.grammar import join_items
from workbook.topic import Topic


def check_quarter(quarter: str, runs: Iterable[tuple[Topic, Scenario]], today: date) -> None:
    """Check that a quarter is over, and not after all the figures.

    A topic may be behind the others, as its survey is yearly or its source has ended: its report
    says so. A topic whose tables have no periods sets no limit.

    Args:
        quarter: The quarter.
        runs: Each topic with its scenario.
        today: The day.

    Raises:
        ValueError: The quarter has not ended, or no table has a figure of it or of a later one.
            The message says which quarters the tables reach.
    """
    reached = {
        topic.name: last for topic, scenario in runs if (last := find_last_quarter(topic, scenario))
    }
    limits = "; ".join(_describe_limits(reached))
    sentence = f" The last quarter that the tables reach is {limits}." if limits else ""
    if last_day_of_quarter(quarter) >= today:
        raise ValueError(f"{quarter} has not ended.{sentence} Name an earlier quarter")
    if quarter > max(reached.values(), default=quarter):
        msg = f"{quarter} is after all the figures.{sentence} Import later figures, or choose"
        raise ValueError(f"{msg} {max(reached.values())} or an earlier quarter")


def find_last_quarter(topic: Topic, scenario: Scenario) -> str:
    """Find the last quarter that the tables of a topic reach.

    Args:
        topic: The topic.
        scenario: Its scenario, which may name tables.

    Returns:
        The quarter in which the newest period of any table ends; empty if none has periods. A
        table that cannot be read counts as none.
    """
    periods: set[str] = set()
    for table, source in topic.table_sources(scenario).items():
        if table.period and source:
            with suppress(ValueError):
                periods |= {*open_table(table, source).frame[table.period].dropna()}
    return quarter_of(max(periods, key=period_end)) if periods else ""


def _describe_limits(reached: dict[str, str]) -> Iterator[str]:
    """Each last quarter with its topics, the latest first."""
    for quarter in sorted({*reached.values()}, reverse=True):
        topics = join_items(name for name, last in reached.items() if last == quarter)
        yield f"{quarter} for {topics}"
