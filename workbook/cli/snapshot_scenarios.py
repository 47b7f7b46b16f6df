"""The scenario of each topic of a snapshot: a named one or the default, with its settings."""

from collections.abc import Mapping, Sequence
from typing import Any

from workbook.cli.arguments import Setting, build_scenario, check_name
from workbook.scenario import DEPARTMENT_PARAMETER, Scenario, split_list
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic


def build_snapshot_scenarios(
    topics: Sequence[Topic], quarter: str, settings: Sequence[Setting], bases: Sequence[str]
) -> list[tuple[Topic, Scenario]]:
    """Build the scenario of each topic for a snapshot.

    Args:
        topics: The topics.
        quarter: Quarter of the snapshot.
        settings: Names and values. With several topics a name is ``TOPIC.name``, but for the
            parameters that every topic has.
        bases: Names or files of the scenarios that topics start from. With several topics each is
            ``TOPIC=NAME``. A topic without one starts from its default.

    Returns:
        Topics with their scenarios.

    Raises:
        ScenarioError: A value is invalid.
        ValueError: A setting or scenario does not belong to one topic, or sets another quarter.
    """
    bases_by_topic = _group_bases(topics, bases)
    settings_by_topic = _group_settings(topics, settings)
    for topic in topics:
        topic_quarter = dict(settings_by_topic[topic.name]).get("quarter", quarter)
        if topic_quarter != quarter:
            msg = (
                f"quarter is {quote_value(topic_quarter)} for {topic.name}. It must be the"
                f" snapshot's quarter, {quarter}"
            )
            raise ValueError(msg)
    return [
        (
            topic,
            build_scenario(
                topic,
                settings_by_topic[topic.name],
                bases_by_topic.get(topic.name, ""),
                quarter=quarter,
            ),
        )
        for topic in topics
    ]


def find_department(runs: Sequence[tuple[Topic, Scenario]], settings: Sequence[Setting]) -> str:
    """Find the department whose edition a run makes.

    Args:
        runs: Topics with their scenarios.
        settings: Names and values that were asked for.

    Returns:
        Its standard name, if every scenario is of it; empty for a snapshot of all of government.

    Raises:
        ValueError: The scenarios are of several departments, or one is not of the edition's.
    """
    edition = Scenario(department=dict(settings).get(DEPARTMENT_PARAMETER, "")).department
    departments = {topic.name: scenario.department for topic, scenario in runs}
    if edition:
        for name, department in departments.items():
            if department != edition:
                msg = (
                    f"{name}.department is {quote_value(department)}. It must be the edition's"
                    f" department, {edition}"
                )
                raise ValueError(msg)
    if len({*departments.values()}) > 1:
        return ""
    names = split_list(next(iter(departments.values())))
    if len(names) > 1:
        msg = (
            f"department is {quote_value('; '.join(names))}: an edition is of one department."
            " For the edition of every department, use --each department"
        )
        raise ValueError(msg)
    return "".join(names)


def add_planned_topics(
    runs: Sequence[tuple[Topic, Scenario]],
    plan: Mapping[str, Mapping[str, Any]],
    topics: Mapping[str, Topic],
) -> list[tuple[Topic, Scenario]]:
    """Add the topics of an unfinished snapshot that a run does not name.

    Args:
        runs: The run's topics with their scenarios.
        plan: The values of the unfinished snapshot's topics, as ``read_plan`` gives them.
        topics: Every topic by name. A planned topic that is not among them is left out.

    Returns:
        All topics with their scenarios, in the order of ``topics`` if any was added.

    Raises:
        ScenarioError: A planned scenario is no longer valid.
    """
    scenarios = {topic.name: scenario for topic, scenario in runs}
    missing = [name for name in plan if name in topics and name not in scenarios]
    if not missing:
        return list(runs)
    scenarios |= {name: topics[name].Scenario(**plan[name]) for name in missing}
    return [(topics[name], scenarios[name]) for name in topics if name in scenarios]


def _group_bases(topics: Sequence[Topic], bases: Sequence[str]) -> dict[str, str]:
    """Group scenarios by topic: the one named before ``=``, or else the only one."""
    names = [topic.name for topic in topics]
    grouped: dict[str, str] = {}
    for base in bases:
        topic_name, equals, scenario = base.partition("=")
        if not (equals and topic_name in names):
            if equals and len(topics) > 1:
                raise ValueError(unknown_name_message("topic in this snapshot", topic_name, names))
            if len(topics) > 1:
                msg = (
                    f"--scenario {base} is for one topic: write TOPIC={base}, or name the topic"
                    " with --topic"
                )
                raise ValueError(msg)
            topic_name, scenario = names[0], base
        if topic_name in grouped:
            msg = f"--scenario is repeated for {topic_name}: give it once"
            raise ValueError(msg)
        grouped[topic_name] = scenario
    return grouped


def _group_settings(
    topics: Sequence[Topic], settings: Sequence[Setting]
) -> dict[str, list[Setting]]:
    """Group settings by topic: the one named in the setting, or else the only one."""
    settings_by_topic: dict[str, list[Setting]] = {topic.name: [] for topic in topics}
    for full_name, value in settings:
        prefix, dot, remainder = full_name.partition(".")
        if full_name in Scenario.parameters():
            for topic_settings in settings_by_topic.values():
                topic_settings.append((full_name, value))
            continue
        if not dot and len(topics) > 1:
            msg = f"--set {full_name} does not name a topic: write TOPIC.{full_name}={value}"
            raise ValueError(msg)
        topic_name, name = (prefix, remainder) if dot else (topics[0].name, full_name)
        settings_by_topic[
            check_name("topic in this snapshot", topic_name, settings_by_topic)
        ].append((name, value))
    return settings_by_topic
