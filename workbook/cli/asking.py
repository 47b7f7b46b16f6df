"""What a command is asked, checked: the topic, the table, the scenario, each by its name."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from workbook.cli.invalid import InvalidRequestError
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError, Value
from workbook.tables import Table
from workbook.topic import Tables, Topic
from workbook.topics.register import TABLES, TOPICS

Named = TypeVar("Named")
Pair = tuple[str, str]


def topic(name: str) -> Topic:
    """The topic of this name. Raises ValueError that names those there are."""
    return _named("topic", name, TOPICS)


def table(name: str) -> Table:
    """The table of this name. Raises ValueError that names those there are."""
    return _named("table", name, TABLES)


def topics(names: Sequence[str]) -> list[Topic]:
    """The topics of these names, each once, in the register's order; all of them for no names."""
    wanted = {topic(name).name for name in names} or set(TOPICS)
    return [each for name, each in TOPICS.items() if name in wanted]


def pairs(settings: Sequence[str]) -> list[Pair]:
    """Names and values of ``--set name=value``. Raises ValueError for anything else, or twice."""
    found: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not name or not equals:
            msg = f"--set {setting} sets nothing: write name=value, such as quarter=2014-Q2"
            raise ValueError(msg)
        if name in found:
            msg = f"--set {name} is given twice: give it once"
            raise ValueError(msg)
        found[name] = value
    return list(found.items())


def scenario(asked: Topic, settings: Sequence[Pair], file: Path | None, **fixed: Value) -> Scenario:
    """The topic's scenario from a file, with ``settings`` in place of its values, then ``fixed``.

    Raises ScenarioError for refused values, ValueError for a file that is no scenario.
    """
    base = asked.Scenario.from_file(file) if file else asked.Scenario()
    declared = asked.Scenario.parameters()
    values = {
        name: declared[name].parse(text) if name in declared else text for name, text in settings
    }
    return base.replace(**{**values, **fixed})


def outcome(asked: Topic, tables: Tables, scenario: Scenario) -> Outcome:
    """The topic's outcome. Raises InvalidRequestError where it has nothing for what was asked."""
    try:
        return asked.outcome(tables, scenario)
    except ScenarioError as error:
        raise InvalidRequestError(str(error)) from error


def scenarios(
    asked: Sequence[Topic], quarter: str, settings: Sequence[Pair], file: Path | None
) -> list[tuple[Topic, Scenario]]:
    """Each topic with its scenario for the quarter; with several, a setting names its topic.

    Raises ScenarioError for refused values, ValueError for what cannot be told apart.
    """
    if file and len(asked) > 1:
        msg = f"--scenario {file} is of one topic: name that topic with --topic"
        raise ValueError(msg)
    own = _own(asked, settings)
    for each in asked:
        said = dict(own[each.name]).get("quarter", quarter)
        if said != quarter:
            msg = f"quarter is {said!r} for {each.name}: it must be that of the snapshot, {quarter}"
            raise ValueError(msg)
    return [(each, scenario(each, own[each.name], file, quarter=quarter)) for each in asked]


def _own(asked: Sequence[Topic], settings: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Which topic each setting is for: the one that it names, or the only one."""
    own: dict[str, list[Pair]] = {each.name: [] for each in asked}
    for full, value in settings:
        first, dot, rest = full.partition(".")
        if not dot and len(asked) > 1:
            msg = f"--set {full} does not say for which topic: write TOPIC.{full}={value}"
            raise ValueError(msg)
        own_name, name = (first, rest) if dot else (asked[0].name, full)
        own[_one_of("topic in this snapshot", own_name, own)].append((name, value))
    return own


def _all(names: Collection[str]) -> str:
    return f"is only {next(iter(names))}" if len(names) == 1 else f"are {', '.join(names)}"


def _named(kind: str, name: str, register: Mapping[str, Named]) -> Named:
    return register[_one_of(kind, name, register)]


def _one_of(kind: str, name: str, names: Collection[str]) -> str:
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}? There" if near else "there"
    msg = f"{name} is not a {kind}: {hint} {_all(names)}"
    raise ValueError(msg)
