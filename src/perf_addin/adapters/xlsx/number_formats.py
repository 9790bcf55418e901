"""What a number format says about a number: a percentage, a date, or neither."""

from __future__ import annotations

import re

from perf_addin.domain.declaring import StrEnum
from perf_addin.domain.lazy_patterns import lazily

# Quoted text, an escaped or padded character, and brackets (colour, condition, locale, elapsed).
_NOT_CODE = lazily(r'"[^"]*"?|[\\_*].|\[[^\]]*\]?', re.DOTALL)
_ELAPSED = lazily(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_QUOTED = lazily(r'"[^"]*"?|[\\_*].', re.DOTALL)
_DATE = lazily(r"[dmyhs]", re.IGNORECASE)
_GENERAL = lazily("general", re.IGNORECASE)
_PERCENT_IDS = frozenset({9, 10})
BUILT_IN_CODES = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""The codes of built-in formats that figures have, by `numFmtId`; others are as good as General."""
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})


class Shown(StrEnum):
    """How a format shows a number."""

    NUMBER = "number"
    PERCENT = "per cent"
    DATE = "date"


def shown_as(format_id: int, code: str | None) -> Shown:
    """Tell how a number format shows a number.

    Args:
        format_id: the `numFmtId`.
        code: the format code that the workbook declares for it, or None for a built-in format.

    Returns:
        A percentage where `%` is part of the code proper; a date where day, month, year, hour or
        second is. Elapsed time such as `[h]:mm` is an amount of time, so a plain number.
    """
    if code is None:
        if format_id in _PERCENT_IDS:
            return Shown.PERCENT
        return Shown.DATE if format_id in _DATE_IDS else Shown.NUMBER
    proper = _NOT_CODE.sub("", code)
    if "%" in proper:
        return Shown.PERCENT
    proper = _GENERAL.sub("", proper)
    if _DATE.search(proper) and not _ELAPSED.search(_QUOTED.sub("", code)):
        return Shown.DATE
    return Shown.NUMBER
