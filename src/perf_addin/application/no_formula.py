"""Texts for CSV files, which spreadsheets read and would take some of for formulas."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_no_formula(text: str) -> str:
    """A text that a spreadsheet takes for no formula: an apostrophe goes before one that it may."""
    return f"'{text}" if text.startswith(_STARTS) else text
