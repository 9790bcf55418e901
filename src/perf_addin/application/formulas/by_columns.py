"""Formulas worked out column by column, where all that need it are of the plainest kinds.

An index has few formulas that are not one of a column's: each is read once, worked out for all of
its rows together, and compared with what is stored. Nothing is decided here that the thorough way
(`one_by_one`) would decide otherwise: whatever is not beyond doubt is left to it as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perf_addin.application.formulas.filled import CALLS, Filled, FilledColumns, meets_error
from perf_addin.application.formulas.quick_expressions import ColumnRead, NotQuickError, Read
from perf_addin.application.formulas.quick_values import Column, evaluated
from perf_addin.application.formulas.sameness import (
    all_alike,
    as_stored,
    is_doubtful,
    is_error,
    may_be_date,
    same,
)
from perf_addin.application.functions import NAMES as OURS
from perf_addin.application.functions.values import ExcelError
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from perf_addin.application.formulas.cells import Calculation, DefinedName, FormulaColumn
    from perf_addin.application.formulas.tables import Placed
    from perf_addin.application.functions.values import Defaults, Scalar
    from perf_addin.application.sheets import Sheet

    Key = tuple[str, int, int]

_SURE_ERRORS = frozenset({ExcelError.DIV0, ExcelError.NA, ExcelError.NUM})


class ColumnWorkbook(Protocol):
    """A workbook whose formulas can be read column by column."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The worksheets in tab order."""

    @property
    def calculation(self) -> Calculation:
        """What the workbook says of its last calculation."""

    @property
    def defined_names(self) -> Sequence[DefinedName]:
        """Every defined name, hidden ones too."""

    def formula_columns(self, sheet: str) -> Sequence[FormulaColumn] | None:
        """The formulas of a sheet by columns; None where that takes reading cell by cell."""

    def column_values(self, sheet: str, column: int, rows: Sequence[int]) -> Sequence[Scalar]:
        """What some rows of a column hold, in the order of the rows; None for each blank."""

    def put_results(self, sheet: str, results: Mapping[tuple[int, int], Scalar]) -> bool:
        """Store results in cells, by their row and column; whether any was another one."""


class ByColumns(NamedTuple):
    """What became of the formulas.

    Attributes:
        calculated: how many were worked out.
        changed: how many results are others than before.
        doubt: why the stored results were not trusted; empty where they were.
    """

    calculated: int
    changed: int
    doubt: str


class Columns:
    """One working out of a workbook's formulas, column by column."""

    def __init__(self, workbook: ColumnWorkbook, defaults: Defaults, *, everything: bool) -> None:
        """Bind the workbook.

        Args:
            workbook: the workbook.
            defaults: what its settings state for our functions.
            everything: whether every formula is worked out, or those that need it.
        """
        self._workbook, self._defaults = workbook, defaults
        self._doubt = workbook.calculation.doubt
        self._everything = everything
        self._results: dict[tuple[str, int], dict[int, Scalar]] = {}
        self._changed: dict[tuple[str, int], set[int]] = {}
        self._columns = FilledColumns(sheet.name for sheet in workbook.sheets)
        self._are_found = self._confirms = False

    def work_out(self) -> ByColumns | None:
        """Work formulas out and store their results; None, and nothing stored, where it takes more.

        That is so where any formula that needs it is of another kind, or its result in doubt.
        """
        try:
            return self._run()
        except NotQuickError:
            return None

    def confirmed(self) -> dict[Key, Scalar]:
        """The cells whose stored results are right, with these: worked out, they are the same.

        Nothing that could not be worked out bears on any of them.
        """
        self._results, self._changed, self._confirms = {}, {}, True
        if not self._are_found or any(map(self._refuses, self._workbook.defined_names)):
            return {}
        known: dict[int, bool] = {}
        for filled in self._columns.all:
            self._confirm(filled, known)
        return {
            (filled.sheet, row, filled.cells.column): result
            for filled in self._columns.all
            if known[id(filled)]
            for row, result in zip(filled.cells.rows, filled.cells.stored, strict=True)
        }

    def _confirm(self, filled: Filled, known: dict[int, bool]) -> bool:
        """Whether a formula comes to what is stored in all of its cells, and those before it."""
        if id(filled) not in known:
            known[id(filled)] = False  # also where it comes back to itself
            try:
                before = self._columns.before(filled)
                if all(self._confirm(other, known) for other in before):
                    self._work_out(filled, range(len(filled.cells.rows)))
                    known[id(filled)] = True
            except NotQuickError:
                pass
        return known[id(filled)]

    def _run(self) -> ByColumns:
        self._find()
        every = self._everything or bool(self._doubt)
        filled = self._columns.all
        todo = [one for one in filled if every or one.may_call_ours]
        if not every and any(None in one.cells.stored for one in filled):
            raise NotQuickError
        if todo and any(one.is_volatile for one in filled):
            raise NotQuickError
        if any(map(self._refuses, self._workbook.defined_names)):
            raise NotQuickError
        for one in self._columns.in_order(todo):
            self._work_out(one, range(len(one.cells.rows)))
        if any(self._changed.values()) and len(todo) < len(filled):
            self._work_out_behind()
        doubt = self._doubt if not self._everything and todo else ""
        calculated = sum(map(len, self._results.values()))
        return ByColumns(calculated, self._store(), doubt)

    def _work_out_behind(self) -> None:
        """Work out what depends on results that changed, directly or through others."""
        reached = {place: set(rows) for place, rows in self._changed.items()}
        for filled in self._columns.in_order(self._columns.all):
            rows = filled.cells.rows
            behind: set[int] = set()
            for read in filled.read().reads:
                hit = reached.get(self._columns.place_of(filled, read), ())
                if isinstance(read, ColumnRead):
                    behind.update(rows if read.meets(hit) else ())
                elif not read.fixed:
                    behind.update(row - read.row for row in hit)
                elif read.row in hit:
                    behind.update(rows)
            places = [place for place, row in enumerate(rows) if row in behind]
            if places:
                self._work_out(filled, places)
                reached.setdefault(filled.place, set()).update(rows[place] for place in places)

    def _find(self) -> None:
        for sheet in self._workbook.sheets:
            name = sheet.name
            columns = self._workbook.formula_columns(name)
            if columns is None:
                raise NotQuickError(name)
            for cells in columns:
                self._columns.add(Filled(name, cells, self._tables))
        self._are_found = True

    def _tables(self) -> Mapping[str, Placed]:
        """The workbook's tables, by name in lower case."""
        from perf_addin.application.formulas.tables import placed  # noqa: PLC0415 - few have any

        return placed(self._workbook.sheets)

    @staticmethod
    def _refuses(name: DefinedName) -> bool:
        """Whether a defined name calls ours, or is a function named like one of ours."""
        if not name.is_function:
            return any(call in name.text.lower() for call in CALLS)
        if name.name.upper() not in OURS:
            return False
        from perf_addin.application.lambdas import OWNER  # noqa: PLC0415 - few have such names

        return not name.comment.endswith(OWNER)

    def _work_out(self, filled: Filled, places: Sequence[int]) -> None:
        """Work out the formula in some of its rows, given by their places among them."""
        formula, cells = filled.read(), filled.cells
        rows, stored = cells.rows, cells.stored
        if len(places) < len(rows):
            rows, stored = [rows[at] for at in places], [stored[at] for at in places]
        reads = {read: self._values(filled, read, rows) for read in formula.reads}
        if formula.reckons and any(map(may_be_date, reads.values())):
            raise NotQuickError
        found = evaluated(formula.expression, reads, len(rows), self._defaults)
        if not formula.is_call and is_doubtful(found):
            raise NotQuickError
        results = found if set(map(type, found)) <= {str, float} else list(map(as_stored, found))
        changed = (
            {}
            if all_alike(stored, results)
            else {
                row: (place, old, new)
                for place, (row, old, new) in enumerate(zip(rows, stored, results, strict=True))
                if (old != new or type(old) is not type(new)) and not same(old, new)
            }
        )
        if changed and self._confirms:
            raise NotQuickError
        if not formula.is_call:
            self._check(filled, changed, reads)
        self._results.setdefault(filled.place, {}).update(zip(rows, results, strict=True))
        if changed or filled.place in self._changed:
            known = self._changed.setdefault(filled.place, set())
            known.difference_update(rows)
            known.update(changed)

    def _check(
        self,
        filled: Filled,
        changed: Mapping[int, tuple[int, Scalar, Scalar]],
        reads: Mapping[Read, Column],
    ) -> None:
        """Refuse a new result where Excel's may hold: most errors, and those of unchanged cells."""
        formula = filled.read()
        for row, (place, old, new) in changed.items():
            if is_error(new) and not meets_error(reads, place):
                sure = new in _SURE_ERRORS if old is None and reads else False
                if not sure and not (formula.calls_ours and new is not ExcelError.NAME):
                    raise NotQuickError
            if self._doubt or old is None or formula.calls_ours:
                continue
            if not any(self._has_changed(filled, read, row) for read in formula.reads):
                raise NotQuickError

    def _has_changed(self, filled: Filled, read: Read, row: int) -> bool:
        """Whether what a formula reads in a row has another result than before."""
        changed = self._changed.get(self._columns.place_of(filled, read), ())
        if isinstance(read, ColumnRead):
            return read.meets(changed)
        return (read.row if read.fixed else row + read.row) in changed

    def _values(self, filled: Filled, read: Read, rows: Sequence[int]) -> Column:
        """What the formula's cells read, in the order of some of its rows."""
        place = self._columns.place_of(filled, read)
        if isinstance(read, ColumnRead):
            return self._at(place, list(range(read.top, read.bottom + 1)))
        if read.fixed:
            return [self._at(place, [read.row])[0]] * len(rows)
        if read.row:
            rows = [row + read.row for row in rows]
            if rows[0] < 1:
                raise NotQuickError
        return self._at(place, rows)

    def _at(self, place: tuple[str, int], rows: Sequence[int]) -> Column:
        others, results = self._columns.at(place), self._results.get(place, {})
        if not results and len(others) == 1 and others[0].cells.rows == rows:
            return others[0].cells.stored
        known: dict[int, Scalar] = {}
        for other in others:
            if not results.keys() >= set(other.cells.rows):
                known.update(zip(other.cells.rows, other.cells.stored, strict=True))
        known.update(results)
        if not known:
            return self._workbook.column_values(*place, rows)
        odd = [row for row in rows if row not in known]
        if odd:
            known.update(zip(odd, self._workbook.column_values(*place, odd), strict=True))
        return list(map(known.__getitem__, rows))

    def _store(self) -> int:
        by_sheet: dict[str, dict[tuple[int, int], Scalar]] = {}
        for (sheet, column), rows in self._changed.items():
            results = self._results[sheet, column]
            by_sheet.setdefault(sheet, {}).update(((r, column), results[r]) for r in rows)
        for sheet, found in by_sheet.items():
            self._workbook.put_results(sheet, found)
        return sum(map(len, by_sheet.values()))
