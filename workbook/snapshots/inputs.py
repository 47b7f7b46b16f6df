"""The tables that a snapshot's topics read, kept by content: each file once, named by its hash."""

from collections.abc import Iterable
from pathlib import Path

from workbook.importers.catalogue import find_table_file, read_table_bytes
from workbook.snapshots.jobs import TopicRun
from workbook.tables import sha256

TableHashes = dict[str, list[dict[str, str]]]
"""Name and SHA-256 of each table that was read, by topic."""

INPUTS_FOLDER = "inputs"
"""Folder of the tables that the topics read, at the snapshot's root."""


def keep_inputs(runs: Iterable[TopicRun], folder: Path) -> TableHashes:
    """Copy every table that the topics read into the snapshot.

    Args:
        runs: The runs, with the present paths of the files that the user supplied.
        folder: The snapshot's folder. A table becomes ``inputs/SHA256.csv``, or keeps the suffix of
            its file.

    Returns:
        The name and SHA-256 of each table, by topic.
    """
    (folder / INPUTS_FOLDER).mkdir(exist_ok=True)
    return {run.topic.name: _keep_tables(run, folder / INPUTS_FOLDER) for run in runs}


def keep_files(paths: Iterable[Path], folder: Path) -> None:
    """Copy files into the snapshot's inputs, each once and named by its hash.

    Args:
        paths: The files.
        folder: The snapshot's folder.
    """
    for path in paths:
        content = path.read_bytes()
        kept = folder / INPUTS_FOLDER / f"{sha256(content)}{path.suffix}"
        if not kept.exists():
            kept.write_bytes(content)


def input_paths(folder: Path, table_hashes: TableHashes) -> dict[str, str]:
    """Find the file of every table that was read.

    Args:
        folder: The snapshot's folder.
        table_hashes: The tables that the topics read.

    Returns:
        The path within the snapshot, by the table's name.
    """
    paths = {path.stem: f"{INPUTS_FOLDER}/{path.name}" for path in folder.glob("inputs/*")}
    return {
        table["name"]: paths[table["sha256"]]
        for tables in table_hashes.values()
        for table in tables
    }


def _keep_tables(run: TopicRun, folder: Path) -> list[dict[str, str]]:
    sources = run.topic.table_sources(run.input_scenario)
    tables = []
    for table, name in run.topic.table_sources(run.scenario).items():
        if not name:
            continue
        content = read_table_bytes(table, sources[table])
        digest = sha256(content)
        path = folder / f"{digest}{find_table_file(table, sources[table]).suffix}"
        if not path.exists():
            path.write_bytes(content)
        tables.append({"name": name, "sha256": digest})
    return tables
