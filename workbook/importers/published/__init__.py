"""Readers of published files, one module for each source."""
