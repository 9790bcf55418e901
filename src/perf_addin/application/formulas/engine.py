"""The port to a formula engine: plain A1 formulas and values in, results out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perf_addin.application.formulas.book import Key
from perf_addin.application.functions import Defaults, Scalar, Value
from perf_addin.application.grid import CellRange
from perf_addin.domain.declaring import NamedTuple, Protocol


class Task(NamedTuple):
    """What an engine is to calculate.

    Attributes:
        sheets: the names of the sheets.
        values: what cells hold that are not calculated; dates as the numbers that they are.
        formulas: formulas by cell, without `=`; our functions under their plain names, references
            to cells only (no names, no tables).
        arrays: for array formulas, the cells that they fill; their results are as large as these.
        defaults: what the workbook's settings state for calls of ours.
        from_1904: whether dates count from 1904.
    """

    sheets: Sequence[str]
    values: Mapping[Key, Scalar]
    formulas: Mapping[Key, str]
    arrays: Mapping[Key, CellRange]
    defaults: Defaults
    from_1904: bool


class Failed(NamedTuple):
    """That a formula could not be calculated, and why, as the end of a sentence."""

    why: str


class FormulaEngine(Protocol):
    """Calculates formulas."""

    def evaluate(self, task: Task) -> Mapping[Key, Value | Failed]:
        """Calculate every formula of a task, in the order that their references ask for."""

    def answer(self, task: Task, key: Key) -> Value | Failed:
        """Calculate one formula of a task and give all cells that its result has."""

    def lacks(self, function: str) -> bool:
        """Whether the engine does not know a function, by its name in capitals."""
