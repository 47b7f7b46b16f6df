"""Exports: static pictures, CSV with metadata, spreadsheets, documents and run records."""
