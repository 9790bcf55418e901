"""Formulas that were filled down: cells of one column that hold the same formula, read together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.application.functions.values import Scalar


class FormulaColumn:
    """Cells of one column whose formulas differ by their rows only.

    Attributes:
        column: the 1-based column.
        text: the formula without `=`, as it reads in the first of the rows.
        moving: how many row numbers of the text move along with the cell's row.
        rows: the 1-based rows, rising.
    """

    __slots__ = ("_decode", "_stored", "column", "moving", "rows", "text")

    def __init__(
        self,
        column: int,
        text: str,
        moving: int,
        rows: list[int],
        decode: Callable[[], Sequence[Scalar]],
    ) -> None:
        """Bind what was read; stored results are decoded when they are asked for."""
        self.column, self.text, self.moving, self.rows = column, text, moving, rows
        self._decode = decode
        self._stored: Sequence[Scalar] | None = None

    @property
    def stored(self) -> Sequence[Scalar]:
        """What is stored as the results, row by row; None where nothing is."""
        if self._stored is None:
            self._stored = self._decode()
        return self._stored
