"""Colours of the kinds of finding: the same in every chart of the report."""

from workbook.charts.theme import BLUE, GREY, MAUVE, ORANGE, PLUM, TURQUOISE
from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    NOT_CHECKABLE,
    PLAN_NOT_MET,
    WITHIN_REVISIONS,
)

KIND_COLOURS: dict[str, str] = {
    CONTRADICTED: ORANGE,
    PLAN_NOT_MET: PLUM,
    WITHIN_REVISIONS: MAUVE,
    CONSISTENT: TURQUOISE,
    CONFIRMED: BLUE,
    NOT_CHECKABLE: GREY,
}
KIND_FILLS: dict[str, str] = {**KIND_COLOURS, NOT_CHECKABLE: "white"}
"""Outline and fill of a bar by its finding: no fill for figures that cannot be checked."""
