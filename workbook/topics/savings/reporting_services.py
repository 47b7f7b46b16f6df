"""Notes on the services that report: how many transactions they make, and how old they are."""

from collections.abc import Iterator

from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter, quarter_of
from workbook.text.dates import format_month
from workbook.text.grammar import join_items
from workbook.text.numbers import format_people, round_to_figures
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.suspect_services import SuspectServices
from workbook.topics.savings.target_year import ObservedTakeUp


def reporting_service_notes(
    scenario: Savings,
    take_up: Outcome | None,
    latest: ObservedTakeUp | None,
    suspects: SuspectServices | None,
) -> Iterator[str]:
    """Note if no service reports, how their transactions compare, and if they are old.

    Args:
        scenario: The scenario.
        take_up: Outcome of the take-up topic, if there is one.
        latest: Their latest observed take-up, None where no service reports.
        suspects: Services whose digital count is probably missing.

    Yields:
        A note, or none.
    """
    if take_up is None or latest is None:
        quarter_end = format_month(last_day_of_quarter(scenario.quarter))
        yield (
            f"No service had reported by {quarter_end}, so there is no service-by-service estimate."
        )
        return
    if not scenario.service:
        yield _write_volume_note(scenario, take_up, latest)
    if scenario.target_has_ended:
        return
    if suspects:
        yield suspects.describe()
    if quarter_of(latest.window_end) != scenario.quarter:
        subject = scenario.service or "services"
        year_end = format_month(latest.window_end)
        yield f"The latest figures for {subject} are for the year to {year_end}."


def _write_volume_note(scenario: Savings, take_up: Outcome, latest: ObservedTakeUp) -> str:
    """Compare the scenario's transactions with those of the services that report."""
    note = (
        f"The scenario has {format_volume(scenario.volume)} transactions a year. The"
        f" {latest.describe_services()} made {format_volume(latest.volume)} in the year to"
        f" {format_month(latest.window_end)}."
    )
    left_out = take_up.frame("left_out")
    left_out_volume = float(left_out["volume"].sum())
    if left_out_volume:
        note += (
            f" That is without {join_items(left_out['service'])}"
            f" ({format_volume(left_out_volume)})."
        )
    return f"{note} The two counts cover different services."


def format_volume(volume: float) -> str:
    """Format transactions to three figures.

    Args:
        volume: Transactions.

    Returns:
        Such as ``909 million``.
    """
    return format_people(round_to_figures(volume, 3)).replace(".0 million", " million")
