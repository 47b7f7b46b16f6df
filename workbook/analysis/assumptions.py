"""The assumptions behind a scenario: each parameter with its value, range, source and quality."""

import pandas as pd

from workbook import words
from workbook.outcome import Column
from workbook.scenario import Scenario

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
            " to ".join(words.cell(end, declared.unit) for end in declared.range or ()),
            declared.quality,
            declared.source,
            declared.reviewed.isoformat(),
            declared.review_due.isoformat(),
        )
        for name, declared in scenario.parameters().items()
        if declared.source
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
