"""What a formula refers to: areas, names, tables; and the same formula moved to another cell."""

from __future__ import annotations

from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.grid import CellRange, column_letters, column_number
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.lazy_patterns import lazily

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CORNER = lazily(r"(\$?)([A-Z]{0,3})(\$?)([0-9]*)", 2)  # IGNORECASE
_LOST = "#REF!"
_ELSEWHERE = frozenset("[]\\/:")  # in no sheet's name: another workbook, or several sheets
_OWN_BOOK = "[0]!"
_CONSTANTS = frozenset({"TRUE", "FALSE"})
_DOUBTFUL = frozenset({Kind.AREA, Kind.CALL, Kind.TABLE, Kind.NAME, Kind.OPERATOR, Kind.OTHER})
_WHERE = lazily(r"(?:'(?:[^']|'')*'|(?:\[[^\[\]]*\])?[^\[\]'!]*)!")
_DEEPEST = 200  # brackets within brackets; Excel itself nests 64 functions
_SPILLED = "ANCHORARRAY"  # `A1#` as it is stored: how far it reaches is only known to Excel


class Corner(NamedTuple):
    """A corner of an area: row and column, 0 for a whole one; and which of them are fixed."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool


class Area(NamedTuple):
    """A block of cells that a formula refers to.

    Attributes:
        sheet: the sheet's name, or None for the formula's own.
        first: its top left corner.
        last: its bottom right corner.
    """

    sheet: str | None
    first: Corner
    last: Corner

    def at(self, rows: int, columns: int) -> CellRange | None:
        """The cells, for a formula moved by so many rows and columns; None beyond the sheet."""
        top, left = _moved(self.first, rows, columns)
        bottom, right = _moved(self.last, rows, columns)
        top, bottom = (1, LAST_ROW) if not self.first.row else (min(top, bottom), max(top, bottom))
        if not self.first.column:
            left, right = 1, LAST_COLUMN
        left, right = min(left, right), max(left, right)
        if top < 1 or left < 1 or bottom > LAST_ROW or right > LAST_COLUMN:
            return None
        return CellRange(top, left, bottom, right)


def _moved(corner: Corner, rows: int, columns: int) -> tuple[int, int]:
    row = corner.row if corner.row_fixed else corner.row + rows
    return row, corner.column if corner.column_fixed else corner.column + columns


class References(NamedTuple):
    """What a formula refers to.

    Attributes:
        areas: blocks of cells.
        names: defined names, in lower case, as `sheet!name` where they are bound to a sheet.
        tables: structured references as they are written.
        functions: functions that are called, in capitals and without `_xlfn.`.
        unsupported: what cannot be followed (another workbook, several sheets at once, how far
            results spill, brackets nested without end), as written; empty where all can.
    """

    areas: tuple[Area, ...]
    names: tuple[str, ...]
    tables: tuple[str, ...]
    functions: tuple[str, ...]
    unsupported: str


def references(formula: str) -> References:
    """Find everything that a formula refers to."""
    areas: list[Area] = []
    names: list[str] = []
    tables: list[str] = []
    functions: list[str] = []
    unsupported = ""
    before: Token | None = None
    depth = 0
    for token in tokens(formula):
        kind, text = token.kind, token.text
        depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        if depth > _DEEPEST:
            deep = f"what is nested in more than {_DEEPEST} brackets"
            return References((), (), (), (), deep)
        area = area_of(text) if kind is Kind.AREA else None
        if area is not None:
            areas.append(area)
        elif kind is Kind.CALL:
            functions.append(plain_name(text))
        elif kind is Kind.TABLE and not _is_elsewhere(text):
            tables.append(text)
        elif kind is Kind.NAME and text.upper() not in _CONSTANTS and not _is_elsewhere(text):
            names.append(text.casefold())
        if area is None and not unsupported and kind in _DOUBTFUL:
            unsupported = _unsupported(token, before)
        before = token
    return References(tuple(areas), tuple(names), tuple(tables), tuple(functions), unsupported)


def _unsupported(token: Token, before: Token | None) -> str:
    """What of a token, given the one before it, cannot be followed; empty where all can."""
    kind, text = token.kind, token.text
    if kind is Kind.OPERATOR:
        if text == "#" and before is not None:
            return f"{before.text}#"
        return text if text == ":" else ""
    if kind is Kind.AREA:
        return "" if _is_lost(text) else text
    if kind is Kind.CALL:
        return text if plain_name(text) == _SPILLED else ""
    return text if kind is Kind.OTHER or _is_elsewhere(text) else ""


def plain_name(call: str) -> str:
    """A function's name in capitals, without what workbooks put before younger functions."""
    name = call.rpartition("!")[2].upper()
    for prefix in ("_XLFN.", "_XLWS."):
        name = name.removeprefix(prefix)
    return name


def area_of(text: str) -> Area | None:
    """Read an area; None where it lies in another workbook, on several sheets, or is gone."""
    where, _, cells = text.rpartition("!")
    sheet: str | None = None
    if _is_lost(text) or not _ELSEWHERE.isdisjoint(where):
        return None
    if where:
        quoted = where.startswith("'")
        sheet = where[1:-1].replace("''", "'") if quoted else where
    first, _, last = cells.partition(":")
    corner = _corner(first)
    other = _corner(last) if last else corner
    return Area(sheet, corner, other) if corner and other else None


def _is_lost(text: str) -> bool:
    """Whether an area, or the sheet that it was on, has been deleted: `#REF!`, `#REF!A1`."""
    return text.upper().startswith(_LOST) or text.upper().endswith(_LOST)


def _is_elsewhere(text: str) -> bool:
    """Whether a name or a table is one of another workbook."""
    found = _WHERE.match(text) if "!" in text else None
    where = found[0] if found is not None else _OWN_BOOK
    return where != _OWN_BOOK and not _ELSEWHERE.isdisjoint(where)


def _corner(text: str) -> Corner | None:
    found = _CORNER.fullmatch(text)
    if found is None:
        return None
    fixed, letters, also_fixed, digits = found.groups()
    if not letters:  # a whole row: `$5` is read as if the letters were left out
        return Corner(int(digits), 0, bool(fixed or also_fixed), True)
    column = column_number(letters)
    if column > LAST_COLUMN:
        return None
    if not digits:
        return Corner(0, column, True, bool(fixed))
    row = int(digits)
    return Corner(row, column, bool(also_fixed), bool(fixed)) if 1 <= row <= LAST_ROW else None


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads in a cell so many rows below and columns right of its own.

    Relative references move along, fixed ones stay; what leaves the sheet becomes `#REF!`.
    """
    if not rows and not columns:
        return formula
    return "".join(
        _shifted(token.text, rows, columns) if token.kind is Kind.AREA else token.text
        for token in tokens(formula)
    )


def _shifted(text: str, rows: int, columns: int) -> str:
    where, mark, cells = text.rpartition("!")
    if _is_lost(text):
        return text
    corners = []
    for part in cells.split(":"):
        corner = _corner(part)
        moved = corner and _spelled(corner, *_moved(corner, rows, columns))
        if not moved:
            return f"{where}{mark}{_LOST}"
        corners.append(moved)
    return f"{where}{mark}{':'.join(corners)}"


def _spelled(corner: Corner, row: int, column: int) -> str:
    if corner.row and not 1 <= row <= LAST_ROW:
        return ""
    if corner.column and not 1 <= column <= LAST_COLUMN:
        return ""
    letters = f"{'$' * corner.column_fixed}{column_letters(column)}" if corner.column else ""
    return letters + (f"{'$' * corner.row_fixed}{row}" if corner.row else "")
