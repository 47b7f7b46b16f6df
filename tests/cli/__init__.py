"""Tests of the ``workbook`` command's parts."""
