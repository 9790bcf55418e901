"""The formula cells of a sheet, read by searching for formulas; and results put into them.

Only a cell's stored result and its type are ever replaced: the formula and all else stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from perf_addin.adapters.xlsx.cell_spans import CellSpan
from perf_addin.adapters.xlsx.cell_text import decode, encode, unescape
from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.column_values import stored_value
from perf_addin.adapters.xlsx.part_tree import Edit, set_attribute
from perf_addin.adapters.xlsx.row_edits import walk
from perf_addin.adapters.xlsx.sheet_reader import area_of
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes, column_of
from perf_addin.adapters.xlsx.xml_text import QUOTED, is_index
from perf_addin.application.formulas.cells import FormulaCell, FormulaKind
from perf_addin.application.functions.values import ExcelError, Scalar
from perf_addin.domain.lazy_patterns import lazily

_KINDS = {
    b"shared": FormulaKind.SHARED,
    b"array": FormulaKind.ARRAY,
    b"dataTable": FormulaKind.DATA_TABLE,
}
_ENDS_NAME = b" />\t\r\n"
_ATTRIBUTES = rb"""(?:[^<>"'/]|"[^"]*"|'[^']*')*"""
_PLAIN = lazily(
    rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="(n|str|b|e)")?>'
    rb"(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))(?:<v>([^<]*)</v>)?</c>"
)
_new = tuple.__new__  # a third of the time of calling the class
_NOTHING = (b"", b"")
_EXACT = 1e15  # whole numbers below it are shown in full


class FormulaCells:
    """The cells with a formula of one sheet."""

    def __init__(self, scan: SheetScan) -> None:
        """Spell out what such cells look like under the sheet's namespace prefix."""
        p = re.escape(scan.prefix)
        self._scan = scan
        self._cell = re.compile(
            b"<" + p + rb'c r="([A-Z]{1,3})(\d{1,9})"([^<>]*)><' + p + rb"f((?:\s[^<>]*)?)"
            rb"(?:/>|>([^<]*)</"
            + p
            + b"f>)(?:<"
            + p
            + b"v>([^<]*)</"
            + p
            + b"v>|(<"
            + p
            + rb"v\s*/>))?"
            b"</" + p + b"c>"
        )
        self._stated: dict[bytes, dict[bytes, bytes]] = {}
        self._formula = re.compile(
            b"<" + p + rb"f(?=[\s/>])(" + QUOTED + rb")>(?:([^<]*)</" + p + rb"f\s*>)?"
        )

    def __iter__(self) -> Iterator[FormulaCell]:
        """Every cell with a formula, row by row."""
        scan = self._scan
        opening, stop = b"<" + scan.prefix + b"f", scan.stop
        find, start = scan.text.find, b"<" + scan.prefix + b"c "
        at = scan.first
        while (found := find(opening, at, stop)) >= 0:
            behind = found + len(opening)
            if scan.text[behind] not in _ENDS_NAME:
                at = behind
                continue
            cell = self._cell.match(scan.text, scan.text.rfind(start, at, found))
            if cell is None:
                yield from self._thoroughly(found)
                return
            letters, row, rest, tag, text, value, empty = cell.groups()
            place = (int(row), column_of(letters))
            result = decode(value) if value is not None else "" if empty else None
            stated = self._stated.get(rest)
            if stated is None:
                stated = self._stated[rest] = attributes(rest)
            yield self._of(place, stated, tag, (text, result))
            at = cell.end()

    def _thoroughly(self, from_: int) -> Iterator[FormulaCell]:
        """The formulas from an offset on, cell by cell: for files that Excel did not write."""
        scan = self._scan
        for row in scan.rows():
            if row.close <= from_:
                continue
            for cell in scan.cells(row):
                found = self._formula.search(scan.text, cell.start, cell.end)
                if found is None or cell.end <= from_:
                    continue
                tag, text = found.groups()
                first = scan.patterns.start_tag.match(scan.text, cell.start)
                raw = raw_cell(scan, cell.start)
                stated = attributes(first[1]) if first else {}
                yield self._of((row.number, cell.column), stated, tag, (text, raw.text))

    @staticmethod
    def _of(
        place: tuple[int, int],
        cell: Mapping[bytes, bytes],
        tag: bytes,
        content: tuple[bytes | None, str | None],
    ) -> FormulaCell:
        text, value = content
        formula = unescape(text.decode("utf-8", "replace")) if text else ""
        kind, group, area = FormulaKind.OWN, None, None
        if tag.strip(b" /"):
            stated = attributes(tag)
            kind = _KINDS.get(stated.get(b"t", b""), FormulaKind.OWN)
            number = stated.get(b"si", b"")
            group = int(number) if kind is FormulaKind.SHARED and is_index(number) else None
            area = area_of(stated.get(b"ref", b""))
        result = None if value is None else stored_value(cell.get(b"t", b"n"), value)
        made = (*place, formula, kind, group, area, result, b"cm" in cell)
        return _new(FormulaCell, made)


def result_edits(scan: SheetScan, results: Mapping[tuple[int, int], Scalar]) -> list[Edit]:
    """The edits that put results into cells, each given by its 1-based row and column.

    Cells that are not there, and those that hold the result already, are passed over.
    """
    wanted: dict[int, list[int]] = {}
    for row, column in sorted(results):
        wanted.setdefault(row, []).append(column)
    edits: list[Edit] = []
    for (number, span, _), columns in zip(walk(scan, list(wanted)), wanted.values(), strict=True):
        for column in columns if span else ():
            start = scan.start_of(span, column) if span else -1
            if start >= 0 and span:
                value = results[number, column]
                plain = None if scan.masked or scan.prefix else _PLAIN.match(scan.text, start)
                if plain is not None:
                    edits += _plain_edit(plain, value)
                    continue
                cell = CellSpan(column, start, scan.end_of(start, span))
                edits += _result_edit(scan, cell, value)
    return edits


def _plain_edit(cell: re.Match[bytes], value: Scalar) -> list[Edit]:
    """The same as `_result_edit` for a cell as Excel writes it: the quick way for thousands."""
    opening, old_kind, formula, text = cell.groups()
    if text is not None and _same(stored_value(old_kind or b"n", decode(text)), value):
        return []
    kind, content = _stored_as(value, b"")
    typed = b' t="%b"' % kind if kind else b""
    return [(cell.start(), cell.end(), b"%b%b>%b%b</c>" % (opening, typed, formula, content))]


def _result_edit(scan: SheetScan, cell: CellSpan, value: Scalar) -> list[Edit]:
    if scan.masked and scan.xml[cell.start : cell.end] != scan.text[cell.start : cell.end]:
        return []  # a comment inside a cell: nobody writes that, and nobody's is touched
    raw = raw_cell(scan, cell.start)
    if raw.text is not None and _same(stored_value(raw.kind, raw.text), value):
        return []
    tag = scan.patterns.start_tag.match(scan.text, cell.start)
    if tag is None:
        return []
    kind, content = _stored_as(value, scan.prefix)
    start = set_attribute(tag[0], b"t", kind.decode() or None)
    if tag[1].endswith(b"/"):
        closed = start.rstrip(b">").rstrip(b"/").rstrip() + b">"
        return [(cell.start, cell.end, closed + content + b"</%bc>" % scan.prefix)]
    inner, end = tag.end(), scan.text.rfind(b"</", tag.end(), cell.end)
    old = scan.xml[inner:end]
    p = re.escape(scan.prefix)
    value_or_text = rb"<%b(?:v|is)(?:\s[^<>]*)?(?:/>|>.*?</%b(?:v|is)\s*>)" % (p, p)
    bare = re.sub(value_or_text, b"", old, flags=re.DOTALL)
    formula = re.match(rb"\s*<%bf(?=[\s/>])%b(?:/>|>[^<]*</%bf\s*>)" % (p, _ATTRIBUTES, p), bare)
    cut = formula.end() if formula else 0
    return [(cell.start, end, start + bare[:cut] + content + bare[cut:])]


def _number_text(number: float) -> str:
    """A number with as many digits as it takes to read the very same one."""
    whole = number.is_integer() and abs(number) < _EXACT
    return str(int(number)) if whole else repr(number)


def _same(old: Scalar, new: Scalar) -> bool:
    return type(old) is type(new) and old == new


def _stored_as(value: Scalar, prefix: bytes) -> tuple[bytes, bytes]:
    """The type and the element that store a result."""
    if value is None:
        return _NOTHING
    kind, text = b"", b""
    if isinstance(value, bool):
        kind, text = b"b", b"1" if value else b"0"
    elif isinstance(value, ExcelError):
        kind, text = b"e", value.value.encode()
    elif isinstance(value, str):
        kind, text = b"str", encode(value)
    else:
        text = _number_text(float(value)).encode()
    return kind, b"<%bv>%b</%bv>" % (prefix, text, prefix)
