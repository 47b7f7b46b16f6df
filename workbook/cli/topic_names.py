"""Names of a new topic: what is allowed, and the names derived from it."""

import keyword
import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec

from workbook.topics.registry import RESERVED_ADDRESSES, TABLE_SCHEMAS, TOPICS

_NAME_PATTERN = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST_NAME = 24
"""Characters in a name, so that no line of the new files is too long."""

_OTHER_FOLDERS = frozenset({"data", "docs", "notebooks", "tests"})
"""Folders beside a package's code, which Python would import in place of the topic."""


@dataclass(frozen=True)
class TopicNames:
    """The names of a new topic.

    Args:
        name: Name of the topic and of its package, such as ``broadband_vouchers``.
        module: Import name of its package, such as ``workbook.topics.broadband_vouchers``.
    """

    name: str
    module: str

    @property
    def title(self) -> str:
        """Title on the page: ``Broadband vouchers``."""
        return self.name.replace("_", " ").capitalize()

    @property
    def scenario(self) -> str:
        """Name of the Scenario class: ``BroadbandVouchersScenario``."""
        return "".join(part.capitalize() for part in self.name.split("_")) + "Scenario"

    @property
    def distribution(self) -> str:
        """Name under which pip installs the package: ``broadband-vouchers``."""
        return self.name.replace("_", "-")


def check_topic_name(name: str) -> None:
    """Check that a new topic can have this name.

    Args:
        name: The name.

    Raises:
        ValueError: The name is not allowed or is taken. The message says what is allowed.
    """
    if not _NAME_PATTERN.fullmatch(name) or len(name) > _LONGEST_NAME:
        msg = (
            f'"{name}" cannot be the name of a topic: use at most {_LONGEST_NAME} lower-case'
            " letters, digits and single underscores, with a letter first, such as"
            " broadband_vouchers"
        )
        raise ValueError(msg)
    if keyword.iskeyword(name) or name in sys.stdlib_module_names:
        msg = f'"{name}" cannot be the name of a topic: Python uses it, so choose another name'
        raise ValueError(msg)
    if name in TOPICS or name in TABLE_SCHEMAS:
        kind = "topic" if name in TOPICS else "table"
        raise ValueError(f'There is already a {kind} "{name}": choose another name')
    if name in RESERVED_ADDRESSES | _OTHER_FOLDERS or find_spec(name):
        msg = f'"{name}" is taken by an installed package or a page: choose another name'
        raise ValueError(msg)
