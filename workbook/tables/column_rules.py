"""Rules for the cells of a column. A cell that breaks a rule is an error."""

import pandera.pandas as pa

from workbook.periods import is_day, is_financial_year, is_month, is_period

RANGE_CHECKS = {"in_range", "greater_than_or_equal_to", "less_than_or_equal_to"}
"""Names of the rules on numbers."""

FRACTION_RULE = pa.Check.in_range(0, 1, error="must be a fraction of 1, so that 21% is 0.21")
NOT_NEGATIVE_RULE = pa.Check.ge(0, error="must not be negative")
PERIOD_RULE = pa.Check(
    lambda cells: cells.map(is_period), error="must be a year, a month or a quarter such as 2014-06"
)
MONTH_RULE = pa.Check(lambda cells: cells.map(is_month), error="must be a month such as 2014-06")
DAY_RULE = pa.Check(lambda cells: cells.map(is_day), error="must be a day such as 2026-06-30")
YEAR_RULE = pa.Check.str_matches("^(19|20|21)[0-9]{2}$", error="must be a year such as 2012")
FINANCIAL_YEAR_RULE = pa.Check(
    lambda cells: cells.map(is_financial_year), error="must be a financial year such as 2013-14"
)


def rule_bounds(rule: pa.Check) -> dict[str, float]:
    """Bounds of a rule on numbers.

    Args:
        rule: A rule of a numeric column.

    Returns:
        ``minimum`` and ``maximum``, those that the rule has.

    Raises:
        TypeError: The rule is not a range that includes its ends.
    """
    statistics = rule.statistics or {}
    if rule.name not in RANGE_CHECKS or not (
        statistics.get("include_min", True) and statistics.get("include_max", True)
    ):
        msg = f"a rule on numbers is a range with its ends, not {rule.name}"
        raise TypeError(msg)
    names = {"min_value": "minimum", "max_value": "maximum"}
    return {name: statistics[key] for key, name in names.items() if key in statistics}
