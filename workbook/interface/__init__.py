"""What programs can ask of the workbook: the calls of ``/api/`` and of ``workbook mcp``."""
