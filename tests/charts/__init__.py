"""Tests of the chart kit: theme, figures, axes, marks and rows."""
