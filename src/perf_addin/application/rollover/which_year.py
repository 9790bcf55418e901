"""Which year ends, and which blocks of an index are of it."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.layout import Layout
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.rollover.blocks import year_of
from perf_addin.domain.errors import InputError
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.new_year import year_label

_LAST_ROW = 1_048_576
_WITHOUT_YEAR = (
    "The sheet reads as an index, but nothing says which year its months or quarters are of; it "
    "was left as it is. State the year with --from-year 2021/22."
)


def ending_year(result: IndexResult, to_year: int | None, stated: int | None = None) -> int:
    """The year that ends, as its starting year.

    Args:
        result: the index, rated.
        to_year: the year that is to begin; None for the one after the index's.
        stated: the year that ends, where an option states it.

    Raises:
        InputError: the index has one row for each period, its year is not known, or it is not the
            one stated, or before the year that is to begin.
    """
    wide = [layout for layout in result.layouts if not layout.is_long]
    where = f"{result.file}, sheet {result.layouts[0].sheet!r}"
    if not wide:
        raise InputError(f"{where}: {_goes_on(result)}", name=result.file)
    years = {year for layout in wide if (year := year_of(layout)) is not None}
    if not years:
        raise InputError(
            f"{where}: nothing says which financial year the index is of. State the one that ends "
            "with --from-year 2021/22.",
            name=result.file,
        )
    latest = max(years)
    if stated is not None and stated not in years:
        raise InputError(
            f"{where}: the index is of {year_label(latest)}, not of {year_label(stated)} as "
            "--from-year states. Leave --from-year out, or give the other index.",
            name=result.file,
        )
    if stated is not None and to_year is None:
        return stated
    if to_year is None or to_year - 1 in years:
        return latest if to_year is None else to_year - 1
    raise InputError(
        f"{where}: {_why_not(to_year, latest, is_there=to_year in years)}", name=result.file
    )


def _goes_on(result: IndexResult) -> str:
    """What to do with an index that has rows for periods, of as many years as there are."""
    year = result.settings.financial_year
    stated = ""
    if year is not None:
        stated = (
            f" Name the year in them (Apr {year + 1}): a month alone is of {year_label(year)}, as "
            "the Settings sheet or an option states."
        )
    return (
        "the index has one row for each indicator and period, so nothing has to be rolled over: "
        "there are no columns to move on and nothing to empty. The same workbook goes on: add the "
        f"rows of the new year below the others, with their targets.{stated}"
    )


def _why_not(to_year: int, latest: int, *, is_there: bool) -> str:
    """Why a year cannot be the one that begins."""
    begins = year_label(to_year)
    if is_there:
        return (
            f"the index is of {begins} already. State the year after it, --year "
            f"{year_label(to_year + 1)}, or give the index of {year_label(to_year - 1)}."
        )
    return (
        f"the index is of {year_label(latest)}, so the year that begins is "
        f"{year_label(latest + 1)}, not {begins}. Where headings such as Apr name no year, state "
        "the one that ends with --from-year."
    )


def blocks_of(result: IndexResult, year: int) -> Iterator[tuple[Layout, int]]:
    """The blocks of an index that are of a year, each with the last row that may be its own."""
    by_sheet: dict[str, dict[int, Layout]] = {}
    for layout in (*result.layouts, *(item.layout for item in result.rated)):
        by_sheet.setdefault(layout.sheet, {}).setdefault(layout.header_first, layout)
    for layouts in by_sheet.values():
        firsts = sorted(layouts)
        for first, following in zip(firsts, [*firsts[1:], _LAST_ROW + 1], strict=True):
            layout = layouts[first]
            if not layout.is_long and year_of(layout) == year:
                yield layout, min(layout.last_row or _LAST_ROW, following - 1)


def about_left(result: IndexResult, year: int) -> list[Finding]:
    """Say which index sheets are of another year, or have rows for periods, and were left."""
    left = [
        (layout.sheet, _why_left(layout, year))
        for layout in result.layouts
        if layout.is_long or year_of(layout) != year
    ]
    left += [
        (found.sheet or "", _WITHOUT_YEAR)
        for layout in result.layouts
        for found in layout.findings
        if found.code == "months-without-year"
    ]
    return [Finding("sheet-left", Severity.WARNING, why, sheet) for sheet, why in left]


def _why_left(layout: Layout, year: int) -> str:
    if layout.is_long:
        return "The sheet has one row for each indicator and period, and was left as it is."
    of = year_of(layout)
    named = year_label(of) if of is not None else "a year that nothing states"
    return f"The sheet is an index of {named}, not of {year_label(year)}, and was left as it is."
