"""Write ``data/datapackage.json`` anew from the tables' declarations: ``python -m workbook.topics``."""

from workbook.exports.datapackage import datapackage
from workbook.resources import folder
from workbook.topics import TABLES

if __name__ == "__main__":
    target = folder("data") / "datapackage.json"
    target.write_text(datapackage(TABLES.values(), target.parent), encoding="utf-8")
    print(f"{target.name}: {len(TABLES)} tables")
