"""The ``workbook`` command."""

from workbook.cli.main import main

__all__ = ["main"]
