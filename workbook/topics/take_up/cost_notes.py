"""Sentences about the change in the cost of a transaction."""

from collections.abc import Iterator
from operator import attrgetter

from workbook.periods import MONTHS_PER_YEAR, shift_month
from workbook.text.grammar import capitalise_first, format_count, join_items
from workbook.text.numbers import format_share
from workbook.topics.take_up.comparison import BOTH_YEARS, WindowComparison
from workbook.topics.take_up.cost_robustness import cost_robustness_note
from workbook.topics.take_up.price_change import describe_price_change


def cost_notes(comparison: WindowComparison) -> Iterator[str]:
    """Note how the cost of the same transactions changed, and whether one service decides it.

    Args:
        comparison: The two windows compared.

    Yields:
        A note of three to six sentences, and one on robustness if a direction is not robust.
    """
    unit_costs = comparison.unit_costs
    if unit_costs.basket.index.laspeyres is None:
        return
    yield " ".join([*_change_sentences(comparison), *_basket_sentences(comparison)])
    yield from cost_robustness_note(comparison)


def _change_sentences(comparison: WindowComparison) -> Iterator[str]:
    """The change on the mean of the volumes, at the earlier and at the later ones."""
    unit_costs = comparison.unit_costs
    cash = unit_costs.basket.index
    real = None if unit_costs.price_level is None else unit_costs.in_real_terms(cash)
    bases = {
        "by the Fisher index": attrgetter("fisher"),
        "at the earlier volumes (Laspeyres)": attrgetter("laspeyres"),
        "at the later volumes (Paasche)": attrgetter("paasche"),
    }
    texts = {
        basis: _describe_cash_and_real(index_of(cash), None if real is None else index_of(real))
        for basis, index_of in bases.items()
        if index_of(cash) is not None
    }
    if len(set(texts.values())) == 1:
        [change] = set(texts.values())
        basis = "at the volumes of either year" if len(texts) == len(bases) else next(iter(texts))
        texts = {basis: change}
    first, *others = texts.items()
    yield f"The same transactions became {first[1]} {first[0]}."
    yield from (f"{capitalise_first(basis)} they became {change}." for basis, change in others)
    yield _price_sentence(comparison)


def _price_sentence(comparison: WindowComparison) -> str:
    """The change of prices between the years, or why it is not known."""
    unit_costs = comparison.unit_costs
    if unit_costs.price_level is None:
        reason = capitalise_first(unit_costs.missing_reason)
        return f"The change in real terms is not known. {reason}."
    first, last = unit_costs.price_years
    if first == last:
        return f"Both years count as {first}, so real terms are the same as cash."
    size = format_share(abs(unit_costs.price_level - 1))
    change = f"{'rose' if unit_costs.price_level >= 1 else 'fell'} by {size} from {first} to {last}"
    windows = (comparison.window_before, comparison.window_after)
    first_years = tuple(int(shift_month(window, 1 - MONTHS_PER_YEAR)[:4]) for window in windows)
    which = (
        "in which these years began"
        if first_years == unit_costs.price_years
        else "that hold most months of the years compared"
    )
    return f"The UK GDP deflator {change}, the calendar years {which}."


def _describe_cash_and_real(cash: float | None, real: float | None) -> str:
    texts = [
        f"{describe_price_change(index)} {terms}"
        for index, terms in ((cash, "in cash"), (real, "in real terms"))
        if index is not None
    ]
    return join_items(texts)


def _basket_sentences(comparison: WindowComparison) -> Iterator[str]:
    """The services that the change covers, and those with take-up only."""
    rows = comparison.service_rows
    matched = rows[rows["reported"] == BOTH_YEARS]
    without_cost = matched[matched[["cost_before", "cost"]].isna().any(axis=1)]
    count = comparison.unit_costs.basket.service_count
    compared_count = len(matched) - len(without_cost)
    covered = f"The cost indices cover {format_count(count, 'service')} with a cost in both years"
    if count > compared_count:
        others = format_count(count - compared_count, "other")
        covered += f": {compared_count:,} of the {len(matched):,} compared and {others}"
    yield f"{covered}."
    if len(without_cost):
        share = format_share(float(without_cost["volume"].sum() / matched["volume"].sum()))
        which = "" if count > compared_count else f" of the {len(matched):,} services compared"
        yield f"They leave out {len(without_cost):,}{which}, with {share} of their transactions."
