"""Importers: a table read from any file, as it was found, or opened by its name."""

from workbook.importers.opening import names, open_table
from workbook.importers.reading import read
from workbook.importers.template import template

__all__ = ["names", "open_table", "read", "template"]
