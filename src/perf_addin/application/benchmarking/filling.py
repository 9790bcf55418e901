"""Fills the benchmark columns of an index from a file, and leaves what people typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.benchmarking.areas import Roles, area_key
from perf_addin.application.benchmarking.compared import Compared
from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell, Format, cell_name, column_letters
from perf_addin.application.layout import text_of
from perf_addin.application.ports import CellWrite, LeftCell, Workbook
from perf_addin.application.rated import Place, Rated
from perf_addin.application.sentences.comparators import BenchmarkColumn, benchmark_columns
from perf_addin.application.sheets import Row, Sheet
from perf_addin.application.vocabulary import plain_words
from perf_addin.domain.figures import Figure, exact
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period, financial_year_of
from perf_addin.domain.showing import show_number

_NATIONAL, _LONDON = "the national average", "London"
_REGIONAL, _NEIGHBOURS = "the regional average", "its statistical neighbours"


class Filled(NamedTuple):
    """A cell that was filled: the indicator, where, whose figure of when, and as it shows."""

    item: Rated
    place: Place
    whose: str
    period: Period
    shown: str

    @property
    def cell(self) -> str:
        """Its A1-style address."""
        return self.place.name


def _whose(column: BenchmarkColumn) -> str:
    """Whose figures a column holds, without the year that its heading may state."""
    return column.name.rpartition(" ")[0] if column.is_outturn else column.name


class _Target(NamedTuple):
    """A benchmark cell: what it holds, whether it exists, how it would show a number."""

    column: BenchmarkColumn
    row: int
    cell: Cell | None
    like: tuple[int, int] | None
    is_percent: bool
    bare_ratio: bool


class _Value(NamedTuple):
    """What the file has for a cell: a figure on the indicator's scale, or a symbol."""

    value: Decimal | str
    period: Period


def fill(
    workbook: Workbook,
    compared: Sequence[Compared],
    roles: Roles,
    latest: Period | None,
    *,
    overwrite: bool,
) -> tuple[list[Filled], list[Finding]]:
    """Fill the benchmark columns that an index has.

    A column is filled from the area that its heading names, in the latest period that the area has,
    or that of the year in the heading. A figure in a percentage row is written as the cell shows
    it: 0.88 under a per cent format, 88 where percentages are typed so. Symbols for missing figures
    stay. A formula is never replaced; another typed entry only with `overwrite`.

    Raises:
        OutputError: a sheet cannot be written at all.
    """
    filled: list[Filled] = []
    findings: list[Finding] = []
    by_row = {(each.item.sheet, each.item.row): each for each in compared if each.peers}
    for sheet in workbook.sheets:
        wanted = {row: each for (name, row), each in by_row.items() if name == sheet.name}
        writes: list[CellWrite] = []
        done: dict[tuple[int, int], Filled] = {}
        unknown: dict[int, Finding] = {}
        for each, target in _targets(sheet, wanted):
            if not _is_known(each, target.column, roles):
                unknown.setdefault(target.column.number, _unknown(each, target.column))
                continue
            found = _value(each, target.column, roles, latest)
            if found is None:
                continue
            write, finding = _settle(each, target, found, overwrite=overwrite)
            findings += [finding] if finding is not None else []
            if write is not None:
                writes.append(write)
                done[write.row, write.column] = _filled(each, target, found)
        findings += (*unknown.values(), *_write(workbook, sheet.name, writes, done))
        filled += done.values()
    return filled, findings


def _write(
    workbook: Workbook,
    sheet: str,
    writes: Sequence[CellWrite],
    done: dict[tuple[int, int], Filled],
) -> Iterator[Finding]:
    """Write the cells of a sheet; what cannot be written is taken out of `done`, and told."""
    left: list[LeftCell] = []
    if writes:
        workbook.write(sheet, writes, left)
    for cell in left:
        yield _left(done.pop((cell.row, cell.column)), cell)


def _targets(sheet: Sheet, wanted: Mapping[int, Compared]) -> Iterator[tuple[Compared, _Target]]:
    """The benchmark cells in the rows that are wanted."""
    if not wanted:
        return
    columns: dict[int, list[BenchmarkColumn]] = {}
    for row in sheet.rows():
        each = wanted.get(row.number)
        if each is None:
            continue
        layout = each.item.layout
        if id(layout) not in columns:
            columns[id(layout)] = benchmark_columns(sheet, layout)
        for column in columns[id(layout)]:
            yield each, _target(row, column, each.item)


def _target(row: Row, column: BenchmarkColumn, item: Rated) -> _Target:
    own = item.actual_place
    shows = row.format_of(column.number)
    like = (own.row, own.column) if own is not None and own.row == row.number else None
    if shows is None and like is not None:
        shows = row.format_of(like[1])
    raw = row.get(like[1]) if like is not None else None
    number = raw.value if raw is not None and isinstance(raw.value, Decimal) else None
    bare_ratio = (
        number is not None
        and not (raw is not None and raw.percent)
        and item.actual is not None
        and item.actual.percent
        and number != item.actual.value
    )
    return _Target(
        column, row.number, row.get(column.number), like, shows is Format.PERCENT, bare_ratio
    )


def _value(
    each: Compared, column: BenchmarkColumn, roles: Roles, latest: Period | None
) -> _Value | None:
    """What the file has for a column, or None."""
    peers = each.peers
    if peers is None:
        return None
    for period in peers.periods:
        if latest is not None and period.start > latest.end:
            continue
        if column.year is not None and not _is_year(period, column.year):
            continue
        if column.name == _NEIGHBOURS and roles.neighbours:
            mean = peers.neighbours(period)
            if mean is not None:
                return _Value(exact(mean.value), period)
            continue
        area = _area(column, roles)
        figure = peers.figure(area, period)
        found = figure if figure is not None else peers.symbol(area, period)
        if found is not None:
            return _Value(found, period)
    return None


def _is_year(period: Period, year: int) -> bool:
    return period.months == 12 and financial_year_of(period.start) == year  # noqa: PLR2004 - a year


def _area(column: BenchmarkColumn, roles: Roles) -> str | None:
    """The key of the area that a column is about."""
    known = {
        _NATIONAL: roles.england,
        _LONDON: area_key("London"),
        _REGIONAL: roles.region,
        _NEIGHBOURS: roles.neighbour_average,
    }
    return known[column.name] if column.name in known else area_key(plain_words(column.name))


def _is_known(each: Compared, column: BenchmarkColumn, roles: Roles) -> bool:
    """Whether the file has figures of whoever a column is about."""
    if column.name == _NEIGHBOURS and roles.neighbours:
        return True
    return each.peers is not None and each.peers.has_area(_area(column, roles))


def _unknown(each: Compared, column: BenchmarkColumn) -> Finding:
    letters = column_letters(column.number)
    return Finding(
        "benchmark-area-unknown",
        Severity.INFO,
        f"Column {letters} is about {_whose(column)}, of whom the file has nothing or nobody said "
        "what it calls them; it was not filled. State the area with --england, --region or "
        "--neighbours, or head the column as the file names the area.",
        each.item.sheet,
        cell_name(each.item.layout.header_last, column.number),
    )


def _settle(
    each: Compared, target: _Target, found: _Value, *, overwrite: bool
) -> tuple[CellWrite | None, Finding | None]:
    """What is to be written, or why nothing is; neither where the cell has it already."""
    peers, cell = each.peers, target.cell
    percent = peers.percent if peers is not None else False
    value = found.value
    if isinstance(value, Decimal) and percent and (target.is_percent or target.bare_ratio):
        value = value.scaleb(-2)
    if isinstance(value, Decimal):
        value = Decimal(format(value.normalize(), "f"))
    if cell is not None and _is_same(cell, found.value, percent=percent):
        return None, None
    if cell is not None and (cell.formula or not overwrite):
        return None, _kept(each, target, found, percent=percent)
    if target.is_percent and not percent and isinstance(value, Decimal):
        return None, _not_per_cent(each, target, found)
    return CellWrite(target.row, target.column.number, value, like=target.like), None


def _is_same(cell: Cell, value: Decimal | str, *, percent: bool) -> bool:
    held = read_cell(cell)
    if isinstance(value, str) or not isinstance(held, Figure):
        return text_of(cell).casefold() == str(value).casefold()
    if held.percent or not percent:
        return held.value == value
    return value in {held.value, held.value.scaleb(2)}


def _shown(found: _Value, *, percent: bool) -> str:
    if isinstance(found.value, str):
        return found.value
    return show_number(found.value, percent=percent, digits=3)


def _kept(each: Compared, target: _Target, found: _Value, *, percent: bool) -> Finding:
    """Say what the file has, and that the cell was left as it is."""
    item, cell = each.item, target.cell
    held = read_cell(cell) if cell is not None else None
    there = (
        show_number(held.value, percent=held.percent, digits=3)
        if isinstance(held, Figure)
        else text_of(cell)
    )
    start = (
        f"Indicator {item.label}: the file has {_shown(found, percent=percent)} for "
        f"{_whose(target.column)} in {found.period.label}; "
    )
    place = cell_name(target.row, target.column.number)
    if cell is not None and cell.formula:
        message = f"{start}the formula, which gives {there}, was left as it is."
        return Finding("benchmark-formula-left", Severity.INFO, message, item.sheet, place)
    message = f"{start}{there} was left as it is. Replace it with --overwrite, or empty the cell."
    return Finding("benchmark-differs", Severity.WARNING, message, item.sheet, place)


def _not_per_cent(each: Compared, target: _Target, found: _Value) -> Finding:
    return Finding(
        "benchmark-scale-unclear",
        Severity.WARNING,
        f"Indicator {each.item.label}: the cell shows per cent, and nothing says that the file's "
        f"{found.value} for {_whose(target.column)} is; it was not filled. Give the cell the "
        "format of its row, or name the indicator a percentage.",
        each.item.sheet,
        cell_name(target.row, target.column.number),
    )


def _filled(each: Compared, target: _Target, found: _Value) -> Filled:
    shown = _shown(found, percent=each.peers is not None and each.peers.percent)
    place = Place(target.row, target.column.number)
    return Filled(each.item, place, _whose(target.column), found.period, shown)


def _left(filled: Filled, cell: LeftCell) -> Finding:
    return Finding(
        "cell-not-written",
        Severity.WARNING,
        f"Indicator {filled.item.label}: a benchmark was not written. {cell.why}",
        filled.item.sheet,
        cell_name(cell.row, cell.column),
    )
