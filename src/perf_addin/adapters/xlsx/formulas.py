"""Formulas of a sheet as a person sees them, and as they are stored when their cell moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from re import Match

from perf_addin.adapters.xlsx.cell_text import encode
from perf_addin.adapters.xlsx.rich_text import parse_element
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.adapters.xlsx.xml_text import QUOTED
from perf_addin.application.grid import cell_name, column_letters, column_number
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.lazy_patterns import lazily

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ELEMENT = lazily(rb"<((?:[^\s:<>/]+:)?)f(?=[\s/>])" + QUOTED + b">")
# What looks like a reference but is none comes first: texts, sheets' names, columns of Tables.
_REFERENCE = lazily(
    r'"(?:[^"]|"")*"'
    r"|'(?:[^']|'')*'(?=!)"
    r"|\[(?:[^\[\]]|\[[^\]]*\])*\]"
    r"|(?P<sheet>!)?(?<![\w.\\$])(?:"
    r"(?P<cells>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?)"
    r"|(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})"
    r"|(?P<rows>\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6}))(?![\w.(!])"
)
_ROW = lazily(r"[$A-Za-z]+")
_END = lazily(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


class Stored(NamedTuple):
    """A formula as stored: its text, its kind, the number of its shared group, and its range."""

    text: str
    kind: str
    group: str
    area: str


def stored_formula(cell: bytes, where: str) -> Stored | None:
    """Read the formula of a cell's element (UTF-8), or None where it has none.

    Raises:
        InputError: the element is not well-formed XML; the message calls it `where`.
    """
    found: list[dict[str, str]] = []
    text: list[str] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        if path[-1] == "f" and not found:
            found.append(attributes)

    def data(piece: str) -> None:
        if path[-1] == "f":
            text.append(piece)

    parse_element(cell, where, start, lambda _: path.pop(), data)
    if not found:
        return None
    stated = found[0]
    kind = stated.get("t", "normal")
    return Stored("".join(text), kind, stated.get("si", ""), stated.get("ref", ""))


class Formulas:
    """The formulas of one sheet."""

    def __init__(self, scan: SheetScan) -> None:
        """Bind the sheet."""
        self._scan = scan

    @cached_property
    def masters(self) -> dict[str, tuple[int, int, str]]:
        """For each group of shared formulas the row, column and text of the cell that has it."""
        found: dict[str, tuple[int, int, str]] = {}
        scan = self._scan
        if scan.text.find(b"shared", scan.first, scan.stop) < 0:
            return found
        for span in scan.rows():
            if scan.text.find(b"shared", span.inner, span.close) < 0:
                continue
            for cell in scan.cells(span):
                where = self.place_of(span.number, cell.column)
                stored = stored_formula(scan.xml[cell.start : cell.end], where)
                if stored is not None and stored.kind == "shared" and stored.text:
                    found[stored.group] = (span.number, cell.column, stored.text)
        return found

    def place_of(self, row: int, column: int) -> str:
        """What a message calls a cell."""
        return f"{self._scan.where}, cell {cell_name(row, column)}"

    def shown(self, start: int, end: int, row: int, column: int) -> str | None:
        """The formula of the cell between two offsets, from its `=` on.

        An array formula has braces around it. None where there is no formula, or one that has no
        text (a data table).
        """
        stored = stored_formula(self._scan.xml[start:end], self.place_of(row, column))
        if stored is None:
            return None
        if stored.kind == "shared" and not stored.text and stored.group in self.masters:
            top, left, text = self.masters[stored.group]
            return f"={shifted(text, row - top, column - left)}"
        if not stored.text or stored.kind == "dataTable":
            return None
        return f"{{={stored.text}}}" if stored.kind == "array" else f"={stored.text}"

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the element of the formula lies in the cell between two offsets."""
        text = self._scan.text
        tag = _ELEMENT.search(text, start, end)
        if tag is None:
            return start, start
        if tag[0].endswith(b"/>"):
            return tag.span()
        return tag.start(), text.find(b">", text.find(b"</%bf" % tag[1], tag.end())) + 1


def formula_xml(shown: str, prefix: bytes, row: int, column: int) -> bytes:
    """The element of a formula, given as it is shown, in one cell."""
    p = prefix
    if shown.startswith("{"):
        address = cell_name(row, column).encode()
        return b'<%bf t="array" ref="%b">%b</%bf>' % (p, address, encode(shown[2:-1]), p)
    return b"<%bf>%b</%bf>" % (p, encode(shown[1:]), p)


def shifted(text: str, rows: int, columns: int) -> str:
    """A formula's text as it reads that many rows further down and columns further right."""

    def end(found: Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = found.groups()
        if letters and not fixed_column:
            moved = column_number(letters) + columns
            if not 0 < moved <= _LAST_COLUMN:
                return "#REF!"
            letters = column_letters(moved)
        if digits and not (fixed_row or (not letters and fixed_column)):
            moved = int(digits) + rows
            if not 0 < moved <= _LAST_ROW:
                return "#REF!"
            digits = str(moved)
        return f"{fixed_column}{letters}{fixed_row}{digits}"

    return _ends_changed(text, end)


def followed(text: str, old: int, new: int) -> str:
    """A formula's text after its row moved: what it says of its own row, it says of the new one.

    References to other sheets, and those that reach beyond the row, stay as they are.
    """

    def end(found: Match[str]) -> str:
        fixed_column, letters, fixed_row, _ = found.groups()
        return f"{fixed_column}{letters}{fixed_row}{new}"

    return _ends_changed(text, end, only_of_row=old)


def _ends_changed(
    text: str, change: Callable[[Match[str]], str], only_of_row: int | None = None
) -> str:
    own = str(only_of_row)

    def is_meant(found: Match[str], whole: str) -> bool:
        if only_of_row is None:
            return True
        return not found["sheet"] and all(_ROW.sub("", end) == own for end in whole.split(":"))

    def reference(found: Match[str]) -> str:
        whole = found["cells"] or found["columns"] or found["rows"]
        if whole is None or not is_meant(found, whole):
            return found[0]
        ends = (_END.sub(change, end, count=1) for end in whole.split(":"))
        return (found["sheet"] or "") + ":".join(ends)

    return _REFERENCE.sub(reference, text)
