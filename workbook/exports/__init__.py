"""Export outcomes to files: spreadsheets, CSV, text documents and SVG charts."""
