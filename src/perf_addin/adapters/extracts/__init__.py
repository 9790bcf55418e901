"""Extracts of case-management systems that are no workbooks."""
