"""Tests of reading tables from uploaded and published files."""
