"""The formula cells of a sheet, column by column: each formula that was filled down is read once.

A sheet is cut at its formulas, and each is compared with what the one above it would be here. What
is anything else than a formula of its own cell, or one shared within its column, is not read here.
"""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx.cell_text import decode, unescape
from perf_addin.adapters.xlsx.formula_values import stored_value
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes, column_of
from perf_addin.application.formulas.columns import FormulaColumn
from perf_addin.application.functions.values import Scalar
from perf_addin.domain.lazy_patterns import lazily

_TAG = lazily(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"([^<>]*)>')
_ROW = lazily(rb"(?<=[A-Za-z])([0-9]+)")
_VALUE = b"</f><v>"
_MOST = 500
"""Formulas of a sheet beyond which reading them one by one is no slower."""


class _Filled:
    """A formula and the cells that hold it."""

    __slots__ = ("column", "distances", "own", "parts", "rows", "text", "values")

    def __init__(self, column: int, formula: bytes, row: int) -> None:
        """Cut a formula at the numbers of rows behind letters, in the first cell that has it."""
        self.column, self.text = column, formula
        pieces = _ROW.split(formula)
        self.parts = pieces[::2]
        self.distances = [int(digits) - row for digits in pieces[1::2]]
        self.own = not any(self.distances) and all(not d.startswith(b"0") for d in pieces[1::2])
        self.rows: list[int] = []
        self.values: list[tuple[bytes, bytes | None]] = []

    def at(self, row: int) -> bytes:
        """The formula as it would read in another row."""
        numbers = [b"%d" % (row + distance) for distance in self.distances]
        return b"".join([a + b for a, b in zip(self.parts, [*numbers, b""], strict=True)])

    def made(self, kinds: dict[bytes, bytes]) -> FormulaColumn:
        text = unescape(self.text.decode("utf-8", "replace"))
        values = self.values

        def decoded() -> Sequence[Scalar]:
            return _decoded(values, kinds)

        return FormulaColumn(self.column, text, len(self.distances), self.rows, decoded)


def formula_columns(scan: SheetScan) -> list[FormulaColumn] | None:
    """Every formula of a sheet; None where some of its formulas take reading cell by cell."""
    if scan.masked or scan.prefix:
        return None
    pieces = scan.text[max(scan.first, 0) : scan.stop].split(b"<f")
    openings = [piece[piece.rfind(b'<c r="') :] for piece in pieces[:-1]]
    together = b"".join(openings)
    tags = _TAG.findall(together)
    if not len(tags) == len(openings) == together.count(b"<") == together.count(b">"):
        return None
    del pieces[0]
    found = _Reading().read(tags, pieces)
    if found is None or any(column.rows != sorted(set(column.rows)) for column in found):
        return None
    return found


class _Reading:
    """One reading of a sheet's formulas."""

    def __init__(self) -> None:
        self._columns: dict[bytes, list[_Filled]] = {}
        self._shared: dict[bytes, _Filled] = {}
        self._all: list[_Filled] = []

    def read(
        self, tags: list[tuple[bytes, bytes, bytes]], pieces: list[bytes]
    ) -> list[FormulaColumn] | None:
        """Put each cell to those that hold the same formula."""
        columns, value_tag = self._columns, _VALUE
        for (letters, row, rest), piece in zip(tags, pieces, strict=True):
            formula, found, value = piece.partition(value_tag)
            known = columns.get(letters)
            if found and known is not None and known[0].own and row.join(known[0].parts) == formula:
                known[0].rows.append(int(row))
                known[0].values.append((rest, value[: value.find(b"<")]))
                continue
            other = self._other(letters, row, piece)
            if other is None:
                return None
            filled, stored = other
            filled.rows.append(int(row))
            filled.values.append((rest, stored))
        return self._made(tags)

    def _made(self, tags: list[tuple[bytes, bytes, bytes]]) -> list[FormulaColumn] | None:
        kinds = {rest: attributes(rest).get(b"t", b"n") for rest in {tag[2] for tag in tags}}
        if any(rest.endswith(b"/") for rest in kinds):
            return None
        return [filled.made(kinds) for filled in self._all]

    def _other(
        self, letters: bytes, row: bytes, piece: bytes
    ) -> tuple[_Filled, bytes | None] | None:
        """Any other formula and its result; None where that takes reading it by itself."""
        tag, _, inside = piece.partition(b">")
        shares = tag.startswith(b' t="shared" ')
        if tag.strip() and not shares:
            return None
        if shares and tag.endswith(b"/"):
            filled = self._shared.get(attributes(tag).get(b"si", b""))
            if filled is None or filled.column != column_of(letters):
                return None
            return self._with_result(filled, inside)
        formula, found, behind = inside.partition(b"</f>")
        if not found or not formula or b"<" in formula or len(self._all) > _MOST:
            return None
        if shares:
            filled = self._new(letters, formula, row)
            self._shared[attributes(tag).get(b"si", b"")] = filled
        else:
            filled = self._same(letters, formula, int(row)) or self._new(letters, formula, row)
            self._columns.setdefault(letters, []).insert(0, filled)
        return self._with_result(filled, behind)

    def _new(self, letters: bytes, formula: bytes, row: bytes) -> _Filled:
        filled = _Filled(column_of(letters), formula, int(row))
        filled.parts[0] = b">" + filled.parts[0]
        self._all.append(filled)
        return filled

    def _same(self, letters: bytes, formula: bytes, row: int) -> _Filled | None:
        """One of the column's formulas that reads so in a row; it becomes the first to be tried."""
        known = self._columns.get(letters, [])
        for place, filled in enumerate(known):
            if filled.at(row) == b">" + formula:
                return known.pop(place)
        return None

    @staticmethod
    def _with_result(filled: _Filled, behind: bytes) -> tuple[_Filled, bytes | None] | None:
        """What stands behind a formula: its result, or nothing."""
        if behind.startswith(b"<v>"):
            return filled, behind[3 : behind.find(b"<", 3)]
        if behind.startswith((b"</c>", b"<v/></c>")):
            return filled, None
        return None


def _decoded(
    values: list[tuple[bytes, bytes | None]], kinds: dict[bytes, bytes]
) -> Sequence[Scalar]:
    """Stored results, as what they are."""
    known: dict[tuple[bytes, bytes | None], Scalar] = {}
    rest, first = values[0]
    if first and kinds[rest] == b"n" and all(pair[0] == rest and pair[1] for pair in values):
        try:
            return [float(text) for _, text in values]  # type: ignore[arg-type] # none is None
        except ValueError:
            pass
    for rest, text in set(values):
        value = None if text is None else stored_value(kinds[rest], decode(text))
        known[rest, text] = value
    return [known[pair] for pair in values]
