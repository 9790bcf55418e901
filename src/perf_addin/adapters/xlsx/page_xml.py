"""The XML of a worksheet that this product adds: rows, columns, panes, print set-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from perf_addin.adapters.xlsx.cell_text import encode, escape, escape_attribute
from perf_addin.adapters.xlsx.cell_xml import check, new_cell, number_text
from perf_addin.adapters.xlsx.formulas import formula_xml
from perf_addin.adapters.xlsx.names import last_row
from perf_addin.application.grid import cell_name
from perf_addin.application.ports import Choice, PageCell, PageRow, PageStyle, SheetPage
from perf_addin.domain.errors import OutputError

_MARGINS = (
    b'<pageMargins left="0.7874" right="0.7874" top="0.7874" bottom="0.7874"'
    b' header="0.3937" footer="0.3937"/>'  # 2 cm, and 1 cm for header and footer
)
_FOOTER = (
    b"<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>"
)
_LONGEST_LIST = 255
_USUAL_WIDTH = 8.43
_COLUMN = itemgetter(PageCell._fields.index("column"))

StyleOf = Callable[[PageStyle], int]


def height_attributes(height: float | None) -> bytes:
    """The attributes of a row for a height in points; nothing where Excel chooses it.

    The height is not marked as a person's own, so that Excel fits the row anew to what is typed.
    """
    return b"" if height is None else b' ht="%g"' % height


def cell_xml(page: SheetPage, row: int, cell: PageCell, style: int, prefix: bytes) -> bytes:
    """A whole cell of a page."""
    check(page.name, row, cell.column, cell.value)
    if cell.formula:
        return _formula_cell(prefix, row, style, cell)
    return new_cell(prefix, row, cell.column, style, cell.value)


def _formula_cell(prefix: bytes, row: int, style: int, cell: PageCell) -> bytes:
    """A whole cell with a person's formula and what it last gave."""
    styled = b' s="%d"' % style if style else b""
    kind = b' t="str"' if isinstance(cell.value, str) else b""
    value = b""
    if isinstance(cell.value, str):
        value = b"<%bv>%b</%bv>" % (prefix, encode(cell.value), prefix)
    elif cell.value is not None:
        value = b"<%bv>%b</%bv>" % (prefix, number_text(cell.value), prefix)
    formula = formula_xml(cell.formula or "", prefix, row, cell.column)
    address = cell_name(row, cell.column).encode()
    inner = formula + value
    return b'<%bc r="%b"%b%b>%b</%bc>' % (prefix, address, styled, kind, inner, prefix)


def row_xml(row: PageRow, cells: Sequence[bytes], prefix: bytes = b"") -> bytes:
    """A whole row of a page, its cells given from left to right."""
    start = b'<%brow r="%d"%b' % (prefix, row.number, height_attributes(row.height_points))
    return start + (b">%b</%brow>" % (b"".join(cells), prefix) if cells else b"/>")


def worksheet(page: SheetPage, style_of: StyleOf, namespace: bytes) -> list[bytes]:
    """A whole worksheet part, in pieces."""
    head = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b">'
        b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>%b%b%b%b<sheetData>'
    ) % (
        namespace,
        _dimension(page),
        _view(page),
        b'<sheetFormatPr defaultRowHeight="15"/>',
        _columns(page),
    )
    orientation = b"landscape" if page.landscape else b"portrait"
    tail = (
        b"</sheetData>%b%b"
        b'<pageSetup paperSize="9" fitToHeight="0" orientation="%b"/>%b%b</worksheet>'
    ) % (_choices(page), _MARGINS, orientation, _FOOTER, breaks_xml(page.page_breaks))
    rows = (
        row_xml(row, [cell_xml(page, row.number, c, style_of(c.style), b"") for c in in_order(row)])
        for row in page.rows
    )
    return [head, *rows, tail]


def in_order(row: PageRow) -> list[PageCell]:
    """A row's cells from left to right."""
    return sorted(row.cells, key=_COLUMN)


def _dimension(page: SheetPage) -> bytes:
    columns = [cell.column for row in page.rows for cell in row.cells]
    last = cell_name(last_row(page), max(columns, default=1))
    return b'<dimension ref="A1:%b"/>' % last.encode() if last != "A1" else b'<dimension ref="A1"/>'


def _view(page: SheetPage) -> bytes:
    if not page.frozen_rows:
        return b'<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    cell = b"A%d" % (page.frozen_rows + 1)
    return (
        b'<sheetViews><sheetView workbookViewId="0"><pane ySplit="%d" topLeftCell="%b" '
        b'activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="%b" '
        b'sqref="%b"/></sheetView></sheetViews>'
    ) % (page.frozen_rows, cell, cell, cell)


def _columns(page: SheetPage) -> bytes:
    hidden = set(page.hidden_columns)
    columns = b"".join(
        b'<col min="%d" max="%d" width="%g"%b customWidth="1"/>'
        % (
            number,
            number,
            page.column_widths.get(number, _USUAL_WIDTH),
            b' hidden="1"' if number in hidden else b"",
        )
        for number in sorted(hidden.union(page.column_widths))
    )
    return b"<cols>%b</cols>" % columns if columns else b""


def _choices(page: SheetPage) -> bytes:
    if not page.choices:
        return b""
    lists = b"".join(_choice(page.name, choice) for choice in page.choices)
    return b'<dataValidations count="%d">%b</dataValidations>' % (len(page.choices), lists)


def _choice(sheet: str, choice: Choice) -> bytes:
    text = ",".join(choice.choices)
    if len(text) > _LONGEST_LIST or any("," in c for c in choice.choices):
        raise OutputError(
            f"The choices for {choice.area} of sheet {sheet!r} do not fit a drop-down list: "
            f"at most {_LONGEST_LIST} characters in all, and no commas within one. Shorten them."
        )
    listed = '"' + text.replace('"', '""') + '"'
    return (
        b'<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" '
        b'sqref="%b"><formula1>%b</formula1></dataValidation>'
    ) % (escape_attribute(choice.area), escape(listed))


def breaks_xml(before_rows: Sequence[int], prefix: bytes = b"") -> bytes:
    """The element that ends a printed page before each of these rows; nothing without any."""
    p = prefix
    rows = sorted(row for row in set(before_rows) if row > 1)
    if not rows:
        return b""
    each = b"".join(b'<%bbrk id="%d" max="16383" man="1"/>' % (p, row - 1) for row in rows)
    return b'<%browBreaks count="%d" manualBreakCount="%d">%b</%browBreaks>' % (
        p,
        len(rows),
        len(rows),
        each,
        p,
    )
