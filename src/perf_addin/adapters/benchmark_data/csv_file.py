"""A CSV file as rows of cells, whatever program saved it.

Spreadsheets and download pages save UTF-8 with and without a mark, UTF-16, and the code page of
Western Europe; with commas, semicolons or tabs. A cell stays the text that it is: nothing is
turned into a date or loses its leading zeros.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from perf_addin.application.benchmarking.data import DataRow
from perf_addin.application.grid import Cell
from perf_addin.domain.errors import InputError

_MOST_BYTES = 200_000_000
_LONGEST_CELL = 32_767  # of a cell in Excel
_DELIMITERS = ",;\t|"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(file: Path) -> list[DataRow]:
    """Read a CSV file; rows without content are left out.

    Raises:
        InputError: it cannot be read, is no text, or is no table.
    """
    text = _decoded(file)
    first = next((line for line in text.splitlines() if line.strip(" ,;\t|")), "")
    delimiter = max(_DELIMITERS, key=first.count)
    return list(_rows(file, text, delimiter))


def _rows(file: Path, text: str, delimiter: str) -> Iterator[DataRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for texts in reader:
            cells = {
                column: Cell(each) for column, each in enumerate(map(str.strip, texts), 1) if each
            }
            if any(len(str(cell.value)) > _LONGEST_CELL for cell in cells.values()):
                raise InputError(
                    f"{file}, line {reader.line_num}: found more than {_LONGEST_CELL:,} characters "
                    "in one cell, as after a quotation mark that nothing closes. Correct the line."
                )
            if cells:
                yield DataRow(reader.line_num, cells)
    except csv.Error as error:
        raise InputError(
            f"{file}, line {reader.line_num}: found what is no line of a CSV file ({error}). Save "
            "the data as CSV again."
        ) from None


def _decoded(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(
                f"{file} has more than {_MOST_BYTES // 1_000_000} MB. Leave out the measures and "
                "years that the index does not need."
            )
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{file} cannot be read: {reason}. Check its name and place.") from None
    is_wide = data.startswith(_UTF16)
    if b"\0" in data and not is_wide:
        raise InputError(
            f"{file}: found bytes that no text has, expected a CSV file or an .xlsx workbook."
        )
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{file}: its letters are in no known code. Save it as CSV UTF-8.")
