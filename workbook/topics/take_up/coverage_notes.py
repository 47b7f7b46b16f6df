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
from workbook.text.grammar import choose_form, join_items
from workbook.text.numbers import format_share
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.quarter_labels import format_end_month
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
        A note of one to three sentences.
    """
    yield from _stopped_reporting_note(comparison)
    yield from _exclusion_note(selection, comparison, full_comparison)
    yield from _unknown_exclusions_note(selection)
    yield from _late_data_note(quarter, comparison)
    yield from _window_overlap_note(comparison)


def sources_note(selection: ServiceSelection) -> str:
    """Name the sources of the take-up table."""
    sources = selection.included.sources
    if not sources:
        return "The table does not name a source."
    return f"{choose_form(len(sources), 'Source', 'Sources')}: {'; '.join(sources)}."


def vintage_note(selection: ServiceSelection) -> str:
    """Say that the figures of a past quarter are those of the table's release."""
    sources = selection.included.sources
    release = sources[0] if len(sources) == 1 else "this table"
    return (
        "A past quarter is shown in pseudo-real time: the periods that had ended by then, as"
        f" {release} has them. What was published at the time can differ."
    )


def _stopped_reporting_note(comparison: WindowComparison) -> Iterator[str]:
    """Services that reported in the earlier window, or a quarter ago, and do not report now."""
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
        stopped_count = int(stopped.sum())
        yield (
            f"{stopped_count:,} of the {int(reported_before.sum()):,} services that reported in the"
            f" year to {month_before} did not report in the year to {month_after}."
            f" {choose_form(stopped_count, 'It', 'They')} had {format_share(share)} of the earlier"
            " transactions and cannot be compared."
        )


def _exclusion_note(
    selection: ServiceSelection, comparison: WindowComparison, full_comparison: WindowComparison
) -> Iterator[str]:
    excluded_count = len(selection.excluded.service_labels)
    if not excluded_count:
        return
    left_out = f"Left out: {join_items(selection.excluded.service_labels)}."
    if not selection.excluded.is_reporting[:, comparison.after].any():
        end = format_month(comparison.window_after)
        subject = choose_form(excluded_count, "It did not report", "None of them reported")
        yield f"{left_out} {subject} in the year to {end}."
        return
    share_including = full_comparison.change_decomposition.headline_after
    share_excluding = comparison.change_decomposition.headline_after
    if share_including is None or share_excluding is None:
        return
    pronoun = choose_form(excluded_count, "it", "them")
    yield (
        f"{left_out} With {pronoun}, take-up across all services that report is"
        f" {format_share(share_including)}. Without {pronoun}, it is"
        f" {format_share(share_excluding)}."
    )


def _unknown_exclusions_note(selection: ServiceSelection) -> Iterator[str]:
    if selection.unknown_names:
        names = join_items(selection.unknown_names)
        yield f"Not in the table, so there was nothing to leave out: {names}."


def _late_data_note(quarter: str, comparison: WindowComparison) -> Iterator[str]:
    if quarter_of(comparison.window_after) != quarter:
        yield (
            f"The latest figures for these services, as known at the end of"
            f" {format_end_month(quarter)}, are for the year to"
            f" {format_month(comparison.window_after)}."
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
            f"The two years compared share {shared_months} months. Any change comes from the other"
            " months."
        )
