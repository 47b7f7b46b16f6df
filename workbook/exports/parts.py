"""The outcomes that are told as a part of another: what is handed out of them beside its own."""

from collections.abc import Iterator

from workbook.exports.exported import Exported
from workbook.outcome import Column, Outcome
from workbook.topic import Topic


def tables_of_parts(topic: Topic, outcome: Outcome) -> Iterator[Exported]:
    """The tables of the outcome's parts as ``TOPIC_TABLE``, but for those that are its own too."""
    own = {id(frame) for frame in outcome.tables.values()}
    for name, title, part in _titled(topic, outcome):
        for table, frame in part.tables.items():
            if id(frame) not in own:
                called = part.titles.get(table) or Column.of(table).label
                yield Exported(
                    f"{name}_{table}", f"{title}: {called}", frame, part.columns_of(table)
                )


def remarks(topic: Topic, outcome: Outcome) -> Iterator[str]:
    """What must be known of the outcome, then of each of its parts, by the part's topic."""
    yield from outcome.remarks
    for _, title, part in _titled(topic, outcome):
        yield from (f"{title}: {remark}" for remark in part.remarks)


def _titled(topic: Topic, outcome: Outcome) -> Iterator[tuple[str, str, Outcome]]:
    """The outcome's parts with the names and the titles of their topics."""
    titles = {need.topic.name: need.topic.title for need in topic.needs}
    for name, part in outcome.parts.items():
        yield name, titles.get(name) or Column.of(name).label, part
