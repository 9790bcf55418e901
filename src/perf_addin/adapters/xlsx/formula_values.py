"""What cells hold, told from their type and their text."""

from __future__ import annotations

from perf_addin.application.functions.values import ExcelError, Scalar

_ERRORS = {error.value: error for error in ExcelError}


def stored_value(kind: bytes, text: str) -> Scalar:
    """What a cell holds by its type and its text; None where that is nothing."""
    if kind == b"n":
        try:
            return float(text)
        except ValueError:
            return None
    if kind == b"s":
        return None  # Excel never stores a result so
    if kind == b"b":
        return text.strip() in {"1", "true"}
    if kind == b"e":
        return _ERRORS.get(text.strip().upper(), ExcelError.VALUE)
    return text
