"""Tests of the papers of a snapshot."""
