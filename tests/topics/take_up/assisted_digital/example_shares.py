"""Tables of users at each level for tests, and two services that they are about."""

import pandas as pd

from tests.topics.take_up.example_tables import small_table
from workbook.topics import take_up
from workbook.topics.take_up.assisted_digital.data import assisted_digital_shares_table

SERVICES = small_table(("A", "2014-06", 1000, 400), ("B", "2014-06", 2000, 1900))
SHARES = """service,level,share,need,supported_by_phone,supported_face_to_face
A,3,0.2,,0.5,0.25
A,7,0.8,,,
all,1,0.1,,,
all,6,0.1,0.5,,
all,9,0.8,,,
"""
"""A: 200 of 1,000 need support and 150 have it. B: 200 and half of 200 need it, and nobody has."""


def read_shares(text: str) -> pd.DataFrame:
    """Read a table of shares that has no errors."""
    report = assisted_digital_shares_table.check_csv(text.encode())
    assert not report.errors
    return report.frame


def list_errors(text: str) -> list[tuple[int | None, str | None, str]]:
    """Row, column and message of each error of a table of shares."""
    report = assisted_digital_shares_table.check_csv(text.encode())
    return [(error.row, error.column, error.message) for error in report.errors]


def evaluate_with_shares(text: str, frame: pd.DataFrame = SERVICES, **values):
    """Evaluate take-up on two services with a table of shares."""
    scenario = take_up.topic.Scenario(**{"exclude": "", "assisted_data": "", **values})
    tables = {
        **take_up.topic.load_tables(scenario),
        "take_up": frame,
        "assisted_digital_shares": read_shares(text),
    }
    return take_up.topic.evaluate_model(tables, scenario)
