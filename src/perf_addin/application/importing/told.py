"""What an import has to say: the sentences of its findings."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.audit.small_number_checks import is_few
from perf_addin.application.grid import cell_name
from perf_addin.application.importing.decide import Change
from perf_addin.application.importing.extract import Reported
from perf_addin.application.importing.index_entries import Entry, Slot
from perf_addin.application.importing.reading import quoted
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.small_numbers import MOST_SUPPRESSED

_MOST_ROWS = 3
_MOST_SAID = 50


class Told:
    """Gathers findings; of one kind and indicator in the extract only the first is kept."""

    def __init__(self, file: str) -> None:
        """Begin with none; `file` is the name of the extract."""
        self._file = file
        self._unplaced: dict[tuple[str, str], list[int]] = {}
        self._why: dict[tuple[str, str], Finding] = {}
        self._found: list[Finding] = []

    @property
    def findings(self) -> list[Finding]:
        """Everything that was said, rows without an indicator gathered by what they are called."""
        return [*map(self._gathered, self._unplaced), *self._found]

    def add(self, findings: Sequence[Finding]) -> None:
        """Take findings that were made elsewhere."""
        self._found += findings

    def unplaced(self, reported: Reported, why: Finding) -> None:
        """A figure whose indicator is not known."""
        key = (why.code, reported.label)
        if key not in self._unplaced and len(self._unplaced) >= _MOST_SAID:
            key = (why.code, "")
        self._unplaced.setdefault(key, []).append(reported.row)
        self._why.setdefault(key, why)

    def _gathered(self, key: tuple[str, str]) -> Finding:
        why, rows = self._why[key], self._unplaced[key]
        message = f"{_rows(self._file, rows)}: {why.message}"
        if not key[1]:
            message += " This stands for all further ones of its kind."
        return why._replace(message=message)

    def _say(self, code: str, severity: Severity, message: str, slot: Slot | None = None) -> None:
        cell = cell_name(slot.row, slot.column) if slot is not None else None
        self._found.append(
            Finding(code, severity, message, slot.sheet if slot is not None else None, cell)
        )

    def _about(self, entry: Entry, reported: Reported) -> str:
        row = f" (row {reported.row:,})" if reported.row else ""
        return f"Indicator {entry.label}, {reported.period.label}{row}"

    def repeated(self, entry: Entry, period: Period, several: Sequence[Reported]) -> None:
        """The extract has several figures for one cell."""
        self._say(
            "import-repeated",
            Severity.ERROR,
            f"Indicator {entry.label}, {period.label}: {_rows(self._file, [e.row for e in several])} "
            "have different figures for it, so none was written. Correct the extract.",
        )

    def several_periods(self, entry: Entry, several: Sequence[Reported]) -> None:
        """An index without periods can take one figure only."""
        self._say(
            "import-no-place",
            Severity.WARNING,
            f"Indicator {entry.label}: the index has one column for all periods, and the extract "
            f"figures of {len({each.period for each in several})}. State which with --period.",
        )

    def no_place(self, entry: Entry, reported: Reported) -> None:
        """The index has no cell for the period."""
        self._say(
            "import-no-place",
            Severity.WARNING,
            f"{self._about(entry, reported)}: the index has no column, or no row, for this period "
            "of the indicator, so the figure was not written. Add one, or leave the period out.",
        )

    def unclear(self, entry: Entry, reported: Reported, slot: Slot, why: str) -> None:
        """A figure whose scale is not certain."""
        self._say(
            "import-unclear-scale",
            Severity.ERROR,
            f"{self._about(entry, reported)}: {why}, so it was not written. Give the extract a per "
            "cent sign or the row of the index one number format, or type the figure in.",
            slot,
        )

    def conflict(self, entry: Entry, reported: Reported, change: Change) -> None:
        """A cell that holds something else."""
        self._found.append(
            Finding(
                "import-conflict",
                Severity.ERROR,
                f"{self._about(entry, reported)}{_of(change)}: the workbook has {change.old!r} and "
                f"the extract {change.new!r}; it was left as it is. Settle which is right, and "
                "replace it with --overwrite.",
                change.sheet,
                change.cell,
            )
        )

    def formula(
        self, entry: Entry, reported: Reported, slot: Slot, change: Change, *, takes_parts: bool
    ) -> None:
        """A cell that holds a formula, which is left alone."""
        advice = (
            "Export numerator and denominator: they go into the cells that it divides."
            if takes_parts
            else "Put the figure where the formula takes it from."
        )
        self._say(
            "import-formula",
            Severity.WARNING,
            f"{self._about(entry, reported)}: the cell holds the formula {quoted(slot.formula or '')}, "
            f"which was left alone; it gives {change.old or 'nothing'!r}, the extract has "
            f"{change.new!r}. {advice}",
            slot,
        )

    def part_is_formula(
        self, entry: Entry, reported: Reported, slot: Slot, change: Change
    ) -> None:
        """A cell for a part that holds a formula itself."""
        self._say(
            "import-formula",
            Severity.WARNING,
            f"{self._about(entry, reported)}: the {change.what} belongs in {change.sheet}!"
            f"{change.cell}, which holds a formula, so neither part was written. Put the figures "
            "where that formula takes them from.",
            slot,
        )

    def small(self, entry: Entry, reported: Reported, slot: Slot) -> None:
        """Numerator or denominator are too small to be published."""
        if reported.parts is not None and reported.parts.too_small:
            self._say(
                "import-small-number",
                Severity.WARNING,
                f"{self._about(entry, reported)}: {reported.parts.too_small} must not be "
                "published, nor a percentage from which it can be worked out. Publish it as c "
                "(confidential).",
                slot,
            )

    def small_count(self, entry: Entry, figure: Figure, change: Change) -> None:
        """A count of children that is too small to be published."""
        if is_few(entry.name, figure):
            self._found.append(
                Finding(
                    "import-small-number",
                    Severity.WARNING,
                    f"Indicator {entry.label}, {change.period}: a count of {change.new} children "
                    f"must not be published ({MOST_SUPPRESSED} or less). Publish it as c "
                    "(confidential).",
                    change.sheet,
                    change.cell,
                )
            )


def _of(change: Change) -> str:
    return f", {change.what}" if change.what else ""


def _rows(file: str, rows: Sequence[int]) -> str:
    """Rows of the extract, the first few by number."""
    named = [f"{row:,}" for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        named.append(f"{len(rows) - _MOST_ROWS:,} more")
    if len(named) == 1:
        return f"{file}, row {named[0]}"
    return f"{file}, rows {', '.join(named[:-1])} and {named[-1]}"
