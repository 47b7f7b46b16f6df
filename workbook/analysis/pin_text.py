"""What a page says of a link that was copied earlier: its figures then and now, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from workbook.analysis.change_attribution import CAUSES, Cause, FigureChange, figures_of
from workbook.analysis.pins import PinnedRun
from workbook.indicators import Indicator, IndicatorValue
from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.text.dates import format_day
from workbook.text.grammar import join_items
from workbook.text.numbers import format_cell

CAUSE_LABELS: Final[dict[Cause, str]] = {
    "code": "Changed model",
    "revised_data": "Revised data",
    "new_periods": "New data",
    "assumptions": "Changed defaults",
}
_CAUSE_PHRASES: Final[dict[Cause, str]] = {
    "code": "the model has changed",
    "revised_data": "data have been revised",
    "new_periods": "new data have been added",
    "assumptions": "published assumptions have changed",
}
_COLUMNS: Final = {
    "label": Column("Figure"),
    "before": Column("When copied"),
    "now": Column("Today"),
    "difference": Column("Difference"),
    **{str(cause): Column(label) for cause, label in CAUSE_LABELS.items()},
}
_NOT_KNOWN: Final = "not known"


def describe_copied_figures(run: PinnedRun, outcome: Outcome, indicators: Sequence[str]) -> str:
    """Say what a link showed when it was copied, and whether that is so today.

    Args:
        run: The record of the link.
        outcome: Today's outcome of its scenario.
        indicators: Names of the key indicators, the most important first.

    Returns:
        Two or three sentences.
    """
    day = format_day(date.fromisoformat(run.day))
    today = figures_of(outcome)
    changed = [name for name in indicators if run.figures.get(name) != today[name]]
    if not changed:
        return f"This link was copied on {day}. Its key figures are the same today."
    indicator = outcome[changed[0]]
    before = _format_earlier(indicator, run.figures.get(indicator.name))
    return (
        f"This link was copied on {day}. {indicator.label} was {before} then,"
        f" and is {indicator.formatted_value} today."
    )


def describe_causes(
    run: PinnedRun, outcome: Outcome, changes: Sequence[FigureChange], indicators: Sequence[str]
) -> str:
    """Say why the figures of a link have changed, or what has changed beside them.

    Args:
        run: The record of the link.
        outcome: Today's outcome of its scenario.
        changes: What ``attribute_changes`` has found.
        indicators: Names of the key indicators, the most important first.

    Returns:
        A sentence or two.
    """
    by_name = {change.name: change for change in changes}
    moved = [by_name[name] for name in indicators if name in by_name and by_name[name].difference]
    sentences = [*_describe_contributions(outcome, moved[:1]), *_describe_defaults(run, outcome)]
    return " ".join(sentences) or _describe_sameness(changes)


def changes_table(outcome: Outcome, changes: Sequence[FigureChange]) -> ResultTable:
    """Make the table of a link's figures when it was copied and today, by cause.

    Args:
        outcome: Today's outcome of the link's scenario.
        changes: What ``attribute_changes`` has found.

    Returns:
        A row of texts for each indicator, with a column for each cause that plays a part.
    """
    moved = [change for change in changes if change.difference]
    causes = [
        cause for cause in CAUSES if any(change.contributions[cause] != 0 for change in moved)
    ]
    columns = ["label", "before", "now", *(["difference", *causes] if causes else [])]
    rows = [_describe_change(outcome[change.name], change) for change in changes]
    frame = pd.DataFrame(rows, columns=columns).fillna("")
    return ResultTable(
        "since_copied", "Figures when the link was copied, and today", frame, _COLUMNS
    )


def _describe_change(indicator: Indicator, change: FigureChange) -> dict[str, str]:
    texts = {
        "label": indicator.label,
        "before": _format_earlier(indicator, change.before),
        "now": indicator.formatted_value,
    }
    if isinstance(change.now, str):  # quarters have no difference
        return texts
    texts["difference"] = indicator.format_change(change.difference)
    return texts | {
        str(cause): indicator.format_change(part) for cause, part in change.contributions.items()
    }


def _describe_contributions(outcome: Outcome, moved: Sequence[FigureChange]) -> Iterator[str]:
    for change in moved:
        indicator = outcome[change.name]
        parts = [
            f"{indicator.format_change(amount)} because {_CAUSE_PHRASES[cause]}"
            for cause in CAUSES
            if (amount := change.contributions[cause])
        ]
        if any(amount is None for amount in change.contributions.values()):
            parts.append("the rest for a reason that cannot be found")
        yield (
            f"The difference of {indicator.format_change(change.difference)} is"
            f" {join_items(parts)}."
        )


def _describe_defaults(run: PinnedRun, outcome: Outcome) -> Iterator[str]:
    values = outcome.scenario.values()
    for name, parameter in outcome.scenario.parameters().items():
        if name in run.parameters and run.parameters[name] != values[name]:
            then, now = (
                format_cell(value, parameter.unit) for value in (run.parameters[name], values[name])
            )
            yield f"The published value of “{parameter.label}” was {then}, and is {now} today."


def _describe_sameness(changes: Sequence[FigureChange]) -> str:
    others = [change for change in changes if change.before != change.now]
    if others:
        return "Other figures have changed: see the table."
    return "The data, the published assumptions and the model give the same figures as then."


def _format_earlier(indicator: Indicator, value: IndicatorValue) -> str:
    if value is None:
        return _NOT_KNOWN
    return replace(indicator, value=value, missing_reason="").formatted_value
