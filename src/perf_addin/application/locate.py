"""Which sheets of a workbook hold an index, and where on them: detected, or as stated."""

from __future__ import annotations

from collections.abc import Collection

from perf_addin.application.detect import find_heads, find_layout
from perf_addin.application.layout import Layout
from perf_addin.application.lines import top_lines
from perf_addin.application.settings import Settings
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.errors import InputError, NoIndexError
from perf_addin.domain.periods import read_financial_year

if TYPE_CHECKING:
    from perf_addin.application.ports import Workbook
    from perf_addin.application.sheets import Sheet
    from perf_addin.application.stated_values import StatedSheet

ANY_YEAR = 2000
"""Completes months without a year, to see whether that is all they lack."""


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
        from perf_addin.application.not_located import no_such_sheet  # noqa: PLC0415 - a mistake

        raise InputError(no_such_sheet(workbook, missing[0], candidates), name=workbook.name)
    if stated:
        candidates = [sheet for sheet in candidates if sheet.name in stated]
    searches = [_Search(workbook, sheet, settings, stated.get(sheet.name)) for sheet in candidates]
    found = [(search, search.layout()) for search in searches]
    layouts = [layout for _, layout in found if layout is not None]
    if not layouts:
        from perf_addin.application.not_located import nothing_found  # noqa: PLC0415 - a refusal

        raise NoIndexError(
            nothing_found(workbook, [(s.sheet, s.lines) for s in searches]), name=workbook.name
        )
    left_out = [s.sheet.name for s, layout in found if layout is None and s.lacks_only_a_year()]
    if not left_out:
        return layouts
    from perf_addin.application.not_located import without_year  # noqa: PLC0415 - few are

    first = layouts[0]
    findings = (*first.findings, *(without_year(name) for name in left_out))
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
            raise InputError(message, name=self.file)
        from perf_addin.application.stated_columns import StatedColumns  # noqa: PLC0415 - few are

        full = self.stated is not None and bool(self.stated.columns)
        year = self.settings.financial_year
        stated = StatedColumns(self.file, self.sheet.name, full=full, financial_year=year)
        return stated.on(head, found, columns)

    def lacks_only_a_year(self) -> bool:
        """Whether the sheet would be an index if its months had a year."""
        return self._reading(ANY_YEAR, demand_standard=True) is not None

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
