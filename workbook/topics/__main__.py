"""Write ``data/datapackage.json`` from the tables' declarations: ``python -m workbook.topics``."""

import sys

from workbook.exports.datapackage import build_datapackage
from workbook.resources import resource_folder
from workbook.topics.registry import TABLE_SCHEMAS

if __name__ == "__main__":
    target = resource_folder("data") / "datapackage.json"
    target.write_text(build_datapackage(TABLE_SCHEMAS.values(), target.parent), encoding="utf-8")
    sys.stdout.write(f"{target.name} is made anew\n")
