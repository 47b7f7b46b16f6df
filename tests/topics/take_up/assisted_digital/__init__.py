"""Tests of assisted digital."""
