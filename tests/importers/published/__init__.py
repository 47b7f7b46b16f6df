"""Tests of published files, with one module for each source."""
