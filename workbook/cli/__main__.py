"""Run the ``workbook`` command without installing it: ``python -m workbook.cli``."""

from workbook.cli import main

main()
