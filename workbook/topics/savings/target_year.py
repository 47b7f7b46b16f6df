"""The target year, once it has ended: what is known of it in place of a probability."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from workbook.outcome import Outcome
from workbook.periods import quarter_of
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_share
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.suspect_services import SuspectServices


@dataclass(frozen=True)
class ObservedTakeUp:
    """Take-up of the services that report, in twelve months.

    Attributes:
        share: Take-up, a fraction.
        window_end: Last month of the twelve.
        services: Number of services that report.
        volume: Their transactions.
    """

    share: float
    window_end: str
    services: int
    volume: float

    def describe_services(self) -> str:
        """Count the services, as in ``28 services that report``."""
        verb = choose_form(self.services, "reports", "report")
        return f"{format_count(self.services, 'service')} that {verb}"


def read_latest_take_up(take_up: Outcome | None) -> ObservedTakeUp | None:
    """Read the latest take-up of all services that report.

    Args:
        take_up: Outcome of the take-up topic, if there is one.

    Returns:
        The take-up, None where no service reports.
    """
    if take_up is None:
        return None
    return _read_window(take_up.frame("windows").iloc[-1])


def _read_window(window: "pd.Series[float]") -> ObservedTakeUp:
    return ObservedTakeUp(
        float(window["take_up"]),
        str(window["window_end"]),
        int(window["services"]),
        float(window["volume"]),
    )


def _missing_probability_sentences(scenario: Savings, *, is_known: bool) -> str:
    """Say why a target year that has ended has no probability, and what the ranges are for."""
    unknown = "" if is_known else " and its take-up is not known"
    return (
        f"{scenario.target_year} has ended{unknown}, so no probability is shown. Ranges are for"
        f" {format_share(scenario.take_up_target)} take-up."
    )


def read_target_year_take_up(take_up: Outcome | None, target_year: str) -> ObservedTakeUp | None:
    """Read take-up in the target year.

    Args:
        take_up: Outcome of the take-up topic, if there is one.
        target_year: The target's financial year.

    Returns:
        The take-up of the services that reported; None where no figures reach that year.
    """
    if take_up is None:
        return None
    windows = take_up.frame("windows")
    in_year = windows[windows["window_end"].map(quarter_of) == _last_quarter(target_year)]
    return None if in_year.empty else _read_window(in_year.iloc[-1])


def figures_end_before(latest: ObservedTakeUp, target_year: str) -> bool:
    """Whether the latest figures end before the target year does."""
    return quarter_of(latest.window_end) < _last_quarter(target_year)


def _last_quarter(target_year: str) -> str:
    return quarter_of(f"{int(target_year[:4]) + 1}-03")


def ended_target_notes(
    scenario: Savings, take_up: Outcome | None, suspects: SuspectServices | None
) -> Iterator[str]:
    """Say what is known of a target year that has ended.

    Args:
        scenario: The scenario.
        take_up: Outcome of the take-up topic, if there is one.
        suspects: Services whose digital count is probably missing.

    Yields:
        A note, or none if the year has not ended.
    """
    if not scenario.target_has_ended:
        return
    latest = read_latest_take_up(take_up)
    if latest is None:
        yield _missing_probability_sentences(scenario, is_known=False)
        return
    is_known = read_target_year_take_up(take_up, scenario.target_year) is not None
    yield " ".join(
        [
            _missing_probability_sentences(scenario, is_known=is_known),
            *_observed_sentences(scenario, take_up, latest),
            *([suspects.describe()] if suspects else []),
        ]
    )


def _observed_sentences(
    scenario: Savings, take_up: Outcome | None, latest: ObservedTakeUp
) -> Iterator[str]:
    """Take-up of the services that reported, in the target year and in the latest year."""
    in_year = read_target_year_take_up(take_up, scenario.target_year)
    for observed in dict.fromkeys(filter(None, (in_year, latest))):
        services = (
            "the service"
            if scenario.service
            else f"the {format_count(observed.services, 'service')} that reported"
        )
        latest_text = "" if in_year else ", the latest with figures"
        yield (
            f"In the year to {format_month(observed.window_end)}{latest_text}, take-up of"
            f" {services} was {format_share(observed.share)}."
        )
