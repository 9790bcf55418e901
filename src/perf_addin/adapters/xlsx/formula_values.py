"""What cells hold, told from their type and their text."""

from __future__ import annotations

from perf_addin.application.functions.values import ExcelError, Scalar

_TEXTS = frozenset({b"str", b"inlineStr"})
_ERRORS = {error.value: error for error in ExcelError}


def stored_value(kind: bytes, text: str) -> Scalar:
    """What a cell holds by its type and its text; None where that is nothing.

    An empty text is one that a formula came to (`t="str"`); an empty number or truth value is how
    programs store nothing for a formula that they did not calculate.
    """
    if kind == b"s" or (not text and kind not in _TEXTS):
        return None  # Excel never stores a result as a shared string
    if kind == b"n":
        try:
            return float(text)
        except ValueError:
            return None
    if kind == b"b":
        return text.strip() in {"1", "true"}
    if kind == b"e":
        return _ERRORS.get(text.strip().upper(), ExcelError.VALUE)
    return text
