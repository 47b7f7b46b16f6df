"""Write the record of tables, ``datapackage.json``: ``python -m workbook.topics [PACKAGE]``.

Without an argument it is the record of the bundled tables. With the import name of a package that
offers a topic, it is the record in that package's folder ``data``.
"""

import sys

from workbook.exports.datapackage import build_datapackage
from workbook.resources import OUR_PACKAGE, resource_folder
from workbook.tables import DATA_PACKAGE_FILE
from workbook.topics.registry import TABLE_SCHEMAS

if __name__ == "__main__":
    package = sys.argv[1] if len(sys.argv) > 1 else OUR_PACKAGE
    target = resource_folder("data", package) / DATA_PACKAGE_FILE
    tables = [table for table in TABLE_SCHEMAS.values() if table.package == package]
    names = {} if package == OUR_PACKAGE else {"name": package, "title": f"Figures of {package}"}
    target.write_text(build_datapackage(tables, target.parent, **names), encoding="utf-8")
    sys.stdout.write(f"Written: {target} ({len(tables)} tables)\n")
