"""The rows of an index as indicators: one row each, or one row for each period.

Cells are decoded when they are asked for: of a row with thirty cells a rating needs ten.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import Decimal

from perf_addin.application.detect import find_layout, is_header
from perf_addin.application.grid import Cell, CellError, Look, PlainRow, cell_name
from perf_addin.application.layout import Columns, FieldGroup, Layout, columns_of, text_of
from perf_addin.application.lines import top_lines
from perf_addin.application.row_kinds import (
    BEHIND_FOOTNOTES,
    FOOTNOTES,
    about_total,
    has_number,
    is_footnote,
    is_indicator,
    is_total,
)
from perf_addin.application.vocabulary import NAME_HEADINGS, Field
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.findings import Finding
from perf_addin.domain.periods import Period

if TYPE_CHECKING:
    from perf_addin.application.sheets import Row, Sheet


class Reading(NamedTuple):
    """A figure that the index holds for an indicator: its period and the cell it stands in."""

    period: Period | None
    row: int
    column: int
    cell: Cell


_LAST_ROW = 1_048_576
_new_reading = tuple.__new__  # a third of the time of calling the class


class Indicator:
    """One indicator as its row has it, before anything is decided.

    Must be used before the next indicator is asked for.
    """

    __slots__ = ("_row", "columns", "name", "no", "plain", "row")

    def __init__(
        self,
        columns: Columns,
        row: Row,
        name: str,
        no: str | None = None,
        plain: PlainRow | None = None,
    ) -> None:
        """Bind a row; its name and its number were read already, or all of it as a plain row."""
        self.columns = columns
        self.turn_to(row, name, no, plain)

    def turn_to(self, row: Row, name: str, no: str | None, plain: PlainRow | None) -> None:
        """Become the indicator of another row of the same index."""
        self._row, self.row = row, row.number
        self.name, self.no, self.plain = name, no, plain

    @property
    def layout(self) -> Layout:
        """How its sheet lies."""
        return self.columns.layout

    def cell(self, field: Field, period: Period | None) -> Cell | None:
        """The cell of a field: the one for the period where the index has one, else the undated.

        Where a field has a column of its own for the period, a blank stays a blank: another
        period's target or rating is never borrowed.
        """
        column = self.columns.find(field, period)
        if column is None:
            return None
        return _usable(self._row.get(column))

    def cells(self, group: FieldGroup, period: Period | None) -> list[Cell | None]:
        """The cells of a group of fields, each as `cell` gives it."""
        placed = self.columns.place(group, period)
        found = [
            cell if cell is None or type(cell[0]) is Decimal else _usable(cell)
            for cell in self._row.get_many(placed.present)
        ]
        if placed.slots is None:
            return found
        found.append(None)
        return [found[slot] for slot in placed.slots]

    def latest_first(self) -> Iterator[Reading]:
        """Its figures, and what stands in their place, latest period first; blanks left out."""
        get = self._row.get
        for period, column in self.columns.actuals:
            cell = get(column)
            if cell is not None and (type(cell[0]) is Decimal or cell[0] != ""):
                yield _new_reading(Reading, (period, self.row, column, cell))

    def yearly(self) -> Iterator[Reading]:
        """What stands in year columns beside finer ones, latest first."""
        for period, column in self.columns.yearly:
            cell = self._row.get(column)
            if cell is not None and cell.value != "":
                yield Reading(period, self.row, column, cell)

    def has_empty_formula(self) -> bool:
        """Whether a formula stands for a figure and shows nothing, or was never calculated."""
        found = self._row.get_many([column for _, column in self.columns.actuals])
        return any(cell is not None and cell.formula and cell.value == "" for cell in found)

    def other_rows(self, rated_row: int) -> Iterator[tuple[Reading, Iterator[Reading]]]:  # noqa: ARG002 - a long layout has rows
        """Its rows of other periods, in a long layout: the entry of each, and those before it."""
        return iter(())

    def alike_anywhere(self) -> Hashable | None:
        """The key of its plain row, the same in all workbooks; None where it has none."""
        return None if self.plain is None else self._row.alike_anywhere(self.plain)

    def number_formats(self) -> tuple[bool, bool]:
        """Whether any of its figures is shown as per cent, and any is a bare number."""
        return self._row.number_formats(self.columns.figures)

    def look(self, column: int, row: int) -> Look | None:  # noqa: ARG002 - a long layout has rows
        """The rating colour of ours in a column."""
        return self._row.look(column)

    def place_name(self, column: int, reading: Reading | None) -> str:
        """The address of a column in the row of a reading, or in the indicator's own row."""
        return cell_name(reading.row if reading else self.row, column)


def _usable(cell: Cell | None) -> Cell | None:
    """A cell that holds something; a truth value as its text, never to be taken for 1 and 0.

    A formula without a result holds something too: it must not be written over.
    """
    if cell is None or (cell[0] == "" and not cell.formula):
        return None
    if cell[0] is True or cell[0] is False:
        return Cell(str(cell[0]).upper(), formula=cell.formula)
    return cell


def read_indicators(
    sheet: Sheet, layout: Layout, *, stated: bool, findings: list[Finding]
) -> Iterator[Indicator]:
    """Read the indicators below a header, top to bottom.

    Rows without a name, group rows, totals and repeated headers are passed over. A header that
    differs from the first starts a new block with its own columns, unless the columns were stated.

    Args:
        sheet: the sheet to read.
        layout: how the index lies on it.
        stated: whether a person stated the columns, so that they hold for the whole sheet.
        findings: gets what should be known about rows that are passed over.

    Yields:
        Each indicator. It must be used before the next one is asked for.
    """
    if layout.is_long:
        from perf_addin.application.long_rows import (  # noqa: PLC0415 - few are
            read_long,
        )

        yield from read_long(sheet, layout, findings)
        return
    current: Layout | None = layout
    while current is not None:
        following: Layout | None = None
        columns = columns_of(current)
        one: Indicator | None = None
        if current.last_row is not None and not stated:
            following = _block_from(sheet, current, current.last_row + 1)
        for row, name, no, plain in named_rows(sheet, columns):
            folded = name.casefold()
            numbered = no is not None and no.isdecimal()  # no footnote, and no total
            if folded in NAME_HEADINGS and _is_header(row):
                following = None if stated else _next_block(sheet, current, row)
                if following is not None:
                    break
            elif folded.rstrip(BEHIND_FOOTNOTES) not in FOOTNOTES and (
                numbered
                or (
                    not is_footnote(no)
                    and (plain is not None or has_number(no) or is_indicator(columns, row))
                )
            ):
                if not numbered and is_total(name, no):
                    findings.append(about_total(columns, row.number, name))
                    continue
                if one is None:
                    one = Indicator(columns, row, name, no, plain)
                else:  # to make another takes longer
                    one.turn_to(row, name, no, plain)
                yield one
        current = following


def named_rows(
    sheet: Sheet, columns: Columns
) -> Iterator[tuple[Row, str, str | None, PlainRow | None]]:
    """The rows with a name: each with its name and number, and all of it where it is plain."""
    layout, wanted = columns.layout, columns.wanted
    last = layout.last_row or _LAST_ROW
    column = layout.column_of(Field.NAME) or 0
    for row in sheet.rows(layout.header_last + 1):
        if row.number > last:
            return
        plain = row.plain(wanted) if wanted is not None else None
        if plain is not None:
            texts = plain[0]
            if texts[0]:
                yield row, texts[0], texts[1] or None, plain
            continue
        cell = row.get(column)
        if cell is not None and not isinstance(cell[0], CellError):
            name = text_of(cell)
            if name:
                number = row.get(columns.no) if columns.no is not None else None
                yield row, name, reference(number) if number is not None else None, None


def _is_header(row: Row) -> bool:
    return is_header(row.cells())


def _next_block(sheet: Sheet, layout: Layout, row: Row) -> Layout | None:
    return _block_from(sheet, layout, row.number)


def _block_from(sheet: Sheet, layout: Layout, first_row: int) -> Layout | None:
    lines = top_lines(sheet, first_row)
    dated = [c.period for c in layout.columns if c.period]
    year = dated[0].financial_year if dated else None
    return find_layout(sheet, lines=lines, financial_year=year)


def reference(cell: Cell) -> str | None:
    """An indicator's number as a person reads it: `2`, `2.10` typed as text, `CP01`."""
    value = cell[0]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return text_of(cell) or None
