"""The reference of topics and tables, from their declarations."""

import re
from collections.abc import Iterable

import pandera.pandas as pa

from workbook.indicators import IndicatorDefinition
from workbook.result_table import ResultTable
from workbook.scenario import Parameter, describe_page_limit
from workbook.tables import TableSchema
from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_cell
from workbook.topic import Topic

_OTHER_PAGES = """\
- [Tables](tables.md): the published figures, their columns and sources
- [Public names](public_names.rst): what an analyst imports from `workbook`
- [Methods](methods.rst): the formulas, with shapes, units and sources"""
_TYPES = {"str": "text", "Int64": "whole number", "float64": "number", "boolean": "yes or no"}


def topics_page(topics: Iterable[Topic]) -> str:
    """First page of the reference: every topic, and the other pages.

    Args:
        topics: Topics in the order in which they are listed.

    Returns:
        The page's source in Markdown.
    """
    topics = list(topics)
    rows = [
        (f"[{topic.title}]({topic.name}.md)", f"`{topic.name}`", topic.question) for topic in topics
    ]
    pages = "\n".join([*(topic.name for topic in topics), "tables", "public_names", "methods"])
    return "\n\n".join(
        [
            "# Reference",
            "These pages are generated from the declarations in the code.",
            "## Topics",
            _markdown_table(("Topic", "Name", "Question"), rows),
            "## Data and code",
            _OTHER_PAGES,
            f"```{{toctree}}\n:hidden:\n\n{pages}\n```\n",
        ]
    )


def topic_page(topic: Topic) -> str:
    """Page of one topic: its parameters by group, indicators, results and tables.

    Args:
        topic: Topic to describe. Its model runs once, on the default scenario.

    Returns:
        The page's source in Markdown.
    """
    outcome = topic.run()
    tables = ", ".join(f"[{table.name}](tables.md#{_anchor(table.name)})" for table in topic.tables)
    return "\n\n".join(
        [
            f"# {topic.title}",
            topic.question,
            f"Name in commands, links and files: `{topic.name}`.",
            "## Parameters",
            *_parameter_sections(topic.Scenario.parameters().values()),
            "## Indicators",
            _indicator_table(topic.indicators),
            "## Result tables",
            *(_result_section(table) for table in outcome.tables),
            "## Source tables",
            f"{tables or 'None'}.\n",
        ]
    )


def tables_page(tables: Iterable[TableSchema]) -> str:
    """Page of every table of published figures: columns, rules and sources.

    Args:
        tables: Tables in the order in which they are listed.

    Returns:
        The page's source in Markdown.
    """
    return "\n\n".join(["# Tables", *(_table_section(table) for table in tables)])


def _parameter_sections(parameters: Iterable[Parameter]) -> list[str]:
    groups: dict[str, list[Parameter]] = {}
    for entry in parameters:
        groups.setdefault(entry.group, []).append(entry)
    return [
        part
        for group, entries in groups.items()
        for part in ([f"### {group}"] if group else []) + [_parameter_table(entries)]
    ]


def _parameter_table(parameters: list[Parameter]) -> str:
    headings = ("Name", "Meaning", "Unit", "Default", "Must lie in", "Range", "Source (quality)")
    return _markdown_table(headings, [_parameter_row(entry) for entry in parameters])


def _parameter_row(entry: Parameter) -> tuple[str, ...]:
    meaning = f"{entry.label}. {entry.meaning}"
    if entry.choices:
        meaning += f" One of: {', '.join(choice or 'blank' for choice in entry.choices)}."
    if entry.page_limit is not None:
        meaning += f" {capitalise_first(describe_page_limit(entry))}."
    return (
        f"`{entry.name}`",
        _escape(meaning),
        entry.unit,
        _escape(format_cell(entry.default, entry.unit)),
        _bounds_text(entry.bounds, entry.unit),
        _bounds_text(entry.range or (None, None), entry.unit),
        _escape(f"{entry.source} ({entry.quality})" if entry.quality else entry.source),
    )


def _bounds_text(bounds: tuple[float | None, float | None], unit: str) -> str:
    low, high = (None if bound is None else format_cell(bound, unit) for bound in bounds)
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"{low} or more"
    return f"at most {high}" if high else ""


def _indicator_table(indicators: Iterable[IndicatorDefinition]) -> str:
    rows = [
        (
            f"`{indicator.name}`",
            _escape(indicator.label),
            indicator.unit,
            indicator.direction,
        )
        for indicator in indicators
    ]
    return _markdown_table(("Name", "Meaning", "Unit", "Better"), rows)


def _result_section(table: ResultTable) -> str:
    """A result table with the label and unit of each column."""
    columns = [
        (f"`{name}`", _escape(column.label), column.unit or _unit_in(column.unit_column))
        for name, column in table.columns.items()
    ]
    return "\n\n".join(
        [
            f"### {table.name}",
            f"{_escape(table.title.rstrip('.'))}.",
            _markdown_table(("Column", "Meaning", "Unit"), columns),
        ]
    )


def _unit_in(column_name: str) -> str:
    return f"in `{column_name}`" if column_name else ""


def _table_section(table: TableSchema) -> str:
    facts = [
        f"- Key: {', '.join(f'`{name}`' for name in table.key_columns)}",
        f"- Period column: `{table.period}`" if table.period else "- No period column",
        f"- File: `data/{table.name}.csv`" if table.bundled else "- Supplied by the user",
        *([f"- Licence: {table.licence['title']}"] if table.licence else []),
        *(f"- Source: {_escape(source)}" for source in table.sources),
    ]
    columns = [_column_row(name, column) for name, column in table.schema.columns.items()]
    return "\n\n".join(
        [
            f"({_anchor(table.name)})=\n## {table.name}",
            f"{_escape(table.title.rstrip('.'))}.",
            "\n".join(facts),
            _markdown_table(("Column", "Type", "Blank allowed", "Meaning", "Rule"), columns),
        ]
    )


def _column_row(name: str, column: pa.Column) -> tuple[str, ...]:
    description = " ".join(filter(None, (f"{column.title}.", column.description)))
    return (
        f"`{name}`",
        _TYPES.get(str(column.dtype), str(column.dtype)),
        "yes" if column.nullable else "no",
        _escape(description),
        _escape("; ".join(str(rule.error or "") for rule in column.checks)),
    )


def _anchor(name: str) -> str:
    return f"table-{name.replace('_', '-')}"


def _markdown_table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _escape(text: str) -> str:
    """Text without meaning in Markdown or HTML, on one line."""
    return re.sub(r"([\\`*_\[\]<>|$])", r"\\\1", " ".join(text.split()))
