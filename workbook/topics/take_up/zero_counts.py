"""Note on digital counts of 0, which may be missing figures."""

from collections.abc import Iterator

import numpy as np

from workbook.methods.arrays import BoolArray
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_points, format_share
from workbook.topics.take_up.comparison import NEGLIGIBLE_CHANGE, WindowComparison
from workbook.topics.take_up.single_service import find_dominant_entrant

_LEAST_SHARE = 0.01
"""Share of a window's transactions from which digital counts of 0 are noted."""

_LEAST_PART = 0.1
"""Part of the within-service effect from which one of these services is named."""


def zero_counts_note(comparison: WindowComparison) -> Iterator[str]:
    """Note the services that reported transactions and a digital count of 0.

    Args:
        comparison: The two windows compared.

    Yields:
        A note of two to four sentences, if they had much of a window's transactions.
    """
    sentences: list[str] = []
    windows = {"earlier": comparison.before, "latest": comparison.after}
    count = 0
    for name, window in windows.items():
        if window is None:
            continue
        has_zero, share = _find_zero_counts(comparison, window)
        if share < _LEAST_SHARE:
            continue
        count = max(count, int(has_zero.sum()))
        services = format_count(int(has_zero.sum()), "service")
        if sentences:
            sentences.append(f"In the latest year it was {services} with {format_share(share)}.")
        else:
            sentences.append(
                f"{services} with {format_share(share)} of the {name} transactions reported no"
                " digital ones."
            )
    if not sentences:
        return
    missing = choose_form(count, "That may be a missing figure", "Some may be missing figures")
    yield " ".join([*sentences, f"{missing}, kept as published.", *_rise_sentence(comparison)])


def _find_zero_counts(comparison: WindowComparison, window: int) -> tuple[BoolArray, float]:
    """The services with a digital count of 0 in a window, and their share of its transactions.

    Without a service that the note on all services names for its count of 0.
    """
    counts = comparison.counts
    reports = counts.is_reporting[:, window]
    has_zero = reports & (counts.digital[:, window] == 0)
    entrant = find_dominant_entrant(comparison)
    if entrant and window == comparison.after:
        has_zero &= (counts.service_labels != entrant.label).to_numpy()
    volume = np.where(reports, counts.volume[:, window], 0.0)
    return has_zero, float(volume[has_zero].sum() / volume.sum()) if reports.any() else 0.0


def _rise_sentence(comparison: WindowComparison) -> Iterator[str]:
    """The service whose rise from 0 is a large part of the within-service effect."""
    rows, within = comparison.service_rows, comparison.change_decomposition.within
    risen = rows[(rows["take_up_before"] == 0) & rows["moved"].notna()]
    if within is None or risen.empty:
        return
    row = risen.sort_values("moved", kind="stable").iloc[-1]
    if float(row["moved"]) < max(_LEAST_PART * abs(within), NEGLIGIBLE_CHANGE):
        return
    part = format_points(float(row["moved"])).lstrip("+")
    yield (
        f"{row['service']}, from 0% to {format_share(float(row['take_up']))}, adds {part} points to"
        " the within-service effect."
    )
