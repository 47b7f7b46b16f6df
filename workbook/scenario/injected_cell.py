"""The cell that papermill adds to a notebook to set its parameters."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any, Final

_FIRST_LINE: Final = "# Parameters"
"""Papermill's comment at the top of the cell."""

_INPUTS: Final = "In"
"""Variable in which IPython keeps the source of every cell that was run."""


def injected_values(names: Mapping[str, Any]) -> dict[str, Any]:
    """Find what papermill has set, whatever it is called.

    Args:
        names: The notebook's variables.

    Returns:
        Values by name; none where no cell was added.
    """
    injected = (
        name
        for source in names.get(_INPUTS) or ()
        for name in _assigned_names(str(source))
        if name in names
    )
    return {name: names[name] for name in injected}


def _assigned_names(source: str) -> Iterator[str]:
    """Names that a cell of papermill's assigns; none for any other cell."""
    if not source.startswith(f"{_FIRST_LINE}\n"):
        return
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a line of IPython's own, which papermill does not write
        return
    targets = [
        statement.targets[0]
        for statement in statements
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1
    ]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    if len(names) == len(statements):
        yield from names
