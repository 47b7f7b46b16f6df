"""Notes on the change of take-up between two windows."""

from collections.abc import Iterator

from workbook.methods.decomposition import Decomposition
from workbook.periods import QUARTERS_PER_YEAR
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import (
    format_difference,
    format_people,
    format_points,
    format_share,
)
from workbook.topics.take_up.comparison import NEGLIGIBLE_CHANGE, WindowComparison
from workbook.topics.take_up.single_service import (
    DominantService,
    find_dominant_entrant,
    find_dominant_leaver,
)


def matched_note(comparison: WindowComparison) -> Iterator[str]:
    """Note take-up of the same services together, and what else moved it.

    Args:
        comparison: The two windows compared.

    Yields:
        A note of one to three sentences, if any service reported in both windows.
    """
    change = comparison.change_decomposition
    before, after, within = change.matched_before, change.matched_after, change.within
    if before is None or after is None or within is None:
        return
    move = f"was {format_share(after)}, {_describe_move(before, after)}"
    if change.services_matched == 1:
        yield f"Take-up of the service {move}."
        return
    sentences = [f"Together, take-up in these services {move}."]
    effects = _describe_mix(change)
    if effects:
        sentences.append(f"That includes {effects}.")
    if abs(within) >= NEGLIGIBLE_CHANGE:
        size, move = format_points(within).lstrip("+−"), "rise" if within > 0 else "fall"
        sentences.append(
            f"The {move} of {size} points holds each service's share of transactions as it was."
        )
    yield " ".join(sentences)


def all_services_note(comparison: WindowComparison) -> Iterator[str]:
    """Note the change of take-up across all services that report, if it is another.

    Args:
        comparison: The two windows compared.

    Yields:
        A note of one to ten sentences.
    """
    change = comparison.change_decomposition
    before, after = change.headline_before, change.headline_after
    is_matched = (before, after) == (change.matched_before, change.matched_after)
    if before is None or after is None or is_matched:
        return
    month, move = format_month(comparison.window_after), _describe_move(before, after)
    latest = f"take-up was {format_share(after)} in the year to {month}, {move}"
    sentences = [f"Across all services that report, {latest}."]
    parts = {"that started or started again": change.entry, "that stopped": change.exit}
    texts = [
        f"services {label} ({format_difference(effect)})"
        for label, effect in parts.items()
        if effect is not None and abs(effect) >= NEGLIGIBLE_CHANGE
    ]
    if texts:
        sentences.append(f"That includes {join_items(texts)}.")
    entrant, leaver = find_dominant_entrant(comparison), find_dominant_leaver(comparison)
    if entrant:
        sentences += _describe_entrant(entrant)
        sentences.append(
            f"Without this service, take-up would be {format_share(entrant.take_up_without)}."
        )
        sentences += _describe_others(entrant, "started")
    if leaver:
        sentences.append(
            f"One service that stopped {_describe_size(leaver.effect)}: {leaver.label}."
        )
        sentences += _describe_others(leaver, "stopped")
        if leaver.is_without_digital:
            sentences += [
                "It reported no digital transactions.",
                "That may be a missing figure, kept as published.",
            ]
    yield " ".join(sentences)


def _describe_entrant(service: DominantService) -> Iterator[str]:
    """Name a service that reports for the first time, or again, and warn of a count of 0."""
    earlier, size = service.earlier_report, _describe_size(service.effect)
    if earlier is None:
        yield f"One new service {size}: {service.label}."
        if service.is_without_digital:
            yield "It reports no digital transactions."
            yield "That may be a missing figure, kept as published."
        return
    years, quarters = divmod(earlier.quarters, QUARTERS_PER_YEAR)
    gap = format_count(years, "year") if years else format_count(quarters, "quarter")
    yield f"One service reports again after {gap}: {service.label}."
    reason = ", because its digital count is 0" if service.is_without_digital else ""
    yield f"It {size}{reason}."
    digital = format_people(earlier.digital)
    yield (
        f"In the year to {format_month(earlier.window_end)} it reported {digital} digital"
        f" transactions ({format_share(earlier.take_up)})."
    )
    if service.is_without_digital:
        yield "The 0 is probably a missing figure, and is kept as published."


def _describe_size(effect: float, ending: str = "s") -> str:
    """How much services move take-up: ``lowers take-up by 4.0 points``."""
    move, size = "lower" if effect < 0 else "raise", format_points(abs(effect))
    return f"{move}{ending} take-up by {size.lstrip('+')} points"


def _describe_others(service: DominantService, verb: str) -> Iterator[str]:
    """What the other services of an effect add to that of the one that is named."""
    if service.other_count and abs(service.other_effect) >= NEGLIGIBLE_CHANGE:
        others = choose_form(
            service.other_count,
            f"The other one that {verb} then",
            f"The other {service.other_count:,} that {verb} then",
        )
        size = _describe_size(service.other_effect, choose_form(service.other_count, "s", ""))
        yield f"{others} {size}."


def _describe_move(before: float, after: float) -> str:
    """Describe a later share by an earlier one: ``up from 68.6%``."""
    before_text = format_share(before)
    if before_text == format_share(after):
        return f"unchanged from {before_text}"
    return f"{'up' if after > before else 'down'} from {before_text}"


def _describe_mix(change: Decomposition) -> str:
    """The effects of mix and interaction, empty where both are negligible."""
    effects = {"the change in mix": change.mix, "interaction": change.interaction}
    return join_items(
        f"{label} ({format_difference(effect)})"
        for label, effect in effects.items()
        if effect is not None and abs(effect) >= NEGLIGIBLE_CHANGE
    )
