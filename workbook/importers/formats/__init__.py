"""File formats: read the cells of a CSV, XLSX, ODS, Parquet or JSON file."""
