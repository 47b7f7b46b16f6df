"""Since when take-up has been at its target: across all services, and in the same services."""

from dataclasses import dataclass

from workbook.methods.target_position import find_target_position
from workbook.periods import quarter_of
from workbook.topics.take_up.balanced_panel import BalancedPanel
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to
from workbook.topics.take_up.service_panel import ServicePanel


@dataclass(frozen=True)
class TakeUpHistory:
    """Take-up by quarter, observed in consecutive windows.

    Attributes:
        quarters: The quarter in which each window ends.
        take_up: Take-up in each window, as a fraction of 1.
    """

    quarters: tuple[str, ...]
    take_up: tuple[float, ...]

    def reached_quarter(self, target: float) -> str | None:
        """The first quarter since which take-up has been at the target or above, if it is now."""
        position = find_target_position(self.take_up, target)
        return None if position is None else self.quarters[position]

    def describe_lost(self, target: float) -> str:
        """The last years in which take-up was at the target, if it is below now; or empty."""
        quarters = [
            quarter
            for quarter, share in zip(self.quarters, self.take_up, strict=True)
            if share >= target
        ]
        if not quarters or quarters[-1] == self.quarters[-1]:
            return ""
        end = self.quarters.index(quarters[-1]) + 1
        position = find_target_position(self.take_up[:end], target)
        start = end - 1 if position is None else position
        if start == end - 1:
            return f"in {format_year_to(self.quarters[start])}"
        first, last = self.quarters[start], self.quarters[end - 1]
        return f"in the years to {format_end_month(first)} to {format_end_month(last)}"


@dataclass(frozen=True)
class ObservedTakeUp:
    """Observed take-up of all services that report, and of those that reported in every window.

    The first covers more transactions. It also moves when services start or stop reporting.
    """

    all_reporting: TakeUpHistory
    throughout: TakeUpHistory


def observe_take_up(counts: ServicePanel, panel: BalancedPanel) -> ObservedTakeUp:
    """Follow take-up of all services that report and of a panel.

    Args:
        counts: The panel of services. At least one reports.
        panel: The services that reported in every window.

    Returns:
        Both histories.
    """
    last = counts.latest_window()
    positions = [] if last is None else counts.windows_up_to(last)
    reports = counts.is_reporting
    shares = {
        quarter_of(counts.windows[position]): float(
            counts.digital[reports[:, position], position].sum()
            / counts.volume[reports[:, position], position].sum()
        )
        for position in positions
        if reports[:, position].any()
    }
    return ObservedTakeUp(
        TakeUpHistory(tuple(shares), tuple(shares.values())),
        TakeUpHistory(panel.quarters, panel.take_up),
    )
