"""Words for probability, by the UK government's probability yardstick."""

from workbook.text.numbers import format_probability

_YARDSTICK = (
    (0.05, "a remote chance"),
    (0.20, "highly unlikely"),
    (0.35, "unlikely"),
    (0.50, "a realistic possibility"),
    (0.75, "likely"),
    (0.90, "highly likely"),
    (1.00, "almost certain"),
)
"""Upper end of each step and its term. The steps are 0-5%, 10-20%, 25-35%, 40-50%, 55-75%, 80-90%
and 95-100%. Source: Professional Head of Intelligence Assessment, Probability Yardstick."""

_STEP = 0.05
"""The yardstick leaves gaps of five points, so a probability is rounded to five points first."""


def yardstick_term(probability: float) -> str:
    """Term of the government's probability yardstick.

    Args:
        probability: Probability, from 0 to 1.

    Returns:
        The term, such as ``unlikely``.

    Raises:
        ValueError: The probability is not from 0 to 1.

    Example:
        >>> yardstick_term(0.35), yardstick_term(0.6), yardstick_term(0.81)
        ('unlikely', 'likely', 'highly likely')
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"probability is {probability}: it must be from 0 to 1")
    rounded = round(probability / _STEP) * _STEP
    return next(term for end, term in _YARDSTICK if rounded <= end + _STEP / 2)


def describe_probability(probability: float) -> str:
    """Give a probability with the yardstick's term for it.

    Args:
        probability: Probability, from 0 to 1.

    Returns:
        The number and the term: ``60% (likely)``.

    Raises:
        ValueError: The probability is not from 0 to 1.
    """
    return f"{format_probability(probability)} ({yardstick_term(probability)})"
