"""The mathematics, checked against textbooks and by hand."""
