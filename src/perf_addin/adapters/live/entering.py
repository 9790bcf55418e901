"""How a value is handed to Excel so that the cell holds just that.

Excel reads what it is given as if a person typed it: a text that begins with `=` would become a
formula, and `12-20` a date. An apostrophe before a text keeps it as it is; it is not shown.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.recording import Entered

LONGEST_IN_A_BLOCK = 8000
"""Characters of the longest text that Excel takes as one of many; a longer one goes alone."""

_LONGEST_NUMBER = 40
_WORDS = frozenset({"true", "false"})


def entered(value: Entered) -> str | float | None:
    """Give a value in the way in which Excel takes it as it stands."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        return f"'{value}" if _needs_apostrophe(value) else value
    return value


def _needs_apostrophe(text: str) -> bool:
    """Whether Excel could take a text for anything else.

    Nothing else begins with a letter and is without digits, but for a truth value; and no number,
    date or time is long.
    """
    if not text or not text[0].isalpha():
        return bool(text)
    return text.casefold() in _WORDS or (
        len(text) <= _LONGEST_NUMBER and any(letter.isdigit() for letter in text)
    )
