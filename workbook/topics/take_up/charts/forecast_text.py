"""Title, subtitle and description of a forecast's chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.own_record import (
    INTERVAL_BASIS,
    own_record_sentences,
    own_tested_horizon,
)
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

_MOST_WORDS = 15
"""Words of a chart's title."""

_CLIPPED = 1e-9
"""Distance from the ceiling within which an end of an interval lies on it."""


@dataclass(frozen=True)
class ForecastSubject:
    """Whose forecast it is.

    Attributes:
        title: As a title begins.
        description: As a description begins.
    """

    title: str
    description: str


@dataclass(frozen=True, eq=False)
class ForecastText:
    """The sentences of a forecast's chart.

    Attributes:
        table: Result table of a forecast: observed quarters, then those of the forecast.
        subject: Whose forecast it is.
        target: Target take-up, a fraction of 1.
        quarter: The scenario's quarter. A forecast for a year that ended by then is past.
        ceiling: The highest take-up that is assumed possible, a fraction of 1.
        interval: Level of the interval that the back-test judges.
    """

    table: pd.DataFrame
    subject: ForecastSubject
    target: float
    quarter: str
    ceiling: float
    interval: float

    @cached_property
    def _observed(self) -> pd.DataFrame:
        return self.table.dropna(subset=["take_up"])

    @cached_property
    def _future(self) -> pd.DataFrame:
        return self.table.dropna(subset=["forecast"])

    @cached_property
    def _tested(self) -> pd.DataFrame:
        return self._future.dropna(subset=["probability_of_target"])

    @property
    def _is_past(self) -> bool:
        """Whether the last tested year had ended by the scenario's quarter."""
        return len(self._tested) > 0 and str(self._end["quarter"]) <= self.quarter

    @property
    def _end(self) -> "pd.Series[Any]":
        """The last quarter whose forecast is tested."""
        return self._tested.iloc[-1]

    def write_title(self) -> str:
        """Write what the forecast says, in at most 15 words where the subject has at most 7."""
        subject = self.subject.title
        if len(self._observed) == 1:
            return f"{subject}: one 12-month period cannot be forecast"
        if self._is_past:
            return self._write_past_title()
        latest = float(self._observed["take_up"].iloc[-1])
        if latest >= self.target and (self._tested["forecast"] >= self.target).all():
            return (
                f"{subject}: take-up is {format_share(latest)}, at or above"
                f" {format_share(self.target)}"
            )
        if self._tested.empty:
            return f"{subject}: {format_share(latest)}, with too little data to forecast"
        probability = format_probability(float(self._end["probability_of_target"]))
        likelihood = f"{probability} probability of {format_share(self.target)}"
        end = format_end_month(self._end["quarter"])
        return _choose_fitting(
            [
                f"{subject}: {likelihood} or more in the year to {end}",
                f"{subject}: {likelihood} or more, year to {end}",
                f"{subject}: {likelihood}, year to {end}",
            ]
        )

    def _write_past_title(self) -> str:
        """The interval for a year that has ended, as fully as there is room."""
        year = f"year to {format_end_month(self._end['quarter'])}"
        titles = [
            f"{self.subject.title}: forecast {self._interval_text}{text}"
            for text in (
                f" (80% interval), {year}, outcome not published",
                f" (80% interval), {year}",
                f", {year}",
                "",
            )
        ]
        return _choose_fitting(titles)

    @property
    def _interval_text(self) -> str:
        """The 80% prediction interval in the last tested quarter."""
        return " to ".join(format_share(float(self._end[f"{side}_80"])) for side in ("low", "high"))

    def write_subtitle(self, levels: list[float]) -> str:
        """Write what is drawn.

        Args:
            levels: Levels of the prediction intervals, in percent.
        """
        parts = ["Digital share of transactions, 12-month periods"]
        if len(self._tested):
            shown_levels = join_items(f"{level:g}%" for level in levels)
            parts.append(f"Shaded: {shown_levels} prediction intervals")
            parts += self._own_horizon_parts()
        if len(self._tested) < len(self._future):
            parts.append("Dotted: not tested, so no interval")
        if self._is_past:
            parts.append("The outcome is not published")
        return ". ".join(parts)

    def _own_horizon_parts(self) -> Iterator[str]:
        """How far the same services could be tested, where the forecast is quoted further ahead."""
        tested = own_tested_horizon(self._tested)
        if tested < len(self._tested):
            services = choose_form(
                int(self._tested["services"].iloc[0]), "this service", "these services"
            )
            ahead = (
                f"only up to {format_count(tested, 'quarter')} ahead" if tested else "at no horizon"
            )
            yield f"Tested on {services} {ahead}, further on others"

    def write_description(self) -> str:
        """Write what the chart shows, in sentences."""
        first, last = self._observed.iloc[0], self._observed.iloc[-1]
        latest = f"{format_share(float(last['take_up']))} in {format_year_to(last['quarter'])}"
        was = f"{self.subject.description}: take-up was"
        if len(self._observed) == 1:
            return f"{was} {latest}."
        start = f"{format_share(float(first['take_up']))} in {format_year_to(first['quarter'])}"
        path = f"{was} {start} and {latest}."
        if self._tested.empty:
            return f"{path} The forecast is not tested, so no figure is quoted."
        return " ".join([path, *self._forecast_sentences(str(last["quarter"]))])

    def _forecast_sentences(self, last_quarter: str) -> Iterator[str]:
        year, share = (
            format_year_to(self._end["quarter"]),
            format_share(float(self._end["forecast"])),
        )
        central = f"{share} (80% prediction interval: {self._interval_text})"
        if self._is_past:
            figures_end = format_end_month(last_quarter)
            yield f"From figures to {figures_end}, the forecast for {year} was {central}."
            yield "The outcome is not published."
        else:
            yield f"The central forecast for {year} is {central}."
        if abs(float(self._end["high_80"]) - self.ceiling) < _CLIPPED:
            yield f"{format_share(self.ceiling)} is the assumed ceiling."
        yield from own_record_sentences(self._tested, self.interval)
        yield INTERVAL_BASIS
        if not self._is_past:
            probability = format_probability(float(self._end["probability_of_target"]))
            yield f"The probability of meeting the target then is {probability}."
            if len(self._tested) < len(self._future):
                yield "Later quarters are not tested, so no figure is quoted."


def _choose_fitting(titles: list[str]) -> str:
    """The first title that is short enough, or the last."""
    return next((title for title in titles if len(title.split()) <= _MOST_WORDS), titles[-1])
