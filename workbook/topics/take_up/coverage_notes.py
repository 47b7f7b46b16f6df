"""Notes on coverage: which services and windows the results are about."""

from collections.abc import Iterator

from workbook.periods import (
    MONTHS_PER_QUARTER,
    MONTHS_PER_YEAR,
    QUARTERS_PER_YEAR,
    quarter_of,
    quarters_between,
    shift_quarter,
)
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form
from workbook.text.numbers import format_share
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.selection import ServiceSelection


def coverage_notes(
    quarter: str,
    selection: ServiceSelection,
    comparison: WindowComparison,
    full_comparison: WindowComparison,
) -> Iterator[str]:
    """Note which services and windows the results leave out.

    Args:
        quarter: The scenario's quarter.
        selection: The selected services.
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.

    Yields:
        A note of one or two sentences.
    """
    yield from _stopped_reporting_note(comparison)
    yield from _exclusion_note(selection, comparison, full_comparison)
    yield from _unknown_exclusions_note(selection)
    yield from _late_data_note(quarter, comparison)
    yield from _window_overlap_note(comparison)


def sources_note(selection: ServiceSelection) -> str:
    """Name the sources of the take-up table."""
    sources = selection.included.sources
    return f"Read from: {'; '.join(sources)}." if sources else "The table names no source."


def _stopped_reporting_note(comparison: WindowComparison) -> Iterator[str]:
    """Services that reported in the earlier window, or a quarter ago, and no longer do."""
    counts, after, before = comparison.counts, comparison.after, comparison.before
    if before is None:
        before = counts.window_ending_in(shift_quarter(quarter_of(comparison.window_after), -1))
    if before is None:
        return
    reported_before, reported_after = counts.is_reporting[:, before], counts.is_reporting[:, after]
    stopped = reported_before & ~reported_after
    if stopped.any():
        volume = counts.volume[:, before]
        share = float(volume[stopped].sum() / volume[reported_before].sum())
        month_before, month_after = (
            format_month(counts.windows[before]),
            format_month(comparison.window_after),
        )
        yield (
            f"{int(stopped.sum()):,} of the {int(reported_before.sum()):,} services that reported"
            f" in the year to {month_before}, with {format_share(share)} of its volume, do not in"
            f" the year to {month_after}: the answer is about the others."
        )


def _exclusion_note(
    selection: ServiceSelection, comparison: WindowComparison, full_comparison: WindowComparison
) -> Iterator[str]:
    names = list(selection.excluded.service_labels)
    if not names:
        return
    if not selection.excluded.is_reporting[:, comparison.after].any():
        end = format_month(comparison.window_after)
        yield f"Left out: {'; '.join(names)}. None of them reports in the year to {end}."
        return
    share_including = full_comparison.change_decomposition.headline_after
    share_excluding = comparison.change_decomposition.headline_after
    if share_including is None or share_excluding is None:
        return
    yield (
        f"Left out: {'; '.join(names)}. With {choose_form(len(names), 'it', 'them')} take-up as "
        f"published is {format_share(share_including)}, without {format_share(share_excluding)}."
    )


def _unknown_exclusions_note(selection: ServiceSelection) -> Iterator[str]:
    if selection.unknown_names:
        yield f"Not in the table, so not left out: {'; '.join(selection.unknown_names)}."


def _late_data_note(quarter: str, comparison: WindowComparison) -> Iterator[str]:
    if quarter_of(comparison.window_after) != quarter:
        yield (
            f"The latest figures of these services by {quarter} are those of the year to "
            f"{format_month(comparison.window_after)}."
        )


def _window_overlap_note(comparison: WindowComparison) -> Iterator[str]:
    if comparison.before is None:
        return
    quarters = quarters_between(
        quarter_of(comparison.window_before), quarter_of(comparison.window_after)
    )
    if quarters < QUARTERS_PER_YEAR:
        shared_months = MONTHS_PER_YEAR - MONTHS_PER_QUARTER * quarters
        yield (
            f"The two years compared share {shared_months} months: their change is that of the"
            " rest."
        )
