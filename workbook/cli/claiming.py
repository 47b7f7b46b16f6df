"""The claims of the report, checked against every table that is held."""

from workbook.claims import Verdict, check, figures
from workbook.topics.register import TABLES

EVERYTHING = "2199-Q4"
"""A quarter by which every figure that is held describes the past."""


def verdicts() -> list[Verdict]:
    """A verdict on every claim. Raises TableError where a held table is refused."""
    held = {name: table.load(EVERYTHING) for name, table in TABLES.items() if table.held}
    return check(held["claims"], figures(held))
