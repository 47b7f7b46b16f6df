"""The outcomes that are told as a part of another: what is handed out of them beside its own."""

from collections.abc import Iterator

from workbook.exports.result_table import ResultTable
from workbook.outcome import Column, Outcome
from workbook.topic import Topic


def part_tables(topic: Topic, outcome: Outcome) -> Iterator[ResultTable]:
    """The tables of the outcome's parts as ``TOPIC_TABLE``, but for those that are its own too."""
    own_frames = {id(frame) for frame in outcome.tables.values()}
    for name, title, part in _titled_parts(topic, outcome):
        for table_name, frame in part.tables.items():
            if id(frame) not in own_frames:
                table_title = (
                    part.table_titles.get(table_name) or Column.from_name(table_name).label
                )
                yield ResultTable(
                    f"{name}_{table_name}",
                    f"{title}: {table_title}",
                    frame,
                    part.table_columns(table_name),
                )


def collect_notes(topic: Topic, outcome: Outcome) -> Iterator[str]:
    """What must be known of the outcome, then of each of its parts, by the part's topic."""
    yield from outcome.warnings_and_notes
    for _, title, part in _titled_parts(topic, outcome):
        yield from (f"{title}: {note}" for note in part.warnings_and_notes)


def _titled_parts(topic: Topic, outcome: Outcome) -> Iterator[tuple[str, str, Outcome]]:
    """The outcome's parts with the names and the titles of their topics."""
    titles = {dependency.topic.name: dependency.topic.title for dependency in topic.dependencies}
    for name, part in outcome.part_outcomes.items():
        yield name, titles.get(name) or Column.from_name(name).label, part
