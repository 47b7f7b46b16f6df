"""Tests of digital inclusion: calculations by hand, published figures and properties."""
