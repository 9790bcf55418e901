"""Which sheets of a workbook hold an index, and where on them: detected, or as stated."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from perf_addin.application.detect import Head, find_heads, find_layout
from perf_addin.application.grid import Sheet, column_letters
from perf_addin.application.headings import heading_text, means
from perf_addin.application.layout import Column, Layout
from perf_addin.application.lines import Lines, top_lines
from perf_addin.application.ports import Workbook
from perf_addin.application.settings import Settings, StatedColumn, StatedSheet
from perf_addin.application.vocabulary import Field, plain_words, synonyms
from perf_addin.domain.errors import InputError, NoIndexError
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import read_financial_year, read_period

_ANY_YEAR = 2000


def locate_index(workbook: Workbook, settings: Settings, own: Collection[str]) -> list[Layout]:
    """Find every index in a workbook.

    Args:
        workbook: the workbook to search.
        settings: what the user stated; stated sheets and columns come before detection.
        own: names of the sheets that this product wrote, which are never read as an index.

    Returns:
        One layout for each index sheet, in tab order.

    Raises:
        InputError: no index was found, or what was stated does not fit the workbook.
    """
    stated = {sheet.name: sheet for sheet in settings.sheets}
    candidates = [sheet for sheet in workbook.sheets if sheet.name not in own]
    missing = [name for name in stated if name not in {s.name for s in candidates}]
    if missing:
        raise InputError(_no_such_sheet(workbook, missing[0], candidates))
    if stated:
        candidates = [sheet for sheet in candidates if sheet.name in stated]
    searches = [_Search(workbook, sheet, settings, stated.get(sheet.name)) for sheet in candidates]
    found = [(search, search.layout()) for search in searches]
    layouts = [layout for _, layout in found if layout is not None]
    if not layouts:
        raise NoIndexError(_nothing_found(workbook, [(s.sheet, s.lines) for s in searches]))
    left_out = [s.sheet.name for s, layout in found if layout is None and s.lacks_only_a_year()]
    if not left_out:
        return layouts
    first = layouts[0]
    findings = (*first.findings, *(_without_year(name) for name in left_out))
    return [first._replace(findings=findings), *layouts[1:]]


class _Search:
    """The search for an index on one sheet."""

    def __init__(
        self, workbook: Workbook, sheet: Sheet, settings: Settings, stated: StatedSheet | None
    ) -> None:
        self.file = workbook.name
        self.is_only_sheet = len(workbook.sheets) == 1
        self.sheet = sheet
        self.settings = settings
        self.stated = stated
        self.rows = settings.header_rows or (stated.header_rows if stated else None)
        self.lines = top_lines(sheet)
        if self.rows is not None and not any(x.number >= self.rows[0] for x in self.lines):
            self.lines = top_lines(sheet, self.rows[0])

    def layout(self) -> Layout | None:
        """What was found, with what was stated put in its place."""
        found = self._found(self.settings.financial_year)
        if found is None and (year := read_financial_year(self.file)) is not None:
            found = self._found(year)
        columns = (*(self.stated.columns if self.stated else ()), *self.settings.columns)
        if not columns:
            return found
        head = next(find_heads(self.lines, self.sheet.merged(), self.rows), None)
        if self.stated is None and (head is None or not (found or self.is_only_sheet)):
            return None
        if head is None:
            message = (
                f"{self.file}, sheet {self.sheet.name!r}: no header row was found. State it with "
                "--header-row ROW (or FIRST:LAST), or as 'Header rows' on the Settings sheet."
            )
            raise InputError(message)
        return self._with_stated(head, found, columns)

    def lacks_only_a_year(self) -> bool:
        """Whether the sheet would be an index if its months had a year."""
        return self._reading(_ANY_YEAR, demand_standard=True) is not None

    def _found(self, year: int | None) -> Layout | None:
        found = self._reading(year, demand_standard=True)
        if found is None and self.stated is not None:
            return self._reading(year, demand_standard=False)
        return found

    def _reading(self, year: int | None, *, demand_standard: bool) -> Layout | None:
        return find_layout(
            self.sheet,
            lines=self.lines,
            financial_year=year,
            header_rows=self.rows,
            demand_standard=demand_standard,
        )

    def _with_stated(
        self, head: Head, found: Layout | None, stated: Sequence[StatedColumn]
    ) -> Layout:
        """Put stated columns in place of detected ones.

        Columns on the Settings sheet are a full account of the undated fields of their sheet;
        period columns are still detected, so that next month's column is read. Columns stated by
        option change just the fields that they name.
        """
        findings: list[Finding] = []
        full = self.stated is not None and bool(self.stated.columns)
        columns = [c for c in (found.columns if found else ()) if c.period or not full]
        year = self.settings.financial_year or (found.financial_year if found else None)
        for wanted in (self._dated(each, year) for each in stated):
            number = self._resolve(head, wanted, findings)
            columns = [
                c
                for c in columns
                if c.number != number and (c.field, c.period) != (wanted.field, wanted.period)
            ]
            columns.append(Column(number, wanted.field, _heading(head, number), wanted.period))
        last = max([*head.parts, *(column.number for column in columns)])
        base = found or Layout(self.sheet.name, head.first, head.last, None, (), last)
        layout = base._replace(
            columns=tuple(sorted(columns, key=lambda c: c.number)),
            findings=(*(() if full else base.findings), *findings),
        )
        missing = {Field.NAME, Field.ACTUAL} - {c.field for c in layout.columns}
        if missing:
            name = min(missing).value
            message = (
                f"{self.file}, sheet {self.sheet.name!r}: no column for {name} was stated or "
                f"found. State it with --column '{name}=COLUMN'."
            )
            raise InputError(message)
        return layout

    def _dated(self, wanted: StatedColumn, year: int | None) -> StatedColumn:
        """A statement with its period of the index's year, where it is stated without one."""
        if wanted.bare_period is None:
            return wanted
        period = read_period(wanted.bare_period, financial_year=year)
        if period is None:
            raise InputError(
                f"{self.file}, sheet {self.sheet.name!r}: the Settings sheet states the period "
                f"{wanted.bare_period!r}, and nothing says of which financial year. State it "
                "with --year 2021/22, or as 'Financial year' on the Settings sheet."
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
                        self.sheet.name,
                    )
                )
            return same[0]
        place = f"Settings cell {wanted.cell}" if wanted.cell else "--column"
        found = "more than one column" if same else "no column"
        raise InputError(
            f"{self.file}, sheet {self.sheet.name!r}: {place} states the heading "
            f"{wanted.heading!r} for {wanted.field.value}, but {found} of header rows "
            f"{head.first} to {head.last} has it. State the column's letter, or correct the "
            "heading."
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


def _no_such_sheet(workbook: Workbook, name: str, candidates: Sequence[Sheet]) -> str:
    there = ", ".join(repr(sheet.name) for sheet in candidates)
    return f"{workbook.name}: there is no sheet named {name!r}. The sheets are {there}."


def _nothing_found(workbook: Workbook, read: Sequence[tuple[Sheet, Lines]]) -> str:
    names = ", ".join(f"'{words}'" for words in synonyms(Field.NAME)[:6])
    sheets = ", ".join(repr(sheet.name) for sheet, _ in read) or "none"
    reason = (
        f"{workbook.name}: no performance index was found (sheets searched: {sheets}). Looked "
        f"for a header row with the indicator's name ({names} ...), figures (month, quarter or "
        "year headings, or 'Actual') and a target, rating, polarity or range column. "
    )
    if any(_has_months_without_year(lines, sheet) for sheet, lines in read):
        return reason + (
            "There are month or quarter headings, but no financial year: state it with "
            "--year 2021/22."
        )
    return reason + (
        "State where it is: --sheet NAME --header-row ROW --column 'Indicator=B' --column "
        "'Actual=F', or keep that on a Settings sheet ('perf-addin init FILE' adds one)."
    )


def _has_months_without_year(lines: Lines, sheet: Sheet) -> bool:
    head = next(find_heads(lines, sheet.merged()), None)
    if head is None:
        return False
    return any(
        means(part) and isinstance(part, str) and read_period(part, financial_year=_ANY_YEAR)
        for parts in head.parts.values()
        for part in parts
    )


def _without_year(sheet: str) -> Finding:
    return Finding(
        "months-without-year",
        Severity.WARNING,
        "This sheet reads as an index, but nothing says which year its months or quarters are of; "
        "it was left out. State the year with --year 2021/22, or the index sheets with --sheet.",
        sheet,
    )
