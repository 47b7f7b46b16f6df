"""Tests of formatted numbers, dates and text."""
