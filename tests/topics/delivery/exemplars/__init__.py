"""Exemplar services and their phases."""
