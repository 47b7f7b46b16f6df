"""Figures on digital inclusion that confirm the July 2014 report."""

from collections.abc import Mapping

import pandas as pd

from workbook.claims.published_report import (
    FigureReader,
    FigureSource,
    FrameDescriber,
    always_describe,
)

_TABLES = ("inclusion_observed",)
_LACKS_SKILLS = {
    "measure": "lacks basic digital skills",
    "population": "UK adults",
    "period": "2014-04",
}
_PEOPLE_ROUNDING, _SHARE_ROUNDING = 50_000, 0.0005
"""Half of the last published digit of 11.0 and 6.4 million, and of 12.6%."""

_NEVER_ONLINE = {
    "measure": "never used the internet",
    "population": "UK adults",
    "period": "2014-03",
}


def _cell_reader(column: str, **conditions: str) -> FigureReader:
    """Make a reader of the number in the one row with these texts, by column."""

    def read_cell(frame: pd.DataFrame) -> float | None:
        matching_values = frame.loc[_matching_rows(frame, conditions), column].dropna()
        return float(matching_values.iloc[0]) if len(matching_values) == 1 else None

    return read_cell


def _share_reader(sign: int) -> FigureReader:
    """Make a reader of the lowest (−1) or highest (1) share without basic digital skills.

    It divides by the adults of the Office for National Statistics. Each published input can lie
    half of its last digit away.
    """
    read_people = _cell_reader("people", **_LACKS_SKILLS)
    read_never_used = _cell_reader("people", **_NEVER_ONLINE)
    read_never_used_share = _cell_reader("share", **_NEVER_ONLINE)

    def read_share(frame: pd.DataFrame) -> float | None:
        people, never_used, share = (
            read(frame) for read in (read_people, read_never_used, read_never_used_share)
        )
        if people is None or never_used is None or share is None:
            return None
        adults = (never_used - sign * _PEOPLE_ROUNDING) / (share + sign * _SHARE_ROUNDING)
        return (people + sign * _PEOPLE_ROUNDING) / adults

    return read_share


def _read_adults(frame: pd.DataFrame) -> float | None:
    """Read the adults of the Office for National Statistics: those never online by their share."""
    never_used = _cell_reader("people", **_NEVER_ONLINE)(frame)
    share = _cell_reader("share", **_NEVER_ONLINE)(frame)
    return never_used / share if never_used and share else None


def _matching_rows(frame: pd.DataFrame, conditions: Mapping[str, str]) -> "pd.Series[bool]":
    is_match = pd.Series(data=True, index=frame.index)
    for name, text in conditions.items():
        is_match &= frame[name] == text
    return is_match


def _describe_row(**conditions: str) -> FrameDescriber:
    """Make a describer that gives the source of the row with these texts."""

    def describe_figure(frame: pd.DataFrame) -> str:
        return str(frame.loc[_matching_rows(frame, conditions), "source"].iloc[0])

    return describe_figure


INCLUSION_FIGURES = (
    FigureSource(
        "inclusion.people_2014",
        "people",
        _TABLES,
        _cell_reader("people", **_LACKS_SKILLS),
        "Adults without basic digital skills in April 2014",
        always_describe("Answer to a Parliamentary question, April 2014"),
    ),
    FigureSource(
        "inclusion.adults_2014",
        "people",
        _TABLES,
        _read_adults,
        "Adults by the Office for National Statistics in March 2014",
        _describe_row(**_NEVER_ONLINE),
    ),
    *(
        FigureSource(
            f"inclusion.{extreme}_share_2014",
            "share",
            _TABLES,
            _share_reader(sign),
            f"{extreme.capitalize()} share of adults without basic digital skills that the rounding"
            " of the inputs allows",
            _describe_row(**_NEVER_ONLINE),
        )
        for extreme, sign in (("lowest", -1), ("highest", 1))
    ),
)
