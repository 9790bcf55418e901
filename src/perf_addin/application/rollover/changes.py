"""What a rollover changes, gathered cell by cell before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from perf_addin.application.grid import Cell, CellValue, Look, cell_name
from perf_addin.application.ports import CellWrite, LeftCell, Workbook
from perf_addin.domain.declaring import NamedTuple, Protocol
from perf_addin.domain.findings import Finding, Severity

Entered = str | Decimal | None
"""What a cell is given: a text, a number (a date as its serial number), or nothing."""

_DIGITS = 20
_FIRST_1900, _FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)


class RichWorkbook(Workbook, Protocol):
    """A workbook in which rich text can be given other letters."""

    def put_rich_texts(
        self, sheet: str, texts: Mapping[tuple[int, int], str]
    ) -> set[tuple[int, int]]:
        """Give cells of rich text another text of the same length; the cells that were such."""


class What(StrEnum):
    """Why a cell changes."""

    HEADING = "heading"
    TITLE = "title"
    OUTTURN = "outturn"
    SHIFTED = "shifted"
    CLEARED = "cleared"
    TARGET = "target"
    RATING = "rating"
    TEXT = "text"
    SETTING = "setting"


_KEEP_RUNS = frozenset({What.HEADING, What.TITLE})


class Change(NamedTuple):
    """A cell that changes: where, why, what it held and what it shall hold."""

    sheet: str
    row: int
    column: int
    what: What
    before: CellValue | None
    after: CellValue | None

    @property
    def cell(self) -> str:
        """The A1-style address."""
        return cell_name(self.row, self.column)


class Changes:
    """The changes of one rollover, and the formulas that it leaves where a figure was due."""

    def __init__(self, *, from_1904: bool) -> None:
        """Begin with none; dates are written in the workbook's own date system."""
        self.made: list[Change] = []
        self.formulas_left: list[tuple[str, int, int]] = []
        self.formula_headings: list[tuple[str, int, int]] = []
        self.came_from: dict[tuple[str, int, int], bool] = {}
        self._writes: dict[str, dict[tuple[int, int], CellWrite]] = {}
        self._first_day = _FIRST_1904 if from_1904 else _FIRST_1900

    def put(  # noqa: PLR0913 - a cell, what it holds, and all that it is given
        self,
        sheet: str,
        place: tuple[int, int],
        what: What,
        old: Cell | None,
        value: CellValue | None,
        *,
        look: Look | None = None,
        like: tuple[int, int] | None = None,
        source: Cell | None = None,
    ) -> None:
        """Note that a cell shall hold a value; nothing where it does, and never over a formula.

        `source` is the cell that a figure comes from.
        """
        before = old.value if old is not None else None
        value = plain_number(value) if isinstance(value, Decimal) else value
        if old is not None and old.formula:
            if value != before:
                self.formulas_left.append((sheet, *place))
            return
        if before == value and look is None:
            return
        write = CellWrite(*place, self._entered(value), look, like)
        self._writes.setdefault(sheet, {})[place] = write
        if source is not None:
            self.came_from[(sheet, *place)] = source.percent
        if before != value:
            self.made.append(Change(sheet, *place, what, before, value))

    def _entered(self, value: CellValue | None) -> Entered:
        if isinstance(value, date):
            return Decimal((value - self._first_day).days)
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, Decimal):
            return value
        return str(value) if value is not None else None

    def write(self, workbook: RichWorkbook) -> Iterator[Finding]:
        """Write them all; gives what could not be written.

        Raises:
            OutputError: a sheet cannot be written at all.
        """
        for sheet, writes in self._writes.items():
            left: list[LeftCell] = []
            typed = {
                (c.row, c.column): c.after
                for c in self.made
                if c.sheet == sheet and c.what in _KEEP_RUNS and isinstance(c.after, str)
            }
            done = workbook.put_rich_texts(sheet, typed)
            workbook.write(sheet, [w for place, w in writes.items() if place not in done], left)
            lost = {(cell.row, cell.column) for cell in left}
            self.made = [c for c in self.made if c.sheet != sheet or (c.row, c.column) not in lost]
            for cell in left:
                yield Finding(
                    "cell-not-written",
                    Severity.WARNING,
                    f"The cell still holds what it held last year. {cell.why}",
                    sheet,
                    cell_name(cell.row, cell.column),
                )
        self._writes.clear()

    def correct(self, values: Mapping[tuple[str, int, int], Decimal]) -> None:
        """Note what some cells hold after all."""
        self.made = [
            c._replace(after=values.get((c.sheet, c.row, c.column), c.after)) for c in self.made
        ]

    def places(self) -> set[tuple[str, int, int]]:
        """Every cell that changed."""
        return {(change.sheet, change.row, change.column) for change in self.made}

    def counts(self) -> Iterator[tuple[str, int]]:
        """How many cells changed for each reason."""
        counted = Counter(change.what for change in self.made)
        return ((what.value, counted[what]) for what in What if counted[what])


def plain_number(value: Decimal) -> Decimal:
    """A number as one writes it: 0.81 for what is held as 0.810000000000000, 90 for 9E+1."""
    short = value.normalize()
    is_whole = short == short.to_integral_value() and short.adjusted() < _DIGITS
    return short.quantize(Decimal(1)) if is_whole else short


def grouped(cells: Iterable[str], most: int = 5) -> str:
    """Addresses or labels in a row, the rest as a count."""
    every = list(cells)
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown} and {len(every) - most} more"
