"""Builds `selftest.xlsx`, or checks that the committed one is what it builds.

    python workbook/build_selftest.py            write it beside this script
    python workbook/build_selftest.py --check    compare, exit 1 where it differs

The cases are those of `tests/parity`. Ranges lie on the sheet Inputs; the calls are texts until the
button Self-test enters them, so that Excel takes them as if a person had typed them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from copy import copy
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.append(str(HERE.parent / "src"))  # for a checkout in which nothing is installed

from openpyxl import Workbook  # noqa: E402 - after the path, so that it runs from anywhere
from openpyxl.formatting.rule import CellIsRule  # noqa: E402
from openpyxl.styles import PatternFill  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402
from openpyxl.workbook.properties import CalcProperties  # noqa: E402
from openpyxl.worksheet.properties import PageSetupProperties  # noqa: E402
from openpyxl.worksheet.worksheet import Worksheet  # noqa: E402

from perf_addin.application import selftest as layout  # noqa: E402
from perf_addin.application.functions import ExcelError, Scalar  # noqa: E402
from perf_addin.application.functions.declaration import typed  # noqa: E402
from perf_addin.application.functions.values import Argued  # noqa: E402
from tests.parity.cases import CASES, Case  # noqa: E402
from workbook.package import finish  # noqa: E402
from workbook.sheet_kit import BOLD, HEADING, NAVY, TITLE, Book, dress, set_widths  # noqa: E402

DATE = "2026-01-01T09:00:00Z"
HEADINGS = (
    ("No.", 1),
    ("Call", 1),
    ("Answer of this Excel", layout.WIDEST),
    ("Expected", layout.WIDEST),
    ("Verdict", 1),
    ("Source", 1),
)
WIDTHS = (6, 44, 18, 10, 10, 18, 10, 10, 10, 60)
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
TOLERANCE = "1E-14"


def build() -> bytes:
    """The finished workbook."""
    book = Book(Workbook())
    book.workbook.remove(book.workbook.worksheets[0])
    book.workbook.calculation = CalcProperties(calcId=191029, fullCalcOnLoad=False)
    page = book.workbook.create_sheet(layout.SHEET)
    inputs = Inputs(book.workbook.create_sheet(layout.INPUTS))
    row = layout.FIRST_ROW
    for number, case in enumerate(CASES, start=1):
        put(page, row, layout.NUMBER, number)
        row = add_case(book, page, row, case, inputs)
    add_head(book, page, row - 1)
    return finish(book, "Self-test of the worksheet functions", DATE)


class Inputs:
    """The sheet whose cells the calls refer to."""

    def __init__(self, page: Worksheet) -> None:
        """Begin below a heading."""
        self.page, self.row = page, 3
        page["A1"].value = "Ranges that the calls of the self-test refer to"
        page["A1"].font = copy(TITLE)
        set_widths(page, (12,) * 12)

    def typed(self, argument: Argued) -> str:
        """An argument as the call names it: a range of this sheet, or a value."""
        if not isinstance(argument, list):
            return typed(argument)
        first = self.row
        for cells in argument:
            for column, cell in enumerate(cells, start=1):
                put(self.page, self.row, column, cell)
            self.row += 1
        last = f"{get_column_letter(len(argument[0]))}{self.row - 1}"
        self.row += 1
        return f"{layout.INPUTS}!A{first}:{last}"


def put(page: Worksheet, row: int, column: int, content: Scalar) -> None:
    """Put a value into a cell: errors as errors, texts as texts whatever they look like."""
    if content is None:
        return
    cell = page.cell(row, column)
    cell.value = str(content) if isinstance(content, str) else content
    cell.data_type = (
        "e"
        if isinstance(content, ExcelError)
        else "s"
        if isinstance(content, str)
        else "b"
        if isinstance(content, bool)
        else "n"
    )


def add_case(book: Book, page: Worksheet, row: int, case: Case, inputs: Inputs) -> int:
    """Add the rows of a case; give the row after them."""
    expected = case.expected if isinstance(case.expected, list) else [[case.expected]]
    arguments = ",".join(inputs.typed(argument) for argument in case.arguments)
    put(page, row, layout.CALL, f"{case.function}({arguments})")
    put(page, row, layout.SOURCE, case.source)
    for down, cells in enumerate(expected):
        at = row + down
        for across, cell in enumerate(cells):
            told = str(cell) if isinstance(cell, str) else cell
            put(page, at, layout.EXPECTED + across, "" if told is None else told)
        verdict = dress(page.cell(at, layout.VERDICT))
        book.formula(verdict, verdict_formula(row, at), layout.NOT_RUN)
    return row + len(expected)


def verdict_formula(first: int, row: int) -> str:
    """The formula that compares a row's answers with what is expected, in any Excel."""
    pairs = [
        (cell(row, layout.ANSWER + n), cell(row, layout.EXPECTED + n)) for n in range(layout.WIDEST)
    ]
    alike = f'"{layout.PASS}"'
    for answer, expected in reversed(pairs):
        alike = f'IF({same(answer, expected)},{alike},"{layout.FAIL}")'
    begun = cell(first, layout.ANSWER)
    return f'=IF(ISBLANK({begun}),"{layout.NOT_RUN}",{alike})'


def same(answer: str, expected: str) -> str:
    """A formula: whether an answer is the expected one, errors as errors and texts as texts."""
    errors = ";".join(f'"{error}"' for error in ERRORS)
    number = f"ABS({answer}-{expected})<={TOLERANCE}*ABS({expected})"
    return (
        f"IF(ISERROR({answer}),INDEX({{{errors}}},ERROR.TYPE({answer}))={expected},"
        f'IF(LEFT({expected},1)="#",FALSE,IF(ISNUMBER({expected}),'
        f"IF(ISNUMBER({answer}),{number},FALSE),"
        f"IF(ISNUMBER({answer}),FALSE,EXACT({answer},{expected})))))"
    )


def cell(row: int, column: int) -> str:
    """The address of a cell."""
    return f"{get_column_letter(column)}{row}"


def add_head(book: Book, page: Worksheet, last: int) -> None:
    """Add title, instructions, count and headings above the cases."""
    page[layout.MARK_CELL].value = layout.MARK
    page["A2"].value, page["A2"].font = "Self-test of the worksheet functions", copy(TITLE)
    page["A3"].value = (
        "Press Self-test on the tab Performance. It enters the calls below as formulas; each is "
        "compared with what it must come to."
    )
    letter = get_column_letter(layout.VERDICT)
    verdicts = f"{letter}{layout.FIRST_ROW}:{letter}{last}"
    rows = last - layout.FIRST_ROW + 1
    for row, (label, word, result) in enumerate(
        (("Rows that pass", layout.PASS, 0), ("Rows that fail", layout.FAIL, 0)), start=5
    ):
        page.cell(row, 1).value, page.cell(row, 1).font = label, copy(BOLD)
        book.formula(dress(page.cell(row, layout.ANSWER)), f'=COUNTIF({verdicts},"{word}")', result)
    page["D5"].value = f"of {rows}"
    column = 1
    for heading, span in HEADINGS:
        for extra in range(span):
            dress(page.cell(layout.FIRST_ROW - 1, column + extra), HEADING, fill=NAVY)
        page.cell(layout.FIRST_ROW - 1, column).value = heading
        column += span
    set_widths(page, WIDTHS)
    page.row_dimensions[layout.FIRST_ROW - 1].height = 28
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.freeze_panes = f"A{layout.FIRST_ROW}"
    page.auto_filter.ref = f"A{layout.FIRST_ROW - 1}:{get_column_letter(layout.SOURCE)}{last}"
    for word, colour in ((layout.PASS, "FFC6EFCE"), (layout.FAIL, "FFFFC7CE")):
        fill = PatternFill(bgColor=colour)
        rule = CellIsRule("equal", [f'"{word}"'], fill=fill)  # type: ignore[no-untyped-call]
        page.conditional_formatting.add(verdicts, rule)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check; 0 when all is well, 1 when the committed workbook differs."""
    target = HERE / layout.FILE_NAME
    if "--check" in (sys.argv[1:] if arguments is None else arguments):
        if target.is_file() and target.read_bytes() == build():
            return 0
        print(f"{target.name} is not what {Path(__file__).name} builds", file=sys.stderr)
        return 1
    target.write_bytes(build())
    print(f"wrote {target.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
