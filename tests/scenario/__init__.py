"""Tests of the text of a scenario's values, and of errors in what it selects."""
