"""Services whose digital count of 0 is probably a missing figure."""

from dataclasses import dataclass

import pandas as pd

from workbook.outcome import Outcome
from workbook.tables.derived_values import remember_by_source
from workbook.text.grammar import join_items
from workbook.text.numbers import format_share


@dataclass(frozen=True)
class SuspectServices:
    """Services that report no digital transactions, and did not report a year earlier.

    Attributes:
        names: Names of the services.
        had_digital: Whether all of them have reported digital transactions before.
        take_up_without: Take-up of the other services that report.
    """

    names: tuple[str, ...]
    had_digital: bool
    take_up_without: float

    def describe(self) -> str:
        """Name the services, say what their 0 may be, and give take-up without them."""
        is_single = len(self.names) == 1
        subject, verb, pronoun = (
            ("One service", "reports", "it") if is_single else ("Some services", "report", "them")
        )
        past = "again" if self.had_digital else "after a gap or for the first time"
        missing = "a missing figure" if is_single else "missing figures"
        certainty = (
            f"{'That is' if is_single else 'Those are'} probably"
            if self.had_digital
            else f"{'That' if is_single else 'Those'} may be"
        )
        return (
            f"{subject} {verb} {past} with a digital count of 0: {join_items(self.names)}."
            f" {certainty} {missing}."
            f" Without {pronoun} take-up would be {format_share(self.take_up_without)}."
        )

    def describe_exclusion(self) -> str:
        """Say that a figure leaves the services out, and why: ``without …``."""
        missing = "probably missing" if self.had_digital else "possibly missing"
        if len(self.names) == 1:
            return f"without {self.names[0]}, whose digital count of 0 is {missing}"
        return f"without {len(self.names)} services whose digital counts of 0 are {missing}"


def find_suspect_services(
    take_up: Outcome | None, take_up_table: pd.DataFrame | None
) -> SuspectServices | None:
    """Find services with a digital count of 0 that did not report a year earlier.

    Args:
        take_up: Outcome of the take-up topic, if there is one.
        take_up_table: The table of services that it is based on, if there is one.

    Returns:
        The services; None where there is no such service, or no other.
    """
    if take_up is None or take_up_table is None:
        return None
    suspects = _find_zero_counts(take_up)
    if suspects is None:
        return None
    names, take_up_without = suspects
    return SuspectServices(
        names, _services_with_digital(take_up_table).issuperset(names), take_up_without
    )


@remember_by_source
def _find_zero_counts(take_up: Outcome) -> tuple[tuple[str, ...], float] | None:
    """Names of the suspect services, and take-up without them; None where there are none."""
    services = take_up.frame("services").dropna(subset=["volume", "take_up"])
    is_suspect = services["take_up_before"].isna() & (services["take_up"] == 0)
    others = services[~is_suspect]
    if not is_suspect.any() or others.empty:
        return None
    digital = float((others["volume"] * others["take_up"]).sum())
    return tuple(services[is_suspect]["service"]), digital / float(others["volume"].sum())


def _services_with_digital(take_up_table: pd.DataFrame) -> frozenset[str]:
    """Names of the services with digital transactions in any window, as the take-up topic has them.

    Each has its name alone and with its organisation in brackets, without semicolons.
    """
    rows = take_up_table[take_up_table["digital_volume"].fillna(0) > 0]
    pairs = rows[["service", "organisation"]].drop_duplicates().astype(str)
    return frozenset(
        name.replace(";", ",")
        for service, organisation in pairs.itertuples(index=False)
        for name in (service, f"{service} ({organisation})")
    )
