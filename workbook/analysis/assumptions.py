"""The assumptions behind a scenario: each parameter with its value, range, source and quality."""

import pandas as pd

from workbook import words
from workbook.outcome import Column
from workbook.scenario import Parameter, Scenario, Value

COLUMNS = {
    "parameter": Column("Parameter"),
    "label": Column("What it is"),
    "value": Column("Value"),
    "range": Column("Plausible range"),
    "quality": Column("Quality"),
    "source": Column("Source"),
    "reviewed": Column("Last reviewed"),
    "review_due": Column("Next review"),
}


def assumptions(scenario: Scenario) -> pd.DataFrame:
    """A row for each parameter that has a source: what it is, its value and what that rests on."""
    rows = [
        (
            name,
            declared.label,
            words.cell(scenario.values()[name], declared.unit),
            _range(declared, scenario.values()[name]),
            declared.quality,
            declared.source,
            declared.reviewed.isoformat(),
            declared.review_due.isoformat(),
        )
        for name, declared in scenario.parameters().items()
        if declared.source
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _range(declared: Parameter, value: Value) -> str:
    if not declared.range:
        return ""
    return " to ".join(words.cell(end, declared.unit) for end in declared.plausible(float(value)))
