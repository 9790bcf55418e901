"""What an import has to say: the sentences of its findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.audit.counted import is_few
from perf_addin.application.grid import cell_name
from perf_addin.application.importing.decide import Change
from perf_addin.application.importing.extract import Reported
from perf_addin.application.importing.index_entries import Entry, Slot
from perf_addin.application.importing.matching import share_words
from perf_addin.application.importing.reading import ExtractReader, quoted
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.small_numbers import MOST_SUPPRESSED

_MOST_ROWS = 3
_MOST_SAID = 50
_MOST_PERIODS = 5


class Told:
    """Gathers findings; of one kind and indicator in the extract only the first is kept."""

    def __init__(self, file: str) -> None:
        """Begin with none; `file` is the name of the extract."""
        self._file = file
        self._unplaced: dict[tuple[str, str], list[int]] = {}
        self._why: dict[tuple[str, str], Finding] = {}
        self._found: list[Finding] = []
        self._homeless: dict[Period, list[str]] = {}
        self._unlike: set[tuple[str, str]] = set()

    @property
    def findings(self) -> list[Finding]:
        """Everything that was said, rows without an indicator gathered by what they are called."""
        return [*map(self._gathered, self._unplaced), *self._without_place(), *self._found]

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
        what = why.message
        if not key[1]:
            what = "these figures could not be placed for the same reason as those above."
        return why._replace(message=f"{_rows(self._file, rows)}: {what}")

    def _finding(
        self, code: str, severity: Severity, message: str, slot: Slot | None = None
    ) -> None:
        cell = cell_name(slot.row, slot.column) if slot is not None else None
        self._found.append(
            Finding(code, severity, message, slot.sheet if slot is not None else None, cell)
        )

    def _about(self, entry: Entry, reported: Reported) -> str:
        row = f" (row {reported.row:,})" if reported.row else ""
        return f"Indicator {entry.label}, {reported.period.label}{row}"

    def named(self, entry: Entry, reported: Reported, *, stated: bool) -> None:
        """A figure was placed by its number; said where its name is nothing like the index's."""
        if stated or not (reported.no and reported.name) or share_words(entry.name, reported.name):
            return
        key = (entry.label, reported.name)
        if key not in self._unlike:
            self._unlike.add(key)
            self._finding(
                "import-name-unlike",
                Severity.WARNING,
                f"{_rows(self._file, [reported.row])}: the number {entry.label} stands for "
                f"{quoted(entry.name)} in the index, and for {quoted(reported.name)} in the "
                "extract. If they are one, state it with --indicator and keep it with "
                "--save-mapping.",
            )

    def about_reading(self, reader: ExtractReader) -> None:
        """What could not be read, and whether months without a year were read as of the index's."""
        self.add(reader.findings)
        year = reader.assumed_year
        if year is None:
            return
        self._finding(
            "import-year-assumed",
            Severity.INFO,
            f"{self._file} has months or quarters without a year; they were read as of "
            f"{year}/{(year + 1) % 100:02d}, the year of the index. State another with --year.",
        )

    def other_format(self, entry: Entry, reported: Reported, slot: Slot, written: str) -> None:
        """A percentage written as a bare number beside others under a per cent format."""
        self._finding(
            "import-other-format",
            Severity.WARNING,
            f"{self._about(entry, reported)}: the cell has no per cent format and others of the "
            f"row have, so {written} was written. Give the cell the format of the row.",
            slot,
        )

    def unused_rules(self, aims: Sequence[str]) -> None:
        """Rules of counting whose headings this list does not have."""
        if aims:
            self._finding(
                "import-rule-not-used",
                Severity.INFO,
                f"{self._file} does not have the headings that the rules of counting for "
                f"{', '.join(aims)} name, so they were not used.",
            )

    def beside_formulas(self, entry: Entry, reported: Reported, slot: Slot) -> None:
        """A figure in a row whose other periods are formulas."""
        self._finding(
            "import-beside-formulas",
            Severity.WARNING,
            f"{self._about(entry, reported)}: the figure was typed into a row whose other periods "
            "hold formulas. Fill the formula to this cell instead, and import numerator and "
            "denominator, or keep it knowingly.",
            slot,
        )

    def repeated(self, entry: Entry, period: Period, several: Sequence[Reported]) -> None:
        """The extract has several figures for one cell."""
        self._finding(
            "import-repeated",
            Severity.ERROR,
            f"{_rows(self._file, [each.row for each in several])}: the figures for indicator "
            f"{entry.label} in {period.label} differ, so none was written. Correct the extract.",
        )

    def repeated_rows(self, entry: Entry, reported: Reported) -> None:
        """Several rows of the index are of one indicator and period."""
        self._finding(
            "import-ambiguous-indicator",
            Severity.ERROR,
            f"{self._about(entry, reported)}: several rows of the index are of this indicator and "
            "period, so nothing was written. Give each a number or a name of its own.",
        )

    def several_periods(self, entry: Entry, several: Sequence[Reported]) -> None:
        """An index without periods can take one figure only."""
        self._finding(
            "import-no-place",
            Severity.WARNING,
            f"Indicator {entry.label}: the index has one column for all periods, and the extract "
            f"figures of {len({each.period for each in several})}. State which with --period.",
        )

    def no_place(self, entry: Entry, reported: Reported) -> None:
        """The index has no cell for the period."""
        self._homeless.setdefault(reported.period, []).append(entry.label)

    def _without_place(self) -> Iterator[Finding]:
        """A finding for each period that some figures have no place for; one for very many."""
        advice = "so nothing was written. Add a column, or a row, or leave the period out."
        periods = sorted(self._homeless)
        if len(periods) > _MOST_PERIODS:
            figures = sum(map(len, self._homeless.values()))
            yield Finding(
                "import-no-place",
                Severity.WARNING,
                f"For {figures:,} figures of {len(periods)} periods from {periods[0].label} to "
                f"{periods[-1].label} the index has no place, {advice}",
            )
            return
        for period in periods:
            labels = self._homeless[period]
            named = ", ".join(labels[:_MOST_SAID])
            yield Finding(
                "import-no-place",
                Severity.WARNING,
                f"For {period.label} the index has no place for indicator {named}, {advice}",
            )

    def unclear(self, entry: Entry, reported: Reported, slot: Slot, why: str) -> None:
        """A figure whose scale is not certain."""
        self._finding(
            "import-unclear-scale",
            Severity.ERROR,
            f"{self._about(entry, reported)}: {why}, so it was not written. Give the extract a per "
            "cent sign or the row of the index one number format, or type the figure in.",
            slot,
        )

    def conflict(
        self, entry: Entry, reported: Reported, change: Change, *, is_rounding: bool
    ) -> None:
        """A cell that holds something else, maybe a rounding of what the extract has."""
        which = ", of which that is a rounding" if is_rounding else ""
        self._found.append(
            Finding(
                "import-conflict",
                Severity.ERROR,
                f"{self._about(entry, reported)}{_of(change)}: the workbook has {change.old!r} and "
                f"the extract {change.new!r}{which}; it was left as it is. Settle which is right, "
                "and replace it with --overwrite.",
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
        self._finding(
            "import-formula",
            Severity.WARNING,
            f"{self._about(entry, reported)}: the cell holds the formula "
            f"{quoted(slot.formula or '')}, which was left alone; it gives "
            f"{change.old or 'nothing'!r}, the extract has {change.new!r}. {advice}",
            slot,
        )

    def part_is_formula(self, entry: Entry, reported: Reported, slot: Slot, change: Change) -> None:
        """A cell for a part that holds a formula itself."""
        self._finding(
            "import-formula",
            Severity.WARNING,
            f"{self._about(entry, reported)}: the {change.what} belongs in {change.sheet}!"
            f"{change.cell}, which holds a formula, so neither part was written. Put the figures "
            "where that formula takes them from.",
            slot,
        )

    def beyond(self, entry: Entry, reported: Reported, slot: Slot, shown: str) -> None:
        """A percentage that no part of a whole can be."""
        self._finding(
            "import-percentage-beyond",
            Severity.WARNING,
            f"{self._about(entry, reported)}: {shown} is no percentage between 0 and 100. Check "
            "numerator and denominator, or the decimal point, and correct the source, unless more "
            "than the whole is possible here.",
            slot,
        )

    def small(self, entry: Entry, reported: Reported, slot: Slot) -> None:
        """Numerator or denominator are too small to be published."""
        if reported.parts is not None and reported.parts.too_small:
            self._finding(
                "import-small-number",
                Severity.WARNING,
                f"{self._about(entry, reported)}: {reported.parts.too_small} must not be "
                "published, nor a percentage from which it can be worked out. Publish it as c "
                "(confidential).",
                slot,
            )

    def small_count(self, entry: Entry, figure: Figure, change: Change) -> None:
        """A count of children that is too small to be published."""
        if is_few(figure, entry.name, unit=entry.unit):
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
    """Rows of the extract, the first few by number; just the file where it was counted."""
    if not all(rows):
        return file
    rows = list(dict.fromkeys(rows))  # a row of a wide extract has a figure for many periods
    named = [f"{row:,}" for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        named.append(f"{len(rows) - _MOST_ROWS:,} more")
    if len(named) == 1:
        return f"{file}, row {named[0]}"
    return f"{file}, rows {', '.join(named[:-1])} and {named[-1]}"
