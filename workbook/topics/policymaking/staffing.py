"""What it takes to answer in time: consultations as arrivals, analysts as servers of a queue.

Everything is in years: consultations a year arrive, and an analyst with W working days a year
completes W / D of them, where one takes D days. Days that a reader sees are calendar days.
"""

from dataclasses import dataclass

import pandas as pd

from workbook.methods.queueing import Queue, fewest_servers
from workbook.topics.policymaking.parameters import Policymaking

DAYS_A_YEAR = 365

_LEAST_ROWS, _MOST_ROWS = 6, 24
"""Numbers of analysts that are compared."""

_STAFFING_COLUMNS = (
    "analysts",
    "utilisation",
    "wait_probability",
    "mean_wait",
    "mean_days",
    "share_in_time",
    "meets_target",
    "is_scenario",
)


@dataclass(frozen=True)
class Staffing:
    """The queue of consultations that need an answer.

    Attributes:
        queue: The queue in years, with the scenario's analysts.
        standard_years: The standard in years.
        target_share: Share that should be answered within the standard.
        analysts_for_target: The fewest analysts that reach the target; None where no number does.
    """

    queue: Queue
    standard_years: float
    target_share: float
    analysts_for_target: int | None

    @property
    def most_share(self) -> float:
        """Share that is answered within the standard if no consultation ever waits."""
        return Queue(0, self.queue.service_rate, 1).share_completed_within(self.standard_years)

    @property
    def fewest_analysts(self) -> int:
        """The fewest analysts that keep up."""
        return int(self.queue.offered_load) + 1


def plan_staffing(scenario: Policymaking) -> Staffing:
    """Describe the queue of a scenario.

    Args:
        scenario: The scenario.

    Returns:
        The queue, and the analysts that its target needs.
    """
    arrival_rate = float(scenario.consultations_a_year)
    service_rate = scenario.working_days / scenario.staff_days
    standard_years = scenario.standard_days / DAYS_A_YEAR
    return Staffing(
        Queue(arrival_rate, service_rate, scenario.analysts),
        standard_years,
        scenario.target_share,
        fewest_servers(
            arrival_rate, service_rate, time=standard_years, share=scenario.target_share
        ),
    )


def staffing_table(staffing: Staffing) -> pd.DataFrame:
    """Waiting times by number of analysts.

    Args:
        staffing: The queue.

    Returns:
        A row for each number of analysts that keeps up, from the fewest on, with the scenario's
        and the target's where they are near. Waits are in days.
    """
    queue, fewest = staffing.queue, staffing.fewest_analysts
    server_counts = (
        fewest + _LEAST_ROWS - 1,
        queue.servers,
        staffing.analysts_for_target or fewest,
    )
    most = max(number for number in server_counts if number < fewest + _MOST_ROWS)
    rows = []
    for analysts in range(fewest, most + 1):
        alternative = Queue(queue.arrival_rate, queue.service_rate, analysts)
        share = alternative.share_completed_within(staffing.standard_years)
        rows.append(
            (
                analysts,
                alternative.utilisation,
                alternative.wait_probability,
                alternative.mean_wait * DAYS_A_YEAR,
                alternative.mean_time * DAYS_A_YEAR,
                share,
                share >= staffing.target_share,
                analysts == queue.servers,
            )
        )
    return pd.DataFrame(rows, columns=list(_STAFFING_COLUMNS))
