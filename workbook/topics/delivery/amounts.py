"""Amounts in words: values and targets with their units."""

from workbook.text.grammar import choose_form
from workbook.text.numbers import format_value


def format_amount(value: float, unit: str) -> str:
    """Format a value with its unit, where the number alone would be unclear.

    Args:
        value: The value.
        unit: Its unit in the table of commitments or of progress measures.

    Returns:
        Such as ``300``, ``75%``, ``6 months`` or ``level 7``.
    """
    number = format_value(float(value), unit)
    months = choose_form(int(value), "month", "months")
    return {"level": f"level {number}", "months": f"{number} {months}"}.get(unit, number)


def describe_target(target: float, unit: str, sense: str) -> str:
    """Describe a target: ``at least 7``, ``100%``.

    Args:
        target: The target.
        unit: Its unit in the table of commitments.
        sense: How it is meant, such as ``at least``.

    Returns:
        The target without its sense where it is all of something.
    """
    amount = format_amount(target, unit)
    return amount if unit == "share" and target >= 1 else f"{sense} {amount}"
