"""Results of deferred analyses that another process has calculated for a notebook.

A snapshot calculates them once, and its notebook shows them.
"""

import os
import pickle
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from workbook.scenario import Scenario
from workbook.topic import AnalysisResult, Topic

RESULTS_VARIABLE: Final = "WORKBOOK_RESULTS"
"""Environment variable with the path of a file of results."""


def write_results(
    path: Path, topic: Topic, scenario: Scenario, results: Sequence[AnalysisResult]
) -> None:
    """Write results to a file, for ``read_results`` in a process that trusts this one.

    Args:
        path: The file. It is not written if a chart cannot be sent to another process.
        topic: The topic.
        scenario: The scenario that the results are of.
        results: A result for each deferred analysis.
    """
    with suppress(pickle.PicklingError, AttributeError, TypeError):
        path.write_bytes(pickle.dumps((_build_key(topic, scenario), tuple(results))))


def read_results(topic: Topic, scenario: Scenario) -> tuple[AnalysisResult, ...] | None:
    """Read the results that were written for this process.

    Args:
        topic: The topic.
        scenario: The scenario.

    Returns:
        A result for each deferred analysis; None if there are none of this scenario.
    """
    path = os.environ.get(RESULTS_VARIABLE)
    if not path or not Path(path).is_file():
        return None
    key, results = pickle.loads(Path(path).read_bytes())  # noqa: S301  our own
    return results if key == _build_key(topic, scenario) else None


def _build_key(topic: Topic, scenario: Scenario) -> tuple[str, dict[str, Any]]:
    return topic.name, scenario.values()
