"""Names that parameters had in earlier releases."""

from collections.abc import Mapping

from workbook.scenario.parameter import Parameter


def current_names(parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """Map every name that a parameter has or had to the one that it has.

    Args:
        parameters: The parameters of a scenario by name.

    Returns:
        Today's name by each name.

    Raises:
        TypeError: A former name is the name of another parameter, now or formerly.
    """
    names = {name: name for name in parameters}
    for name, declaration in parameters.items():
        for former_name in declaration.former_names:
            if former_name in names:
                msg = f"{name}: the former name {former_name} is that of another parameter"
                raise TypeError(msg)
            names[former_name] = name
    return names
