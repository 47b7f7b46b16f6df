"""Golden scenarios: a folder for each topic, with a folder for each scenario and its outcome.

``scenario.toml`` is the scenario. ``indicators.json`` has the headline and the indicators, and each
table is a CSV file. After an intended change, ``python -m tests.golden`` rewrites them. Read every
difference before you commit it. ``tests/topics`` tests figures that were computed independently.
These folders show any other change.
"""

import json
from pathlib import Path
from typing import Final

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.registry import bundled_offers, collect_topics

TOPICS: Final = collect_topics(bundled_offers()).topics
"""The bundled topics. Other installed topics are not part of the golden report."""

GOLDEN_FOLDER: Final = Path(__file__).parent
SCENARIO_FOLDERS: Final = sorted(path.parent for path in GOLDEN_FOLDER.glob("*/*/scenario.toml"))

RELATIVE_TOLERANCE: Final = 1e-6
"""Largest relative difference of a number. Another processor may round last digits differently."""


def evaluate_golden(folder: Path) -> Outcome:
    """Evaluate the scenario of a golden folder."""
    topic = TOPICS[folder.parent.name]
    return topic.run(topic.Scenario.from_file(folder / "scenario.toml"))


def expected_files(outcome: Outcome) -> dict[str, str]:
    """Write the text of every expected file, by file name."""
    summary = {
        "headline": outcome.headline,
        "indicators": [indicator.as_dict() for indicator in outcome.indicators],
    }
    tables = {
        f"{table.name}.csv": table.frame.to_csv(index=False, lineterminator="\n")
        for table in outcome.tables
    }
    return {"indicators.json": json.dumps(summary, indent=2, ensure_ascii=False) + "\n", **tables}


def read_table(text: Path, like: pd.DataFrame) -> pd.DataFrame:
    """Read a table with the column types of another."""
    return pd.read_csv(text, dtype=like.dtypes.to_dict())
