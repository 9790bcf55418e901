"""Periods: months, quarters and years of a financial year that begins in April."""

from __future__ import annotations

from functools import lru_cache

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from datetime import date

_APRIL = 4
_HELD = 512  # what stands above the columns of an index is read several times
_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = [name[:3] for name in _NAMES]
_MONTH_OF = {
    **{name: i for i, name in enumerate(_NAMES, 1)},
    **{name: i for i, name in enumerate(_SHORT, 1)},
    "sept": 9,
}
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_YEAR = r"(?:20)?\d\d"
_GAP = r"[\s\-/'.,]*"
_LETTERS, _IN_GAP = "abcdefghijklmnopqrstuvwxyz", " -/'.,"
_TO = r"\s*(?:-|\bto\b|/)\s*"
_FINANCIAL = r"(?P<first>20\d\d|\d\d(?=\s*/))\s*[/\-]\s*(?P<second>20\d\d|\d\d)"

_ISO_RE = lazily(r"(?P<year>20\d\d)[-/](?P<month>0?[1-9]|1[0-2])")
_SLASH_RE = lazily(r"(?P<month>0?[1-9]|1[0-2])[-/](?P<year>20\d\d)")
_QUARTER_RE = lazily(
    rf"(?:q|qtr|quarter)\.?\s*(?P<quarter>[1-4])(?:[\s,:\-]*\(?(?:{_FINANCIAL}|(?P<one>20\d\d))\)?)?"
)
_QUARTER_LAST_RE = lazily(rf"{_FINANCIAL}\s*(?:q|qtr|quarter)\.?\s*(?P<quarter>[1-4])")
_SPAN_RE = lazily(
    rf"(?P<from>{_MONTH})\.?{_GAP}?(?P<since>{_YEAR})?{_TO}(?P<until>{_MONTH})\.?(?:{_GAP}(?P<year>{_YEAR}))?"
)
_YEAR_RE = lazily(rf"(?:fy\s*)?{_FINANCIAL}")
_CALENDAR_RE = lazily(r"20\d\d")
_ANYWHERE = lazily(rf"(?<![\d/]){_FINANCIAL}(?![\d/])")


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Period(NamedTuple):
    """A period of whole months; ordered by its end, then by its start.

    Attributes:
        last_month: its last month, counted from January of the year 0, which is 0.
        first_month: its first month, counted likewise.
        kind: how long it is.
    """

    last_month: int
    first_month: int
    kind: PeriodKind

    @property
    def start(self) -> date:
        """Its first day."""
        return _first_day(self.first_month)

    @property
    def end(self) -> date:
        """Its last day."""
        day = _first_day(self.last_month + 1)
        return day.fromordinal(day.toordinal() - 1)

    @property
    def year(self) -> int:
        """The calendar year in which it begins."""
        return self.first_month // 12

    @property
    def financial_year(self) -> int:
        """The starting year of the financial year (April to March) in which it begins."""
        return (self.first_month - _APRIL + 1) // 12

    @property
    def label(self) -> str:
        """As a person writes it: `Aug 2021`, `Q1 2021/22`, `2020/21`."""
        month = self.first_month % 12 + 1
        if self.kind is PeriodKind.MONTH:
            return f"{_SHORT[month - 1].title()} {self.year}"
        years = f"{self.financial_year}/{(self.financial_year + 1) % 100:02d}"
        if self.kind is PeriodKind.QUARTER:
            return f"Q{(month - _APRIL) % 12 // 3 + 1} {years}"
        return years if month == _APRIL else str(self.year)

    @property
    def months(self) -> int:
        """How many months it lasts: 1, 3 or 12."""
        return {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[self.kind]

    def same_period_last_year(self) -> Period:
        """The period of the same name a year before."""
        return Period(self.last_month - 12, self.first_month - 12, self.kind)

    def same_period_next_year(self) -> Period:
        """The period of the same name a year later."""
        return Period(self.last_month + 12, self.first_month + 12, self.kind)


def financial_year_of(day: date) -> int:
    """The starting year of the financial year (April to March) that a day lies in."""
    return day.year - (day.month < _APRIL)


def period_around(day: date, span: str) -> Period:
    """The month, quarter or financial year that a day lies in.

    Args:
        day: the day.
        span: `month`, `quarter` or `year`.
    """
    if span == PeriodKind.MONTH:
        return _months(PeriodKind.MONTH, day.year, day.month, 1)
    if span == PeriodKind.QUARTER:
        return _months(PeriodKind.QUARTER, day.year, day.month - (day.month - 1) % 3, 3)
    return _months(PeriodKind.YEAR, financial_year_of(day), _APRIL, 12)


def read_financial_year(text: str) -> int | None:
    """Find a financial year in a text such as `Target 2021/22`, as its starting year.

    The second year must follow the first, so that `12/15` is none.
    """
    for found in _ANYWHERE.finditer(_plain(text)):
        year = _financial(found["first"], found["second"])
        if year is not None:
            return year
    return None


def read_period(value: str | date, *, financial_year: int | None = None) -> Period | None:
    """Read a period that makes up the whole of a text, or the month of a date.

    Args:
        value: `Apr 21`, `April 2021`, `2021-08`, `Q1 2021/22`, `Apr-Jun 2021`, `2020/21`, `2021`
            (a calendar year), or a date. Alone, `Apr` and `Q1` need `financial_year`.
        financial_year: starting year that completes a month or quarter without one.

    Returns:
        The period, or None where the text is none.
    """
    if not isinstance(value, str):
        return _months(PeriodKind.MONTH, value.year, value.month, 1)
    return _read(value, None) or _read(value, financial_year)  # most state a year of their own


@lru_cache(_HELD)
def _read(value: str, financial_year: int | None) -> Period | None:
    text = _plain(value)
    if not text:
        return None
    return (
        _read_year(text)  # first: 2011/12 is a year, as 2021/22 is, and no December
        or _read_month(text, financial_year)
        or _read_quarter(text, financial_year)
        or _read_span(text, financial_year)
    )


def _plain(text: str) -> str:
    """Lower case, single spaces, and a hyphen and an apostrophe for their typographic kin."""
    plain = (
        text.casefold().replace("\N{EN DASH}", "-").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    return " ".join(plain.split())


def _read_month(text: str, financial_year: int | None) -> Period | None:
    if text[:3] in _MONTH_OF:
        rest = text.lstrip(_LETTERS)
        month = _MONTH_OF.get(text.removesuffix(rest))
        year = rest.lstrip(_IN_GAP)
        if month is None or not (is_year(year) or rest in {"", "."}):
            return None
        if year:
            return _months(PeriodKind.MONTH, _full(year), month, 1)
        if financial_year is None:
            return None
        return _months(PeriodKind.MONTH, financial_year + (month < _APRIL), month, 1)
    found = None
    if text[0].isdigit():
        found = _ISO_RE.fullmatch(text) or _SLASH_RE.fullmatch(text)
    if found is None:
        return None
    return _months(PeriodKind.MONTH, int(found["year"]), int(found["month"]), 1)


def _read_quarter(text: str, financial_year: int | None) -> Period | None:
    if "q" not in text or text.isalpha():
        return None
    found = _QUARTER_RE.fullmatch(text)
    year = financial_year
    if found is not None:
        if found["first"]:
            year = _financial(found["first"], found["second"])
        elif found["one"]:
            year = int(found["one"])
    else:
        found = _QUARTER_LAST_RE.fullmatch(text)
        if found is not None:
            year = _financial(found["first"], found["second"])
    if found is None or year is None:
        return None
    month = _APRIL + 3 * (int(found["quarter"]) - 1)
    return _months(PeriodKind.QUARTER, year + (month > 12), (month - 1) % 12 + 1, 3)  # noqa: PLR2004


def _read_span(text: str, financial_year: int | None) -> Period | None:
    """Three or twelve months written out: `Apr-Jun 2021`; the year is that of the last month.

    A first year has to fit: `April 2019 - March 2022`, three years, is no period.
    """
    found = _SPAN_RE.fullmatch(text) if text[:3] in _MONTH_OF else None
    if found is None:
        return None
    first, last = _MONTH_OF[found["from"]], _MONTH_OF[found["until"]]
    length = (last - first) % 12 + 1
    kind = {3: PeriodKind.QUARTER, 12: PeriodKind.YEAR}.get(length)
    if kind is None or first not in ({1, _APRIL} if length == 12 else {1, 4, 7, 10}):  # noqa: PLR2004
        return None
    since = _full(found["since"]) if found["since"] else None
    if found["year"]:
        year = _full(found["year"]) - (first > last)
    elif since is not None:
        year = since
    elif financial_year is not None:
        year = financial_year + (first < _APRIL)
    else:
        return None
    return _months(kind, year, first, length) if since in {None, year} else None


def _read_year(text: str) -> Period | None:
    if not (text[0].isdigit() or text.startswith("fy")):
        return None
    found = _YEAR_RE.fullmatch(text)
    if found is not None:
        year = _financial(found["first"], found["second"])
        return None if year is None else _months(PeriodKind.YEAR, year, _APRIL, 12)
    if _CALENDAR_RE.fullmatch(text):
        return _months(PeriodKind.YEAR, int(text), 1, 12)
    return None


def _financial(first: str, second: str) -> int | None:
    year = _full(first)
    return year if _full(second) == year + 1 else None


def is_year(text: str) -> bool:
    """Whether a text is a year in two digits, or in four of this century."""
    return text.isdecimal() and (len(text) == 2 or (len(text) == 4 and text.startswith("20")))  # noqa: PLR2004


def _full(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)  # noqa: PLR2004 - two digits


def _months(kind: PeriodKind, year: int, month: int, length: int) -> Period:
    first = 12 * year + month - 1
    return Period(first + length - 1, first, kind)


def _first_day(month: int) -> date:
    from datetime import date  # noqa: PLC0415 - most runs handle months, and no day

    return date(month // 12, month % 12 + 1, 1)
