"""Importers: a table read from any file, as it was found, or opened by its name."""

from workbook.importers.catalogue import open_table, table_names
from workbook.importers.read_file import read_table_file
from workbook.importers.template import make_template

__all__ = ["make_template", "open_table", "read_table_file", "table_names"]
