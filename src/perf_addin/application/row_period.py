"""The period of a row of a long layout: from one column, or from a year and a part of it."""

from __future__ import annotations

from datetime import date

from perf_addin.application.grid import Cell, CellValue
from perf_addin.application.headings import heading_text, read_period_heading
from perf_addin.application.layout import Layout
from perf_addin.application.sheets import Row
from perf_addin.application.vocabulary import Field, plain_words
from perf_addin.domain.periods import Period, PeriodKind

_APRIL = 4
_WHOLE_YEAR = frozenset({"", "year", "full year", "whole year", "annual", "year end"})


class PeriodReader:
    """Reads the periods of the rows of one long layout."""

    def __init__(self, layout: Layout) -> None:
        """Find the columns."""
        self._period = next((c for c in layout.columns if c.field is Field.PERIOD), None)
        self._year = next((c for c in layout.columns if c.field is Field.YEAR), None)
        self._is_financial = self._year is not None and _says_financial(self._year.heading)
        self._financial_year = layout.financial_year

    def read(self, row: Row) -> Period | None:
        """The period of a row; None where it states none.

        A period that is complete in itself stands. Of `Jan` or `Q4` a financial year gives the
        months from April on (Jan 2022 for 2021/22). A calendar year is that of the month (Jan 2021
        for 2021), unless its column is headed as a financial one, and of a quarter it is the year
        that the financial year begins in, as in a heading `Q4 2021`.
        """
        value = _value(row.get(self._period.number)) if self._period else ""
        year = self._year_of(row)
        if year is None:
            return read_period_heading(value, self._financial_year)
        complete = read_period_heading(value, None)
        if complete is not None:
            return complete
        text = heading_text(value)
        if text.casefold() in _WHOLE_YEAR:
            return year
        if text.isdecimal() and self._counts_quarters():
            text = f"Q{text}"
        if year.start.month == _APRIL:
            return read_period_heading(text, year.start.year)
        return read_period_heading(f"{text} {year.start.year}", None)

    def _year_of(self, row: Row) -> Period | None:
        value = _value(row.get(self._year.number)) if self._year else ""
        if isinstance(value, date):
            value = str(value.year)
        year = read_period_heading(value, None)
        if year is None or year.kind is not PeriodKind.YEAR:
            return None
        if self._is_financial and year.start.month != _APRIL:
            return read_period_heading(f"{year.start.year}/{(year.start.year + 1) % 100:02d}", None)
        return year

    def _counts_quarters(self) -> bool:
        return self._period is not None and "quarter" in plain_words(self._period.heading)


def _value(cell: Cell | None) -> CellValue:
    return "" if cell is None else cell.value


def _says_financial(heading: str) -> bool:
    words = plain_words(heading)
    return "financial" in words or "fiscal" in words or words == "fy"
