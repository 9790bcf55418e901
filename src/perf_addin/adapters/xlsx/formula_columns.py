"""The formula cells of a sheet, column by column: each formula that was filled down is read once.

A sheet is cut at its formulas, and each is compared with what the one above it would be here. What
is anything else than a formula of its own cell, or one shared within its column, is not read here.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence

from perf_addin.adapters.xlsx.cell_text import decode, unescape
from perf_addin.adapters.xlsx.column_values import stored_value
from perf_addin.adapters.xlsx.sheet_scan import SheetScan, attributes, column_of
from perf_addin.application.formulas.cells import FormulaColumn
from perf_addin.application.functions.values import Scalar
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.lazy_patterns import lazily

_TAG = lazily(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})("[^<>]*>)')
# The rows of cells; texts, sheets' names, functions (LOG10) and columns of tables have none.
_ROW = lazily(rb"""("[^"]*"|'[^']*'|\[[^\[\]]*\])|(?<=[A-Za-z])([0-9]+)(?![\w.!(\[\]])""")
_FORMULA = b"<f"
_VALUE, _END = b"</f><v>", b"</v>"
_SHARED = b' t="shared" '
_MOST = 500
"""Formulas of a sheet beyond which reading them one by one is no slower."""

_MOST_ROWS = 512
"""Rows that are compared at once with what the one above them would be there."""


class XlsxColumn(FormulaColumn):
    """Formulas that were filled down, and what a sheet has around them.

    Attributes:
        before: what stands before each formula, from the last one on.
        digits: the numbers of their rows as they are spelled.
    """

    __slots__ = ("before", "digits")

    before: list[bytes]
    digits: list[bytes]


class _Filled:
    """A formula and the cells that hold it."""

    __slots__ = (
        *("before", "column", "digits", "distances", "parts", "rows", "shared", "tags", "text"),
        "values",
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
        self.digits: list[bytes] = []
        self.tags: list[bytes] = []
        self.before: list[bytes] = []
        self.values: list[bytes | None] = []

    def at(self, row: int) -> bytes:
        """The formula as it would read in another row."""
        numbers = [b"%d" % (row + distance) for distance in self.distances]
        return b"".join([a + b for a, b in zip(self.parts, [*numbers, b""], strict=True)])

    def spelled(self, rows: Sequence[int], digits: Sequence[bytes]) -> Sequence[bytes]:
        """What stands between `<f` and a result in some other rows, given with their digits."""
        if self.shared:
            return [b' t="shared" si="%b"/><v>' % self.shared] * len(rows)
        if any(self.distances):
            return [self.at(row) + _VALUE for row in rows]
        parts = (*self.parts[:-1], self.parts[-1] + _VALUE)
        return [number.join(parts) for number in digits]

    def made(self, kinds: dict[bytes, bytes]) -> XlsxColumn:
        text = unescape(self.text.decode("utf-8", "replace"))

        def decoded() -> Sequence[Scalar]:
            return _decoded(self.tags, self.values, kinds)

        made = XlsxColumn(self.column, text, len(self.distances), self.rows, decoded)
        made.before, made.digits = self.before, self.digits
        return made


def formula_columns(scan: SheetScan) -> list[XlsxColumn] | None:
    """Every formula of a sheet; None where some of its formulas take reading cell by cell."""
    if scan.masked or scan.prefix:
        return None
    text, first, stop = scan.text, max(scan.first, 0), scan.stop
    around = text.find(_FORMULA, stop) >= 0 or text.find(_FORMULA, 0, first) >= 0
    return _Reading().read((text[first:stop] if around else text).split(_FORMULA))


class _Step(NamedTuple):
    """A cell of a row, as the next row is expected to have one too.

    Attributes:
        opening: what its tag has up to the number of the row.
        rest: what its tag has behind that.
        filled: its formula.
    """

    opening: bytes
    rest: bytes
    filled: _Filled


class _Reading:
    """One reading of a sheet's formulas."""

    def __init__(self) -> None:
        self._columns: dict[bytes, list[_Filled]] = {}
        self._shared: dict[bytes, _Filled] = {}
        self._all: list[_Filled] = []

    def read(self, pieces: list[bytes]) -> list[XlsxColumn] | None:
        """Put each cell to those that hold the same formula; what a row has is expected next."""
        steps: list[_Step] = []  # of one row
        place, last, row, wanted = 0, len(pieces) - 1, 0, 1
        while place < last:
            rows = min(wanted, (last - place) // len(steps)) if steps else 0
            alike = _alike(pieces[place : place + rows * len(steps) + 1], steps, row + 1)
            row, place = row + alike, place + alike * len(steps)
            wanted = min(2 * wanted, _MOST_ROWS) if alike == rows else 1
            if alike:
                continue
            before, piece = pieces[place : place + 2]
            found = _TAG.fullmatch(before, max(before.rfind(b"<"), 0))
            step = None if found is None else self._other(found, before, piece)
            if found is None or step is None:
                return None
            steps = [*steps, step] if int(found[2]) == row else [step]
            row, place = int(found[2]), place + 1
        return self._made()

    def _made(self) -> list[XlsxColumn] | None:
        every = set().union(*[filled.tags for filled in self._all])
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
        filled.digits.append(row)
        filled.tags.append(rest)
        filled.before.append(before)
        return _Step(b'<c r="%b' % letters, rest, filled)

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


def _alike(pieces: list[bytes], steps: list[_Step], row: int) -> int:
    """Take rows that follow each other and have the same formulas; how many there are of them.

    Args:
        pieces: the sheet from before the first cell of a row, cut at formulas.
        steps: the cells of the row above.
        row: the number of the row.
    """
    width = len(steps)
    if not width or not pieces[0].endswith(b"%b%d%b" % (steps[0].opening, row, steps[0].rest)):
        return 0
    rows = range(row, row + (len(pieces) - 1) // width)
    digits = [b"%d" % number for number in rows]
    alike, taken = len(rows), []
    for place, (opening, rest, filled) in enumerate(steps):
        before = pieces[place:-1:width]
        tags = [number.join((opening, rest)) for number in digits]
        cells = [piece.partition(_END)[0] for piece in pieces[place + 1 :: width]]
        results = list(map(bytes.removeprefix, cells, filled.spelled(rows, digits)))
        for fits in (map(bytes.endswith, before, tags), map(operator.ne, results, cells)):
            known = list(fits)
            if False in known:
                alike = min(alike, known.index(False))
        taken.append((before, results))
    for (_, rest, filled), (before, results) in zip(steps, taken, strict=True):
        filled.rows += rows[:alike]
        filled.digits += digits[:alike]
        filled.tags += [rest] * alike
        filled.before += before[:alike]
        filled.values += results[:alike]
    return alike


def _group(tag: bytes) -> bytes:
    """The number of a shared formula, from the tag of its `f` element."""
    return attributes(tag).get(b"si", b"")


def _decoded(
    tags: list[bytes], values: list[bytes | None], kinds: dict[bytes, bytes]
) -> Sequence[Scalar]:
    """Stored results, as what they are."""
    every = {kinds[tag] for tag in set(tags)}
    if every == {b"n"}:
        try:
            return [float(text) for text in values]  # type: ignore[arg-type] # checked by float
        except (TypeError, ValueError):
            pass
    if len(every) == 1:
        alone = {text: _result(kinds[tags[0]], text) for text in set(values)}
        return list(map(alone.__getitem__, values))
    pairs = list(zip(tags, values, strict=True))
    known = {(tag, text): _result(kinds[tag], text) for tag, text in set(pairs)}
    return list(map(known.__getitem__, pairs))


def _result(kind: bytes, text: bytes | None) -> Scalar:
    return None if text is None else stored_value(kind, decode(text))


def formulas_behind(
    columns: Sequence[XlsxColumn], column: int, rows: Sequence[int]
) -> XlsxColumn | None:
    """The first formulas behind a column, where they are in just these rows; None where not."""
    behind = min((c.column for c in columns if c.column > column), default=0)
    return next((c for c in columns if c.column == behind and c.rows == rows), None)
