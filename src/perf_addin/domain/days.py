"""Days as systems in the United Kingdom write them: day before month, or year first."""

from __future__ import annotations

from datetime import date

from perf_addin.domain.lazy_patterns import lazily

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[ T,]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]m)?(?:Z|[+-]\d\d:?\d\d)?)?"
_UK = lazily(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:20|19)?\d\d)" + _TIME, 2)
_ISO = lazily(r"(?P<year>(?:20|19)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})" + _TIME, 2)
_WORDS = lazily(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3,9})\.?[ ,-]*(?P<year>(?:20|19)?\d\d)"
    + _TIME,
    2,
)
_LONGEST = 40


def read_day(text: str) -> date | None:
    """Read a day that makes up the whole of a text; a time behind it is dropped.

    Args:
        text: `31/08/2021`, `2021-08-31`, `2021-08-31T09:30:00`, `31 Aug 2021`, `31-AUG-21`. Of two
            numbers the day comes first, as in the United Kingdom; a year of two digits is of this
            century.

    Returns:
        The day, or None where the text is none. `08/31/2021`, month first, is none.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    found = _UK.fullmatch(text) or _ISO.fullmatch(text) or _WORDS.fullmatch(text)
    if found is None:
        return None
    month = found["month"].casefold()
    number = int(month) if month.isdecimal() else _month_named(month)
    year = int(found["year"])
    try:
        return date(year + 2000 if len(found["year"]) < 3 else year, number, int(found["day"]))  # noqa: PLR2004 - two digits
    except ValueError:
        return None


def _month_named(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 where it is none."""
    start = name[:3]
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0
