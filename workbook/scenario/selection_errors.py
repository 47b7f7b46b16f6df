"""Errors for what a scenario selects by name, such as a department or a programme."""

from collections.abc import Collection, Iterator, Mapping

from workbook.scenario.validation import ParameterError, value_error
from workbook.scenario.value_text import split_list
from workbook.text.grammar import join_items
from workbook.text.quoting import quote_value
from workbook.text.suggestions import suggest_names


def unknown_name_errors(
    entered: Mapping[str, str], known: Mapping[str, Collection[str]], place: str
) -> Iterator[ParameterError]:
    """Check the names in filters.

    Args:
        entered: Value of each filter, a list with semicolons, by parameter name.
        known: Names that each filter can choose from, in the order in which to list them.
        place: Where the names were looked for, such as ``in the data up to 2014-Q2``.

    Yields:
        An error for each filter with an unknown name, with the nearest known ones.
    """
    for parameter, value in entered.items():
        unknown = [name for name in split_list(value) if name not in known[parameter]]
        if unknown:
            yield unknown_name_error(parameter, value, unknown[0], known[parameter], place)


def unknown_name_error(
    parameter: str, value: str, name: str, known: Collection[str], place: str
) -> ParameterError:
    """Make the error for an unknown name in a filter.

    Args:
        parameter: Name of the filter's parameter.
        value: The filter's whole value.
        name: The unknown name in it.
        known: The known names.
        place: Where the name was looked for, such as ``in the table of discount rates``.

    Returns:
        The error, at the parameter.
    """
    subject = "it" if name == value else quote_value(name)
    return value_error(parameter, value, f"{subject} is not {place}. {suggest_names(name, known)}")


def empty_selection_error(parameter: str, entered: Mapping[str, str]) -> ParameterError:
    """Make the error for filters that together match nothing.

    Args:
        parameter: Name of the parameter to report the error at.
        entered: Value of each filter by parameter name; blank for all.

    Returns:
        The error, at the parameter, with the other filters that are set.
    """
    others = join_items(
        f"{name} {quote_value(other)}"
        for name, other in entered.items()
        if other and name != parameter
    )
    explanation = f"it matches nothing together with {others}. Choose fewer filters."
    return value_error(parameter, entered[parameter], explanation)
