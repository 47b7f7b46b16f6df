"""Assumptions of an outcome: the value, range, source, quality and review of each, as texts."""

from workbook.outcome import Outcome, SubstitutedValue
from workbook.periods import last_day_of_quarter
from workbook.result_table import Column
from workbook.scenario import Parameter, ParameterValue
from workbook.text.numbers import format_cell

ROW_COLUMNS = {
    "parameter": Column("Parameter", is_name=True),
    "label": Column("Assumption"),
    "value": Column("Value"),
    "range": Column("Range"),
    "quality": Column("Quality"),
    "source": Column("Source"),
    "owner": Column("Owner"),
    "reviewed": Column("Last reviewed"),
    "review_due": Column("Next review"),
    "review_status": Column("Review status"),
}
_NOT_REVIEWED, OVERDUE, _UP_TO_DATE = "not reviewed", "overdue", "up to date"
_NOT_USED = "not used"


def register_rows(outcome: Outcome) -> list[dict[str, str]]:
    """List the assumptions of an outcome: its parameters with a source, a range or a quality.

    Args:
        outcome: The outcome of a scenario.

    Returns:
        For each assumption, its texts by the names of ``ROW_COLUMNS``; empty where there is none. A
        review is overdue if it was due before the last day of the scenario's quarter.
    """
    values, blank = outcome.scenario.values(), dict.fromkeys(ROW_COLUMNS, "")
    return [
        {
            **blank,
            "parameter": name,
            "label": parameter.label,
            **_describe_value(parameter, values[name], outcome.substituted_values.get(name)),
            **_describe_origin(parameter, values[name], outcome),
        }
        for name, parameter in outcome.scenario.parameters().items()
        if parameter.is_assumption
    ]


def _describe_value(
    parameter: Parameter, value: ParameterValue, substituted: SubstitutedValue | None
) -> dict[str, str]:
    if substituted is None:
        text = format_cell(value, parameter.unit)
        return {
            "value": text if value == parameter.default else f"{text} (changed)",
            "range": describe_range(parameter, value),
        }
    if substituted.value is None:
        return {"value": _NOT_USED}
    return {
        "value": format_cell(substituted.value, parameter.unit),
        "range": describe_range(parameter, substituted.value),
    }


def _describe_origin(
    parameter: Parameter, value: ParameterValue, outcome: Outcome
) -> dict[str, str]:
    """Source of a value and, where it is the published one, its quality and its review."""
    if parameter.name in outcome.substituted_values:
        return {"source": outcome.substituted_values[parameter.name].source}
    source = {"source": parameter.describe_source(value)}
    if value != parameter.default:
        return source
    published = {**source, "quality": outcome.scenario.quality_of(parameter.name)}
    status = {"review_status": describe_review_status(parameter, outcome.scenario.quarter)}
    review = parameter.review
    if review is None:
        return {**published, **status}
    return {
        **published,
        "owner": review.owner,
        "reviewed": review.reviewed.isoformat(),
        "review_due": review.due.isoformat(),
        **status,
    }


def describe_review_status(parameter: Parameter, quarter: str) -> str:
    """Say whether an assumption's review is up to date.

    Args:
        parameter: The parameter's declaration.
        quarter: A review is overdue if it was due before this quarter's last day.

    Returns:
        ``not reviewed``, ``overdue`` or ``up to date``.
    """
    if parameter.review is None:
        return _NOT_REVIEWED
    is_overdue = parameter.review.is_overdue(last_day_of_quarter(quarter))
    return OVERDUE if is_overdue else _UP_TO_DATE


def describe_range(parameter: Parameter, value: ParameterValue) -> str:
    """Describe the range around a value from which simulations draw.

    Args:
        parameter: The parameter's declaration.
        value: The value in use.

    Returns:
        Its ends with their unit; empty for a lever.
    """
    if not parameter.range:
        return ""
    return " to ".join(
        format_cell(end, parameter.unit) for end in parameter.range_around(float(value))
    )
