"""Columns that a person stated, put in place of those that were detected."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.detect import Head
from perf_addin.application.grid import column_letters
from perf_addin.application.headings import heading_text
from perf_addin.application.layout import Column, Layout
from perf_addin.application.stated_values import StatedColumn
from perf_addin.application.vocabulary import Field, plain_words
from perf_addin.domain.errors import InputError
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import read_period


class StatedColumns:
    """What was stated for the columns of one sheet."""

    def __init__(self, file: str, sheet: str, *, full: bool, financial_year: int | None) -> None:
        """Bind the sheet.

        Args:
            file: the workbook's name, for messages.
            sheet: the sheet's name.
            full: whether the Settings sheet states the columns of this sheet.
            financial_year: the starting year that was stated for the index.
        """
        self._file = file
        self._sheet = sheet
        self._full = full
        self._year = financial_year

    def on(self, head: Head, found: Layout | None, stated: Sequence[StatedColumn]) -> Layout:
        """Put stated columns in place of detected ones.

        Columns on the Settings sheet are a full account of the undated fields of their sheet;
        period columns are still detected, so that next month's column is read. Columns stated by
        option change just the fields that they name.
        """
        findings: list[Finding] = []
        columns = [c for c in (found.columns if found else ()) if c.period or not self._full]
        year = self._year or (found.financial_year if found else None)
        for wanted in (self._dated(each, year) for each in stated):
            number = self._resolve(head, wanted, findings)
            columns = [
                c
                for c in columns
                if c.number != number and (c.field, c.period) != (wanted.field, wanted.period)
            ]
            columns.append(Column(number, wanted.field, _heading(head, number), wanted.period))
        last = max([*head.parts, *(column.number for column in columns)])
        base = found or Layout(self._sheet, head.first, head.last, None, (), last)
        layout = base._replace(
            columns=tuple(sorted(columns, key=lambda c: c.number)),
            findings=(*(() if self._full else base.findings), *findings),
        )
        missing = {Field.NAME, Field.ACTUAL} - {c.field for c in layout.columns}
        if missing:
            name = min(missing).value
            message = (
                f"{self._file}, sheet {self._sheet!r}: no column for {name} was stated or "
                f"found. State it with --column '{name}=COLUMN'."
            )
            raise InputError(message, name=self._file)
        return layout

    def _dated(self, wanted: StatedColumn, year: int | None) -> StatedColumn:
        """A statement with its period of the index's year, where it is stated without one."""
        if wanted.bare_period is None:
            return wanted
        period = read_period(wanted.bare_period, financial_year=year)
        if period is None:
            raise InputError(
                f"{self._file}, sheet {self._sheet!r}: the Settings sheet states the period "
                f"{wanted.bare_period!r}, and nothing says of which financial year. State it "
                "with --year 2021/22, or as 'Financial year' on the Settings sheet.",
                name=self._file,
            )
        return wanted._replace(period=period)

    def _resolve(self, head: Head, wanted: StatedColumn, findings: list[Finding]) -> int:
        """Give the column that a statement means: by its heading first, so as to follow moves."""
        if wanted.heading is None:
            if wanted.column is None:
                raise InputError(f"{wanted.field.value}: neither a column nor a heading is stated.")
            return wanted.column
        same = _headed(head, wanted)
        if wanted.column in same:
            return wanted.column
        if wanted.cell is None and wanted.column is not None:
            # By option, `F` is a column and `RAG` a heading: whichever of the two is there.
            return same[0] if len(same) == 1 and wanted.column not in head.parts else wanted.column
        if len(same) == 1:
            if wanted.column is not None:
                findings.append(
                    Finding(
                        "settings-column-moved",
                        Severity.WARNING,
                        f"The Settings sheet has {wanted.field.value} in column "
                        f"{column_letters(wanted.column)}; its heading {wanted.heading!r} now "
                        f"stands in column {column_letters(same[0])}, which was read. Run "
                        "'perf-addin init' again to renew the Settings sheet.",
                        self._sheet,
                    )
                )
            return same[0]
        place = f"Settings cell {wanted.cell}" if wanted.cell else "--column"
        found = "more than one column" if same else "no column"
        raise InputError(
            f"{self._file}, sheet {self._sheet!r}: {place} states the heading "
            f"{wanted.heading!r} for {wanted.field.value}, but {found} of header rows "
            f"{head.first} to {head.last} has it. State the column's letter, or correct the "
            "heading.",
            name=self._file,
        )


def _heading(head: Head, number: int) -> str:
    parts = head.parts.get(number, ())
    return " / ".join(dict.fromkeys(heading_text(part) for part in parts))


def _headed(head: Head, wanted: StatedColumn) -> list[int]:
    """The columns under a stated heading: word for word, else (undated fields) by its words."""
    aim = (wanted.heading or "").casefold()
    same = [n for n in head.parts if _heading(head, n).casefold() == aim]
    same = same or [
        n for n, parts in head.parts.items() if heading_text(parts[-1]).casefold() == aim
    ]
    if same or wanted.period is not None:
        return same
    words = plain_words(aim)
    return [
        n
        for n, parts in head.parts.items()
        if words in {plain_words(_heading(head, n)), plain_words(heading_text(parts[-1]))}
    ]
