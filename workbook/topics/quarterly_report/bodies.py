"""How departments are becoming more digital: what the topics say of each department and body."""

from collections.abc import Sequence

import pandas as pd

from workbook.department_figures import write_departments
from workbook.departments import department_name, department_of_2014
from workbook.report_section import BODY_COLUMNS
from workbook.result_table import Column, ResultTable
from workbook.topics.quarterly_report.topic_comparisons import TopicComparison

BODIES_TABLE = "bodies"
"""Name of the table."""

_COLUMNS = {
    "department": Column("Department"),
    "organisation": Column("Organisation"),
    "subject": Column("What"),
    "position": Column("Position"),
}


def bodies_table(comparisons: Sequence[TopicComparison]) -> ResultTable:
    """List what the topics say of each department and its bodies.

    Args:
        comparisons: The topics that have figures.

    Returns:
        The table, by department and organisation; the department itself before its agencies.
    """
    frames = [
        comparison.section.list_bodies(comparison.current)
        for comparison in reversed(comparisons)  # what is done and planned before the services
        if comparison.section.list_bodies
    ]
    rows = pd.concat(frames) if frames else pd.DataFrame(columns=list(BODY_COLUMNS))
    rows = rows[rows["department"].fillna("") != ""].astype("str")
    rows["department"] = rows["department"].map(department_of_2014)
    organisation = rows["organisation"].where(rows["organisation"] != "", rows["department"])
    rows["organisation"] = organisation.map(department_name)
    rows["is_agency"] = rows["organisation"].map(department_of_2014) != rows["department"]
    order = ["department", "is_agency", "organisation"]
    ordered = rows.sort_values(order, kind="stable")[list(BODY_COLUMNS)]
    departments = ordered["department"].unique()
    if len(departments) == 1:
        subject = write_departments(departments[0])
        columns = _COLUMNS | {"department": Column("Department", is_name=True)}
    else:
        subject, columns = "each department", _COLUMNS
    return ResultTable(
        BODIES_TABLE,
        f"What {subject} and its bodies have done and plan",
        ordered.reset_index(drop=True),
        columns,
        empty_text="the data name no body.",
    )
