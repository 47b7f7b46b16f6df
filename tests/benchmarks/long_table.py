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
from tests.topics.take_up.example_tables import PUBLISHED_FILE
from workbook.importers import open_table, read_table_file
from workbook.topics import take_up
from workbook.topics.take_up.balanced_panel import select_balanced_panel
from workbook.topics.take_up.comparison import compare_windows
from workbook.topics.take_up.data import take_up_table as table
from workbook.topics.take_up.selection import select_services
from workbook.topics.take_up.service_panel import ServicePanel

GIB = 2**20
"""In the unit of ``ru_maxrss``, KiB."""


def write_long_table(path: Path, times: int) -> None:
    """Write the published table repeatedly under new names, in groups that fit into memory."""
    content = (
        PUBLISHED_FILE.read_bytes() if PUBLISHED_FILE.exists() else benchmark.example_release()
    )
    frame = read_table_file(table, content, PUBLISHED_FILE.name).frame
    services = frame["service"].astype(str).to_numpy()
    writer = None
    for copy in range(times):
        renamed = frame.assign(service=np.char.add(services.astype(str), f" ({copy})"))
        rows = pa.Table.from_pandas(renamed, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, rows.schema)
        writer.write_table(rows)
    writer.close()


def process_table(path: Path) -> None:
    """Process the table as the model does before it fits any curve."""
    scenario = take_up.topic.Scenario(quarter="2018-Q4")
    frame = table.filter_to_quarter(open_table(table, str(path)).frame, scenario.quarter)
    counts = ServicePanel.from_table(frame, scenario.definition)
    del frame
    chosen = select_services(counts, scenario).included
    comparison = compare_windows(chosen, scenario.compare_with, {})
    assert comparison.change_decomposition.services_matched
    assert len(select_balanced_panel(chosen).quarters)


if __name__ == "__main__":
    _, times, *path_argument = sys.argv
    if path_argument:
        began = perf_counter()
        process_table(Path(path_argument[0]))
        peak_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIB
        print(perf_counter() - began, peak_memory)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "long.parquet"
            write_long_table(path, int(times))
            run([sys.executable, "-m", __spec__.name, times, str(path)], check=True)
