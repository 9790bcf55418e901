"""The first workbook of a run, read before all else is made ready.

Its largest sheet is expanded in a thread while modules are imported, which takes about as long.
"""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import Self

    from perf_addin.adapters.xlsx.ahead import Ahead
    from perf_addin.adapters.xlsx.begun import Begun

_RATING = frozenset({"recalc", "report"})


class FirstFile:
    """The first workbook of `recalc` or `report`; its thread has ended when the block ends."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Begin with it; what to say of a file that cannot be read is left to its turn."""
        self._ahead: Ahead | None = None
        self._file, self._begun = options.files[0], None
        if options.command in _RATING:
            from perf_addin.adapters.xlsx.begun import begin  # noqa: PLC0415 - for these alone

            self._begun = begin(self._file)
        if self._begun is not None:
            self._ahead = self._begun.ahead

    def __enter__(self) -> Self:
        """Go on with everything else."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the thread, which nobody may have done."""
        if self._ahead is not None:
            self._ahead.wait()

    def take(self, file: str) -> Begun | None:
        """What was read and begun, once; None where it is another file."""
        if file != self._file:
            return None
        begun, self._begun = self._begun, None
        return begun
