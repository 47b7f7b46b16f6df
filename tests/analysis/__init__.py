"""Analyses of any topic, tested with an example topic whose results are known exactly."""
