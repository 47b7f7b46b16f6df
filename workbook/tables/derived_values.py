"""Values that are derived once, or only when they are read.

Many scenarios are calculated from the same tables: what depends on a table alone is derived once.
An analysis reads the indicators of many outcomes: their tables and notes are not derived for it.
"""

import weakref
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

_Source = TypeVar("_Source")
_Arguments = ParamSpec("_Arguments")
_Value = TypeVar("_Value")
_Item = TypeVar("_Item")


def remember_by_source(
    derive: Callable[Concatenate[_Source, _Arguments], _Value],
) -> Callable[Concatenate[_Source, _Arguments], _Value]:
    """Have a function derive each value once from a source.

    Args:
        derive: A pure function. Its first argument is the source: a small data frame, or an object
            that is never changed, such as an outcome. The other arguments are hashable. Its values
            are never changed.

    Returns:
        The function. It forgets the values of a source that no longer exists, and derives again
        from a data frame that has been changed.

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
        key = (id(source), _read_content(source), arguments, *options.items())
        if key not in values:
            value = derive(source, *arguments, **options)
            weakref.finalize(source, values.pop, key, None).atexit = False
            values[key] = value
        return values[key]

    return derive_once


def _read_content(source: object) -> str:
    """The content of a data frame, which may have been changed; empty for other objects."""
    if not isinstance(source, pd.DataFrame):
        return ""
    return repr((source.columns.tolist(), source.to_numpy(object).tolist()))


class DerivedSequence(Sequence[_Item]):
    """A sequence whose items are derived when the first of them is read, if an iterator gives them.

    Args:
        items: The items. Those of an iterator are read once.

    Example:
        >>> notes = DerivedSequence(print("writing") or f"Note {number}" for number in (1, 2))
        >>> notes[0]
        writing
        writing
        'Note 1'
    """

    def __init__(self, items: Iterable[_Item] = ()) -> None:
        self._source = iter(items)
        self._derived: list[_Item] = []
        self._all: tuple[_Item, ...] | Exception | None = None
        if not isinstance(items, Iterator):
            self._derive()

    def check_items(self, items: tuple[_Item, ...]) -> tuple[_Item, ...]:
        """Check the items once they are derived, and return them."""
        return items

    def find(self, is_found: Callable[[_Item], bool]) -> _Item | None:
        """Find the first item of a kind. Those after it need not be derived for it.

        Args:
            is_found: Whether an item is of this kind.

        Returns:
            The item; None if there is none.
        """
        return next(filter(is_found, self._derive_each()), None)

    def _derive_each(self) -> Iterator[_Item]:
        """The items, each derived when it is reached."""
        position = 0
        while position < len(self._derived) or self._derive_next():
            yield self._derived[position]
            position += 1

    def _derive_next(self) -> bool:
        """Derive one more item, if there is one. An error is raised each time."""
        if isinstance(self._all, Exception):  # a failed iterator has no more
            raise self._all
        if self._all is not None:
            return False
        try:
            for item in self._source:
                self._derived.append(item)
                return True
            self._all = self.check_items(tuple(self._derived))
        except Exception as error:
            self._all = error
            raise
        except BaseException:
            self._all = RuntimeError("the calculation was interrupted: run the model again")
            raise
        return False

    def _derive(self) -> tuple[_Item, ...]:
        """All items."""
        while self._derive_next():
            pass
        return cast("tuple[_Item, ...]", self._all)

    def __len__(self) -> int:
        return len(self._derive())

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401  whatever a tuple accepts
        """An item, or several, as of a tuple."""
        return self._derive()[key]

    def __repr__(self) -> str:
        return repr(self._derive())

    def __reduce__(self) -> tuple[type["DerivedSequence[_Item]"], tuple[tuple[_Item, ...]]]:
        return type(self), (self._derive(),)
