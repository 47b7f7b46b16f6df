"""Parameter that chooses a team's own table of users at each level of digital inclusion."""

from typing import Any

from workbook.scenario.parameter import parameter


def shares_parameter(group: str = "Data and simulations") -> Any:  # noqa: ANN401  stands for the declared type, as parameter does
    """Declare the choice of the table of shares, which take-up and savings both read.

    Args:
        group: Heading of its fieldset.

    Returns:
        The field of a scenario.
    """
    return parameter(
        "",
        label="Table of users at each level",
        unit="text",
        meaning=(
            "Share of your services’ users at each level of the digital inclusion scale, and how"
            " they are supported. None of these shares is published."
        ),
        group=group,
        choice_of="assisted_digital_shares",
    )
