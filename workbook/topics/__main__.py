"""Write ``data/datapackage.json`` from the tables' declarations: ``python -m workbook.topics``."""

import sys

from workbook.exports.datapackage import datapackage
from workbook.resources import folder
from workbook.topics.register import TABLES

if __name__ == "__main__":
    target = folder("data") / "datapackage.json"
    target.write_text(datapackage(TABLES.values(), target.parent), encoding="utf-8")
    sys.stdout.write(f"{target.name} is made anew\n")
