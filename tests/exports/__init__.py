"""What is handed out: pictures, CSV with its metadata, a spreadsheet, a record."""
