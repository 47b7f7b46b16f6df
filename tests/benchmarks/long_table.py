"""The table's part of the work over a long table: ``python -m tests.benchmarks.long_table 1000``.

Prints the seconds that reading, checking, selecting, comparing and laying out every service's
series take, and the most memory that the process ever had, in GiB.
"""

import resource
import sys
import tempfile
from pathlib import Path
from subprocess import run
from time import perf_counter

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.benchmarks import take_up as benchmark
from tests.topics.take_up.tables import PUBLISHED
from workbook.importers import open_table, read
from workbook.topics import take_up
from workbook.topics.take_up.comparison import compare
from workbook.topics.take_up.counts import Counts
from workbook.topics.take_up.outlook import panel
from workbook.topics.take_up.selection import select
from workbook.topics.take_up.tables import take_up as table

GIB = 2**20
"""In the unit of ``ru_maxrss``, KiB."""


def write(path: Path, times: int) -> None:
    """The published table repeated under new names, in groups of rows that memory does not feel."""
    content = PUBLISHED.read_bytes() if PUBLISHED.exists() else benchmark.made()
    frame = read(table, content, PUBLISHED.name).frame
    services = frame["service"].astype(str).to_numpy()
    writer = None
    for copy in range(times):
        renamed = frame.assign(service=np.char.add(services.astype(str), f" ({copy})"))
        rows = pa.Table.from_pandas(renamed, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, rows.schema)
        writer.write_table(rows)
    writer.close()


def work(path: Path) -> None:
    """What is done with the table before any curve is fitted."""
    scenario = take_up.topic.Scenario(quarter="2018-Q4")
    frame = table.visible(open_table(table, str(path)).frame, scenario.quarter)
    counts = Counts.of(frame, scenario.definition)
    del frame
    chosen = select(counts, scenario).chosen
    found = compare(chosen, scenario.compare_with)
    assert found.change.services_matched
    assert len(panel(chosen).quarters)


if __name__ == "__main__":
    _, times, *at = sys.argv
    if at:
        began = perf_counter()
        work(Path(at[0]))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIB
        print(perf_counter() - began, most)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "long.parquet"
            write(path, int(times))
            run([sys.executable, "-m", __spec__.name, times, str(path)], check=True)
