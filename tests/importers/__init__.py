"""Tests of reading tables from files as they are found."""
