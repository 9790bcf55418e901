"""The sheet "Rollover Log": targets to confirm, outturns taken, and figures that dropped out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import ROLLOVER
from perf_addin.application.ports import Choice, PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.rollover.carried import Target, shown
from perf_addin.application.rollover.outturn import Taken
from perf_addin.application.rollover.rows import Dropped
from perf_addin.application.row_heights import row_height
from perf_addin.application.sheets import Sheet
from perf_addin.domain.figures import Figure
from perf_addin.domain.new_year import year_label, years_named
from perf_addin.domain.showing import show_number

_COLUMNS = ("No", "Indicator", "Sheet", "Cell", "", "Confirmed", "", "")
_WIDTHS = {1: 9.0, 2: 44.0, 3: 20.0, 4: 8.0, 5: 30.0, 6: 12.0, 7: 16.0, 8: 26.0}
_HEADER_ROW = 4
_CONFIRMED = 6
_EXACT_DIGITS = 10  # of an outturn that may stand nowhere else
_DROPPED = "Figures that dropped out"
_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEADING = PageStyle(bold=True, size=12, colour="1F3A5F")
_HEADER = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)
_LEFT = PageStyle(border=True, wrap=True, horizontal="left")
_TO_FILL = PageStyle(border=True, wrap=True, fill="FFF9E5", horizontal="center")

_Value = str | Decimal | None


class Unconfirmed(NamedTuple):
    """A target that was carried and that nobody has confirmed."""

    no: str
    name: str
    sheet: str
    told: str


class Log(NamedTuple):
    """What the log of an earlier rollover says: the year begun, targets to confirm, old figures."""

    year: int | None
    unconfirmed: tuple[Unconfirmed, ...]
    dropped: tuple[tuple[_Value, ...], ...]


def read_log(sheet: Sheet | None) -> Log:
    """Read the log of a rollover; an empty one where there is no such sheet."""
    year: int | None = None
    waiting: list[Unconfirmed] = []
    dropped: list[tuple[_Value, ...]] = []
    in_dropped = False
    for row in sheet.rows() if sheet is not None else ():
        cells = [row.get(column) for column in range(1, len(_COLUMNS) + 1)]
        texts = [text_of(cell) for cell in cells]
        if texts[0].startswith(ROLLOVER.mark):
            year = max(years_named(texts[0]), default=None)
        elif texts[0] == _DROPPED:
            in_dropped = True
        elif texts[:4] == list(_COLUMNS[:4]) or not texts[3]:
            continue
        elif in_dropped:
            dropped.append(tuple(_kept(cell) for cell in cells))
        elif texts[4] and texts[_CONFIRMED - 1].casefold() in {"", "no"}:
            waiting.append(Unconfirmed(texts[0], texts[1], texts[2], texts[4]))
    return Log(year, tuple(waiting), tuple(dropped))


def _kept(cell: Cell | None) -> _Value:
    if cell is None:
        return None
    return cell.value if isinstance(cell.value, Decimal) else text_of(cell)


class Logged(NamedTuple):
    """What a log keeps.

    Attributes:
        year: starting year of the year that has ended.
        taken: the outturn of every indicator, in the order of the index.
        targets: the targets that were carried.
        dropped: the figures of the oldest year.
    """

    year: int
    taken: Sequence[Taken]
    targets: Sequence[Target]
    dropped: Sequence[Dropped]


def lay_out_log(name: str, logged: Logged, earlier: Log) -> SheetPage:
    """Lay the log out.

    Args:
        name: the sheet's name.
        logged: what it keeps.
        earlier: the log of the rollover before, whose figures that dropped out are kept.
    """
    old, new = year_label(logged.year), year_label(logged.year + 1)
    title = f"{ROLLOVER.mark} from {old} to {new}"
    note = (
        "Targets were carried over as they were. When one is agreed for the new year, choose Yes "
        "in column F, or change it in the index; until then check lists it."
    )
    headings = (*_COLUMNS[:4], f"Target from {old}", "Confirmed", f"Outturn {old}", "Taken from")
    rows = [
        PageRow(1, (PageCell(1, title, _TITLE),)),
        PageRow(2, (PageCell(1, note, _NOTE),)),
        _header(_HEADER_ROW, headings),
    ]
    number = _HEADER_ROW
    for number, line in enumerate(_lines(logged), _HEADER_ROW + 1):
        rows.append(_row(number, line, fills=bool(line[4])))
    last = number
    gone = [*earlier.dropped, *map(_dropped, logged.dropped)]
    if gone:
        rows.append(PageRow(last + 2, (PageCell(1, _DROPPED, _HEADING),)))
        rows.append(_header(last + 3, (*_COLUMNS[:4], "Heading", "", "Figure", "")))
        rows += (_row(n, line, fills=False) for n, line in enumerate(gone, last + 4))
    return SheetPage(
        name=name,
        rows=tuple(rows),
        own_columns=len(_COLUMNS),
        column_widths=_WIDTHS,
        title_rows=(_HEADER_ROW, _HEADER_ROW),
        print_columns=len(_COLUMNS),
        frozen_rows=_HEADER_ROW,
        landscape=True,
        choices=(Choice(f"F{_HEADER_ROW + 1}:F{last}", ("Yes", "No")),) if logged.targets else (),
    )


def _lines(logged: Logged) -> Iterator[tuple[_Value, ...]]:
    told: Mapping[tuple[str, int], Target] = {(t.sheet, t.row): t for t in logged.targets}
    for item in logged.taken:
        target = told.get((item.sheet, item.row))
        column = target.column if target is not None else item.column or 1
        found = item.outturn
        figure = read_cell(found.cell) if found is not None else None
        outturn: _Value = text_of(found.cell) if found is not None else None
        if isinstance(figure, Figure):
            outturn = show_number(figure.value, percent=figure.percent, digits=_EXACT_DIGITS)
        when = ""
        if found is not None:
            period = found.period.label if found.period is not None else ""
            when = f"{period} ({cell_name(item.row, found.column)})".strip()
        if item.total is not None:
            when += f"; the {len(item.figures)} figures add up to {show_number(item.total)}"
        where = cell_name(item.row, column)
        standing = target.shown if target is not None else None
        yield (item.no, item.name, item.sheet, where, standing, None, outturn, when or None)


def _dropped(item: Dropped) -> tuple[_Value, ...]:
    value = item.held.value
    exact = value if isinstance(value, Decimal) and not item.held.percent else shown(item.held)
    return (item.no, item.name, item.sheet, item.cell, item.heading, None, exact, None)


def _header(number: int, texts: Sequence[str]) -> PageRow:
    return PageRow(number, tuple(PageCell(c, t, _HEADER) for c, t in enumerate(texts, 1)))


def _row(number: int, line: Sequence[_Value], *, fills: bool) -> PageRow:
    cells = []
    for column, value in enumerate(line, 1):
        style = _TO_FILL if fills and column == _CONFIRMED else _CELL
        if isinstance(value, Decimal):
            style = _LEFT
        cells.append(PageCell(column, value, style))
    texts = [(str(value), _WIDTHS[c]) for c, value in enumerate(line, 1) if value]
    return PageRow(number, tuple(cells), row_height(texts, _CELL.size))
