"""Groups of a form's fields: the levers first, then the other parameters by their group."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from workbook.scenario import Parameter, Scenario

_UNNAMED_GROUP = "Other assumptions"


class FieldGroup(TypedDict):
    """Fields under one heading; the levers have none. A group may be closed on the page."""

    title: str
    names: list[str]
    is_open: bool


def group_fields(parameters: Mapping[str, Parameter], levers: Iterable[str]) -> list[FieldGroup]:
    """Group the fields of a form.

    Args:
        parameters: The scenario's parameters by name.
        levers: Names of the parameters to show first, in order.

    Returns:
        The levers, if there are any, then the groups in the order of the parameters, and last the
        groups of those that every scenario has. Without levers, the first group is open.
    """
    lever_names = list(levers)
    names_by_title: dict[str, list[str]] = {}
    for name, parameter in parameters.items():
        if name not in lever_names:
            names_by_title.setdefault(parameter.group or _UNNAMED_GROUP, []).append(name)
    titles = sorted(names_by_title, key=lambda title: title in settings_groups(parameters))
    groups = [
        FieldGroup(title=title, names=names_by_title[title], is_open=not lever_names and not index)
        for index, title in enumerate(titles)
    ]
    return (
        [FieldGroup(title="", names=lever_names, is_open=True), *groups] if lever_names else groups
    )


def settings_groups(parameters: Mapping[str, Parameter]) -> set[str]:
    """Groups of the parameters that every scenario has, such as the quarter.

    Args:
        parameters: The scenario's parameters by name.

    Returns:
        The groups' headings.
    """
    return {
        parameter.group
        for name, parameter in Scenario.parameters().items()
        if parameters.get(name) == parameter
    }
