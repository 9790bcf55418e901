"""A stand-in for Excel's own objects, as COM offers them, over a workbook of openpyxl.

It knows what our code asks of Excel and refuses the rest (an unknown attribute is an error), reads
typed texts as Excel does, counts calls, and has the quirks that code must live with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.com_stubs import ComError

LONGEST_ADDRESS = 255
_NUMBER_OR_DATE = re.compile(r"[-+£$(]?\d[\d,.:/ -]*[%)]?|\w{3,9} \d{2,4}|\d+ \w{3,9}( \d+)?")
_ALIGNMENTS = {1: None, -4131: "left", -4108: "center", -4152: "right"}
_VERTICAL = {-4160: "top", -4108: "center", -4107: "bottom"}


class ExcelDouble:
    """`Excel.Application` with one workbook open."""

    def __init__(self, path: Path, *, saved: bool = True) -> None:
        self.calls = 0
        self.log: list[str] = []
        self.ScreenUpdating = self.EnableEvents = self.DisplayAlerts = True
        self.Calculation = -4105
        self.StatusBar: object = False
        self.CutCopyMode = False
        self.AutoCorrect = _AutoCorrect()
        self.ActiveWindow = _Window()
        self.clipboard: XlRange | None = None
        self.undo: tuple[str, str] | None = None
        self.Hwnd = 1
        self.fails_at: int | None = None
        self.held_while_writing: set[object] = set()
        self.book = XlBook(self, path, saved=saved)
        self.ActiveWorkbook = self.book
        self.Workbooks = _Workbooks(self)
        self.ActiveCell: XlRange | None = XlRange(self.book.ActiveSheet, [(1, 1, 1, 1)])

    def count(self, what: str) -> None:
        """Note a call that writes."""
        self.calls += 1
        self.log.append(what)
        self.held_while_writing.add((self.ScreenUpdating, self.EnableEvents, self.Calculation))
        if self.fails_at is not None and self.calls >= self.fails_at:
            self.fails_at = None
            raise ComError(-2147352567, "Exception occurred.", None, None)

    def CalculateFull(self) -> None:
        self.log.append("CalculateFull")

    def OnUndo(self, text: str, macro: str) -> None:
        self.undo = (text, macro)

    @property
    def International(self) -> dict[int, str]:
        return {5: ","}


class _Window:
    """`ActiveWindow`."""

    def __init__(self) -> None:
        self.FreezePanes, self.SplitColumn, self.SplitRow = False, 1, 0


class _AutoCorrect:
    AutoExpandListRange = True


class _Workbooks:
    def __init__(self, app: ExcelDouble) -> None:
        self.app = app

    def __call__(self, name: str) -> XlBook:
        raise ComError(f"no workbook {name} is open")

    def __iter__(self) -> Iterator[XlBook]:
        yield self.app.book

    @property
    def Application(self) -> ExcelDouble:
        return self.app

    def Open(self, name: str, *_: object) -> XlBook:
        if Path(name).name == self.app.book.Name:
            raise ComError("two workbooks of one name")
        return XlBook(self.app, Path(name))


class XlBook:
    """A `Workbook`."""

    def __init__(self, app: ExcelDouble, path: Path, *, saved: bool = True) -> None:
        self.Application = app
        self.path = path
        self.openpyxl: Workbook = load_workbook(path, rich_text=True)
        self.Name = path.name if saved else path.stem
        self.Path = str(path.parent) if saved else ""
        self.FileFormat = 51 if path.suffix == ".xlsx" else 52
        self.ProtectStructure = False
        self.active = self.openpyxl.active.title if self.openpyxl.active else ""
        self.closed = False

    @property
    def Worksheets(self) -> XlSheets:
        return XlSheets(self)

    @property
    def ActiveSheet(self) -> XlSheet:
        return XlSheet(self, self.openpyxl[self.active])

    def SaveCopyAs(self, path: str) -> None:
        self.openpyxl.save(path)

    def Activate(self) -> None:
        self.Application.ActiveWorkbook = self

    def Close(self, *, SaveChanges: bool) -> None:
        assert not SaveChanges
        self.closed = True


class XlSheets:
    """`Worksheets`."""

    def __init__(self, book: XlBook) -> None:
        self.book = book

    @property
    def Parent(self) -> XlBook:
        return self.book

    @property
    def Count(self) -> int:
        return len(self.book.openpyxl.worksheets)

    def __iter__(self) -> Iterator[XlSheet]:
        for sheet in self.book.openpyxl.worksheets:
            yield XlSheet(self.book, sheet)

    def __call__(self, key: int | str) -> XlSheet:
        if isinstance(key, int):
            return XlSheet(self.book, self.book.openpyxl.worksheets[key - 1])
        for sheet in self:
            if sheet.Name.casefold() == key.casefold():
                return sheet
        raise ComError(f"no sheet {key}")

    def Add(self, Before: XlSheet) -> XlSheet:
        self.book.Application.count("Sheets.Add")
        place = _place(self.book.openpyxl, Before.openpyxl)
        made = self.book.openpyxl.create_sheet(index=place)
        self.book.active = made.title
        return XlSheet(self.book, made)


class XlSheet:
    """A `Worksheet`."""

    def __init__(self, book: XlBook, sheet: Worksheet) -> None:
        self.book = book
        self.openpyxl = sheet

    @property
    def Parent(self) -> XlBook:
        return self.book

    @property
    def Application(self) -> ExcelDouble:
        return self.book.Application

    @property
    def Name(self) -> str:
        return self.openpyxl.title

    @Name.setter
    def Name(self, name: str) -> None:
        if self.book.active == self.openpyxl.title:
            self.book.active = name
        self.openpyxl.title = name

    @property
    def Index(self) -> int:
        return _place(self.book.openpyxl, self.openpyxl) + 1

    @property
    def ProtectContents(self) -> bool:
        return bool(self.openpyxl.protection.sheet)

    @property
    def Visible(self) -> int:
        return -1 if self.openpyxl.sheet_state == "visible" else 0

    @Visible.setter
    def Visible(self, value: int) -> None:
        self.openpyxl.sheet_state = "visible" if value else "hidden"

    @property
    def PageSetup(self) -> _PageSetup:
        return _PageSetup(self.openpyxl)

    @property
    def HPageBreaks(self) -> _Breaks:
        return _Breaks(self)

    def ResetAllPageBreaks(self) -> None:
        self.Application.count("ResetAllPageBreaks")

    def Activate(self) -> None:
        self.book.active = self.openpyxl.title

    def Move(self, Before: XlSheet) -> None:
        sheets = self.book.openpyxl._sheets  # type: ignore[attr-defined]
        sheets.remove(self.openpyxl)
        sheets.insert(_place(self.book.openpyxl, Before.openpyxl), self.openpyxl)

    def Delete(self) -> None:
        assert not self.Application.DisplayAlerts
        self.Application.count("Sheet.Delete")
        self.book.openpyxl.remove(self.openpyxl)
        if self.book.active == self.openpyxl.title:
            self.book.active = self.book.openpyxl.worksheets[-1].title

    def Cells(self, row: int, column: int) -> XlRange:
        return XlRange(self, [(row, column, row, column)])

    def Range(self, first: str | XlRange, second: XlRange | None = None) -> XlRange:
        if isinstance(first, str):
            assert len(first) <= LONGEST_ADDRESS
            areas = []
            for part in first.split(","):
                left, top, right, bottom = range_boundaries(part.replace("$", ""))
                areas.append((top or 1, left or 1, bottom or 1, right or 1))
            return XlRange(self, areas)
        assert second is not None
        return XlRange(self, [(*first.areas[0][:2], *second.areas[0][2:])])


def _place(book: Workbook, sheet: Worksheet) -> int:
    """The place of a worksheet among all sheets."""
    return book.sheetnames.index(sheet.title)


class _PageSetup:
    sheet: Worksheet

    def __init__(self, sheet: Worksheet) -> None:
        self.__dict__["sheet"] = sheet

    def __setattr__(self, name: str, value: Any) -> None:
        known = {"Orientation", "PaperSize", "Zoom", "FitToPagesWide", "FitToPagesTall"}
        known |= {"LeftMargin", "RightMargin", "TopMargin", "BottomMargin"}
        known |= {"HeaderMargin", "FooterMargin", "LeftFooter", "RightFooter"}
        if name == "PrintArea":
            self.sheet.print_area = value
        elif name == "PrintTitleRows":
            self.sheet.print_title_rows = str(value).replace("$", "")
        elif name not in known:
            raise AttributeError(name)

    @property
    def PrintArea(self) -> str:
        return str(self.sheet.print_area)


class _Breaks:
    def __init__(self, sheet: XlSheet) -> None:
        self.sheet = sheet

    def Add(self, Before: XlRange) -> None:
        assert Before.sheet.Name == self.sheet.Name
        self.sheet.Application.count("HPageBreaks.Add")


class _Part:
    """Something whose attributes are parts of the look of a range's cells."""

    target: XlRange

    def __init__(self, target: XlRange) -> None:
        self.__dict__["target"] = target

    def __setattr__(self, name: str, value: Any) -> None:
        setter = getattr(type(self), f"set_{name}", None)
        if setter is None:
            raise AttributeError(name)
        self.target.sheet.Application.count(f"{type(self).__name__}.{name}")
        for cell in self.target.cells():
            setter(self, cell, value)


def _rgb(number: int) -> str:
    return f"{number & 255:02X}{number >> 8 & 255:02X}{number >> 16 & 255:02X}"


class _Interior(_Part):
    def set_Color(self, cell: Cell, value: int) -> None:
        cell.fill = PatternFill("solid", fgColor=f"FF{_rgb(value)}")

    def set_ColorIndex(self, cell: Cell, value: int) -> None:
        assert value == -4142
        cell.fill = PatternFill()


class _Font(_Part):
    def _change(self, cell: Cell, **changes: object) -> None:
        font = copy(cell.font)
        wanted = {
            name: getattr(font, name)
            for name in ("name", "sz", "b", "i", "color", "u", "strike", "vertAlign", "family")
        }
        cell.font = Font(**{**wanted, **changes})

    def set_Bold(self, cell: Cell, value: bool) -> None:
        self._change(cell, b=value)

    def set_Italic(self, cell: Cell, value: bool) -> None:
        self._change(cell, i=value)

    def set_Size(self, cell: Cell, value: float) -> None:
        self._change(cell, sz=value)

    def set_Color(self, cell: Cell, value: int) -> None:
        self._change(cell, color=f"FF{_rgb(value)}")


class _Borders(_Part):
    def set_LineStyle(self, cell: Cell, value: int) -> None:
        side = Side(style="thin") if value == 1 else Side()
        cell.border = Border(left=side, right=side, top=side, bottom=side)

    def set_Weight(self, cell: Cell, value: int) -> None:
        assert value == 2
        assert cell.border.left.style == "thin"

    def set_Color(self, cell: Cell, value: int) -> None:
        assert value == 0
        assert cell.border.left.style == "thin"


class _Validation:
    def __init__(self, target: XlRange) -> None:
        self.target = target
        self.InCellDropdown = True

    @property
    def Type(self) -> int:
        raise ComError("the cells have no validation")

    def Add(self, **rule: object) -> None:
        self.target.sheet.Application.count(f"Validation.Add {rule['Formula1']}")


class _Lines:
    """`Rows`, `Columns`, `EntireRow` or `EntireColumn` of a range."""

    def __init__(self, target: XlRange, count: int) -> None:
        self.target = target
        self.Count = count
        self.Columns = self.Rows = self

    def AutoFit(self) -> None:
        self.target.sheet.Application.count("AutoFit")

    @property
    def Hidden(self) -> bool:
        return False

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        letter = get_column_letter(self.target.areas[0][1])
        self.target.sheet.openpyxl.column_dimensions[letter].hidden = value


class XlRange:
    """A `Range` of one or several areas."""

    def __init__(self, sheet: XlSheet, areas: list[tuple[int, int, int, int]]) -> None:
        self.sheet = sheet
        self.areas = areas

    def cells(self) -> Iterator[Cell]:
        for top, left, bottom, right in self.areas:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found = self.sheet.openpyxl.cell(row, column)
                    if not isinstance(found, MergedCell):
                        yield found

    def __call__(self, row: int, column: int) -> XlRange:
        top, left = self.areas[0][:2]
        return self.sheet.Cells(top + row - 1, left + column - 1)

    @property
    def Worksheet(self) -> XlSheet:
        return self.sheet

    @property
    def Parent(self) -> XlSheet:
        return self.sheet

    @property
    def Application(self) -> ExcelDouble:
        return self.sheet.Application

    @property
    def Address(self) -> str:
        top, left, bottom, right = self.areas[0]
        return f"${get_column_letter(left)}${top}:${get_column_letter(right)}${bottom}"

    @property
    def Count(self) -> int:
        return sum(1 for _ in self.cells())

    @property
    def Row(self) -> int:
        return self.areas[0][0]

    @property
    def Column(self) -> int:
        return self.areas[0][1]

    @property
    def Rows(self) -> _Lines:
        return _Lines(self, self.areas[0][2] - self.areas[0][0] + 1)

    @property
    def Columns(self) -> _Lines:
        return _Lines(self, self.areas[0][3] - self.areas[0][1] + 1)

    EntireColumn = Columns

    @property
    def Value(self) -> object:
        raise AssertionError("the open workbook is read from a copy, not cell by cell")

    @Value.setter
    def Value(self, values: Any) -> None:
        self.Application.count("Value")
        assert len(self.areas) == 1
        top, left, bottom, right = self.areas[0]
        block = values if isinstance(values, (list, tuple)) else [[values]]
        assert len(block) == bottom - top + 1
        longest = (
            max(len(v) for row in block for v in row if isinstance(v, str))
            if any(isinstance(v, str) for row in block for v in row)
            else 0
        )
        assert longest < 8203 or (len(block) == 1 and len(block[0]) == 1)
        for row, line in enumerate(block, top):
            assert len(line) == right - left + 1
            for column, value in enumerate(line, left):
                cell = self.sheet.openpyxl.cell(row, column)
                if isinstance(cell, MergedCell):
                    continue
                cell.value = as_typed(value)
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s" if str(value).startswith("'") else "f"

    @property
    def Formula(self) -> object:
        raise AssertionError("the open workbook is read from a copy, not cell by cell")

    @Formula.setter
    def Formula(self, value: str) -> None:
        self.Application.count("Formula")
        for cell in self.cells():
            cell.value = value

    @property
    def Interior(self) -> _Interior:
        return _Interior(self)

    @property
    def Font(self) -> _Font:
        return _Font(self)

    @property
    def Borders(self) -> _Borders:
        return _Borders(self)

    @property
    def Validation(self) -> _Validation:
        return _Validation(self)

    @property
    def ColumnWidth(self) -> float:
        return 8.43

    @ColumnWidth.setter
    def ColumnWidth(self, value: float) -> None:
        letter = get_column_letter(self.areas[0][1])
        self.sheet.openpyxl.column_dimensions[letter].width = value

    @property
    def WrapText(self) -> bool:
        return False

    @WrapText.setter
    def WrapText(self, value: bool) -> None:
        self._align("wrap_text", value)

    @property
    def HorizontalAlignment(self) -> int:
        return 1

    @HorizontalAlignment.setter
    def HorizontalAlignment(self, value: int) -> None:
        self._align("horizontal", _ALIGNMENTS[value])

    @property
    def VerticalAlignment(self) -> int:
        return -4107

    @VerticalAlignment.setter
    def VerticalAlignment(self, value: int) -> None:
        self._align("vertical", _VERTICAL[value])

    def _align(self, name: str, value: object) -> None:
        self.Application.count(name)
        for cell in self.cells():
            was = cell.alignment
            wanted = {n: getattr(was, n) for n in ("horizontal", "vertical", "wrap_text", "indent")}
            cell.alignment = Alignment(**{**wanted, name: value})

    def SpecialCells(self, kind: int) -> XlRange:
        raise ComError(f"no cells of the kind {kind} were found")

    def ClearContents(self) -> None:
        self.Application.count("ClearContents")
        for cell in self.cells():
            cell.value = None

    def ClearFormats(self) -> None:
        self.Application.count("ClearFormats")
        for cell in self.cells():
            cell.style = "Normal"

    def Copy(self, Destination: XlRange | None = None) -> None:
        self.Application.count("Copy")
        if Destination is None:
            self.Application.clipboard = self
            return
        for source, target in zip(list(self.cells()), list(Destination.cells()), strict=True):
            target.value = copy(source.value)
            copy_look(source, target)

    def PasteSpecial(self, **how: object) -> None:
        self.Application.count("PasteSpecial")
        assert how["Paste"] == -4122
        assert self.Application.clipboard is not None
        for source, target in zip(self.Application.clipboard.cells(), self.cells(), strict=True):
            copy_look(source, target)


def copy_look(source: Cell, target: Cell) -> None:
    """Give a cell the look of another one, perhaps of another workbook."""
    for name in ("font", "fill", "border", "alignment"):
        setattr(target, name, copy(getattr(source, name)))
    target.number_format = source.number_format


def as_typed(value: object) -> Any:
    """What a cell holds when a value is put there, as if a person typed it."""
    if value == "":
        return None
    if not isinstance(value, str):
        return value
    if value.startswith("'"):
        return value[1:]
    if value.casefold() in {"true", "false"} or _NUMBER_OR_DATE.fullmatch(value.strip()):
        return f"<{value} read as something else>"
    return value


__all__ = ["ExcelDouble", "XlBook", "XlRange", "XlSheet", "as_typed"]
