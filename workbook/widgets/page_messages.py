"""Errors and warnings of parameters as the page words them: by label, and shares as percentages."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from workbook.scenario import Parameter, ParameterError
from workbook.scenario.validation import describe_allowed_values, invalid_value_error
from workbook.text.grammar import capitalise_first
from workbook.text.quoting import quote_value
from workbook.widgets.form_fields import input_text

_REQUIREMENT = "it must be "
_SUBJECT = re.compile(r"^it(?= )")
_WORD = re.compile(r"\w+")


def page_messages(
    errors: Iterable[ParameterError], parameters: Mapping[str, Parameter]
) -> dict[str, str]:
    """Word errors for the page, where a visitor knows parameters by label.

    Args:
        errors: Errors or warnings of parameters.
        parameters: The scenario's parameters by name.

    Returns:
        A message for each parameter with an error. Parameters whose values contradict each other
        have the same message.
    """
    listed = list(errors)
    repetitions = Counter(error.explanation for error in listed if error.explanation)
    messages: dict[str, str] = {}
    for error in listed:
        is_shared = repetitions[error.explanation] > 1 and not _SUBJECT.match(error.explanation)
        message = (
            capitalise_first(error.explanation) if is_shared else _page_message(error, parameters)
        )
        is_known = error.name in parameters  # another name may be meant by its name in code
        messages.setdefault(error.name, _with_labels(message, parameters) if is_known else message)
    return messages


def _page_message(error: ParameterError, parameters: Mapping[str, Parameter]) -> str:
    """Message about one parameter, with its label in place of its name."""
    parameter, explanation = parameters.get(error.name), error.explanation
    if parameter is None or not explanation:
        return error.message
    if error == invalid_value_error(parameter, error.value):
        return f"{parameter.label} must be {_describe_allowed_input(parameter)}."
    if explanation.startswith(_REQUIREMENT):
        return f"{parameter.label} must be {explanation.removeprefix(_REQUIREMENT)}"
    with_value = _SUBJECT.sub(lambda _: quote_value(error.value), explanation)
    return f"{parameter.label}: {with_value}"


def _describe_allowed_input(parameter: Parameter) -> str:
    """What can be typed for a parameter: a share is typed as a percentage."""
    if parameter.unit != "share":
        return describe_allowed_values(parameter)
    low, high = ("" if end is None else f"{input_text(end, 'share')}%" for end in parameter.bounds)
    if low and high:
        return f"between {low} and {high}"
    return f"at least {low}" if low else f"at most {high}" if high else "a percentage"


def _with_labels(message: str, parameters: Mapping[str, Parameter]) -> str:
    """Replace the names of parameters by their labels; a name of one word may be a plain word."""
    labels = {name: f"“{item.label}”" for name, item in parameters.items() if "_" in name}
    return _WORD.sub(lambda match: labels.get(match[0], match[0]), message)
