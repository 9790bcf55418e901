"""Entries of an index: numbers kept as text, percentages beyond 0 to 100, errors, broken links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.wording import listed
from perf_addin.application.diff.picture import Held
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.grid import Cell, CellError, cell_name
from perf_addin.application.ports import Workbook
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figure_texts import read_number
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.targets import Target

_WHOLE = 100
_AT_MOST_RATIO = 2
_MEASURED = frozenset({Field.ACTUAL, Field.BENCHMARK, Field.LOWER, Field.UPPER, Field.EARLIER})


def check_entries(rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Look at the figures of every indicator."""
    for row in rows:
        yield from _texts(row)
        yield from _percentages(row)
        yield from _scale(row)


def _texts(row: IndexRow) -> Iterator[Finding]:
    """Cells of figures that hold a number as text, which formulas and charts pass over."""
    cells = []
    for column in row.item.layout.columns:
        cell = row.cells.get(column.number)
        if column.field in _MEASURED and cell is not None and isinstance(cell.value, str):
            number = read_number(cell.value.strip())
            if number is not None and cell.value.strip()[:1] in "0123456789.-+":
                cells.append((column.number, cell.value))
    if cells:
        first, text = cells[0]
        names = listed([cell_name(row.item.row, column) for column, _ in cells])
        yield row.finding(
            "number-as-text",
            Severity.WARNING,
            f"{names} hold a number as text, such as {text!r}: it was read as a number here, but "
            "Excel's formulas and charts pass over it. Convert it to a number."
            if len(cells) > 1
            else f"{names} holds the text {text!r}: it was read as a number here, but Excel's "
            "formulas and charts pass over it. Convert it to a number.",
            first,
        )


def _percentages(row: IndexRow) -> Iterator[Finding]:
    """Percentages that no part of a whole can be."""
    item = row.item
    if item.actual is None or not item.actual.percent:
        return
    for held in row.entries.values():
        figure = held.content
        if not isinstance(figure, Figure):
            continue
        if figure.value < 0 or figure.value > _WHOLE:
            yield Finding(
                "percentage-beyond",
                Severity.WARNING,
                f"Indicator {item.label}: {held.shown} is no percentage between 0 and 100. Check "
                "numerator and denominator, or the decimal point.",
                held.sheet,
                held.cell,
            )


def _scale(row: IndexRow) -> Iterator[Finding]:
    """A row of bare ratios that one figure beyond 1 makes one of points, so that 0.93 is 0.93%."""
    item = row.item
    target = item.target.value if isinstance(item.target, Target) else None
    if item.actual is None or not item.actual.percent or target is None:
        return
    bare = [(held, held.content) for held in row.entries.values() if _is_bare(row, held)]
    values = [figure.value for _, figure in bare if isinstance(figure, Figure)]
    beyond = [held for held, figure in bare if isinstance(figure, Figure) and figure.value > 1]
    small = all(0 <= value <= _AT_MOST_RATIO for value in (*values, target))
    if small and beyond and 2 * len(beyond) < len(values):
        yield row.finding(
            "scale-doubtful",
            Severity.WARNING,
            f"its figures were read as percentages as small as they stand, since {beyond[0].cell} "
            f"holds {beyond[0].shown}. If they are ratios (1.2 for 120%), give the row a per cent "
            "format; the rating may be another then.",
        )


def _is_bare(row: IndexRow, held: Held) -> bool:
    cell = row.cells.get(held.column) if held.row == row.item.row else None
    return cell is not None and isinstance(cell.value, Decimal) and not cell.percent


def check_formulas(workbook: Workbook, rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Look through every sheet for errors, references to nothing and links to other workbooks.

    Errors in the rated figures themselves were found when these were read.
    """
    known = {(row.item.sheet, f.cell) for row in rows for f in row.item.findings}
    read = {(row.item.sheet, row.item.row): row for row in rows}
    for sheet in workbook.sheets:
        found = _Found([], [], [])
        for row in sheet.rows():
            known_row = read.get((sheet.name, row.number))
            if known_row is not None:
                _look_at(row.number, known_row.cells, known_row.formulas.get, found)
            else:
                _look_at(row.number, row.cells(), row.formula, found)
        errors = [(at, text) for at, text in found.errors if (sheet.name, at) not in known]
        if errors:
            yield Finding(
                "formula-error",
                Severity.ERROR,
                f"{listed([f'{at} ({text})' for at, text in errors])}: a formula gave an error. "
                "Correct it; what depends on it is wrong too.",
                sheet.name,
                errors[0][0],
            )
        if found.gone:
            yield Finding(
                "broken-reference",
                Severity.ERROR,
                f"{listed(found.gone)}: the formula refers to cells that are no more (#REF!). "
                "Restore the reference.",
                sheet.name,
                found.gone[0],
            )
        if found.elsewhere:
            yield Finding(
                "link-elsewhere",
                Severity.INFO,
                f"{listed(found.elsewhere)}: the formula takes its figure from another workbook, "
                "which was not opened; the figure is the one that was stored last. Update the "
                "links in Excel before publishing.",
                sheet.name,
                found.elsewhere[0],
            )


class _Found(NamedTuple):
    errors: list[tuple[str, str]]
    gone: list[str]
    elsewhere: list[str]


def _look_at(
    number: int,
    cells: Mapping[int, Cell],
    formula_of: Callable[[int], str | None],
    found: _Found,
) -> None:
    for column, cell in cells.items():
        if isinstance(cell.value, CellError) and cell.value != "#N/A":
            found.errors.append((cell_name(number, column), str(cell.value)))
        if not cell.formula:
            continue
        formula = formula_of(column)
        if formula is None or ("#REF!" not in formula and "[" not in formula):
            continue
        parts = [token for token in tokens(formula) if token.kind in {Kind.AREA, Kind.NAME}]
        if any("#REF!" in token.text for token in parts):
            found.gone.append(cell_name(number, column))
        if any(token.text.lstrip("'").partition("!")[0].find("[") >= 0 for token in parts):
            found.elsewhere.append(cell_name(number, column))
