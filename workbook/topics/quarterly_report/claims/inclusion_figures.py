"""Figures on digital inclusion that confirm the July 2014 report."""

import pandas as pd

from workbook.claims.published_report import FigureReader, FigureSource

_TABLES = ("inclusion_observed",)
_LACKS_SKILLS = {
    "measure": "lacks basic digital skills",
    "population": "UK adults",
    "period": "2014-04",
}
_NEVER_ONLINE = {
    "measure": "never used the internet",
    "population": "UK adults",
    "period": "2014-03",
}


def _cell_reader(column: str, **conditions: str) -> FigureReader:
    """Make a reader of the number in the one row with these texts, by column."""

    def read_cell(frame: pd.DataFrame) -> float | None:
        is_match = pd.Series(data=True, index=frame.index)
        for name, text in conditions.items():
            is_match &= frame[name] == text
        matching_values = frame.loc[is_match, column].dropna()
        return float(matching_values.iloc[0]) if len(matching_values) == 1 else None

    return read_cell


INCLUSION_FIGURES = (
    FigureSource(
        "inclusion.people_2014",
        "people",
        _TABLES,
        _cell_reader("people", **_LACKS_SKILLS),
        "Adults without basic digital skills in April 2014",
    ),
    FigureSource(
        "inclusion.never_used_people_2014",
        "people",
        _TABLES,
        _cell_reader("people", **_NEVER_ONLINE),
        "Adults who had never used the internet in March 2014",
    ),
    FigureSource(
        "inclusion.never_used_share_2014",
        "share",
        _TABLES,
        _cell_reader("share", **_NEVER_ONLINE),
        "Share of adults who had never used the internet in March 2014",
    ),
)
