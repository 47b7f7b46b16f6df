"""Tests of what programs can ask of the workbook."""
