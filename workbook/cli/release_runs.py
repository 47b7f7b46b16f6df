"""Run the same scenarios through two releases, each in a process of its own."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Self

from workbook.analysis.release_comparison import (
    ReleaseComparison,
    compare_results,
    describe_declarations,
)
from workbook.analysis.release_scenarios import Values, release_scenarios
from workbook.cli.release_environment import ReleaseEnvironment, current_environment
from workbook.resources import OUR_PACKAGE, resource_folder
from workbook.topic import Topic

_PROBE: Final = Path(__file__).with_name("release_probe.py")

Description = dict[str, Any]


class _ReleaseRun:
    """A process of one release that describes its topics and runs scenarios.

    Raises:
        ValueError: The release cannot be run, or is not the one that was meant.
    """

    def __init__(self, release: ReleaseEnvironment) -> None:
        self._release = release
        try:
            self._process = subprocess.Popen(  # noqa: S603  the interpreter that the user named
                [str(release.python), "-P", str(_PROBE)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                env=release.environment_variables(),
            )
        except OSError as error:
            msg = f"{release.python} cannot be run: {(error.strerror or str(error)).lower()}"
            raise ValueError(msg) from error

    def describe(self) -> Description:
        """Read the description of the topics."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise ValueError(f"{self._release.name} cannot be run: {self._last_error_line()}")
        description: Description = json.loads(line)
        checkout = self._release.checkout
        if checkout and Path(description["folder"]) != checkout / OUR_PACKAGE:
            msg = f"{self._release.name} imports another workbook, in {description['folder']}"
            raise ValueError(msg)
        return description

    def run(self, scenarios: Mapping[str, Sequence[Values]]) -> dict[str, list[dict[str, Any]]]:
        """Run scenarios; returns for each topic a line on its tables, then one for each outcome."""
        request = {"data": str(resource_folder("data")), "scenarios": scenarios}
        output, errors = self._process.communicate(json.dumps(request) + "\n")
        if self._process.returncode:
            cause = errors.strip().splitlines()
            raise RuntimeError(f"{self._release.name} failed: {cause[-1] if cause else 'no cause'}")
        lines = iter(map(json.loads, output.splitlines()))
        return {
            name: [next(lines) for _ in range(len(values) + 1)]
            for name, values in scenarios.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the process if it is still running."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def _last_error_line(self) -> str:
        _, errors = self._process.communicate()
        lines = errors.strip().splitlines()
        return lines[-1] if lines else "it ended without a message"


def compare_with_release(
    release: ReleaseEnvironment, topics: Mapping[str, Topic]
) -> ReleaseComparison:
    """Run the scenarios of every topic through a release and through this one.

    Both run on this release's tables, so that only the code differs.

    Args:
        release: The release to compare with.
        topics: Topics of this release by name.

    Returns:
        The comparison.

    Raises:
        ValueError: The release cannot be run.
        RuntimeError: It failed while it ran.
    """
    with ExitStack() as stack:
        runs = [
            stack.enter_context(_ReleaseRun(environment))
            for environment in (release, current_environment())
        ]
        before, now = (run.describe()["topics"] for run in runs)
        common = {name: topic for name, topic in topics.items() if name in before and name in now}
        former = {name: _former_names(topic, before[name]) for name, topic in common.items()}
        scenarios = {
            name: release_scenarios(topic, set(former[name])) for name, topic in common.items()
        }
        requests = (
            {name: _rename_scenarios(scenarios[name], former[name]) for name in common},
            scenarios,
        )
        with ThreadPoolExecutor(len(runs)) as pool:
            old, new = pool.map(lambda run, request: run.run(request), runs, requests)
    compared = tuple(
        compare_results(
            topic,
            scenarios[name],
            old[name][1:],
            new[name][1:],
            list(describe_declarations(before[name], now[name], former[name])),
        )
        for name, topic in common.items()
    )
    notes = [
        *(f"{name} is a new topic." for name in now if name not in before),
        *(f"{name} is no longer a topic." for name in before if name not in now),
        *_table_notes(release, old),
    ]
    return ReleaseComparison(release.name, current_environment().name, compared, tuple(notes))


def _former_names(topic: Topic, before: Description) -> dict[str, str]:
    """The name in the old release of each parameter that it has."""
    names = {}
    for name, parameter in topic.Scenario.parameters().items():
        known = [old for old in (name, *parameter.former_names) if old in before["defaults"]]
        if known:
            names[name] = known[0]
    return names


def _rename_scenarios(scenarios: Sequence[Values], names: Mapping[str, str]) -> list[Values]:
    """The scenarios with the old release's names, without what it does not know."""
    return [
        {names[name]: value for name, value in values.items() if name in names}
        for values in scenarios
    ]


def _table_notes(
    release: ReleaseEnvironment, results: Mapping[str, list[dict[str, Any]]]
) -> list[str]:
    unread = dict.fromkeys(
        table for answers in results.values() for table in answers[0]["unread_tables"]
    )
    return [
        f"{release.name} cannot read this release's table {table}, and was run on its own."
        for table in unread
    ]
