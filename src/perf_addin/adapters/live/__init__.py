"""The workbook that is open in Excel, reached through xlwings: on the desktop or on the web."""
