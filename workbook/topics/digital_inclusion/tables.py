"""Result tables of digital inclusion: the path, its flows, ages, and the published figures."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from workbook.indicators import Interval
from workbook.methods.survey import standard_error
from workbook.result_table import ResultTable
from workbook.topics.digital_inclusion.cohorts import AgeProjection
from workbook.topics.digital_inclusion.columns import DIGITAL_INCLUSION_COLUMNS
from workbook.topics.digital_inclusion.observed_counts import ObservedCount
from workbook.topics.digital_inclusion.projection import ProjectionYear, Values, target_path

_NOT_COMPARED = "not compared: another measure or year"


def projection_tables(
    values: Values,
    steps: Sequence[ProjectionYear],
    yearly_ranges: Sequence[Interval],
    by_age: AgeProjection | None,
) -> Iterator[ResultTable]:
    """Build the tables of the projection.

    Args:
        values: The scenario's value of each parameter.
        steps: The scenario's path.
        yearly_ranges: P10 and P90 of the simulated people of each year.
        by_age: The age-structured projection, None where its figures are not known.

    Yields:
        The path, its flows, and the people by age if they are known.
    """
    path = _path_table(values, steps, yearly_ranges, by_age)
    yield _result_table("path", "People without basic digital skills, by year", path)
    yield _result_table(
        "flows", "People who gain or lose basic digital skills, by year", _flows_table(steps)
    )
    if by_age is not None:
        title = "People without basic digital skills, by age (comparison)"
        yield _result_table("ages", title, _ages_table(by_age))


def observed_tables(
    observed: pd.DataFrame, counts: Sequence[ObservedCount]
) -> Iterator[ResultTable]:
    """Build the tables of published figures.

    Args:
        observed: The table of observed figures.
        counts: The published counts after the baseline.

    Yields:
        The published figures, and the counts compared with the projection.
    """
    yield _result_table("observed", "Published figures", _observed_table(observed))
    title = "Survey estimates since the start, compared with the projection"
    yield _result_table("comparison", title, _comparison_table(counts))


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, DIGITAL_INCLUSION_COLUMNS)


def _path_table(
    values: Values,
    steps: Sequence[ProjectionYear],
    yearly_ranges: Sequence[Interval],
    by_age: AgeProjection | None,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [step.year for step in steps],
            "people_excluded": [float(step.people) for step in steps],
            "people_low": [low for low, _ in yearly_ranges],
            "people_high": [high for _, high in yearly_ranges],
            "target_people": [float(target_path(values, step.year)) for step in steps],
            "floor_people": values["floor_share"] * values["adults"],
            "people_by_age": math.nan if by_age is None else by_age.totals,
        }
    )


def _flows_table(steps: Sequence[ProjectionYear]) -> pd.DataFrame:
    """People who gain the skills or lose them again by year; losses are negative."""
    flows = [
        (step.year, flow, float(people))
        for step in steps[:-1]
        for flow, people in (
            ("gained the skills on their own", step.unaided),
            ("helped by the programme", step.helped),
            ("helped, then lost the skills", 0.0 - step.relapsed),
        )
    ]
    return pd.DataFrame(flows, columns=["year", "flow", "people"])


def _ages_table(by_age: AgeProjection) -> pd.DataFrame:
    """Adults and people without the skills by age band, at the start and in the target year."""
    adults, first, last = (
        by_age.band_totals(by_age_and_year)
        for by_age_and_year in (by_age.adults, by_age.people[0], by_age.people[-1])
    )
    return pd.DataFrame(
        {
            "age": by_age.profile.band_labels,
            "offline_share": by_age.profile.offline_shares,
            "adults": adults,
            "share_at_start": np.divide(first, adults, out=np.zeros_like(first), where=adults > 0),
            "people_at_start": first,
            "people_at_end": last,
        }
    )


def _comparison_table(counts: Sequence[ObservedCount]) -> pd.DataFrame:
    """Published counts of the years after the baseline, beside the projection for the year."""
    rows = [
        (
            count.measure,
            count.period,
            count.people,
            count.projected,
            count.low,
            count.high,
            count.position_text or _NOT_COMPARED,
            count.source,
        )
        for count in counts
    ]
    columns = ["measure", "period", "people", "projected", "people_low", "people_high"]
    return pd.DataFrame(rows, columns=[*columns, "position", "source"])


def _observed_table(table: pd.DataFrame) -> pd.DataFrame:
    """Published figures, with the standard error of each share whose sample size is known.

    A share of a subgroup has a larger error, because the sample size is that of the whole survey.
    """
    errors = [
        standard_error(share, sample) if pd.notna(share) and pd.notna(sample) else math.nan
        for share, sample in zip(table["share"], table["sample_size"], strict=True)
    ]
    return table.assign(standard_error=errors)
