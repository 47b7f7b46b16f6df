"""Tables and notes of the outcomes that are parts of another outcome."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.outcome import Outcome
from workbook.result_table import ResultTable
from workbook.topic import Topic


def part_tables(topic: Topic, outcome: Outcome) -> Iterator[ResultTable]:
    """Tables of the outcome's parts, named ``TOPIC_TABLE``.

    Tables that the outcome itself repeats are left out.

    Args:
        topic: The topic of the outcome; its dependencies give the parts' titles.
        outcome: The outcome with its parts.
    """
    for name, title, part in _titled_parts(topic, outcome):
        for table in part.tables:
            part_name = f"{name}_{table.name}"
            if table not in outcome.tables and part_name not in outcome.table_names:
                yield replace(table, name=part_name, title=f"{title}: {table.title}")


def collect_notes(topic: Topic, outcome: Outcome) -> Iterator[str]:
    """Notes of the outcome, then those of its parts, each with its part's title first."""
    yield from outcome.warnings_and_notes
    for _, title, part in _titled_parts(topic, outcome):
        yield from (f"{title}: {note}" for note in part.warnings_and_notes)


def _titled_parts(topic: Topic, outcome: Outcome) -> Iterator[tuple[str, str, Outcome]]:
    """Yield the topic name, the title and the outcome of each part."""
    titles = {dependency.topic.name: dependency.topic.title for dependency in topic.dependencies}
    for name, part in outcome.part_outcomes.items():
        yield name, titles.get(name, name), part
