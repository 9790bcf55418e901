"""The formula cells of a sheet, column by column: each formula that was filled down is read once.

A sheet is cut at its formulas, and each is compared with what the one above it would be here. What
is anything else than a formula of its own cell, or one shared within its column, is not read here.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence

from perf_addin.adapters.xlsx.cell_text import decode, unescape
from perf_addin.adapters.xlsx.formula_values import stored_value
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes, column_of, letters_of
from perf_addin.application.formulas.columns import FormulaColumn
from perf_addin.application.functions.values import Scalar
from perf_addin.domain.lazy_patterns import lazily

_TAG = lazily(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})("[^<>]*>)')
# The rows of cells; texts, sheets' names, functions (LOG10) and columns of tables have none.
_ROW = lazily(rb"""("[^"]*"|'[^']*'|\[[^\[\]]*\])|(?<=[A-Za-z])([0-9]+)(?![\w.!(\[\]])""")
_FORMULA = b"<f"
_VALUE = b"</f><v>"
_SHARED = b' t="shared" '
_MOST = 500
"""Formulas of a sheet beyond which reading them one by one is no slower."""

# What a cell begins with up to its row, the rest of its tag, what spells its formula; and what
# takes the row, the tag, the result and all that stands before it, of a cell that is just so.
_Step = tuple[
    bytes,
    bytes,
    Callable[[int, bytes], bytes],
    Callable[[int], None],
    Callable[[bytes], None],
    Callable[[bytes | None], None],
    Callable[[bytes], None],
]


class XlsxColumn(FormulaColumn):
    """Formulas that were filled down, with what stands before each behind the last formula."""

    __slots__ = ("before",)

    before: list[bytes]


class _Filled:
    """A formula and the cells that hold it."""

    __slots__ = (
        *("before", "column", "distances", "parts", "rows", "shared", "tags", "text", "values"),
    )

    def __init__(self, column: int, formula: bytes, row: int, shared: bytes) -> None:
        """Cut a formula at the numbers of rows behind letters, in the first cell that has it."""
        self.column, self.text, self.shared = column, formula, shared
        ends, self.distances = [0], []
        for found in _ROW.finditer(formula):
            if found[2]:
                ends += found.span(2)
                self.distances.append(int(found[2]) - row)
        ends.append(len(formula))
        pieces = [formula[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]
        self.parts = [b">" + pieces[0], *pieces[1:]]
        self.rows: list[int] = []
        self.tags: list[bytes] = []
        self.before: list[bytes] = []
        self.values: list[bytes | None] = []

    def at(self, row: int) -> bytes:
        """The formula as it would read in another row."""
        numbers = [b"%d" % (row + distance) for distance in self.distances]
        return b"".join([a + b for a, b in zip(self.parts, [*numbers, b""], strict=True)])

    @property
    def spelled(self) -> Callable[[int, bytes], bytes]:
        """Gives what stands between `<f` and a result, by the number of the row and its digits."""
        if self.shared:
            member = b' t="shared" si="%b"/><v>' % self.shared
            return lambda _, __: member
        if any(self.distances):
            return lambda number, _: self.at(number) + _VALUE
        parts = [*self.parts[:-1], self.parts[-1] + _VALUE]
        return lambda _, digits: digits.join(parts)

    def made(self, kinds: dict[bytes, bytes]) -> XlsxColumn:
        text = unescape(self.text.decode("utf-8", "replace"))

        def decoded() -> Sequence[Scalar]:
            return _decoded(self.tags, self.values, kinds)

        made = XlsxColumn(self.column, text, len(self.distances), self.rows, decoded)
        made.before = self.before
        return made


def formula_columns(scan: SheetScan) -> list[XlsxColumn] | None:
    """Every formula of a sheet; None where some of its formulas take reading cell by cell."""
    if scan.masked or scan.prefix:
        return None
    text, first, stop = scan.text, max(scan.first, 0), scan.stop
    around = text.find(_FORMULA, stop) >= 0 or text.find(_FORMULA, 0, first) >= 0
    return _Reading().read((text[first:stop] if around else text).split(_FORMULA))


class _Reading:
    """One reading of a sheet's formulas."""

    def __init__(self) -> None:
        self._columns: dict[bytes, list[_Filled]] = {}
        self._shared: dict[bytes, _Filled] = {}
        self._all: list[_Filled] = []

    def read(self, pieces: list[bytes]) -> list[XlsxColumn] | None:
        """Put each cell to those that hold the same formula; what a row has is expected next."""
        steps: list[_Step] = []  # of one row; the next row is expected to be like it
        collected = place = number = 0
        digits = b""
        before = pieces[0]
        for piece in pieces[1:]:
            if place == len(steps):
                place, number = 0, number + 1
                digits = b"%d" % number
            if steps:
                opening, tag, spelled, add_row, add_tag, add_value, add_before = steps[place]
                if before.endswith(opening + digits + tag):
                    text = spelled(number, digits)
                    if piece.startswith(text):
                        size = len(text)
                        add_row(number)
                        add_tag(tag)
                        add_value(piece[size : piece.find(b"<", size)])
                        add_before(before)
                        place, before = place + 1, piece
                        continue
            found = _TAG.fullmatch(before, max(before.rfind(b"<"), 0))
            step = None if found is None else self._other(found, before, piece)
            if found is None or step is None:
                return None
            number, before = int(found[2]), piece
            steps = [*steps, step] if number == collected else [step]
            collected, place = number, len(steps)
        return self._made()

    def _made(self) -> list[XlsxColumn] | None:
        every = {tag for filled in self._all for tag in filled.tags}
        kinds = {tag: attributes(tag[1:-1]).get(b"t", b"n") for tag in every}
        if any(tag.endswith(b"/>") for tag in kinds):
            return None
        rising = (all(map(operator.lt, f.rows, f.rows[1:])) for f in self._all)
        return [filled.made(kinds) for filled in self._all] if all(rising) else None

    def _other(self, found: re.Match[bytes], before: bytes, piece: bytes) -> _Step | None:
        """Take any other cell; None where it has to be read by itself."""
        letters, row, rest = found.groups()
        tag, _, inside = piece.partition(b">")
        if tag.strip() and not tag.startswith(_SHARED):
            return None
        if tag.endswith(b"/"):
            filled, behind = self._shared.get(_group(tag)), inside
            if filled is None or filled.column != column_of(letters):
                return None
        else:
            formula, _, behind = inside.partition(b"</f>")
            if not formula or b"<" in formula or len(self._all) > _MOST:
                return None
            filled = self._holding(letters, formula, int(row), _group(tag) if tag else b"")
        if behind.startswith(b"<v>"):
            filled.values.append(behind[3 : behind.find(b"<", 3)])
        elif behind.startswith(b"</c>"):
            filled.values.append(None)
        elif behind.startswith(b"<v/></c>"):
            filled.values.append(b"")
        else:
            return None
        filled.rows.append(int(row))
        filled.tags.append(rest)
        filled.before.append(before)
        adding = (filled.rows.append, filled.tags.append, filled.values.append)
        return (b'<c r="%b' % letters, rest, filled.spelled, *adding, filled.before.append)

    def _holding(self, letters: bytes, formula: bytes, row: int, group: bytes) -> _Filled:
        """The formula of a cell among those of its column that read so in its row, or a new one."""
        known = self._columns.setdefault(letters, [])
        read = b">" + formula
        for filled in known if not group else ():
            if filled.at(row) == read:
                return filled
        filled = _Filled(column_of(letters), formula, row, group)
        self._all.append(filled)
        if group:
            self._shared[group] = filled
        else:
            known.append(filled)
        return filled


def _group(tag: bytes) -> bytes:
    """The number of a shared formula, from the tag of its `f` element."""
    return attributes(tag).get(b"si", b"")


def _decoded(
    tags: list[bytes], values: list[bytes | None], kinds: dict[bytes, bytes]
) -> Sequence[Scalar]:
    """Stored results, as what they are."""
    if {kinds[tag] for tag in set(tags)} == {b"n"}:
        try:
            return [float(text) for text in values]  # type: ignore[arg-type] # checked by float
        except (TypeError, ValueError):
            pass
    known: dict[tuple[bytes, bytes | None], Scalar] = {}
    pairs = list(zip(tags, values, strict=True))
    for pair in set(pairs):
        tag, text = pair
        known[pair] = None if text is None else stored_value(kinds[tag], decode(text))
    return list(map(known.__getitem__, pairs))


def text_before(columns: Sequence[XlsxColumn], column: int, rows: Sequence[int]) -> bytes | None:
    """What a sheet has from a column's cells on up to the next formula, where that is in each row.

    None where no formula lies behind the column in just these rows.
    """
    behind = min((c.column for c in columns if c.column > column), default=0)
    opening = b'<c r="%b' % letters_of(column)
    for found in columns:
        if found.column == behind and found.rows == rows:
            return b"".join([text[max(text.rfind(opening), 0) :] for text in found.before])
    return None
