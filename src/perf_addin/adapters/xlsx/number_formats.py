"""What a number format says about a number: a percentage, a date, or neither."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum

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

_EPOCH_1904 = date(1904, 1, 1)
_EPOCH_1900 = date(1899, 12, 31)
_LEAP_DAY_1900 = 60
_LAST_1900 = 2_958_465
_LAST_1904 = _LAST_1900 - 1462


class Shown(IntEnum):
    """How a format shows a number."""

    NUMBER = 0
    PERCENT = 1
    DATE = 2


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


def date_of(serial: Decimal, *, from_1904: bool) -> date | None:
    """The day of a date serial, its time dropped; None where Excel shows no date.

    In the 1900 system Excel counts a 29 February 1900 that never was: serial 60, given here as
    28 February, and every later serial is one day less than it seems. Serial 0 ("0 January
    1900") is no day.
    """
    days = int(serial) if serial >= 0 else -1
    if from_1904:
        return _EPOCH_1904 + timedelta(days) if 0 <= days <= _LAST_1904 else None
    if not 0 < days <= _LAST_1900:
        return None
    return _EPOCH_1900 + timedelta(days - 1 if days >= _LEAP_DAY_1900 else days)
