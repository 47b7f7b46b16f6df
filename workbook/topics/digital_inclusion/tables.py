"""Result tables of digital inclusion: the path, its flows, and the observed figures."""

import math
from collections.abc import Iterator

import pandas as pd

from workbook.indicators import Interval
from workbook.methods.survey import standard_error
from workbook.result_table import ResultTable
from workbook.topics.digital_inclusion.columns import DIGITAL_INCLUSION_COLUMNS
from workbook.topics.digital_inclusion.projection import (
    ProjectionYear,
    Values,
    project_exclusion,
    target_path,
)


def digital_inclusion_tables(
    values: Values, yearly_ranges: list[Interval], observed: pd.DataFrame
) -> Iterator[ResultTable]:
    """Build the result tables.

    Args:
        values: The scenario's value of each parameter.
        yearly_ranges: P10 and P90 of the simulated people of each year.
        observed: The table of observed figures.

    Yields:
        The tables in the order in which pages show them.
    """
    steps = list(project_exclusion(values))
    yield _result_table(
        "path",
        "People without basic digital skills, by year",
        _path_table(values, steps, yearly_ranges),
    )
    yield _result_table(
        "flows", "People who gain or lose basic digital skills, by year", _flows_table(steps)
    )
    yield _result_table("observed", "Published figures", _observed_table(observed))


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, DIGITAL_INCLUSION_COLUMNS)


def _path_table(
    values: Values, steps: list[ProjectionYear], yearly_ranges: list[Interval]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [step.year for step in steps],
            "people_excluded": [float(step.people) for step in steps],
            "people_low": [low for low, _ in yearly_ranges],
            "people_high": [high for _, high in yearly_ranges],
            "target_people": [float(target_path(values, step.year)) for step in steps],
            "floor_people": values["floor_share"] * values["adults"],
        }
    )


def _flows_table(steps: list[ProjectionYear]) -> pd.DataFrame:
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


def _observed_table(table: pd.DataFrame) -> pd.DataFrame:
    """Published figures, with the standard error of each share whose sample size is known.

    A share of a subgroup has a larger error, because the sample size is that of the whole survey.
    """
    errors = [
        standard_error(share, sample) if pd.notna(share) and pd.notna(sample) else math.nan
        for share, sample in zip(table["share"], table["sample_size"], strict=True)
    ]
    return table.assign(standard_error=errors)
