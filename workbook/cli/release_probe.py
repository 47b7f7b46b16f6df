"""Run scenarios through whichever release of the workbook is imported.

``workbook compare --release`` starts this file as a program, once with the released code and once
with the current code. So it uses only what any release has, and imports nothing of its neighbours.
It first writes a line of JSON that describes the release. It then reads the scenarios from standard
input, and writes a line for each outcome.
"""

# ruff: noqa: BLE001, PLC0415  a release may fail in any way, and is imported when all is ready

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Send = Callable[[dict[str, Any]], None]


def main() -> None:
    """Describe the release, then run what is asked for."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what a release prints is no answer

        def send(answer: dict[str, Any]) -> None:
            answers.write(json.dumps(answer) + "\n")
            answers.flush()

        import workbook
        from workbook.topics.registry import TOPICS

        folder = str(Path(str(workbook.__file__)).parent)
        send({"folder": folder, "topics": {n: _describe_topic(t) for n, t in TOPICS.items()}})
        request = json.loads(sys.stdin.readline())
        for name, scenarios in request["scenarios"].items():
            _run_topic(TOPICS[name], scenarios, Path(request["data"]), send)


def _describe_topic(topic: Any) -> dict[str, Any]:  # noqa: ANN401  a topic of any release
    return {
        "defaults": {
            name: parameter.default for name, parameter in topic.Scenario.parameters().items()
        },
        "indicators": {
            indicator.name: {"label": indicator.label, "unit": indicator.unit}
            for indicator in topic.indicators
        },
    }


def _run_topic(topic: Any, scenarios: list[dict[str, Any]], data: Path, send: Send) -> None:  # noqa: ANN401
    tables, unread = _read_tables(topic, data)
    send({"topic": topic.name, "unread_tables": unread})
    loaded: dict[str, Any] = {}
    for values in scenarios:
        send(_run_scenario(topic, values, tables, loaded))


def _run_scenario(
    topic: Any,  # noqa: ANN401
    values: dict[str, Any],
    tables: dict[str, Any],
    loaded: dict[str, Any],
) -> dict[str, Any]:
    try:
        scenario = topic.Scenario(**values)
        if scenario.quarter not in loaded:
            loaded[scenario.quarter] = topic.load_tables(scenario, tables)
        outcome = topic.evaluate_model(loaded[scenario.quarter], scenario)
        return {"figures": {i.name: [i.value, i.low, i.high] for i in outcome.indicators}}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {' '.join(str(error).split())}"}


def _read_tables(topic: Any, data: Path) -> tuple[dict[str, Any], list[str]]:  # noqa: ANN401
    """The given tables that differ from the release's own, and those that it cannot read."""
    tables, unread = {}, []
    for table in topic.table_sources(topic.Scenario()):
        replacement = data / f"{table.name}.csv"
        release_file = table.data_folder / replacement.name
        if not replacement.is_file() or (
            release_file.is_file() and release_file.read_bytes() == replacement.read_bytes()
        ):
            continue
        report = table.check_csv(replacement.read_bytes())
        if report.errors:
            unread.append(table.name)
        else:
            tables[table.name] = report.frame
    return tables, unread


if __name__ == "__main__":
    main()
