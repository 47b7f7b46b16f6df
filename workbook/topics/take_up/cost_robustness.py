"""Whether one service, or the choice of volumes, decides the direction of a change in cost."""

from collections.abc import Iterator, Sequence

from workbook.methods.price_index import LeaveOneOutIndex
from workbook.text.grammar import capitalise_first, join_items
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.price_change import describe_price_changes

_CASH, _REAL = "in cash", "in real terms"

_MOST_NAMED = 2
"""Services that are named. More of them are counted."""

_MOST_WORDS_OF_NAMES = 14
"""Words of the names that a sentence has room for."""


def cost_robustness_note(comparison: WindowComparison) -> Iterator[str]:
    """Note what turns the direction of the Fisher index: one service, or the choice of volumes.

    Every service is left out in turn, in cash and in real terms.

    Args:
        comparison: The two windows compared.

    Yields:
        A note of two to six sentences, if a direction is not robust.
    """
    unit_costs = comparison.unit_costs
    levels = {_CASH: 1.0}
    if unit_costs.price_level is not None:
        levels[_REAL] = unit_costs.price_level
    reversals = {terms: unit_costs.basket.find_reversals(levels[terms]) for terms in levels}
    labels = comparison.counts.service_labels
    sentences: list[str] = []
    for terms, turned in reversals.items():
        if turned:
            names = [str(labels[exclusion.position]) for exclusion in turned]
            change = _describe_without(turned, levels[terms])
            sentences += [
                f"{capitalise_first(terms)} it is not robust either."
                if sentences
                else f"By the Fisher index {terms}, the direction of the change in cost is not"
                " robust.",
                f"Without {_name_any(names)}, the same transactions would be {change}.",
            ]
    for terms, turned in reversals.items():
        others = [exclusion for other in reversals.values() for exclusion in other]
        if not turned and others:
            still = _describe_without(others, levels[terms])
            sentences.append(f"{capitalise_first(terms)} they would still be {still}.")
    opposite = [
        terms for terms, level in levels.items() if unit_costs.basket.depends_on_volumes(level)
    ]
    if opposite:
        sentences.append(
            f"{capitalise_first(join_items(opposite))}, the cost changes in opposite directions at"
            " the earlier and at the later volumes."
        )
    if sentences:
        yield " ".join([*sentences, "Every service was left out in turn."])


def _describe_without(exclusions: Sequence[LeaveOneOutIndex], price_level: float) -> str:
    """The change of price without each of some services, at a general price level."""
    indices = [exclusion.index.in_real_terms(price_level).fisher for exclusion in exclusions]
    return describe_price_changes(index for index in indices if index is not None)


def _name_any(names: Sequence[str]) -> str:
    """Name one or two of several services, and how many more there are."""
    text = ""
    for shown in range(1, min(_MOST_NAMED, len(names)) + 1):
        rest = len(names) - shown
        others = [f"one of {rest} others" if rest > 1 else "one other"] if rest else []
        longer = join_items([*names[:shown], *others], "or")
        if not text or len(longer.split()) <= _MOST_WORDS_OF_NAMES:
            text = longer
    return text
