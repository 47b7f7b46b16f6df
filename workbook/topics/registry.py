"""The registry: every topic that is bundled or that another package offers, and every table.

A bundled topic is a package in ``workbook/topics/`` with the name ``topic`` in its ``__init__``.
Any other installed package offers one through an entry point in the group ``workbook.topics``.
A topic that rests on whichever others there are is offered as a function, ``build_topic``, that
makes it from them.
What cannot be used is left out, and ``TOPIC_ERRORS`` says why.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Final, NamedTuple

from workbook import topics as bundled_package
from workbook.outcome import Outcome
from workbook.tables import TableSchema
from workbook.topic import Topic

ENTRY_POINT_GROUP: Final = "workbook.topics"

RESERVED_ADDRESSES: Final = frozenset(
    {"accessibility", "api", "archive", "health", "metrics", "static", "voila"}
    | {"comparisons", "inputs", "papers"}
)
"""Names that no topic can have: the site's other addresses, and other folders of a snapshot."""


TopicBuilder = Callable[[Sequence[Topic]], object]
"""Builds a topic that rests on others from those that there are."""


class TopicOffer(NamedTuple):
    """A topic before it is imported: the package that offers it, and how to import it."""

    package: str
    load: Callable[[], object]


@dataclass(frozen=True)
class Registry:
    """The topics and tables by their names; a sentence for each offer that is left out."""

    topics: dict[str, Topic]
    tables: dict[str, TableSchema]
    errors: tuple[str, ...]


def bundled_offers() -> Iterator[TopicOffer]:
    """An offer for each package in ``workbook/topics/``, by name."""
    prefix = f"{bundled_package.__name__}."
    for module in pkgutil.iter_modules(bundled_package.__path__, prefix):
        if module.ispkg:
            yield TopicOffer(module.name, partial(_import_topic, module.name))


def installed_offers() -> Iterator[TopicOffer]:
    """An offer for each entry point of the installed packages, by package."""
    offers = [
        TopicOffer(_distribution_name(entry_point), entry_point.load)
        for entry_point in entry_points(group=ENTRY_POINT_GROUP)
    ]
    yield from sorted(offers, key=lambda offer: offer.package)


def collect_topics(offers: Iterable[TopicOffer]) -> Registry:
    """Import what is offered, leaving out what cannot be used.

    Args:
        offers: The offers. Of two with one name the first is taken.

    Returns:
        The topics in the order of their positions, then as they were offered.
    """
    collection = _Collection()
    builders: list[tuple[str, TopicBuilder]] = []
    for offer in offers:
        with collection.leave_out_on_error(offer.package):
            offered = offer.load()
            if callable(offered):
                builders.append((offer.package, offered))
            else:
                collection.add(offer.package, offered)
    others = collection.ordered_topics()
    for package, build in builders:
        with collection.leave_out_on_error(package):
            collection.add(package, build(others))
    topics = collection.ordered_topics()
    return Registry(
        {topic.name: topic for topic in topics},
        {table.name: table for topic in topics for table in topic.tables},
        tuple(collection.errors),
    )


def evaluate_defaults(
    topics: Iterable[Topic],
) -> tuple[list[tuple[Topic, Outcome | None]], list[str]]:
    """Run each topic on its default scenario.

    Args:
        topics: The topics.

    Returns:
        Each topic with its outcome, None if it failed, and a sentence for each failure. One topic
        does not stop the others.
    """
    outcomes: list[tuple[Topic, Outcome | None]] = []
    errors = []
    for topic in topics:
        try:
            outcomes.append((topic, topic.run()))
        except Exception as error:  # noqa: BLE001  a model may fail in any way
            outcomes.append((topic, None))
            errors.append(f"The topic {topic.name} has no figures: {failure_cause(error)}.")
    return outcomes, errors


class _Collection:
    """The topics so far, and why others are left out."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._topics: dict[str, Topic] = {}
        self._tables: dict[str, TableSchema] = {}
        self._packages: dict[str, str] = {}

    @contextmanager
    def leave_out_on_error(self, package: str) -> Iterator[None]:
        """Whatever fails in this block leaves out the topic of this package and no other."""
        try:
            yield
        except (Exception, SystemExit) as error:  # noqa: BLE001  a package may fail in any way
            self.errors.append(f"The topic of {package} is left out: {failure_cause(error)}.")

    def add(self, package: str, offered: object) -> None:
        """Take what a package offers. Raises ValueError that says why it cannot be used."""
        topic = self._check_topic(offered)
        self._topics[topic.name] = topic
        self._tables |= {table.name: table for table in topic.tables}
        self._packages[topic.name] = package

    def ordered_topics(self) -> tuple[Topic, ...]:
        """The topics by position, then as they were offered."""
        return tuple(sorted(self._topics.values(), key=lambda topic: topic.position))

    def _check_topic(self, offered: object) -> Topic:
        if not isinstance(offered, Topic):
            msg = f"it offers a value of type {type(offered).__name__}, not a Topic"
            raise ValueError(msg)  # noqa: TRY004  as every reason why an offer cannot be used
        if offered.name in self._packages:
            taken_by = self._packages[offered.name]
            msg = f'the name "{offered.name}" is taken by the topic of {taken_by}'
            raise ValueError(msg)
        if offered.name in RESERVED_ADDRESSES or not offered.name.isidentifier():
            msg = f'the name "{offered.name}" cannot be part of an address of the site'
            raise ValueError(msg)
        for table in offered.tables:
            if self._tables.get(table.name, table) is not table:
                msg = f'the name of its table "{table.name}" is taken by another topic'
                raise ValueError(msg)
        return offered


def _import_topic(module: str) -> object:
    """What a bundled package offers: its topic, or the function that builds it."""
    package = import_module(module)
    return vars(package).get("build_topic") or package.topic


def _distribution_name(entry_point: EntryPoint) -> str:
    return entry_point.dist.name if entry_point.dist else entry_point.module


def failure_cause(error: BaseException) -> str:
    """The error in one line: its own sentence, or its kind and what it says.

    Args:
        error: The error.

    Returns:
        The text without a full stop.
    """
    text = " ".join(str(error).split()).rstrip(".")
    return text if type(error) is ValueError else f"{type(error).__name__}: {text}".rstrip(": ")


REGISTRY = collect_topics([*bundled_offers(), *installed_offers()])
TOPICS: dict[str, Topic] = REGISTRY.topics
TABLE_SCHEMAS: dict[str, TableSchema] = REGISTRY.tables
TOPIC_ERRORS: tuple[str, ...] = REGISTRY.errors
"""A sentence for each topic that cannot be used: which package offers it, and why not."""
