"""What the declarations of a topic say of its model, its tables and its assumptions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from workbook.exports.run_record import describe_scenario
from workbook.resources import code_release, is_table_name
from workbook.scenario import Parameter
from workbook.snapshots.jobs import TopicRun
from workbook.snapshots.papers.record_fields import RecordField, make_field
from workbook.tables import TableSchema
from workbook.text.dates import format_day
from workbook.text.grammar import choose_form, format_count, join_items

_ANALYST: Final = "the analyst"
_PROTECTION: Final = "the data protection officer"
_QUALITIES: Final = ("red", "amber", "green")
_SUPPLIED: Final = "a file that was supplied for this snapshot"
_DRAWS: Final = "draws"
"""The parameter that every model with simulations has."""


def model_version(run: TopicRun) -> str:
    """Release of the code of a topic's model."""
    return code_release(run.topic.package)


def describe_scale(run: TopicRun) -> str:
    """Say what a model calculates, and from how much.

    Args:
        run: The topic and its scenario.

    Returns:
        A few sentences.
    """
    parameters = run.topic.Scenario.parameters()
    assumptions = len(list_assumptions(run))
    tables = format_count(len(_list_tables(run)), "table")
    text = (
        f"{run.topic.title} calculates {format_count(len(run.topic.indicators), 'figure')} from"
        f" {tables} and {format_count(len(parameters), 'parameter')}."
    )
    if assumptions:
        verb = choose_form(assumptions, "is an assumption", "are assumptions")
        text += f" {assumptions} of the parameters {verb}."
    if _DRAWS in parameters:
        text += (
            " Ranges come from simulations that draw the assumptions from their declared ranges."
        )
    return text


def describe_scope(run: TopicRun) -> str:
    """List what a model gives: the labels of its figures, or its question."""
    labels = join_items(definition.label for definition in run.topic.indicators)
    return f"{run.topic.title}: {labels or run.topic.question}."


def describe_model(run: TopicRun) -> Iterator[RecordField]:
    """Describe a model in the fields of the standard.

    Args:
        run: The topic and its scenario.

    Yields:
        The fields in their order.
    """
    tables = _list_tables(run)
    yield make_field("Model name", [f"{run.topic.title} ({run.topic.name})"])
    yield make_field("Model version", [model_version(run)])
    yield make_field("Model task", [run.topic.question])
    yield make_field(
        "Model input",
        [*(table.title for table in tables), f"Scenario: {describe_scenario(run.scenario)}"],
    )
    yield make_field("Model output", (definition.label for definition in run.topic.indicators))
    yield make_field(
        "Model architecture", [], f"{_ANALYST}: the method, or the address of its page"
    )
    yield make_field("Model performance", [], f"{_ANALYST}: how it was tested, and what was found")
    yield make_field(
        "Datasets and their purposes",
        (
            f"{table.title}: {'; '.join(sources)}"
            for table, sources in _find_sources(run).items()
            if sources
        ),
    )


def describe_data(runs: Iterable[TopicRun]) -> Iterator[RecordField]:
    """Describe the tables of all topics in the fields of the standard.

    Args:
        runs: The topics and their scenarios.

    Yields:
        The fields in their order.
    """
    runs = list(runs)
    tables = _list_all_tables(runs)
    sources = chain.from_iterable(_find_sources(run).values() for run in runs)
    licences = (
        str(table.licence.get("title", ""))
        for run in runs
        for table, source in run.topic.table_sources(run.scenario).items()
        if is_table_name(source)
    )
    yield make_field(
        "Source data",
        [*chain.from_iterable(sources), *(f"Licence: {name}" for name in licences if name)],
    )
    yield make_field("Data modality", ["Tables of figures."])
    yield make_field("Data quantities", [f"{format_count(len(tables), 'table')}."])
    yield make_field(
        "Sensitive attributes", [], f"{_PROTECTION}: whether a table has personal data"
    )
    yield make_field(
        "Data completeness and representativeness",
        ["Gaps are kept as published. The notes of each report name those that matter."],
        f"{_ANALYST}: whom or what the tables leave out",
    )
    yield make_field(
        "Data cleaning",
        [
            "A table with an error is rejected.",
            "A warning is reported, and the value kept as it was published.",
        ],
    )
    yield make_field("Data collection", [], f"{_ANALYST}: why each table was first collected")
    yield make_field("Data sharing agreements", [], f"{_PROTECTION}: the agreements, if any")
    yield make_field(
        "Data access and storage",
        ["The snapshot keeps each table in its folder “inputs”, and its hash in the manifest."],
        f"{_PROTECTION}: who can read the tables, and for how long they are kept",
    )


def list_table_titles(runs: Iterable[TopicRun]) -> list[str]:
    """Titles of the tables of all topics, each once."""
    return [table.title for table in _list_all_tables(runs)]


def list_owners(runs: Iterable[TopicRun]) -> list[str]:
    """Declared owners of the assumptions, each once."""
    reviews = (parameter.review for run in runs for parameter in list_assumptions(run))
    return list(dict.fromkeys(review.owner for review in reviews if review))


def list_reviews(runs: Iterable[TopicRun]) -> Iterator[str]:
    """Say when the assumptions of each topic are next reviewed."""
    for run in runs:
        days = [parameter.review.due for parameter in list_assumptions(run) if parameter.review]
        if days:
            yield f"{run.topic.title}: next review of assumptions by {format_day(min(days))}."


def list_risks(runs: Iterable[TopicRun]) -> Iterator[str]:
    """Say how good the sources of each topic's assumptions are, and what is overdue."""
    for run in runs:
        counts = Counter(parameter.quality or "unknown" for parameter in list_assumptions(run))
        parts = [f"{counts[name]} {name}" for name in (*_QUALITIES, "unknown") if counts[name]]
        if parts:
            total = format_count(sum(counts.values()), "assumption")
            yield f"{run.topic.title}: quality of {total}: {join_items(parts)}."
        yield from run.overdue_inputs


def list_assumptions(run: TopicRun) -> list[Parameter]:
    """Parameters of a topic that rest on a source, a range or a quality."""
    return [entry for entry in run.topic.Scenario.parameters().values() if entry.is_assumption]


def _list_tables(run: TopicRun) -> list[TableSchema]:
    """Tables that a topic reads in its scenario."""
    return [table for table, source in run.topic.table_sources(run.scenario).items() if source]


def _find_sources(run: TopicRun) -> dict[TableSchema, tuple[str, ...]]:
    """Sources of each table; what the declarations say is not true of a user's own file."""
    names = run.topic.table_sources(run.scenario)
    return {
        table: table.sources if is_table_name(names[table]) else (_SUPPLIED,)
        for table in _list_tables(run)
    }


def _list_all_tables(runs: Iterable[TopicRun]) -> list[TableSchema]:
    return list(dict.fromkeys(chain.from_iterable(map(_list_tables, runs))))
