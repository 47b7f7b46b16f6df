"""The chart kit: theme, figures, axes, marks and rows."""
