"""Sweep request: every combination of some parameters' values, run in chunks of the same size."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from workbook.scenario import ParameterValue, Scenario
from workbook.tables import sha256

SIMULATED_CHUNK: Final = 100
"""Scenarios in a chunk whose scenarios are run one by one."""

BULK_CHUNK: Final = 20_000
"""Scenarios in a chunk that is evaluated without simulations, all at once."""

_KEY_LENGTH: Final = 16


@dataclass(frozen=True)
class SweepRequest:
    """Every combination of values, of which a chunk is a range of rows.

    Args:
        topic: Name of the topic.
        base: Scenario that the other values come from.
        values: Values by parameter; of these every combination is run, the last parameter varying
            fastest.
        with_simulations: Whether the simulations are run.
        release: Release of the code, so that the parts of a file come from the same code.
        data: SHA-256 of each table that is read, by its name or path.
    """

    topic: str
    base: Scenario
    values: Mapping[str, Sequence[ParameterValue]]
    with_simulations: bool
    release: str
    data: Mapping[str, str]

    @property
    def scenario_count(self) -> int:
        """Number of scenarios."""
        return math.prod(map(len, self.values.values()))

    @property
    def chunk_size(self) -> int:
        """Scenarios in each chunk but the last."""
        return SIMULATED_CHUNK if self.with_simulations else BULK_CHUNK

    @property
    def chunk_count(self) -> int:
        """Number of chunks."""
        return math.ceil(self.scenario_count / self.chunk_size)

    @property
    def key(self) -> str:
        """Name of the request: digits of a hash of all that decides its result."""
        content = [
            self.topic,
            self.base.values(),
            {name: list(values) for name, values in self.values.items()},
            self.chunk_size,
            self.release,
            dict(self.data),
        ]
        return sha256(json.dumps(content).encode())[:_KEY_LENGTH]

    def chunk_rows(self, chunk: int) -> pd.DataFrame:
        """Scenarios of a chunk.

        Args:
            chunk: Number of the chunk, from 0.

        Returns:
            A row for each scenario, with the varied parameters as columns.
        """
        first = chunk * self.chunk_size
        rows = np.arange(first, min(first + self.chunk_size, self.scenario_count))
        shape = tuple(map(len, self.values.values()))
        positions = np.unravel_index(rows, shape)
        return pd.DataFrame(
            {
                name: np.asarray(values)[position]
                for (name, values), position in zip(self.values.items(), positions, strict=True)
            }
        )
