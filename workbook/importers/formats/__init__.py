"""File formats: read the cells of a CSV, XLSX, ODS or Parquet file."""
