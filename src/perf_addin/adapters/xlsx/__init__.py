"""Excel workbook files: read, and edited without losing anything."""
