"""The committee paper as data: its fields, what the workbook says for each, what is missing."""
