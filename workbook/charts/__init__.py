"""The chart kit: one look for every chart, and the parts that charts share."""
