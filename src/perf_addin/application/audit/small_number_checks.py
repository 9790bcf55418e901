"""Few children: parts that do not give the figure, ratings that one child decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_addin.application.audit.counted import counted, must_be_suppressed
from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.parts import Found, PartsFinder
from perf_addin.application.audit.wording import COLOURS
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.showing import show_number
from perf_addin.domain.small_numbers import MOST_SUPPRESSED, agrees, one_more_or_less

_NOISE = Decimal("1e-9")  # more than binary arithmetic can be off


def check_small_numbers(rows: Sequence[IndexRow], finder: PartsFinder) -> Iterator[Finding]:
    """Look at the counts behind the rated figures."""
    for row in rows:
        found = finder.find(row)
        if found is not None and row.item.actual is not None:
            yield from _parts(row, found, finder)
        elif must_be_suppressed(row):
            yield row.finding(
                "small-number",
                Severity.WARNING,
                f"a count of {_shown(row)} must not be published "
                f"({MOST_SUPPRESSED} or less). Publish it as c (confidential).",
            )


def _differ(row: IndexRow, found: Found, whole: str, finder: PartsFinder) -> Iterator[Finding]:
    """Parts that do not give the figure: one is wrong, or the formula was not calculated since."""
    actual = row.item.actual
    if actual is None:
        return
    figure = found.parts.figure(percent=actual.percent)
    given = "nothing" if figure is None else show_number(figure, percent=actual.percent)
    shown = show_number(actual.value, percent=actual.percent)
    if not found.by_formula:
        yield row.finding(
            "parts-differ",
            Severity.WARNING,
            f"{whole} gives {given}, but the index says {shown}. Correct whichever is wrong.",
        )
        return
    now = finder.calculated(row)
    cell = row.cells.get(row.item.actual_place.column) if row.item.actual_place else None
    if now is None or cell is None or not isinstance(cell.value, Decimal):
        return
    if abs(now - cell.value) > _NOISE * max(abs(now), Decimal(1)):
        shown_now = show_number(now.scaleb(2) if cell.percent else now, percent=cell.percent)
        yield row.finding(
            "parts-differ",
            Severity.WARNING,
            f"its formula gives {shown_now} now, {whole}, but the stored figure is {shown}. "
            "Calculate the workbook in Excel, or run `perf-addin recalc --recalc always`.",
        )


def _parts(row: IndexRow, found: Found, finder: PartsFinder) -> Iterator[Finding]:
    item, actual = row.item, row.item.actual
    if actual is None:
        return
    numerator, denominator = (show_number(part) for part in found.parts)
    whole = f"{numerator} of {denominator} ({found.where[0]}, {found.where[1]})"
    if not agrees(found.parts, actual):
        yield from _differ(row, found, whole, finder)
        return
    what = counted(row)
    if actual.percent and found.parts.too_small and what.may_name:
        yield row.finding(
            "small-number",
            Severity.WARNING,
            f"{whole}: {found.parts.too_small} must not be published, nor the percentage, from "
            "which the count can be worked out. Publish it as c (confidential).",
        )
    if item.letter is None or not actual.percent:
        return
    changed = list(one_more_or_less(found.parts, item.rating.inputs, percent=actual.percent))
    if changed:
        then = " and ".join(
            f"{COLOURS[each.letter]} at {show_number(each.numerator)}" for each in changed
        )
        yield row.finding(
            "one-child-decides",
            Severity.INFO,
            f"{whole} is {COLOURS[item.letter]}; with {what.one_more_or_fewer} it "
            f"would be {then}. Say so beside the rating.",
        )


def _shown(row: IndexRow) -> str:
    return show_number(row.item.actual.value) if row.item.actual is not None else ""
