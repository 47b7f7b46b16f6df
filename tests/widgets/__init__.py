"""Tests of the widgets and the Study without a browser."""
