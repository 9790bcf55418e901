"""The formula engine formualizer (MIT or Apache 2.0) behind our port."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypeVar

from perf_addin.adapters.formula_engine.values import (
    WHY,
    as_ours,
    cell_result,
    for_engine,
    result,
    rows_for_engine,
    shown,
)
from perf_addin.application.formulas.book import Key
from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.engine import Failed, Task
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.functions import (
    FUNCTIONS,
    OMITTED,
    Defaults,
    ExcelError,
    Value,
    WorksheetFunction,
)
from perf_addin.application.grid import CellRange
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    import formualizer

T = TypeVar("T")

_MATCHES_BY_TRUTH = lazily(r"(?i)\bMATCH\(.*,\s*(?:TRUE|FALSE)\s*\)")
_KIND_OF_MATCH = 2  # behind so many commas
_TRUTHS = {"TRUE": "1", "FALSE": "0"}
_NOTHING_BETWEEN = lazily(r"[(,]\s*[,)]")
_ABSENT = Failed("the formula engine is not available on this computer")
# The engine turns an argument that was left out into 0; this text says that it was.
_LEFT_OUT = "\x00left out"
_TAKER = "PERFADDINTAKEN"
_SHEET = "formula"
_FUNCTION = lazily(r"[A-Z_][A-Z0-9_.]*")
_OWN = frozenset({"SINGLE", *(function.name for function in FUNCTIONS)})


class Formualizer:
    """Calculates formulas with formualizer."""

    def evaluate(self, task: Task) -> Mapping[Key, Value | Failed]:
        """Calculate every formula of a task; a task is a workbook of its own."""
        book = _loaded(task)
        if book is None:
            return dict.fromkeys(task.formulas, _ABSENT)
        return _Results(book, task).all()

    def answer(self, task: Task, key: Key) -> Value | Failed:
        """Calculate one formula of a task and give all cells that its result has."""
        book = _loaded(task._replace(formulas={}))
        if book is None:
            return _ABSENT
        formula = marked(task.formulas[key])
        if not _is_read(formula):
            return Failed(WHY["Error"])
        taken: list[object] = []
        # A function that takes the whole result: in cells the engine spills 10,000 at most.
        book.register_function(_TAKER, taken.append, min_args=1, max_args=1)
        sheet, row, column = key
        book.set_formulas_batch(sheet, row, column, [[f"={_TAKER}({formula})"]])
        found = _one(book, key)
        return shown(taken[-1]) if taken else found

    def lacks(self, function: str) -> bool:
        """Whether the engine does not know a function."""
        return _lacks(function)


@cache
def _lacks(function: str) -> bool:
    if function in _OWN or not _FUNCTION.fullmatch(function):
        return False
    try:
        import formualizer  # noqa: PLC0415 - loaded only where formulas are calculated
    except ImportError:
        return False
    book = formualizer.Workbook()
    book.set_formulas_batch(_SHEET, 1, 1, [[f"={function}()"]])
    return _one(book, (_SHEET, 1, 1)) is ExcelError.NAME


def _is_read(formula: str) -> bool:
    """Whether the engine can read a formula."""
    import formualizer  # noqa: PLC0415 - the workbook of the engine is there

    try:
        formualizer.Parser().parse_string(f"={formula}")
    except formualizer.ParserError:
        return False
    return True


def _loaded(task: Task) -> formualizer.Workbook | None:
    """A workbook of the engine that holds a task; None where there is no engine."""
    try:
        import formualizer  # noqa: PLC0415 - loaded only where formulas are calculated
    except ImportError:
        return None
    book = formualizer.Workbook()
    book.set_temporal_egress("serial")
    book.set_changelog_enabled(False)  # filling the workbook takes a quarter of the time
    for function in FUNCTIONS:
        book.register_function(function.name, _callback(function, task.defaults))
    book.register_function("SINGLE", _first)
    for sheet in task.sheets:
        book.sheet(sheet)
    for (sheet, row, column), values in _runs(task.values):
        cells = [[for_engine(value)] for value in values]
        book.set_values_batch(sheet, row, column, cells)
    for (sheet, row, column), formulas in _runs(task.formulas):
        texts = [[f"={marked(formula)}"] for formula in formulas]
        book.set_formulas_batch(sheet, row, column, texts)
    return book


class _Results:
    """What the engine makes of a task."""

    def __init__(self, book: formualizer.Workbook, task: Task) -> None:
        self._book, self._task = book, task

    def all(self) -> dict[Key, Value | Failed]:
        book, task = self._book, self._task
        try:
            book.evaluate_all()
        except _failures():
            # One formula that the engine stumbles over must not take the others along.
            found = {key: _one(book, key) for key in task.formulas}
        else:
            found = {key: result(book.get_value(*key)) for key in task.formulas}
        for key, area in task.arrays.items():
            if not isinstance(found[key], (Failed, ExcelError)):
                found[key] = self._array(key, area)
        for key, formula in task.formulas.items():
            if ":" in formula and key not in task.arrays and self._spills(key):
                found[key] = Failed("the engine gives several cells where Excel shows one")
        return found

    def _array(self, key: Key, area: CellRange) -> Value | Failed:
        """The result of an array formula, which has to be as large as the cells that it fills."""
        sheet, top, left = key
        rows, columns = range(top, area.last_row + 1), range(left, area.last_column + 1)
        cells = [[self._book.get_value(sheet, row, column) for column in columns] for row in rows]
        around = [(sheet, row, area.last_column + 1) for row in rows]
        around += [(sheet, area.last_row + 1, column) for column in columns]
        fits = all(cell is not None for row in cells for cell in row)
        if not fits or any(map(self._is_beyond, around)):
            return Failed("the result of this array formula has another size than before")
        found = [[cell_result(cell) for cell in row] for row in cells]
        odd = next((c for row in found for c in row if isinstance(c, Failed)), None)
        return odd or [[c for c in row if not isinstance(c, Failed)] for row in found]

    def _is_beyond(self, place: Key) -> bool:
        """Whether a formula beside a cell without content filled it, too."""
        task = self._task
        if place in task.values or place in task.formulas or place in self._filled:
            return False
        return self._book.get_value(*place) is not None

    def _spills(self, key: Key) -> bool:
        """Whether a formula that has one cell filled its neighbours, too."""
        sheet, row, column = key
        return any(map(self._is_beyond, ((sheet, row, column + 1), (sheet, row + 1, column))))

    @cached_property
    def _filled(self) -> set[Key]:
        """The cells that array formulas fill."""
        return {
            (key[0], row, column)
            for key, area in self._task.arrays.items()
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        }


def _failures() -> tuple[type[Exception], ...]:
    """What the engine raises where it cannot calculate."""
    import formualizer  # noqa: PLC0415 - the workbook of the engine is there

    return RuntimeError, ValueError, formualizer.ExcelEvaluationError


def _one(book: formualizer.Workbook, key: Key) -> Value | Failed:
    try:
        return result(book.evaluate_cell(*key))
    except _failures() as error:
        return Failed(f"the engine cannot calculate it ({error})")


def _first(value: object) -> object:
    """What `_xlfn.SINGLE` takes of a result with several cells."""
    while isinstance(value, list):
        value = value[0]
    return value


def _runs(cells: Mapping[Key, T]) -> Iterator[tuple[Key, list[T]]]:
    """Cells below one another, each run with its first cell."""
    keys = sorted(cells, key=lambda key: (key[0], key[2], key[1]))
    places = ((key, key[1] - place) for place, key in enumerate(keys))
    for _, run in groupby(places, key=lambda pair: (pair[0][0], pair[0][2], pair[1])):
        members = [key for key, _ in run]
        yield members[0], [cells[key] for key in members]


def marked(formula: str) -> str:
    """The formula with a text in the place of each argument of ours that was left out.

    And with a number for a truth value that says how MATCH is to match: the engine takes any for an
    order, so that FALSE finds nothing, or something else.
    """
    if _MATCHES_BY_TRUTH.search(formula) is not None:
        formula = _with_numbers_for_truths(formula)
    if _NOTHING_BETWEEN.search(formula) is None:
        return formula
    parts: list[str] = []
    open_calls: list[bool] = []
    before: Token | None = None
    for token in tokens(formula):
        if token.kind is Kind.OPEN:
            open_calls.append(before is not None and called(before) is not None)
        elif before is not None and open_calls and open_calls[-1]:
            ends = token.kind in {Kind.COMMA, Kind.CLOSE}
            begins = before.kind is Kind.COMMA or (
                before.kind is Kind.OPEN and token.kind is Kind.COMMA
            )
            if ends and begins:
                parts.append(f'"{_LEFT_OUT}"')
        if token.kind is Kind.CLOSE and open_calls:
            open_calls.pop()
        parts.append(token.text)
        if token.kind is not Kind.SPACE:
            before = token
    return "".join(parts)


def _with_numbers_for_truths(formula: str) -> str:
    parts = list(tokens(formula))
    texts = [token.text for token in parts]
    told = [at for at, token in enumerate(parts) if token.kind is not Kind.SPACE]
    commas: list[int | None] = []  # of each open bracket; None where it is not that of MATCH
    for before, here in pairwise(told):
        if parts[here].kind is Kind.OPEN:
            commas.append(0 if parts[before].text.upper() == "MATCH" else None)
        elif parts[here].kind is Kind.CLOSE and commas:
            commas.pop()
        elif commas and commas[-1] is not None:
            commas[-1] += parts[here].kind is Kind.COMMA
            is_third = parts[before].kind is Kind.COMMA and commas[-1] == _KIND_OF_MATCH
            if is_third:
                texts[here] = _TRUTHS.get(texts[here].upper(), texts[here])
    return "".join(texts)


def _callback(function: WorksheetFunction, defaults: Defaults) -> Callable[..., object]:
    def answer(*arguments: object) -> object:
        given = [OMITTED if one == _LEFT_OUT else as_ours(one) for one in arguments] or [OMITTED]
        found = function.call(given, defaults)
        return rows_for_engine(found) if isinstance(found, list) else for_engine(found)

    return answer
