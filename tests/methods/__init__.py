"""Statistical methods, checked against textbooks and calculation by hand."""
