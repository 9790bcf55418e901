"""The rows of an extract as figures that it reports, and what cannot be read as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.grid import Cell
from perf_addin.application.headings import read_period_heading
from perf_addin.application.importing.columns import Found, Shape, Stated
from perf_addin.application.importing.extract import Extract, Part, Reported
from perf_addin.application.indicators import reference
from perf_addin.application.layout import text_of
from perf_addin.application.row_period import PeriodReader
from perf_addin.application.sheets import Row
from perf_addin.domain.days import read_day
from perf_addin.domain.figures import Figure, Missing, Unreadable, read_figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period, read_period
from perf_addin.domain.small_numbers import Parts, agrees

_LONGEST_QUOTE = 60
_MOST_NAMED = 20
_TOO_LARGE = Decimal(10) ** 15
_MOST_KNOWN = 10_000
_POWERS = (0, 2, 3, 4, 5)  # of ten, by which rates are multiplied


class _Line(NamedTuple):
    """A row of the extract: its number, and the indicator as it calls it."""

    row: int
    no: str
    name: str


class ExtractReader:
    """Reads the rows of an extract, one after the other."""

    def __init__(self, extract: Extract, found: Found, stated: Stated) -> None:
        """Bind an extract whose headings were found."""
        self._file = extract.file
        self._found = found
        self._stated = stated
        self._periods = PeriodReader(found.layout)
        self.rows = 0
        self.assumed_year = found.assumed_year
        self._unread = 0
        self._known: dict[tuple[Cell | None, Cell | None], Period | None] = {}
        self._findings: list[Finding] = []

    def read(self) -> Iterator[Reported]:
        """Every figure that is reported; blanks are passed over.

        Rows without number and name are passed over: they are totals of pages, or empty.
        """
        found = self._found
        for row in found.sheet.rows(found.header + 1):
            line = self._line(row)
            if not (line.no or line.name):
                continue
            self.rows += 1
            if found.shape is Shape.WIDE:
                for period, column in found.periods:
                    cell = row.get(column)
                    if cell is not None and self._wanted(period):
                        yield from self._reported(line, period, cell)
            else:
                yield from self._long(row, line)

    def _line(self, row: Row) -> _Line:
        columns = self._found.columns
        no, name = (row.get(columns[p]) if p in columns else None for p in (Part.NO, Part.NAME))
        number = reference(no) if no is not None else None
        return _Line(row.number, number or "", text_of(name))

    def _wanted(self, period: Period) -> bool:
        return self._stated.period in {None, period}

    def _long(self, row: Row, line: _Line) -> Iterator[Reported]:
        value, top, bottom = (
            row.get(self._found.columns[part]) if part in self._found.columns else None
            for part in (Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR)
        )
        if value is None and top is None and bottom is None:
            return
        period = self._period(row, line)
        if period is None or not self._wanted(period):
            return
        if top is None or bottom is None:
            if value is None:
                lacking = "numerator" if top is None else "denominator"
                self._say(line, f"the {lacking} is blank")
            else:
                yield from self._reported(line, period, value)
            return
        parts = self._parts(line, top, bottom)
        if isinstance(parts, Missing):
            yield Reported(*line, period, parts)
        elif parts is not None:
            yield from self._reported(line, period, value, parts)

    def _period(self, row: Row, line: _Line) -> Period | None:
        columns = self._found.columns
        if not columns.keys() & {Part.PERIOD, Part.YEAR}:
            return self._stated.period
        period_cell, year_cell = (
            row.get(columns[part]) if part in columns else None for part in (Part.PERIOD, Part.YEAR)
        )
        key = (period_cell, year_cell)
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._read_period(row, period_cell)
        period = self._known[key]
        if period is None and period_cell is None and self._stated.period is not None:
            return self._stated.period
        if period is None:
            text = quoted(text_of(period_cell or year_cell))
            self._say(line, f"found {text}, expected a period such as 'Aug 2021' or a date")
        return period

    def _read_period(self, row: Row, cell: Cell | None) -> Period | None:
        """The period of a row; the same for all rows that are alike in its cells."""
        period = self._periods.read(row)
        day = read_day(text_of(cell))
        if period is None and day is not None:
            return read_period(day)
        is_alone = day is None and Part.YEAR not in self._found.columns
        if period is not None and cell is not None and is_alone:
            complete = read_period_heading(cell.value, None) is not None
            self.assumed_year = self.assumed_year if complete else self._stated.financial_year
        return period

    def _parts(self, line: _Line, top: Cell, bottom: Cell) -> Parts | Missing | None:
        """Numerator and denominator; the symbol where one stands for either; None if unreadable."""
        read = [read_extract_cell(cell) for cell in (top, bottom)]
        symbol = next((each for each in read if isinstance(each, Missing)), None)
        unread = next((each for each in read if isinstance(each, Unreadable)), None)
        if unread is not None:
            self._say(line, f"found {quoted(unread.text)}, expected a count")
            return None
        if symbol is not None:
            return symbol
        first, second = (each.value for each in read if isinstance(each, Figure))
        if second <= 0 or first < 0:
            self._say(line, f"{first} of {second} gives no figure")
            return None
        return Parts(first, second)

    def _reported(
        self, line: _Line, period: Period, cell: Cell | None, parts: Parts | None = None
    ) -> Iterator[Reported]:
        value = read_extract_cell(cell) if cell is not None else None
        if value is None and parts is None:
            return  # a formula that gives an empty text
        if isinstance(value, Unreadable):
            expected = "expected a figure or a symbol for a missing one"
            self._say(line, f"found {quoted(value.text)}, {expected}")
            return
        if isinstance(value, Figure) and parts is not None and not _gives(parts, value):
            whole = f"{parts.numerator} of {parts.denominator}"
            self._say(line, f"{whole} is not {_shown(value)}, which is the value given")
            return
        yield Reported(*line, period, value, parts)

    @property
    def findings(self) -> list[Finding]:
        """What could not be read: the first rows one by one, the rest by their number."""
        more = self._unread - len(self._findings)
        if not more:
            return self._findings
        rest = f"{self._file}: {more:,} more rows cannot be read in this way. Correct the extract."
        return [*self._findings, Finding("import-unreadable", Severity.ERROR, rest)]

    def _say(self, line: _Line, what: str) -> None:
        self._unread += 1
        if self._unread <= _MOST_NAMED:
            label = quoted(line.no or line.name)
            message = (
                f"{self._file}, row {line.row:,}, {label}: {what}. Nothing was taken from it. "
                "Correct the extract."
            )
            self._findings.append(Finding("import-unreadable", Severity.ERROR, message))


def read_extract_cell(cell: Cell) -> Figure | Missing | Unreadable | None:
    """Read a cell of an extract as a figure.

    A date or a truth value is none, nor is a number beyond the 15 digits that Excel keeps.
    """
    value = cell.value
    if isinstance(value, (date, bool)):
        return Unreadable(str(value))
    found = read_figure(value, percent=cell.percent)
    if isinstance(found, Figure) and abs(found.value) >= _TOO_LARGE:
        return Unreadable(text_of(cell))
    return found


def quoted(text: str) -> str:
    """A text of the extract as a message quotes it: on one line, and not at length."""
    return repr(text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}...")


def _gives(parts: Parts, value: Figure) -> bool:
    """Whether parts come to a value: as a quotient, in points, or per 1,000 and the like."""
    if value.percent:
        return agrees(parts, value)
    return any(agrees(parts, Figure(value.value.scaleb(-power))) for power in _POWERS)


def _shown(value: Figure) -> str:
    number: Decimal = value.value
    return f"{number}%" if value.percent else str(number)
