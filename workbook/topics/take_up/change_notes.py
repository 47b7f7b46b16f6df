"""Sentences about the change of take-up between two windows."""

from collections.abc import Iterator

from workbook.methods.decomposition import Decomposition
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, join_items
from workbook.text.numbers import format_difference, format_points, format_share
from workbook.topics.take_up.comparison import WindowComparison

_NEGLIGIBLE_SHARE = 0.0005
"""Effects and changes below 0.05 percentage points are shown as 0."""

_MOST_UNCOMPARED = 0.3
"""Share of a year's transactions that can be left out of a comparison without a word."""


def change_sentences(comparison: WindowComparison) -> str:
    """Tell how take-up changed within the services, then in all of them together.

    Args:
        comparison: The two windows compared.

    Returns:
        One to three sentences on the services that report in both windows.
    """
    change, month_after = comparison.change_decomposition, format_month(comparison.window_after)
    if change.within is None:
        reason = (
            "There is no earlier year to compare with."
            if comparison.before is None
            else "No service reported in both years, so there is nothing to compare."
        )
        latest = format_share(change.headline_after or 0)
        return f"Digital take-up was {latest} in the year to {month_after}. {reason}"
    count = change.services_matched
    services = choose_form(count, "service", f"{count:,} services, weighted as they were")
    return (
        f"In the same {services}, digital take-up {_describe_effect(change.within)} between the"
        f" years to {format_month(comparison.window_before)} and {month_after}."
        f" {_matched_sentence(change)}{_coverage_sentence(comparison)}"
    )


def change_notes(comparison: WindowComparison) -> Iterator[str]:
    """Note the change of take-up across all services that report.

    Args:
        comparison: The two windows compared.

    Yields:
        A note of two or three sentences.
    """
    change = comparison.change_decomposition
    before, after, entry, leaving = (
        change.headline_before,
        change.headline_after,
        change.entry,
        change.exit,
    )
    if before is None or after is None or entry is None or leaving is None:
        return
    yield (
        f"Across all services that report, take-up was {format_share(after)} in the year to"
        f" {format_month(comparison.window_after)},"
        f" {describe_move(before, after)}. That includes services that started to report"
        f" ({format_difference(entry)}) and services that stopped ({format_difference(leaving)})."
    )
    if change.services_matched > 1:
        yield (
            "The within-service effect holds each service's share of transactions as it was in the"
            " earlier year. Mix is the effect of transactions that moved to services with higher or"
            " lower take-up. Interaction is the part that both make together."
        )


def describe_move(before: float, after: float) -> str:
    """Describe a later share by an earlier one: ``up from 68.6%``."""
    before_text = format_share(before)
    if before_text == format_share(after):
        return f"unchanged from {before_text}"
    return f"{'up' if after > before else 'down'} from {before_text}"


def _describe_effect(effect: float) -> str:
    if abs(effect) < _NEGLIGIBLE_SHARE:
        return "did not change"
    size = format_points(effect).lstrip("+−")
    verb = "rose" if effect > 0 else "fell"
    return f"{verb} by {size} {'point' if size == '1.0' else 'points'}"


def _matched_sentence(change: Decomposition) -> str:
    """Take-up of the matched services in both windows, with the mix and interaction effects."""
    before, after = change.matched_before, change.matched_after
    if before is None or after is None:
        return ""
    effects = {"the change in mix": change.mix, "interaction": change.interaction}
    texts = [
        f"{label} ({format_difference(effect)})"
        for label, effect in effects.items()
        if effect is not None and abs(effect) >= _NEGLIGIBLE_SHARE
    ]
    move = f"was {format_share(after)}, {describe_move(before, after)}"
    if change.services_matched == 1:
        return f"It {move}."
    if not texts:
        return f"Together, their take-up {move}."
    return f"With {join_items(texts)}, their take-up together {move}."


def _coverage_sentence(comparison: WindowComparison) -> str:
    """Say that the matched services stand for little of a year's transactions, if they do."""
    covered = comparison.change_decomposition.volume_covered
    if comparison.stopped_share > _MOST_UNCOMPARED:
        return (
            f" Services with {format_share(comparison.stopped_share)} of the transactions in the"
            f" year to {format_month(comparison.window_before)} stopped reporting."
        )
    if covered is not None and covered < 1 - _MOST_UNCOMPARED:
        return (
            f" They made {format_share(covered)} of all transactions in the year to"
            f" {format_month(comparison.window_after)}."
        )
    return ""
