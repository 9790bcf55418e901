"""Where rows and cells lie in a worksheet's XML, by byte offsets, without building a tree.

In well-formed XML `<` is always markup, so a tag's opening bytes can be searched for. What could
hold markup that is none (comments, CDATA, processing instructions) is masked with spaces of the
same length in a copy; the offsets hold for the original, and what was masked is read by a parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableSequence, Sequence
from functools import cache, cached_property
from itertools import chain, repeat, starmap

from perf_addin.adapters.xlsx.xml_text import find_element, find_sign, tag_end
from perf_addin.application.grid import column_letters, column_number
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.errors import InputError
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.cell_spans import CellSpan, Patterns

LAST_COLUMN = 16_384
_LARGE = 1 << 22
"""Bytes of rows whose offsets are worth holding close together."""
_MOST_LETTERS, _MOST_DIGITS = 3, 11
ATTRIBUTE = lazily(rb"""([^\s=/<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
"""An attribute in a start tag: its name, and its value in one kind of quotes or the other."""
_new_span = tuple.__new__  # a third of the time of calling the class
_HIDDEN_MARKUP = lazily(rb"(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>")


class RowSpan(NamedTuple):
    """A row's number, and the offsets of its start, first cell, end tag and end.

    In a self-closed row the last three are the same.
    """

    number: int
    start: int
    inner: int
    close: int
    end: int


Offsets = tuple[int, int, int, int, int]
"""What a `RowSpan` holds, without its names: a third of the work where there are thousands."""
Known = Callable[[int], Iterable[list[Offsets]]]
"""Gives the rows from an offset on, up to the first that it does not know, some at once."""


@cache
def letters_of(column: int) -> bytes:
    """The letters of a 1-based column, as bytes."""
    return column_letters(column).encode()


@cache
def column_of(letters: bytes) -> int:
    """The 1-based column of its letters.

    Raises:
        InputError: there is no such column.
    """
    is_one = len(letters) <= _MOST_LETTERS and letters.isalpha()
    column = column_number(letters.decode()) if is_one else LAST_COLUMN + 1
    if column > LAST_COLUMN:
        shown = letters[:20].decode("utf-8", "replace")
        raise InputError(
            f"A cell is said to be in column {shown}, but XFD is the last that there is. Open and "
            "save the file in Excel."
        )
    return column


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """The attributes of a start tag, still escaped, in their order."""
    pieces = tag.split(b'"')
    if b"'" not in tag and len(pieces) % 2 and all(map(_is_plain, pieces[:-1:2])):
        return {name[1:-1]: value for name, value in zip(pieces[:-1:2], pieces[1::2], strict=True)}
    return {name: double or single for name, double, single in ATTRIBUTE.findall(tag)}


def _is_plain(before: bytes) -> bool:
    """Whether a space and an attribute's name, and no more, stand before a value."""
    return before[:1] == b" " and before[-1:] == b"=" and before[1:-1].isalpha()


def mask(xml: bytes) -> bytes:
    """Cover comments, CDATA and processing instructions with as many spaces.

    The very same object comes back where there are none.
    """
    if find_sign(xml, b"<!") < 0 and find_sign(xml, b"<?", 5) < 0:
        return xml
    return _HIDDEN_MARKUP.sub(lambda found: b" " * len(found[0]), xml)


def _offsets(size: int) -> MutableSequence[int]:
    """What takes the offsets of rows of so many bytes: for many, a fifth of a list's memory."""
    if size < _LARGE:
        return []
    from array import array  # noqa: PLC0415 - loading it takes a while

    return array("Q")


class SheetScan:
    """The rows and cells of one worksheet part (UTF-8)."""

    def __init__(self, xml: bytes, where: str) -> None:
        """Find the sheet's data.

        Args:
            xml: the part.
            where: what to call the sheet in a message.

        Raises:
            InputError: it is no worksheet.
        """
        self.xml = xml
        self.text = mask(xml)
        self.where = where
        root = find_element(self.text, b"worksheet")
        if root is None:
            raise InputError(f"{where} holds no worksheet XML. Open and save the file in Excel.")
        data = find_element(self.text, b"sheetData", root[1])
        if data is not None and tag_end(self.text, data[1]) < 0:
            data = None
        self.prefix: bytes = (data or root)[0]
        self.data_start = self.first = self.stop = self.data_end = -1
        self.data_open = data is not None
        self._counted, self._plain = -1, False
        self._formulas: bool | None = None
        self._remembered: Sequence[int] | None = None
        if data is not None:
            self._bound(data[1])

    def _bound(self, start: int) -> None:
        self.data_start, self.first = start, tag_end(self.text, start)
        if self.text[self.first - 2] == ord("/"):
            self.stop = self.data_end = self.first
            return
        self.stop = self.text.rfind(b"</" + self.prefix + b"sheetData")  # close to the end
        if self.stop < self.first:
            raise InputError(f"{self.where} is cut off: its cells do not end.")
        self.data_end = self.text.find(b">", self.stop) + 1

    @property
    def masked(self) -> bool:
        """Whether something was masked, so that `text` and `xml` differ."""
        return self.text is not self.xml

    def holds_formulas(self) -> bool:
        """Whether the sheet holds formulas, or what looks like them."""
        if self._formulas is None:
            sign = b"<" + self.prefix + b"f"
            self._formulas = find_sign(self.text, sign, max(self.first, 0), self.stop) >= 0
        return self._formulas

    @property
    def knows_rows(self) -> bool:
        """Whether all rows were gone through."""
        return self._remembered is not None

    def row_numbers(self) -> list[int]:
        """The numbers of all rows, in file order, once all were gone through."""
        return list(self._remembered[:: len(RowSpan._fields)]) if self._remembered else []

    def rows(self) -> Iterator[RowSpan]:
        """Every row element, in file order; once all were gone through, from memory."""
        return starmap(_new_span, zip(repeat(RowSpan), self.offsets(), strict=False))

    def offsets(self, known: Known | None = None) -> Iterator[Offsets]:
        """What the spans of `rows` hold; rows that are `known` are not looked at here."""
        if self._remembered is None or known is not None:
            return self._find_rows(known)
        numbers = iter(self._remembered)
        return zip(*[numbers] * len(RowSpan._fields), strict=True)

    def _find_rows(self, known: Known | None) -> Iterator[Offsets]:
        found = _offsets(self.stop - self.first)
        text, stop, at, number = self.text, self.stop, self.first, 0
        opening, closing = b"<" + self.prefix + b"row", b"</" + self.prefix + b"row"
        find = text.find
        while True:
            for spans in known(at) if known is not None else ():
                found.extend(chain.from_iterable(spans))
                yield from spans
                number, _, _, _, at = spans[-1]
            start = find(opening, at, stop)
            if start < 0:
                break
            inner = close = end = tag_end(text, start)
            tag = text[start + len(opening) : inner - 1]
            if inner < 0 or b"<" in tag:
                raise InputError(f"{self.where} is damaged after row {number}.")
            name, _, rest = tag.partition(b'"')
            stated = rest.partition(b'"')[0] if name == b" r=" else attributes(tag).get(b"r")
            if stated and not (stated.isdigit() and len(stated) <= _MOST_DIGITS):
                raise InputError(f"{self.where} is damaged after row {number}.")
            number = int(stated) if stated else number + 1
            if not tag.endswith(b"/"):
                close = find(closing, inner, stop)
                if close < 0:
                    raise InputError(f"{self.where} is damaged: row {number} does not end.")
                end = find(b">", close) + 1
            span = (number, start, inner, close, end)
            found.extend(span)
            yield span
            at = end
        self._remembered = found

    @cached_property
    def patterns(self) -> Patterns:
        """The patterns of its cells."""
        from perf_addin.adapters.xlsx.cell_spans import patterns  # noqa: PLC0415 - few need any

        return patterns(self.prefix)

    def cells(self, row: RowSpan) -> list[CellSpan]:
        """The cells of a row, in file order, blank ones too."""
        from perf_addin.adapters.xlsx.cell_spans import cells_of  # noqa: PLC0415 - few are asked for

        return cells_of(self, row)

    def start_of(self, row: RowSpan, column: int) -> int:
        """Where a cell's element starts, or -1 where the row has no such cell."""
        opening = b'<%bc r="' % self.prefix
        found = self.text.find(
            b'%b%b%d"' % (opening, letters_of(column), row.number), row.inner, row.close
        )
        if found >= 0 or self.is_plain(row, opening):
            return found
        return next((c.start for c in self.cells(row) if c.column == column), -1)

    def is_plain(self, row: RowSpan, opening: bytes) -> bool:
        """Whether each cell of the row begins with its address, so that a search finds it."""
        if row.inner != self._counted:
            count = self.text.count
            every = count(b"<" + self.prefix + b"c", row.inner, row.close)
            self._plain = every == count(opening, row.inner, row.close)
            self._counted = row.inner
        return self._plain

    def end_of(self, start: int, row: RowSpan) -> int:
        """Where the cell that starts at an offset ends."""
        from perf_addin.adapters.xlsx.cell_spans import end_of  # noqa: PLC0415 - few are asked for

        return end_of(self, start, row)
