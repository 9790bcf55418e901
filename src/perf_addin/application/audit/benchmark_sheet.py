"""A rating beside what the sheet "Benchmarks" says, where the index has no column for it.

`perf-addin benchmark` lays the sheet out. What it says holds for the figure that it shows: where
the rated figure of that period is another one by now, nothing is taken from it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.benchmarking.page import Standings, read_standings
from perf_addin.application.kept_lines import Key, match_lines
from perf_addin.application.rated import Rated
from perf_addin.application.sheets import Sheet
from perf_addin.domain.benchmarks import Standing
from perf_addin.domain.showing import show_number

_DIGITS = range(1, 4)  # of a figure on the sheet


class OnSheet:
    """What the sheet says of each indicator."""

    def __init__(self, sheet: Sheet | None, rows: Sequence[IndexRow]) -> None:
        """Find the indicator of each of its lines; None where a workbook has no such sheet."""
        self._name = sheet.name if sheet is not None else ""
        self._lines: Mapping[Key, Standings] = {}
        if sheet is not None:
            items = [row.item for row in rows]
            self._lines, _ = match_lines(list(read_standings(sheet)), items)

    def worst_band(self, item: Rated) -> str:
        """Where the sheet has an indicator in the worst quarter, as a sentence says it, or ""."""
        line = self._line(item)
        if line is None or line.band[0] != "D":
            return ""
        return (
            f"in {line.period} it was in the worst quarter of all authorities "
            f"({self._name}!{line.band[1]}: D)"
        )

    def all_of_one(self, item: Rated) -> tuple[Standing, Collection[str], str] | None:
        """How an indicator stands beside all that the sheet names, where that is one and the same.

        Gives the standing, whose figures they are, and the period with the sheet's name.
        """
        line = self._line(item)
        if line is None or len(set(line.standings.values())) != 1:
            return None
        (standing,) = set(line.standings.values())
        return standing, tuple(line.standings), f"in {line.period} (sheet {self._name})"

    def _line(self, item: Rated) -> Standings | None:
        line = self._lines.get((item.sheet, item.row))
        if line is None or not line.is_common:
            return None
        if item.period is not None and item.period.label == line.period:
            return line if _is_of(line.figure, item) else None
        return line


def _is_of(shown: str, item: Rated) -> bool:
    """Whether a figure as the sheet shows it is the rated one."""
    if item.actual is None:
        return False
    value, percent = item.actual.value, item.actual.percent
    return any(shown == show_number(value, percent=percent, digits=d) for d in _DIGITS)
