"""Sentences about the cost of a transaction: how it changed, and whether that is robust."""

from collections.abc import Iterator

import pandas as pd

from workbook.methods.price_index import PriceIndex
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_share
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.unit_costs import UnitCostChange


def cost_notes(comparison: WindowComparison) -> Iterator[str]:
    """Note how the cost of the same transactions changed, and which services are left out.

    Args:
        comparison: The two windows compared.

    Yields:
        A note of one to four sentences.
    """
    unit_costs = comparison.unit_costs
    if unit_costs.basket.index.laspeyres is None:
        return
    yield _change_note(unit_costs)
    yield from _robustness_note(unit_costs, comparison.counts.service_labels)
    yield from _missing_costs_note(comparison)


def describe_price_change(index: float) -> str:
    """Describe an index as a change of price: 0.97 gives ``3% cheaper``."""
    size = format_share(abs(index - 1))
    if size == format_share(0):
        return "no dearer and no cheaper"
    return f"{size} {'cheaper' if index < 1 else 'dearer'}"


def _change_note(unit_costs: UnitCostChange) -> str:
    index = unit_costs.basket.index
    services = format_count(unit_costs.basket.service_count, "service")
    covered = f"That covers {services} with a cost in both years."
    cash = _describe_index("In cash, the same transactions became", index)
    if unit_costs.price_level is None:
        return (
            f"{cash} {covered} The change in real terms is not known: {unit_costs.missing_reason}."
        )
    real = _describe_index("In real terms they became", unit_costs.in_real_terms(index))
    return (
        f"{cash} {covered} {real} Prices rose by {format_share(unit_costs.price_level - 1)}: each"
        " year counts as the calendar year in which it began."
    )


def _describe_index(start: str, index: PriceIndex) -> str:
    """The change at the earlier volumes, at the later ones, and on the mean of the two."""
    laspeyres, paasche, fisher = (
        None if change is None else describe_price_change(change)
        for change in (index.laspeyres, index.paasche, index.fisher)
    )
    if laspeyres == paasche:
        return f"{start} {laspeyres}, at the volumes of either year."
    if paasche is None:
        return f"{start} {laspeyres} at the earlier volumes (Laspeyres)."
    return (
        f"{start} {laspeyres} at the earlier volumes (Laspeyres), and {paasche} at the later"
        f" volumes (Paasche). On the mean of the two (Fisher) they became {fisher}."
    )


def _robustness_note(unit_costs: UnitCostChange, service_labels: "pd.Series[str]") -> Iterator[str]:
    """Name what turns the direction of the index: a single service, or the choice of volumes."""
    basket = unit_costs.basket
    sentences = [
        f"without {service_labels[exclusion.position]} it would be"
        f" {describe_price_change(exclusion.index.laspeyres)}"
        for exclusion in basket.leave_one_out
        if exclusion.position in basket.reversing_services and exclusion.index.laspeyres is not None
    ]
    if sentences:
        yield (
            "The direction of the change in cost is not robust. At the earlier volumes,"
            f" {join_items(sentences)}."
        )
    if basket.depends_on_volumes:
        yield (
            "The direction of the change in cost depends on the volumes: it differs between the"
            " earlier and the later ones."
        )


def _missing_costs_note(comparison: WindowComparison) -> Iterator[str]:
    """Services that are compared by take-up and cannot be by cost."""
    rows = comparison.service_rows
    matched = rows[rows["reported"] == "both years"]
    without_cost = matched[matched[["cost_before", "cost"]].isna().any(axis=1)]
    if without_cost.empty:
        return
    share = float(without_cost["volume"].sum() / matched["volume"].sum())
    count = len(without_cost)
    yield (
        f"{count:,} of the {len(matched):,} services with take-up in both years"
        f" {choose_form(count, 'has', 'have')} no cost in one of them, so the change in cost leaves"
        f" {choose_form(count, 'it', 'them')} out: {format_share(share)} of the transactions."
    )
