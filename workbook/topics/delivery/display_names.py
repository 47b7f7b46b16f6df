"""Names that a reader sees in place of blanks."""

import pandas as pd

ALL_OF_GOVERNMENT = "All of government"
"""What stands in place of the department of what belongs to all of them."""


def name_all_of_government(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the department and the body of rows that belong to all of government.

    Args:
        rows: Rows with ``department`` and ``organisation``, blank for all of government.

    Returns:
        The rows with "All of government" where neither is given. A body of no department keeps
        its department blank.
    """
    has_body = rows["organisation"].ne("") | rows["department"].ne("")
    return rows.assign(
        department=rows["department"].where(has_body, ALL_OF_GOVERNMENT),
        organisation=rows["organisation"].where(has_body, ALL_OF_GOVERNMENT),
    )
