"""Fields of a transparency record: what is declared, and who fills in the rest."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class RecordField:
    """A field of the record.

    Args:
        name: Its name in the standard.
        entries: What the declarations say, a sentence or a name each.
        missing: Who must fill in what; empty if nothing is missing.
    """

    name: str
    entries: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class RecordSection:
    """A section of the record.

    Args:
        title: Its title in the standard.
        fields: Its fields, in their order.
    """

    title: str
    fields: tuple[RecordField, ...]


def make_field(name: str, entries: Iterable[str], missing: str = "") -> RecordField:
    """Make a field of what is declared, without repetitions and blanks.

    Args:
        name: Name of the field.
        entries: What the declarations say.
        missing: Who must fill in what besides, or ``owner: what`` if nothing is declared.

    Returns:
        The field.
    """
    return RecordField(name, tuple(dict.fromkeys(filter(None, entries))), missing)
