"""The record of the held tables: ``datapackage.json``, a Frictionless Data Package."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandera.pandas as pa

from workbook.tables import Table, sha256

TYPES = {"Int64": "integer", "float64": "number"}


def datapackage(tables: Iterable[Table], data: Path) -> str:
    """Text of ``datapackage.json`` for these tables as they lie in the folder ``data``."""
    package = {
        "name": "policy-workbook",
        "title": "Published figures of the policy workbook",
        "resources": [_resource(table, data) for table in tables],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _resource(table: Table, data: Path) -> dict[str, Any]:
    path = data / f"{table.name}.csv"
    content = path.read_bytes()
    return {
        "name": table.name,
        "title": table.title,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "sources": [{"title": source} for source in table.sources],
        "licenses": [table.licence],
        "schema": {
            "fields": [_field(name, column) for name, column in table.schema.columns.items()],
            "primaryKey": list(table.schema.unique or []),
            "missingValues": [""],
        },
    }


def _field(name: str, column: pa.Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    for check in column.checks:
        statistics = check.statistics or {}
        constraints |= {
            bound: statistics[key]
            for key, bound in (("min_value", "minimum"), ("max_value", "maximum"))
            if key in statistics
        }
    return {
        "name": name,
        "type": TYPES.get(str(column.dtype), "string"),
        "title": column.title,
        "description": column.description,
        "constraints": constraints,
    }
