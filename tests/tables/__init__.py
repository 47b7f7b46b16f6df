"""Tests of how tables are declared, read and checked."""
