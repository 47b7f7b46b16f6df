"""Slow tests that need other programs, separate from ``make test``: ``make soak``."""
