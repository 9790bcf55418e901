"""What people state about a paper on the sheet "Committee Paper": who, when, and the sections.

Column A holds labels, column B what is stated. A row without a label goes on with the one above.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.headings import heading_text
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import PAPER
from perf_addin.application.paper.content import split_lines
from perf_addin.application.paper.fields import LEAVE_OUT, STATED
from perf_addin.application.paper.periods import long_date
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage, Workbook
from perf_addin.application.row_heights import row_height
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import plain_words
from perf_addin.domain.findings import Finding, Severity

_SYNONYMS = {
    "panel": "committee",
    "date of meeting": "date",
    "meeting date": "date",
    "ward": "wards",
    "lead officers": "lead_officers",
    "lead members": "lead_members",
    "contact officers": "contact_officers",
    "recommendation": "recommendations",
    "purpose of report": "purpose",
    "purpose of report and executive summary": "purpose",
    "consultation": "consultation",
    "data caveat": "data_caveats",
    "appendix": "appendices",
}
_NAME_OF = {
    **{plain_words(field.label or ""): field.name for field in STATED},
    **_SYNONYMS,
}
_WIDTHS = {1: 44.0, 2: 80.0}
_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_LABEL = PageStyle(bold=True, border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)
_FIRST_ROW = 4


class Stated(NamedTuple):
    """What was stated.

    Attributes:
        lines: the lines stated for each field that anything was stated for, by its name.
        left_out: fields that the paper is to do without.
        findings: labels that are not known.
    """

    lines: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str]
    findings: tuple[Finding, ...]


def read_stated(sheet: Sheet | None) -> Stated:
    """Read the sheet; without one nothing is stated."""
    lines: dict[str, list[str]] = {}
    findings = []
    current: str | None = None
    for row in sheet.rows() if sheet is not None else ():
        label, cell = text_of(row.get(1)), row.get(2)
        if label:
            current = _NAME_OF.get(plain_words(label))
            if current is None and cell is not None and sheet is not None:
                findings.append(_unknown(sheet.name, row.number, label))
        text = _said(cell) if cell is not None else ""
        if current is not None and text:
            lines.setdefault(current, []).extend(split_lines(text))
    left_out = {name for name, said in lines.items() if _says_so(said)}
    kept = {name: tuple(said) for name, said in lines.items() if said and name not in left_out}
    return Stated(kept, frozenset(left_out), tuple(findings))


def _said(cell: Cell) -> str:
    """What a cell of the sheet says; a date as people write it, `29 September 2021`."""
    value = cell.value
    if isinstance(value, date):
        return long_date(value)
    return value.strip() if isinstance(value, str) else heading_text(value)


def _says_so(said: Sequence[str]) -> bool:
    return len(said) == 1 and said[0].strip(" .").casefold() == LEAVE_OUT.casefold()


def _unknown(sheet: str, row: int, label: str) -> Finding:
    known = [field.label or "" for field in STATED]
    near = get_close_matches(label, known, 1) or ["one of those that docs/paper.md lists"]
    return Finding(
        "unknown-paper-label",
        Severity.WARNING,
        f"{label!r} is no part of the paper that is known, so what stands beside it is not used. "
        f"Write {near[0]}, or empty the row.",
        sheet,
        cell_name(row, 1),
    )


def add_paper_sheet(workbook: Workbook) -> bool:
    """Add the sheet with every label; one that is there already is left as it is.

    Returns:
        Whether it was added.

    Raises:
        OutputError: its names are taken by sheets that are not ours.
    """
    if PAPER.find(workbook.sheets) is not None:
        return False
    name = PAPER.free_name(workbook.sheets)
    workbook.put_sheet(
        SheetPage(name, tuple(_rows()), own_columns=2, column_widths=_WIDTHS, print_columns=2)
    )
    return True


def _rows() -> Iterator[PageRow]:
    note = f"An empty cell becomes a placeholder in the paper; {LEAVE_OUT!r} drops a section."
    yield PageRow(1, (PageCell(1, PAPER.mark, _TITLE),))
    yield PageRow(2, (PageCell(1, note, _NOTE),))
    for number, field in enumerate(STATED, _FIRST_ROW):
        label = field.label or ""
        cells = (PageCell(1, label, _LABEL), PageCell(2, None, _CELL))
        yield PageRow(number, cells, row_height([(label, _WIDTHS[1])], 10))
