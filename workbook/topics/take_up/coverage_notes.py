"""Notes on coverage: which services and windows the results are about."""

from collections.abc import Iterator, Sequence

from workbook.periods import (
    MONTHS_PER_QUARTER,
    MONTHS_PER_YEAR,
    QUARTERS_PER_YEAR,
    quarter_of,
    quarters_between,
    shift_quarter,
)
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_share
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.quarter_labels import format_end_month
from workbook.topics.take_up.selection import ServiceSelection

_MOST_UNCOMPARED = 0.3
"""Share of a year's transactions that can be left out of a comparison before it is said first."""

_MOST_NAMED = 3
"""Services that are named in a note. More of them are counted."""


def period_notes(quarter: str, comparison: WindowComparison) -> Iterator[str]:
    """Note figures that end before the quarter, and years that overlap.

    Args:
        quarter: The scenario's quarter.
        comparison: The two windows compared.

    Yields:
        A note of one or two sentences.
    """
    if quarter_of(comparison.window_after) != quarter:
        yield (
            f"The latest figures are for the year to {format_month(comparison.window_after)}."
            f" Take-up in {format_end_month(quarter)} is not known."
        )
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


def source_note(selection: ServiceSelection) -> str:
    """Name the sources of the take-up table, and say that a past quarter is shown as they have it.

    Args:
        selection: The selected services.

    Returns:
        A note of two or three sentences.
    """
    sources = selection.included.sources
    named = f"{choose_form(len(sources), 'Source', 'Sources')}: {'; '.join(sources)}."
    release = choose_form(len(sources), "this release", "this table")
    return (
        f"{named if sources else 'The table does not name a source.'} A past quarter is shown in"
        f" pseudo-real time: its periods as {release} has them. What was published then can differ."
    )


def is_mostly_uncompared(comparison: WindowComparison) -> bool:
    """Whether services with much of a year's transactions are left out of the comparison.

    Args:
        comparison: The two windows compared.

    Returns:
        True if they have more than three tenths of the earlier or of the later year's.
    """
    return comparison.stopped_share > _MOST_UNCOMPARED or _low_coverage(comparison) is not None


def _low_coverage(comparison: WindowComparison) -> float | None:
    """Share of the latest year's transactions in the services compared; None unless it is low."""
    covered = comparison.change_decomposition.volume_covered
    is_low = covered is not None and 0 < covered < 1 - _MOST_UNCOMPARED
    return covered if is_low else None


def comparison_coverage_note(comparison: WindowComparison) -> Iterator[str]:
    """Note services that reported a year ago, or a quarter ago, and do not report now.

    Args:
        comparison: The two windows compared.

    Yields:
        A note, or none.
    """
    covered = _low_coverage(comparison)
    if covered is not None:
        yield (
            f"The same services made only {format_share(covered)} of all transactions in the year"
            f" to {format_month(comparison.window_after)}."
        )
    yield from _stopped_reporting_note(comparison)


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


def exclusion_notes(
    selection: ServiceSelection, comparison: WindowComparison, full_comparison: WindowComparison
) -> Iterator[str]:
    """Note the services that are left out, and take-up with them.

    Args:
        selection: The selected services.
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.

    Yields:
        A note of one or two sentences.
    """
    labels = list(selection.excluded.service_labels)
    if labels:
        effect = _describe_excluded(len(labels), selection, comparison, full_comparison)
        yield f"Left out: {_name_services(labels)}. {effect}"
    if selection.unknown_names:
        names = _name_services(selection.unknown_names)
        yield f"Not in the table, so there was nothing to leave out: {names}."


def _describe_excluded(
    count: int,
    selection: ServiceSelection,
    comparison: WindowComparison,
    full_comparison: WindowComparison,
) -> str:
    if not selection.excluded.is_reporting[:, comparison.after].any():
        subject = choose_form(count, "It did not report", "None of them reported")
        return f"{subject} in the year to {format_month(comparison.window_after)}."
    with_them, without_them = (
        format_share(compared.change_decomposition.headline_after or 0)
        for compared in (full_comparison, comparison)
    )
    return (
        f"With {choose_form(count, 'it', 'them')}, take-up across all services that report is"
        f" {with_them}, not {without_them}."
    )


def _name_services(names: Sequence[str]) -> str:
    """The names of a few services, or how many there are."""
    return join_items(names) if len(names) <= _MOST_NAMED else format_count(len(names), "service")
