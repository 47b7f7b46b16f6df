"""Published counts of people on the chart of the path, a colour and shape for each population."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from workbook.charts.figure import named_data
from workbook.charts.marks import DOT_STYLE, LABEL_SIDES, category_scale, halo_texts
from workbook.charts.theme import GREY, MAUVE, ORANGE, TEXT_COLOUR, TURQUOISE
from workbook.periods import decimal_year
from workbook.topics.digital_inclusion.charts.millions import scale_to_millions

OBSERVED_DATA = "observed"
"""Name of the data of the observed counts."""

_YEARS_BEFORE, _YEARS_AFTER = 2, 1
"""Years around those of the path within which observed counts are shown."""

_MIDDLE_OF_YEAR = 0.5


@dataclass(frozen=True)
class MeasureStyle:
    """How an observed population is drawn."""

    name: str
    colour: str
    shape: str


MEASURE_STYLES = {
    "lacks basic digital skills": MeasureStyle("Lacks basic digital skills", ORANGE, "diamond"),
    "never used the internet": MeasureStyle("Never used the internet", TURQUOISE, "square"),
    "lacks essential digital skills for life": MeasureStyle(
        "Lacks essential digital skills", MAUVE, "triangle-up"
    ),
    "offline": MeasureStyle("Offline", GREY, "cross"),
}
"""Styles by measure. The populations differ, so their counts are not one series."""


def build_observed_marks() -> list[alt.Chart]:
    """Draw a point for each observed count, with its label on the right."""
    styles = MEASURE_STYLES.values()
    colours = category_scale({style.name: style.colour for style in styles})
    shapes = category_scale({style.name: style.shape for style in styles})
    base = named_data(OBSERVED_DATA).encode(x="year:Q", y="people:Q")
    points = base.mark_point(**DOT_STYLE).encode(
        color=alt.Color("name:N", scale=colours, legend=None),
        shape=alt.Shape("name:N", scale=shapes, legend=None),
        tooltip=["text:N"],
    )
    labels = halo_texts(
        base,
        "text",
        **LABEL_SIDES["right"],
        dy=-4,
        lineBreak="\n",
        baseline="line-bottom",
        color=TEXT_COLOUR,
    )
    return [points, *labels]


def build_observed_rows(observed: pd.DataFrame, years: "pd.Series[int]") -> pd.DataFrame:
    """Build a row for each count of people observed around the years of the path.

    Args:
        observed: The topic's table of observed populations.
        years: The years of the path.

    Returns:
        The columns year, people (millions), name and text.
    """
    times = observed["period"].map(_observation_time).astype(float)
    is_counted = observed["people"].notna() & observed["measure"].isin(list(MEASURE_STYLES))
    is_shown = is_counted & times.between(years.min() - _YEARS_BEFORE, years.max() + _YEARS_AFTER)
    shown = scale_to_millions(observed.assign(year=times)[is_shown], ["people"])
    names = [MEASURE_STYLES[measure].name for measure in shown["measure"]]
    texts = [
        f"{name}:\n{people:.1f}m (published)"
        for name, people in zip(names, shown["people"], strict=True)
    ]
    return shown.assign(name=names, text=texts)[["year", "people", "name", "text"]]


def _observation_time(period: str) -> float:
    """Time of a count as a decimal year. A count for a whole year is placed at its middle."""
    return int(period) + _MIDDLE_OF_YEAR if period.isdigit() else decimal_year(period)
