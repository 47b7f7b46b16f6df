"""Describe the bundled tables in ``datapackage.json``, a Frictionless Data Package."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandera.pandas as pa

from workbook.importers.corrections import NO_CORRECTIONS, Corrections
from workbook.tables import DATA_PACKAGE_FILE, TableSchema, sha256
from workbook.tables.column_rules import rule_bounds
from workbook.tables.raw_table import decode_utf8, parse_csv
from workbook.tables.recorded_headings import recorded_headings, recorded_renames

_NAME = "policy-workbook"
_TITLE = "Published figures of the policy workbook"
_FIELD_TYPES = {"Int64": "integer", "float64": "number"}


def build_datapackage(
    tables: Iterable[TableSchema], data: Path, name: str = _NAME, title: str = _TITLE
) -> str:
    """Describe the tables of a folder.

    Args:
        tables: The tables. One that is only ever uploaded is left out.
        data: The folder. Revisions that its record holds are kept.
        name: Name of the Data Package.
        title: Its title.

    Returns:
        The record, as JSON.
    """
    bundled_tables = [table for table in tables if table.bundled]
    package = {
        "name": name,
        "title": title,
        "resources": [
            _describe_resource(
                table,
                (data / f"{table.name}.csv").read_bytes(),
                _recorded_revisions(table, data),
                _recorded_corrections(table, data),
            )
            for table in bundled_tables
        ],
    }
    return _serialise_package(package)


def revise_datapackage(
    table: TableSchema,
    content: bytes,
    data: Path,
    revision: Mapping[str, str] | None,
    corrections: Corrections = NO_CORRECTIONS,
) -> str:
    """Describe the tables of a folder after one of them is revised or begun.

    Args:
        table: The table.
        content: The new bytes of its file.
        data: The folder. Its record, if any, keeps the other tables and the earlier revisions.
        revision: The new revision, if it is recorded.
        corrections: What the owner says about the imported file: its headings and renamed services
            are remembered.

    Returns:
        The record, as JSON.
    """
    path = data / DATA_PACKAGE_FILE
    package: dict[str, Any] = (
        json.loads(path.read_text(encoding="utf-8"))
        if path.is_file()
        else {"name": data.resolve().name, "title": table.title, "resources": []}
    )
    revisions = [*_recorded_revisions(table, data), *([revision] if revision else [])]
    known = _recorded_corrections(table, data)
    known = Corrections(
        headings={**known.headings, **corrections.headings},
        same_names={**known.same_names, **corrections.same_names},
    )
    resource = _describe_resource(table, content, revisions, known)
    names = [described["name"] for described in package["resources"]]
    if table.name in names:
        package["resources"][names.index(table.name)] = resource
    else:
        package["resources"].append(resource)
    return _serialise_package(package)


def _serialise_package(package: dict[str, Any]) -> str:
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _recorded_revisions(table: TableSchema, data: Path) -> list[Mapping[str, str]]:
    """List the revisions of a table in the folder's record. Without a record there are none."""
    try:
        package = json.loads((data / DATA_PACKAGE_FILE).read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return list(resources.get(table.name, {}).get("revisions", []))


def _recorded_corrections(table: TableSchema, data: Path) -> Corrections:
    return Corrections(
        headings=recorded_headings(table.name, data),
        same_names=recorded_renames(table.name, data),
    )


def _describe_resource(
    table: TableSchema,
    content: bytes,
    revisions: Sequence[Mapping[str, str]],
    corrections: Corrections,
) -> dict[str, Any]:
    header = parse_csv(decode_utf8(content)).header
    columns = {name: table.schema.columns[name] for name in header}
    return {
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "sources": [{"title": source} for source in table.sources],
        **({"licenses": [table.licence]} if table.licence else {}),
        **({"revisions": list(revisions)} if revisions else {}),
        **({"headings": dict(corrections.headings)} if corrections.headings else {}),
        **({"renamed": dict(corrections.same_names)} if corrections.same_names else {}),
        "schema": {
            "fields": [_describe_field(name, column) for name, column in columns.items()],
            "primaryKey": list(table.key_columns),
            "missingValues": [""],
        },
    }


def _describe_field(name: str, column: pa.Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if str(column.dtype) in _FIELD_TYPES:
        for check in column.checks:
            constraints |= rule_bounds(check)
    return {
        "name": name,
        "type": _FIELD_TYPES.get(str(column.dtype), "string"),
        "title": column.title,
        "description": column.description,
        "constraints": constraints,
    }
