"""An index of costs as a change of price, in words."""

from collections.abc import Iterable

from workbook.text.numbers import format_share

_NO_CHANGE = "no dearer and no cheaper"


def describe_price_change(index: float) -> str:
    """Describe an index as a change of price: 0.97 gives ``3% cheaper``."""
    return describe_price_changes([index])


def describe_price_changes(indices: Iterable[float]) -> str:
    """Describe indices of one direction as a range: ``0.2% to 0.4% dearer``.

    Args:
        indices: Indices, where 1 is no change: all above 1 or all below. At least one.

    Returns:
        The change of price, with its smallest and its largest size if they differ.
    """
    sizes = sorted((abs(index - 1), index) for index in indices)
    texts = list(dict.fromkeys(format_share(size) for size, _ in (sizes[0], sizes[-1])))
    if texts == [format_share(0)]:
        return _NO_CHANGE
    return f"{' to '.join(texts)} {'cheaper' if sizes[-1][1] < 1 else 'dearer'}"
