"""Notes beside the indicators of take-up."""

from collections.abc import Mapping

from workbook.methods.coverage_test import CoverageVerdict
from workbook.text.grammar import choose_form
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.cost_notes import describe_price_change
from workbook.topics.take_up.forecast_notes import judge_interval
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.projection import describe_panel


def indicator_notes(cost_indices: Mapping[str, float | None], outlook: Outlook) -> dict[str, str]:
    """Note what a reader must know beside a value.

    Args:
        cost_indices: The indices of unit costs by indicator, None where one is not known.
        outlook: What is observed and forecast against the target.

    Returns:
        Notes by indicator, empty where there is nothing to add.
    """
    return {
        **{
            name: describe_price_change(index)
            for name, index in cost_indices.items()
            if index is not None
        },
        **dict.fromkeys(("forecast_error", "interval_coverage"), _few_tests_note(outlook)),
        "target_quarter": _target_quarter_note(outlook),
        "probability_of_target": outlook.record.removesuffix("."),
    }


def _few_tests_note(outlook: Outlook) -> str:
    """Say that the back-test of these services has too few cases, empty if it has enough."""
    if judge_interval(outlook.scenario, outlook.panel_forecast) is not CoverageVerdict.TOO_FEW:
        return ""
    tested_count = outlook.panel_forecast.forecast.selected_score.judged_count
    times = choose_form(tested_count, "once", f"{tested_count} times, which overlap")
    return f"tested {times}: too few to judge"


def _target_quarter_note(outlook: Outlook) -> str:
    """The services that the quarter is of, and the probability of the target in it."""
    services = f"in {describe_panel(outlook.panel_forecast)}"
    probability = outlook.probability_in_target_quarter
    if probability is None:
        return services
    return (
        f"{services}, at the central forecast. The probability of"
        f" {format_share(outlook.panel_forecast.target)} or more then is"
        f" {format_probability(probability)}"
    )
