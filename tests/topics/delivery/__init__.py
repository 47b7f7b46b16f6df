"""Tests of the delivery topic."""
