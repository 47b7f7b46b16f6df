"""Tests of the archive as a site."""
