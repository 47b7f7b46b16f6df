"""The ``workbook`` command where it is not installed: ``python -m workbook.cli``."""

from workbook.cli import main

main()
