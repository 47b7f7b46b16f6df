"""Tests of take-up on the bundled table and, if it is present, on the published file."""
