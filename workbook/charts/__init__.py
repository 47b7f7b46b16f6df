"""The chart kit: the theme of every chart, and the axes, marks and rows that charts share."""
