"""Parameters that choose a table."""

from typing import Any

from workbook.scenario.parameter import parameter


def table_parameter(table: str, *, label: str, group: str = "Data and simulations") -> Any:  # noqa: ANN401  stands for the declared type, as parameter does
    """Declare the choice between the table supplied and one of the user's own.

    Args:
        table: Name of the table, which is the default.
        label: Label of the parameter.
        group: Heading of its fieldset.

    Returns:
        The field of a scenario.
    """
    return parameter(
        table,
        label=label,
        unit="text",
        meaning="The table supplied, or one of your own.",
        group=group,
        choice_of=table,
    )


def own_table_parameter(
    table: str, *, label: str, meaning: str, group: str = "Data and simulations"
) -> Any:  # noqa: ANN401  stands for the declared type, as parameter does
    """Declare the choice of a table of the user's own, where none is supplied.

    Args:
        table: Name of the table.
        label: Label of the parameter.
        meaning: What the table holds and what it is for.
        group: Heading of its fieldset.

    Returns:
        The field of a scenario. It is blank by default.
    """
    return parameter("", label=label, unit="text", meaning=meaning, group=group, choice_of=table)
