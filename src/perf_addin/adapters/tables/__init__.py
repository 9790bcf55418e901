"""Consolidated tables in the form that data tools read."""
