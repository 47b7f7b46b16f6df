"""The chart kit: one look for every chart, and the axes, marks and rows that charts share."""
