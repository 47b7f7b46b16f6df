"""What a reader must know of assisted digital: the notes, and why a figure is missing."""

from collections.abc import Iterator

from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_money, format_people, format_share
from workbook.topics.take_up.assisted_digital.support import DigitalSupport
from workbook.topics.take_up.parameters import TakeUp

NO_SHARES = "no shares of users at each level are published. Supply yours with the template"
SUPPORT_INDICATORS = ("support_needed", "support_missing", "support_cost")


def support_missing_reasons(support: DigitalSupport) -> dict[str, str]:
    """Tell why an indicator of assisted digital would have no value.

    Args:
        support: Who needs support and who has it.

    Returns:
        Reasons by indicator.
    """
    reasons = dict.fromkeys(SUPPORT_INDICATORS, NO_SHARES)
    if support.is_known:
        reasons["support_cost"] = "no cost of support by other people or organisations is published"
    return reasons


def support_indicator_notes(support: DigitalSupport) -> dict[str, str]:
    """Note what a reader must know beside an indicator of assisted digital.

    Args:
        support: Who needs support and who has it.

    Returns:
        Notes by indicator, empty where there is nothing to add.
    """
    highest = support.total_cost("highest")
    if not support.is_known or not highest:
        return {}
    return {"support_cost": f"{format_money(highest)} at the highest published costs of a contact"}


def support_notes(scenario: TakeUp, support: DigitalSupport) -> Iterator[str]:
    """Note who needs support and who is left without it, and what the figures assume.

    Args:
        scenario: The scenario.
        support: Who needs support and who has it.

    Yields:
        Up to three notes; none without a table of shares.
    """
    if support.is_known:
        yield _describe_support(support)
    if support.unknown_services:
        names = join_items(f"“{name}”" for name in support.unknown_services)
        verb = choose_form(len(support.unknown_services), "is", "are")
        yield (
            f"{names} {verb} not in the table of services, so the shares are not used. Spell the"
            " name as that table does, or give the number of users."
        )
    if scenario.definition != "published" and support.is_known:
        yield (
            "Where the table of services does not count assisted digital, published digital"
            " transactions are taken as made without help. Those with help are estimated on top:"
            " transactions × the share that has support, from your table, the same in every year."
        )


def _describe_support(support: DigitalSupport) -> str:
    people, needing, unsupported = (
        support.total(name) or 0.0 for name in ("people", "needing", "unsupported")
    )
    services = format_count(support.service_count, "service", one="one")
    what = "people" if support.counts_people else "transactions"
    share = f" ({format_share(needing / people)})" if people else ""
    return (
        f"Assisted digital: {format_people(needing)} of {format_people(people)} {what} a year in"
        f" {services} need support{share}, and {format_people(unsupported)} have none. The shares"
        " at each level are from your own table; none are published."
    )
