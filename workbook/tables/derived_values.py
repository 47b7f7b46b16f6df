"""Values derived from a table or an outcome, remembered for as long as it exists.

Many scenarios are calculated from the same tables. What depends on a table alone is derived once.
"""

import weakref
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

_Source = TypeVar("_Source")
_Arguments = ParamSpec("_Arguments")
_Value = TypeVar("_Value")


def remember_by_source(
    derive: Callable[Concatenate[_Source, _Arguments], _Value],
) -> Callable[Concatenate[_Source, _Arguments], _Value]:
    """Have a function derive each value once from a source.

    Args:
        derive: A pure function. Its first argument is the source: a data frame, an outcome or
            another object that is never changed. The other arguments are hashable. Its values are
            never changed either.

    Returns:
        The function. It forgets the values of a source that no longer exists.

    Example:
        >>> import pandas as pd
        >>> @remember_by_source
        ... def add_up(table: pd.DataFrame) -> int:
        ...     print("adding up")
        ...     return int(table["volume"].sum())
        >>> services = pd.DataFrame({"volume": [1, 2]})
        >>> add_up(services), add_up(services)
        adding up
        (3, 3)
    """
    values: dict[tuple[Hashable, ...], _Value] = {}

    @wraps(derive)
    def derive_once(
        source: _Source, /, *arguments: _Arguments.args, **options: _Arguments.kwargs
    ) -> _Value:
        key = (id(source), arguments, *options.items())
        if key not in values:
            value = derive(source, *arguments, **options)
            weakref.finalize(source, values.pop, key, None).atexit = False
            values[key] = value
        return values[key]

    return derive_once
