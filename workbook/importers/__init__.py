"""Importers: read tables from files of any supported format, or open them by name."""

from workbook.importers.catalogue import open_table, table_names
from workbook.importers.read_file import read_table_file
from workbook.importers.template import make_template

__all__ = ["make_template", "open_table", "read_table_file", "table_names"]
