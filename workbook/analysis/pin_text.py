"""What a page says of a link that was copied earlier: its figures then and now, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from workbook.analysis.change_attribution import CAUSES, Cause, FigureChange
from workbook.analysis.comparison_text import value_texts
from workbook.analysis.pins import PinnedRun
from workbook.indicators import Indicator, IndicatorValue
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.result_table import Column, ResultTable
from workbook.text.dates import format_day
from workbook.text.grammar import join_items

_CAUSE_LABELS: Final[dict[Cause, str]] = {
    "new_periods": "New data",
    "revised_data": "Revised data",
    "assumptions": "Changed defaults",
    "code": "Changed model",
}
_CAUSE_PHRASES: Final[dict[Cause, str]] = {
    "new_periods": "new data have been added",
    "revised_data": "data have been revised",
    "assumptions": "published assumptions have changed",
    "code": "the model has changed",
}
_COLUMNS: Final = {
    "label": Column("Figure"),
    "before": Column("When copied"),
    "now": Column("Today"),
    "difference": Column("Difference"),
    **{str(cause): Column(label) for cause, label in _CAUSE_LABELS.items()},
}
_QUARTER: Final = "quarter"


def find_changed_figure(
    run: PinnedRun, outcome: Outcome, indicators: Sequence[str]
) -> Indicator | None:
    """Find the first of a link's key figures that a reader sees to be another today.

    Args:
        run: The record of the link.
        outcome: Today's outcome of its scenario.
        indicators: Names of the key indicators, the most important first.

    Returns:
        Today's indicator; None where all are the same, or were not calculated then.
    """
    for indicator in (outcome[name] for name in indicators if name in run.figures):
        before = _format_earlier(indicator, run.figures[indicator.name])
        if before != indicator.formatted_value:
            return indicator
    return None


def describe_copied_figures(run: PinnedRun, changed: Indicator | None) -> str:
    """Say what a link showed when it was copied, and whether that is so today.

    Args:
        run: The record of the link.
        changed: The figure of ``find_changed_figure``.

    Returns:
        Two sentences.
    """
    copied = f"This link was first copied on {format_day(run.day)}."
    if changed is None:
        return f"{copied} Its key figures are the same today."
    before = _format_earlier(changed, run.figures[changed.name])
    return f"{copied} {changed.label} was {before} then, and is {changed.formatted_value} today."


def describe_causes(
    run: PinnedRun,
    outcome: Outcome,
    changes: Sequence[FigureChange],
    changed: Indicator | None,
) -> str:
    """Say why the figures of a link have changed, or what has changed beside them.

    Args:
        run: The record of the link.
        outcome: Today's outcome of its scenario.
        changes: What ``attribute_changes`` has found.
        changed: The figure of ``find_changed_figure``.

    Returns:
        A sentence or more.
    """
    sentences = [*_describe_quarters(run, outcome), *_describe_defaults(run, outcome)]
    if changed is not None:
        change = next(change for change in changes if change.name == changed.name)
        sentences.insert(0, _describe_contributions(changed, change))
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


def _describe_contributions(indicator: Indicator, change: FigureChange) -> str:
    if change.difference is None:
        return "This change cannot be split by cause."
    parts = [
        f"{indicator.format_change(amount)} because {_CAUSE_PHRASES[cause]}"
        for cause in CAUSES
        if (amount := change.contributions[cause])
    ]
    return f"The difference of {indicator.format_change(change.difference)} is {join_items(parts)}."


def _describe_quarters(run: PinnedRun, outcome: Outcome) -> Iterator[str]:
    then, now = str(run.parameters.get(_QUARTER, "")), outcome.scenario.quarter
    if then and then != now:
        days = (format_day(last_day_of_quarter(quarter)) for quarter in (now, then))
        yield "The figures are to {} now, and were to {} then.".format(*days)


def _describe_defaults(run: PinnedRun, outcome: Outcome) -> Iterator[str]:
    values = outcome.scenario.values()
    for name, parameter in outcome.scenario.parameters().items():
        then = run.parameters.get(name, values[name])
        if name != _QUARTER and then != values[name]:
            before, now = value_texts(parameter, [then, values[name]])
            yield f"The published value of “{parameter.label}” was {before}, and is {now} today."


def _describe_sameness(changes: Sequence[FigureChange]) -> str:
    others = [change for change in changes if change.before != change.now]
    if others:
        return "Other figures have changed: see the table."
    return "The data, the published assumptions and the model give the same figures as then."


def _format_earlier(indicator: Indicator, value: IndicatorValue) -> str:
    if value is None:
        return indicator.missing_label
    return replace(indicator, value=value, missing_reason="").formatted_value
