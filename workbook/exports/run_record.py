"""Record a run: its scenario, its outcome and the checksums of its tables."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, Final

from workbook.importers.catalogue import read_table_bytes
from workbook.outcome import Outcome
from workbook.resources import code_release
from workbook.scenario import Scenario
from workbook.tables import sha256
from workbook.text.grammar import format_count
from workbook.topic import Topic

_NOTEBOOK_MODULE: Final = "__main__"

_RELEASE_LENGTH = 8
"""Characters of the checksum that names a release of the data."""


def build_run_record(topic: Topic, outcome: Outcome) -> dict[str, Any]:
    """Record a run as ``run --json`` prints it.

    Args:
        topic: The topic.
        outcome: Its outcome.

    Returns:
        The record, ready for JSON.
    """
    return {
        "topic": topic.name,
        **outcome.as_dict(),
        "data": hash_source_tables(topic, outcome.scenario),
    }


def hash_source_tables(
    topic: Topic,
    scenario: Scenario,
    input_scenario: Scenario | None = None,
    *,
    uploaded: Collection[str] = (),
) -> list[dict[str, str]]:
    """Give the checksum of every table that a scenario reads.

    Args:
        topic: The topic.
        scenario: The scenario. It names a table by its own name, a registered name or a path.
        input_scenario: The same scenario with the current paths of the files, if they differ.
        uploaded: Names of tables that were uploaded, which have no file. They are left out.

    Returns:
        The name and SHA-256 of each table.
    """
    paths = topic.table_sources(input_scenario or scenario)
    return [
        {"name": name, "sha256": sha256(read_table_bytes(table, paths[table]))}
        for table, name in topic.table_sources(scenario).items()
        if name and name not in uploaded
    ]


def describe_data_release(hashes: Mapping[str, str]) -> str:
    """Name the release of the data that an outcome rests on.

    Args:
        hashes: The SHA-256 of each table by name.

    Returns:
        The number of tables, and 8 digits that change with any of them.
    """
    listing = "\n".join(sorted(f"{name} {digest}" for name, digest in hashes.items()))
    release = sha256(listing.encode())[:_RELEASE_LENGTH]
    return f"{format_count(len(hashes), 'table')}, release {release}"


def describe_code(topic: Topic) -> str:
    """Name the release of the code that an outcome was calculated with.

    Args:
        topic: The topic.

    Returns:
        The release. It does not cover a model that is in no package: the text says where that is.
    """
    model = topic.model
    while isinstance(model, partial):
        model = model.func
    release = f"release {code_release(topic.package)}"
    module = str(getattr(model, "__module__", _NOTEBOOK_MODULE))
    if f"{module}.".startswith(f"{topic.package}."):
        return release
    place = "a notebook" if module == _NOTEBOOK_MODULE else module
    return f"model in {place}; workbook {release}"


def describe_scenario(scenario: Scenario) -> str:
    """Say whether a scenario is the published one, or how many values differ from it.

    Args:
        scenario: The scenario.

    Returns:
        The text, which begins a sentence.
    """
    changes = len(scenario.non_default_values())
    if not changes:
        return "Published assumptions"
    return f"{format_count(changes, 'change')} from the published assumptions"
