"""Rates the indicators in an Excel performance index and reports the exceptions."""

__version__ = "0.1.0"
