"""Published parts of the saving of 2013–14, for the July 2014 report."""

import pandas as pd

from workbook.claims.published_report import FigureReader, FigureSource, FrameDescriber

_YEAR, _DEFINITION = "2013-14", "GDS and departments"


def _select_part(frame: pd.DataFrame, component: str) -> pd.DataFrame:
    is_year = (frame["financial_year"] == _YEAR) & (frame["definition"] == _DEFINITION)
    return frame[is_year & (frame["component"] == component)]


def _part_reader(component: str) -> FigureReader:
    """Make a reader of one published part of the saving."""

    def read_part(frame: pd.DataFrame) -> float | None:
        part = _select_part(frame, component)
        return float(part["savings"].iloc[0]) if len(part) == 1 else None

    return read_part


def _describe_part(component: str) -> FrameDescriber:
    return lambda frame: str(_select_part(frame, component)["source"].iloc[0])


def _part_source(name: str, component: str) -> FigureSource:
    return FigureSource(
        f"savings.{name}_2013_14",
        "GBP",
        ("published_savings",),
        _part_reader(component),
        f"{component}, {_YEAR}",
        _describe_part(component),
    )


SAVINGS_FIGURES = (
    _part_source("spend_controls", "Spend controls"),
    _part_source("govuk", "Moving websites to GOV.UK"),
)
