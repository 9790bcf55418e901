"""The use case: say what a formula comes to, alone or among the cells of a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from perf_addin.application.formulas.book import FormulaBook, FormulaWorkbook, Precedents
from perf_addin.application.formulas.cell_values import CellValues
from perf_addin.application.formulas.cells import FormulaCell, FormulaKind
from perf_addin.application.formulas.doubts import Doubts, doubt_of_text
from perf_addin.application.formulas.engine import Failed, FormulaEngine, Task
from perf_addin.application.formulas.limits import limit_of
from perf_addin.application.formulas.plain_formulas import placed_arguments, plain_formula
from perf_addin.application.formulas.references import references
from perf_addin.application.formulas.specs import Node, Spec
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.functions import Defaults, Value
from perf_addin.application.grid import cell_name
from perf_addin.domain.errors import InputError, UsageError

_SCRATCH = "formula"  # a sheet of the engine's, where nothing else stands
_LONGEST = 8_192  # characters of a formula, as in Excel
_WANDERING = frozenset({"OFFSET", "INDIRECT", "CELL", "INFO"})


class Surroundings(NamedTuple):
    """The workbook that formulas refer to, and the sheet that they are typed on."""

    workbook: FormulaWorkbook
    sheet: str


class Evaluator:
    """Says what formulas come to, one after the other."""

    def __init__(
        self,
        surroundings: Surroundings | None,
        engine: Callable[[], FormulaEngine],
        defaults: Defaults,
    ) -> None:
        """Bind what formulas may refer to; a workbook's cells are taken as they are stored."""
        self._engine, self._defaults = engine, defaults
        self._surroundings = surroundings
        self._book = FormulaBook(surroundings.workbook) if surroundings else None
        self._values = CellValues(surroundings.workbook) if surroundings else None
        self._doubts: Doubts | None = None
        if surroundings and self._book is not None and self._values is not None:
            lacks = lambda name: engine().lacks(name)  # noqa: E731 - the engine may not be needed
            self._doubts = Doubts(surroundings.workbook, self._book, self._values, lacks)

    def evaluate(self, formula: str) -> Value:
        """Give what a formula comes to: one cell, or rows of cells. A leading `=` may be there.

        Raises:
            UsageError: it cannot be read, or refers to what is not there.
        """
        text = formula.strip().removeprefix("=").strip()
        if not text:
            raise UsageError("found an empty formula, expected one such as RAG(88, 91).")
        if len(text) > _LONGEST:
            raise UsageError(
                f"found a formula of {len(text):,} characters; {_LONGEST:,} is the most."
            )
        odd = next((t.text for t in tokens(text) if t.kind is Kind.OTHER), None)
        if odd is not None:
            raise UsageError(f"{formula}: found {odd!r}, which no formula has.")
        sheet = self._surroundings.sheet if self._surroundings else _SCRATCH
        # As in an array formula nothing intersects: a formula typed today spills.
        cell = FormulaCell(1, 1, text, FormulaKind.ARRAY, None, None, None, dynamic=True)
        node = Node(sheet, cell, Spec(text, 1, 1), 0, 0)
        if why := _without_a_place(node.spec):
            raise UsageError(f"{formula}: {why}.")
        if self._book is None or self._values is None:
            return self._alone(node)
        precedents = self._book.precedents(node)
        _require_results(formula, self._book, precedents)
        self._values.read(precedents.areas)
        call = node.spec.simple
        placed = placed_arguments(self._book, node, call) if call is not None else None
        if call is not None and placed is not None:
            block = self._values.block
            given = [block(*one) if isinstance(one, tuple) else one for one in placed]
            return call.function.call(given, self._defaults)
        plain = plain_formula(self._book, node)
        if plain is None:
            raise UsageError(f"{formula}: it is not known which cells of an area are meant.")
        if unclear := _not_followed(self._book, node, plain):
            raise UsageError(f"{formula}: {unclear} in it cannot be followed.")
        if self._doubts is not None and (why := self._doubts.about_result(node, precedents)):
            raise UsageError(f"{formula}: {why}.")
        return self._by_engine(formula, plain)

    def _alone(self, node: Node) -> Value:
        """What a formula comes to that has no workbook around it."""
        found = node.spec.references
        named = [*(area.sheet or "a cell" for area in found.areas), *found.tables]
        if named:
            raise UsageError(f"{node.text}: it refers to cells. Name their workbook with --file.")
        if found.unsupported:
            raise UsageError(f"{node.text}: {found.unsupported} in it cannot be followed.")
        call = node.spec.simple
        if call is not None and not any(isinstance(a, tuple) for a in call.arguments):
            given = [a for a in call.arguments if not isinstance(a, tuple)]
            return call.function.call(given, self._defaults)
        if why := doubt_of_text(node.spec, from_1904=False)[0]:
            raise UsageError(f"{node.text}: {why}.")
        text = node.text
        for stored, name in node.spec.renamed or ():
            text = text.replace(stored, name)
        return self._by_engine(node.text, text)

    def _by_engine(self, formula: str, plain: str) -> Value:
        engine = self._engine()
        if why := limit_of(plain, engine.lacks):
            raise UsageError(f"{formula}: {why}.")
        sheets, values, from_1904 = [_SCRATCH], {}, False
        if self._surroundings is not None and self._values is not None:
            workbook = self._surroundings.workbook
            names = [sheet.name for sheet in workbook.sheets]
            scratch = _SCRATCH
            while scratch.casefold() in {name.casefold() for name in names}:
                scratch += "_"
            sheets = [scratch, *names]
            values = dict(self._values.items())
            from_1904 = workbook.from_1904
        key = (sheets[0], 1, 1)
        placed = _on_sheet(plain, self._surroundings.sheet) if self._surroundings else plain
        task = Task(sheets, values, {key: placed}, {}, self._defaults, from_1904)
        found = engine.answer(task, key)
        if isinstance(found, Failed):
            raise UsageError(f"{formula}: {found.why}.")
        return found


def _require_results(formula: str, book: FormulaBook, precedents: Precedents) -> None:
    """Refuse to take a formula that has no stored result for a blank."""
    for (sheet, row, column), node in book.nodes.items():
        if node.cell.stored is not None:
            continue
        for where, (top, left, bottom, right) in precedents.areas:
            if where == sheet and top <= row <= bottom and left <= column <= right:
                cell = f"{sheet}!{cell_name(row, column)}"
                raise UsageError(
                    f"{formula}: the formula in {cell} was never calculated. Open the workbook in "
                    "Excel and save it, or work it out with perf-addin recalc."
                )


def _without_a_place(spec: Spec) -> str:
    """Why a formula cannot be evaluated that stands in no cell; empty where it can."""
    found = spec.references
    if any(t.text == "@" for t in tokens(spec.text)) or "SINGLE" in found.functions:
        return "@ takes the cell in the formula's own row, and it stands in none"
    wandering = sorted(_WANDERING.intersection(found.functions))
    return f"the cells that {wandering[0]} reads are not known beforehand" if wandering else ""


def _not_followed(book: FormulaBook, node: Node, plain: str) -> str:
    """What of a formula leads to cells that cannot be told; names that nobody defined do not."""
    found = references(plain)
    first = found.unsupported or next(iter(found.tables), "")
    for name in node.spec.references.names:
        if book.name(name, node.sheet) is not None:
            first = first or book.areas_of_name(name, node.sheet).unsupported
    theirs = book.precedents(node).unsupported
    return first or (theirs if theirs in node.spec.references.functions else "")


def _on_sheet(formula: str, sheet: str) -> str:
    """A formula whose cells without a sheet are those of a sheet."""
    name = sheet.replace("'", "''")
    return "".join(
        f"'{name}'!{token.text}"
        if token.kind is Kind.AREA and "!" not in token.text
        else token.text
        for token in tokens(formula)
    )


def surroundings_of(workbook: FormulaWorkbook, sheet: str | None) -> Surroundings:
    """The workbook with the sheet asked for, else its first visible one.

    Raises:
        InputError: there is no such sheet.
    """
    names = [one.name for one in workbook.sheets]
    if sheet is None:
        visible = next((one.name for one in workbook.sheets if one.visible), None)
        if visible is None:
            raise InputError("The workbook has no visible worksheet. Name one with --sheet.")
        return Surroundings(workbook, visible)
    found = next((name for name in names if name.casefold() == sheet.casefold()), None)
    if found is None:
        known = ", ".join(map(repr, names))
        raise InputError(f"There is no sheet named {sheet!r}. The sheets are {known}.")
    return Surroundings(workbook, found)
