"""The sheets that this product adds to a workbook: what they are called, how they are known.

A sheet is ours when one of its first rows carries our mark (people insert rows above it); a name
alone proves nothing, since people name sheets too. Kept apart from the sheets' layouts, so that a
workbook without them loads none of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from perf_addin.application.layout import text_of
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.errors import OutputError

if TYPE_CHECKING:
    from perf_addin.application.sheets import Sheet

_ROWS_ABOVE = 9


class OwnSheet(NamedTuple):
    """A kind of sheet: its names, the one to take first, and the mark in a column of the top."""

    names: tuple[str, str]
    mark: str
    mark_column: int

    def is_own(self, sheet: Sheet) -> bool:
        """Whether a sheet is one of these."""
        if sheet.name not in self.names:
            return False
        top = islice(sheet.rows(), _ROWS_ABOVE + 1)
        return any(text_of(row.get(self.mark_column)).startswith(self.mark) for row in top)

    def find(self, sheets: Sequence[Sheet]) -> Sheet | None:
        """The sheet of this kind, where a workbook has one."""
        return next((sheet for sheet in sheets if self.is_own(sheet)), None)

    def free_name(self, sheets: Sequence[Sheet]) -> str:
        """The name for a sheet of this kind that is to be added.

        Raises:
            OutputError: both names are those of sheets that are not ours.
        """
        taken = {sheet.name.casefold() for sheet in sheets}
        for name in self.names:
            if name.casefold() not in taken:
                return name
        first, second = self.names
        message = (
            f"There are sheets named {first!r} and {second!r} that perf-addin did not make. Rename "
            "one of them."
        )
        raise OutputError(message)


REPORT = OwnSheet(
    ("Exception Report", "Exception Report (index)"), "perf-addin exception report", 6
)
HISTORY = OwnSheet(
    ("Commentary History", "Commentary History (index)"),
    "Commentary kept from earlier exception reports",
    1,
)
SETTINGS = OwnSheet(("Settings", "Performance Settings"), "Performance settings", 1)
FINDINGS = OwnSheet(("Findings", "Findings (index)"), "Findings of perf-addin", 1)
PAPER = OwnSheet(("Committee Paper", "Committee Paper (index)"), "Committee paper", 1)
ROLLOVER = OwnSheet(
    ("Rollover Log", "Rollover Log (index)"), "Rollover of the performance index", 1
)
IMPORTS = OwnSheet(("Import Log", "Import Log (index)"), "Figures that perf-addin imported", 1)
CHART_FIGURES = OwnSheet(
    ("Chart Figures", "Chart Figures (index)"), "Figures behind the charts of perf-addin", 1
)
BENCHMARKS = OwnSheet(("Benchmarks", "Benchmarks (index)"), "Benchmarks beside the index", 1)
TREND = OwnSheet(("Trend", "Trend (index)"), "Trend of the index", 1)
EVERY = (
    *(SETTINGS, REPORT, HISTORY, FINDINGS, PAPER, CHART_FIGURES, IMPORTS),
    *(ROLLOVER, BENCHMARKS, TREND),
)
"""All kinds, the settings first; none of them is an index."""
