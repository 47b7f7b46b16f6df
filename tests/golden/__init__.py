"""Golden scenarios: a folder a topic, in it a folder a scenario with its whole expected outcome.

``scenario.toml`` is the scenario, ``indicators.json`` the headline and the indicators, and a CSV
file each table. After a change of model that is meant, ``python -m tests.golden`` writes them anew:
read every difference before you commit it. The figures themselves are worked out in
``tests/topics``; these folders keep what was not thought of from moving.
"""

import json
from pathlib import Path
from typing import Final

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.registry import bundled_offers, collect_topics

TOPICS: Final = collect_topics(bundled_offers()).topics
"""The bundled topics: what else is installed is no part of the golden report."""

GOLDEN_FOLDER: Final = Path(__file__).parent
SCENARIO_FOLDERS: Final = sorted(path.parent for path in GOLDEN_FOLDER.glob("*/*/scenario.toml"))


def evaluate_golden(folder: Path) -> Outcome:
    """Outcome of a golden folder's scenario."""
    topic = TOPICS[folder.parent.name]
    return topic.run(topic.Scenario.from_file(folder / "scenario.toml"))


def expected_files(outcome: Outcome) -> dict[str, str]:
    """The text of every expected file, by its name."""
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
    """A table as it was written, its columns of the kinds that they should be."""
    return pd.read_csv(text, dtype=like.dtypes.to_dict())
