"""A CSV file as a sheet: rows of texts, read one after the other, never held together."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from perf_addin.adapters.extracts.csv_text import (
    LONGEST_LINE,
    Dialect,
    find_dialect,
    fingerprint,
    lines_of,
)
from perf_addin.application.grid import (
    Cell,
    CellRange,
    Format,
    Look,
    PlainRow,
    TableInfo,
    Wanted,
)
from perf_addin.application.importing.extract import Extract
from perf_addin.domain.errors import InputError

LARGEST_BYTES = 512 << 20
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_SAMPLED_LINES = 200


class Stamp(NamedTuple):
    """How large a file is, in bytes, and when it was written last, in nanoseconds."""

    size: int
    written: int


class CsvRow:
    """One record; its number counts the records that are there, as Excel's rows do."""

    __slots__ = ("_texts", "number")

    hidden = False

    def __init__(self, number: int, texts: Sequence[str]) -> None:
        """Wrap the fields of a record."""
        self.number = number
        self._texts = texts

    def get(self, column: int) -> Cell | None:
        """The text in a 1-based column, or None where it is blank."""
        if not 0 < column <= len(self._texts):
            return None
        text = self._texts[column - 1]
        return Cell(text) if text and not text.isspace() else None

    def cells(self) -> dict[int, Cell]:
        """Every text, by its 1-based column."""
        found = ((column, self.get(column)) for column in range(1, len(self._texts) + 1))
        return {column: cell for column, cell in found if cell is not None}

    def get_many(self, columns: Sequence[int]) -> list[Cell | None]:
        """The texts in several columns, in the order asked for."""
        return [self.get(column) for column in columns]

    def has_cell(self, column: int) -> bool:
        """Whether the record reaches that far."""
        return 0 < column <= len(self._texts)

    def formula(self, column: int) -> str | None:  # noqa: ARG002 - text is never a formula
        """None: text that begins with = is text."""
        return None

    def alike_anywhere(self, plain: PlainRow) -> None:
        """Nothing: there are no plain rows."""

    def plain(self, wanted: Wanted) -> PlainRow | None:  # noqa: ARG002 - part of what a row is
        """None: every cell is read by itself."""
        return None

    def number_formats(self, columns: Sequence[int]) -> tuple[bool, bool]:  # noqa: ARG002
        """No text has a number format."""
        return False, False

    def look(self, column: int) -> Look | None:  # noqa: ARG002
        """No text has a look."""
        return None

    def format_of(self, column: int) -> Format | None:  # noqa: ARG002
        """No text has a number format."""
        return None


class CsvSheet:
    """The records of a CSV file, which is opened anew for each walk over its rows."""

    visible = True

    def __init__(self, path: Path, codec: str, stamp: Stamp) -> None:
        """Bind a file as it was when it was looked at, and find out what separates its fields."""
        self._path = path
        self.name = path.name
        self._codec = codec
        self._stamp = stamp
        self.dialect: Dialect = find_dialect(list(islice(self._lines(), _SAMPLED_LINES)))

    def _lines(self) -> Iterator[str]:
        """The lines of the file.

        Raises:
            InputError: somebody has written into it since.
        """
        with self._path.open(encoding=self._codec, newline="") as file:
            if _stamp(file) != self._stamp:
                raise InputError(
                    f"{self._path} was changed while it was read. Run it again.", file=self._path
                )
            yield from lines_of(iter(lambda: file.readline(LONGEST_LINE + 1), ""), self.name)

    def rows(self, first_row: int = 1) -> Iterator[CsvRow]:
        """Every record from `first_row` on that holds something, from top to bottom.

        Raises:
            InputError: a record cannot be read, or there are more than a worksheet has room for.
        """
        lines = islice(self._lines(), self.dialect.skipped, None)
        records = csv.reader(lines, delimiter=self.dialect.delimiter)
        number = 0
        while True:
            try:
                record = next(records, None)
            except csv.Error as error:
                raise InputError(
                    f"{self.name}, row {number + 1:,}: the record cannot be read ({error}). Look "
                    "for a quotation mark that is not closed, or export the extract again.",
                    file=self.name,
                ) from None
            if record is None:
                return
            number += 1
            self._check(number, record)
            if number >= first_row and any(map(str.strip, record)):
                yield CsvRow(number, record)

    def _check(self, number: int, record: list[str]) -> None:
        if number > MOST_ROWS or len(record) > MOST_COLUMNS:
            raise InputError(
                f"{self.name}, row {number:,}: found {len(record):,} columns, expected at most "
                f"{MOST_ROWS:,} rows of {MOST_COLUMNS:,} columns, which is what a worksheet holds. "
                "Export less at a time.",
                file=self.name,
            )

    def merged(self) -> Sequence[CellRange]:
        """Nothing is merged."""
        return ()

    def tables(self) -> Sequence[TableInfo]:
        """There are no tables."""
        return ()


def open_csv(path: Path) -> Extract:
    """Open a CSV file as an extract.

    Raises:
        InputError: it cannot be read, is no text, is empty or larger than half a gibibyte.
    """
    try:
        with path.open("rb") as file:
            stamp = _stamp(file)
            if stamp.size > LARGEST_BYTES:
                limit = LARGEST_BYTES >> 20
                raise InputError(
                    f"{path} is larger than {limit} MiB. Export less at a time.", file=path
                )
            digest, encoding = fingerprint(file, path.name)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.", file=path) from None
    sheet = CsvSheet(path, encoding.codec, stamp)
    if next(sheet.rows(), None) is None:
        raise InputError(
            f"{path} is empty: expected a row of headings and rows of figures.", file=path
        )
    read_as = f"{encoding.name}, separated by {sheet.dialect.name}"
    return Extract(path.name, digest, (sheet,), read_as)


def _stamp(file: IO[str] | BinaryIO) -> Stamp:
    stat = os.fstat(file.fileno())
    return Stamp(stat.st_size, stat.st_mtime_ns)
