"""Tables written row by row, so that no table need be held: CSV, and Parquet through pandas."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol

from perf_addin.application.no_formula import as_no_formula
from perf_addin.domain.errors import UsageError

_BLOCK = 1 << 20
_GROUP_ROWS = 20_000
# Up to this size a table waits in memory for its place, beyond it in a temporary file.
_IN_MEMORY = 8 << 20


class Table(Protocol):
    """A table that rows are added to; each row is texts, a blank an empty one."""

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Add rows."""

    def end(self) -> Callable[[], Iterator[bytes]]:
        """No row will follow; gives what gives the file, from its beginning at every call."""

    def close(self) -> None:
        """Let go of what it was held in."""


class CsvTable:
    """A table as CSV in UTF-8 with a mark that Excel knows it by. No cell of it is a formula."""

    def __init__(self, columns: Sequence[str], numbers: Collection[str]) -> None:
        """Begin with the headings.

        Args:
            columns: the headings.
            numbers: the columns that hold numbers; a minus in front of them is one.
        """
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with us
        self._text = io.TextIOWrapper(
            self._file, encoding="utf-8-sig", errors="backslashreplace", newline=""
        )
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._writer.writerow(columns)
        self._plain = [name in numbers for name in columns]

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Add rows."""
        plain = self._plain
        self._writer.writerows(
            [cell if as_is else as_no_formula(cell) for cell, as_is in zip(row, plain, strict=True)]
            for row in rows
        )

    def end(self) -> Callable[[], Iterator[bytes]]:
        """Give what gives the file."""
        self._text.flush()
        return _rereadable(self._file)

    def close(self) -> None:
        """Let go of what it was held in."""
        self._text.close()


class ParquetTable:
    """A table as Parquet: texts as texts, numbers as numbers, blanks as nulls."""

    def __init__(
        self, columns: Sequence[str], whole_numbers: Collection[str], numbers: Collection[str]
    ) -> None:
        """Begin with the headings.

        Args:
            columns: the headings.
            whole_numbers: the columns that hold whole numbers.
            numbers: the columns that hold other numbers; they become binary floating point.

        Raises:
            UsageError: pandas or pyarrow is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - heavy, and an extra
            import pyarrow as pa  # noqa: PLC0415
            from pyarrow import parquet  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise UsageError(
                'Parquet tables need pandas and pyarrow. Install them with pip install "perf-addin'
                '[tables]", or say --tables csv.'
            ) from error
        self._pandas: Any = pd
        self._arrow: Any = pa
        self._columns = columns
        self._types = {
            name: "Int64" if name in whole_numbers else "Float64" if name in numbers else "string"
            for name in columns
        }
        kinds = {"Int64": pa.int64(), "Float64": pa.float64(), "string": pa.string()}
        self._schema = pa.schema([(name, kinds[kind]) for name, kind in self._types.items()])
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with us
        self._writer = parquet.ParquetWriter(self._file, self._schema)
        self._rows: list[Sequence[str]] = []

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Add rows."""
        self._rows += rows
        if len(self._rows) >= _GROUP_ROWS:
            self._write()

    def _write(self) -> None:
        cells = [[cell or None for cell in map(_storable, row)] for row in self._rows]
        frame = self._pandas.DataFrame(cells, columns=list(self._columns), dtype="object")
        for name, kind in self._types.items():
            column = frame[name]
            if kind != "string":
                column = self._pandas.to_numeric(column)
            frame[name] = column.astype(kind)
        table = self._arrow.Table.from_pandas(frame, schema=self._schema, preserve_index=False)
        self._writer.write_table(table)
        self._rows.clear()

    def end(self) -> Callable[[], Iterator[bytes]]:
        """Give what gives the file."""
        if self._rows:
            self._write()
        self._writer.close()
        return _rereadable(self._file)

    def close(self) -> None:
        """Let go of what it was held in."""
        self._writer.close()
        self._file.close()


def _storable(text: str) -> str:
    """A text without halves of letters, which a file's name may have; see `surrogateescape`."""
    return text.encode("utf-8", "backslashreplace").decode() if not text.isascii() else text


def _rereadable(file: Any) -> Callable[[], Iterator[bytes]]:  # noqa: ANN401 - no common type
    def blocks() -> Iterator[bytes]:
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block

    return blocks
