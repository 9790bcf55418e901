"""What cells hold while formulas are calculated: stored values, with results laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perf_addin.application.formulas.book import FormulaWorkbook, Key
from perf_addin.application.functions import Scalar
from perf_addin.application.grid import CellRange


class CellValues:
    """The values of those cells that formulas refer to."""

    def __init__(self, workbook: FormulaWorkbook) -> None:
        """Read nothing yet."""
        self._workbook = workbook
        self._values: dict[str, dict[tuple[int, int], Scalar]] = {}
        self._read: dict[str, set[CellRange]] = {}

    def read(self, areas: Iterable[tuple[str, CellRange]]) -> None:
        """Read the stored values of some areas, those that were not read yet."""
        wanted: dict[str, set[CellRange]] = {}
        for sheet, area in areas:
            if area not in self._read.setdefault(sheet, set()):
                wanted.setdefault(sheet, set()).add(area)
        for sheet, new in wanted.items():
            self._read[sheet] |= new
            known = self._values.setdefault(sheet, {})
            for place, value in self._workbook.stored_values(sheet, new):
                known.setdefault(place, value)

    def know(self, key: Key, value: Scalar) -> None:
        """Note what is stored in a cell, unless a result lies over it."""
        self._values.setdefault(key[0], {}).setdefault(key[1:], value)

    def put(self, key: Key, value: Scalar) -> None:
        """Lay a result over what is stored."""
        self._values.setdefault(key[0], {})[key[1:]] = value

    def restore(self, key: Key, value: Scalar) -> None:
        """Take a result off again; None where nothing lay under it."""
        known = self._values.setdefault(key[0], {})
        if value is None:
            known.pop(key[1:], None)
        else:
            known[key[1:]] = value

    def get(self, key: Key) -> Scalar:
        """What a cell holds; None for a blank."""
        return self._values.get(key[0], {}).get(key[1:])

    def block(self, sheet: str, area: CellRange) -> Scalar | list[list[Scalar]]:
        """One cell, or an area as rows; rows below the last that holds something are left out."""
        known: Mapping[tuple[int, int], Scalar] = self._values.get(sheet, {})
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            return known.get((top, left))
        if (bottom - top) * (right - left + 1) > len(known):
            bottom = max((row for row, _ in known if row <= bottom), default=top)
            bottom = max(bottom, top)
        columns = range(left, right + 1)
        return [[known.get((row, c)) for c in columns] for row in range(top, bottom + 1)]

    @property
    def size(self) -> int:
        """How many cells are known."""
        return sum(map(len, self._values.values()))

    def items(self) -> Iterable[tuple[Key, Scalar]]:
        """Everything that is known."""
        for sheet, known in self._values.items():
            for (row, column), value in known.items():
                yield (sheet, row, column), value
