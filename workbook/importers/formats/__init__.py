"""File formats: the cells of a CSV, XLSX, ODS or Parquet file."""
