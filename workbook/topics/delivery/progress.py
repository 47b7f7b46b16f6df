"""Commitments against their targets, and how many are on course in each programme."""

import numpy as np
import pandas as pd

from workbook import words
from workbook.quarters import period_end
from workbook.topics.delivery.course import NO, NOT_KNOWN, YES
from workbook.topics.delivery.rows import Row

COURSES = {"on_course": YES, "off_course": NO, "not_known": NOT_KNOWN}
PROGRAMMES = ("programme", "commitments", "with_target", *COURSES)
EVERYBODY = "All of government"
TOLD = (
    "id",
    "programme",
    "department",
    "commitment",
    "stands",
    "on_course",
    "why",
    "measure",
    "unit",
    "value",
    "period",
    "sense",
    "target",
    "target_date",
    "trend",
    "previous",
    "reported",
    "rests_on",
    "source",
)
SHOWN = (
    "commitment",
    "on_course",
    "why",
    "unit",
    "value",
    "period",
    "sense",
    "target",
    "target_date",
    "of_target",
    "id",
)


def told(commitments: pd.DataFrame) -> pd.DataFrame:
    """Every commitment as a reader has it: what it is, whether it is on course, and the figures."""
    stands = [_stands(row) for row in commitments.to_dict("records")]
    table = _everybody_s(commitments).assign(stands=pd.Series(stands, dtype="str"))
    return table[list(TOLD)].replace("", np.nan)


def _stands(row: Row) -> str:
    """Where it stands: ``Services live: 3 in June 2014, rising.`` and what is told beside it."""
    figure = "no figure"
    if pd.notna(row["value"]):
        value = words.value_in(float(row["value"]), row["unit"])
        figure = f"{value} in {period_end(row['period']):%B %Y}"
    trend = f", {row['trend']}" if row["trend"] else ""
    return f"{row['measure']}: {figure}{trend}. {row['reported']}".strip()


def progress(commitments: pd.DataFrame) -> pd.DataFrame:
    """Those with a target; ``of_target`` is the value as a fraction of it, NaN where not known."""
    rows = commitments[commitments["target"].notna()].reset_index(drop=True)
    of_target = rows["value"] / rows["target"].where(rows["target"] > 0, np.nan)
    by = rows["target_date"].mask(rows["target_date"] == "")
    return _everybody_s(rows.assign(of_target=of_target, target_date=by))[list(SHOWN)]


def _everybody_s(commitments: pd.DataFrame) -> pd.DataFrame:
    """The commitments, those of no department said to be everybody's."""
    return commitments.assign(department=commitments["department"].replace("", EVERYBODY))


def programmes(commitments: pd.DataFrame) -> pd.DataFrame:
    """How many commitments each programme has, with a target, on course, off course, not known."""
    courses = {name: commitments["on_course"] == said for name, said in COURSES.items()}
    told = commitments["target"].notna()
    rows = commitments[["programme"]].assign(commitments=1, with_target=told, **courses)
    summed = rows.groupby("programme", sort=False).sum().astype(int)
    return summed.reset_index()[list(PROGRAMMES)]
