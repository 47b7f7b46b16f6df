"""Published counts of people on the chart of the path, a colour and shape for each population."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from workbook.charts.figure import named_data
from workbook.charts.marks import (
    DOT_STYLE,
    LABEL_SIDES,
    category_scale,
    halo_texts,
    place_on_free_side,
)
from workbook.charts.theme import GREY, MAUVE, ORANGE, TEXT_COLOUR, TURQUOISE
from workbook.periods import decimal_year, period_end
from workbook.text.numbers import format_people
from workbook.topics.digital_inclusion.charts.millions import scale_to_millions
from workbook.topics.digital_inclusion.observed_counts import SKILLS_MEASURE

OBSERVED_DATA = "observed"
"""Name of the data of the observed counts."""

MISSES_DATA = "misses"
"""Name of the data of the counts that lie outside the simulations' range."""

_YEARS_BEFORE, _YEARS_AFTER = 2, 1
"""Years around those of the path within which observed counts are shown."""

_MIDDLE_OF_YEAR = 0.5

_SHORT_TEXT = (
    "width < 420 ? replace(datum.{0}, regexp('^[^]*:|[(]published[)]', 'g'), '') : datum.{0}"
)
"""Vega expression for a label on one side of its point: on a phone the number alone has room."""


@dataclass(frozen=True)
class MeasureStyle:
    """How an observed population is drawn."""

    name: str
    colour: str
    shape: str
    shape_name: str


MEASURE_STYLES = {
    "lacks basic digital skills": MeasureStyle(
        "Lacks basic digital skills", ORANGE, "diamond", "Diamond"
    ),
    "never used the internet": MeasureStyle(
        "Never used the internet", TURQUOISE, "square", "Square"
    ),
    "lacks essential digital skills for life": MeasureStyle(
        "Lacks essential digital skills", MAUVE, "triangle-up", "Triangle"
    ),
    "offline": MeasureStyle("Offline", GREY, "cross", "Cross"),
}
"""Styles by measure. The populations differ, so their counts are not one series."""


def build_observed_marks() -> list[alt.Chart]:
    """Draw a point for each observed count, with its label on the side that has room."""
    styles = MEASURE_STYLES.values()
    colours = category_scale({style.name: style.colour for style in styles})
    shapes = category_scale({style.name: style.shape for style in styles})
    short_texts = {side: _SHORT_TEXT.format(side) for side in LABEL_SIDES}
    base = (
        named_data(OBSERVED_DATA)
        .transform_calculate(**short_texts)
        .encode(x="year:Q", y="people:Q")
    )
    points = base.mark_point(**DOT_STYLE).encode(
        color=alt.Color("name:N", scale=colours, legend=None),
        shape=alt.Shape("name:N", scale=shapes, legend=None),
        tooltip=["text:N"],
    )
    labels = [
        layer
        for side, style in LABEL_SIDES.items()
        for layer in halo_texts(
            base,
            side,
            **style,
            dy=-4,
            lineBreak="\n",
            baseline="line-bottom",
            color=TEXT_COLOUR,
        )
    ]
    return [points, *labels]


def build_observed_rows(observed: pd.DataFrame, years: "pd.Series[int]") -> pd.DataFrame:
    """Build a row for each count of people observed around the years of the path.

    Args:
        observed: The topic's table of observed populations.
        years: The years of the path.

    Returns:
        The columns year, people (millions), name, text, and the text again under the side of the
        point that has room.
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
    sides = [
        place_on_free_side(text, year, years.min(), years.max())
        for text, year in zip(texts, shown["year"], strict=True)
    ]
    columns = {side: [places[side] for places in sides] for side in LABEL_SIDES}
    shown = shown.assign(name=names, text=texts, **columns)
    return shown[["year", "people", "name", "text", *LABEL_SIDES]]


def describe_shapes(rows: pd.DataFrame) -> str:
    """Say which shape is which population: ``Diamond: lacks basic digital skills``.

    Args:
        rows: The rows of ``build_observed_rows``.

    Returns:
        A part for each population that is shown; empty where there is none.
    """
    return ". ".join(
        f"{style.shape_name}: {style.name[0].lower()}{style.name[1:]} (published)"
        for style in MEASURE_STYLES.values()
        if rows["name"].eq(style.name).any()
    )


def build_miss_marks() -> alt.Chart:
    """Draw a line from the simulations' range to each count that lies outside it."""
    rules: alt.Chart = (
        named_data(MISSES_DATA)
        .mark_rule(color=ORANGE, strokeWidth=2)
        .encode(x="year:Q", y="range_end:Q", y2="people:Q")
    )
    return rules


def build_miss_rows(comparison: pd.DataFrame) -> pd.DataFrame:
    """Build a row for each count that lies outside the simulations' range of its year.

    Args:
        comparison: The topic's table of counts compared with the projection.

    Returns:
        The columns year, people and range_end (millions), and title: the finding in words.
    """
    is_comparable = comparison["measure"].eq(SKILLS_MEASURE) & comparison["people_low"].notna()
    counts = comparison[is_comparable]
    range_end = counts["people"].clip(counts["people_low"], counts["people_high"])
    misses = counts.assign(range_end=range_end)[range_end != counts["people"]]
    titles = [
        f"The survey estimate for {period_end(period).year}, {format_people(people)}, lies"
        f" {'above' if people > end else 'below'} 8 in 10 simulations"
        for period, people, end in misses[["period", "people", "range_end"]].itertuples(index=False)
    ]
    rows = misses.assign(year=misses["period"].map(_observation_time), title=titles)
    return scale_to_millions(rows, ["people", "range_end"])[
        ["year", "people", "range_end", "title"]
    ]


def _observation_time(period: str) -> float:
    """Time of a count as a decimal year. A count for a whole year is placed at its middle."""
    return int(period) + _MIDDLE_OF_YEAR if period.isdigit() else decimal_year(period)
