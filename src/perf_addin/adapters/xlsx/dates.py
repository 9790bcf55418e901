"""Days as cells store them: serials of two date systems, and texts.

Few indexes have any, so this is imported when the first is met.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

_EPOCH_1904 = date(1904, 1, 1)
_EPOCH_1900 = date(1899, 12, 31)
_LEAP_DAY_1900 = 60
_LAST_1900 = 2_958_465
_LAST_1904 = _LAST_1900 - 1462
_ISO_DAY = 10


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


def iso_date(text: str) -> date | str:
    """The day of a cell that stores its date as a text; the text where it is none."""
    try:
        return date.fromisoformat(text.strip()[:_ISO_DAY])
    except ValueError:
        return text
