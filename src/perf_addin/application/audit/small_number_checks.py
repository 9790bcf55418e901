"""Few children: parts that do not give the figure, ratings that one child decides, suppression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.parts import Found, PartsFinder
from perf_addin.application.audit.wording import COLOURS
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.grid import column_number
from perf_addin.application.sentences.comparators import is_count
from perf_addin.domain.figures import Figure, show_number
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.small_numbers import MOST_SUPPRESSED, agrees, one_more_or_less

_CHILDREN = lazily(
    r"\b(?:child(?:ren)?|young (?:people|persons?)|pupils?|babies|care leavers?)\b", 2
)
_CELLS = lazily(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")


def check_small_numbers(rows: Sequence[IndexRow], finder: PartsFinder) -> Iterator[Finding]:
    """Look at the counts behind the rated figures."""
    for row in rows:
        found = finder.find(row)
        if found is not None and row.item.actual is not None:
            yield from _parts(row, found)
        elif _counts_children(row):
            yield row.finding(
                "small-number",
                Severity.WARNING,
                f"a count of {_shown(row)} children must not be published "
                f"({MOST_SUPPRESSED} or less). Publish it as c (confidential).",
            )
    yield from _secondary(rows)


def _parts(row: IndexRow, found: Found) -> Iterator[Finding]:
    item, actual = row.item, row.item.actual
    if actual is None:
        return
    numerator, denominator = (show_number(part) for part in found.parts)
    whole = f"{numerator} of {denominator} ({found.where[0]}, {found.where[1]})"
    if not agrees(found.parts, actual):
        figure = found.parts.figure(percent=actual.percent)
        if not found.by_formula:
            given = "nothing" if figure is None else show_number(figure, percent=actual.percent)
            shown = show_number(actual.value, percent=actual.percent)
            yield row.finding(
                "parts-differ",
                Severity.WARNING,
                f"{whole} gives {given}, but the index says {shown}. Correct whichever is wrong.",
            )
        return
    if actual.percent and found.parts.too_small:
        yield row.finding(
            "small-number",
            Severity.WARNING,
            f"{whole}: {found.parts.too_small} must not be published, nor the percentage, from "
            "which the count can be worked out. Publish it as c (confidential).",
        )
    if item.rating.letter is None or not actual.percent:
        return
    changed = list(one_more_or_less(found.parts, item.rating.inputs, percent=actual.percent))
    if changed:
        what = " and ".join(
            f"{COLOURS[each.letter]} at {show_number(each.numerator)}" for each in changed
        )
        yield row.finding(
            "one-child-decides",
            Severity.INFO,
            f"{whole} is {COLOURS[item.rating.letter]}; with one child more or less it would be "
            f"{what}. Say so beside the rating.",
        )


def _counts_children(row: IndexRow) -> bool:
    """Whether an indicator is a count of children that is small, and not a true zero."""
    return row.item.actual is not None and is_few(row.item.name, row.item.actual)


def is_few(name: str, figure: Figure) -> bool:
    """Whether a figure is a count of children, by its indicator's name, too small to publish."""
    return (
        not figure.percent
        and 0 < figure.value <= MOST_SUPPRESSED
        and figure.value == figure.value.to_integral_value()
        and is_count(name)
        and _CHILDREN.search(name) is not None
    )


def _shown(row: IndexRow) -> str:
    return show_number(row.item.actual.value) if row.item.actual is not None else ""


def _secondary(rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """A suppressed count that follows from a published total and the other parts of it.

    A total is a figure whose formula adds up figures of other indicators in the same column.
    """
    by_cell = {
        (row.item.sheet, row.item.actual_place.row, row.item.actual_place.column): row
        for row in rows
        if row.item.actual_place is not None
    }
    for row in rows:
        place = row.item.actual_place
        formula = row.formulas.get(place.column) if place is not None else None
        if formula is None:
            continue
        added = _added(formula)
        parts = [by_cell.get((row.item.sheet, *at)) for at in added or ()]
        known = [part for part in parts if part is not None and part is not row]
        if len(known) < 2 or len(known) != len(added or ()):  # noqa: PLR2004 - two make a sum
            continue
        small = [part for part in known if _counts_children(part)]
        if len(small) == 1:
            yield _next_smallest(row, small[0], known)


def _next_smallest(total: IndexRow, small: IndexRow, parts: Sequence[IndexRow]) -> Finding:
    others = [part for part in parts if part is not small]
    nearest = min(others, key=_value)
    return nearest.finding(
        "secondary-suppression",
        Severity.WARNING,
        f"indicator {small.item.label} must be suppressed, and could be worked out from the total "
        f"in indicator {total.item.label}. Suppress this one too, the next smallest, or the total.",
    )


def _value(row: IndexRow) -> Decimal:
    return row.item.actual.value if row.item.actual is not None else Decimal(0)


def _added(formula: str) -> list[tuple[int, int]] | None:
    """The cells that a formula adds up, `SUM(M7:M9)` or `M7+M8`; None for any other formula."""
    parts = [t for t in tokens(formula.removeprefix("=")) if t.kind is not Kind.SPACE]
    calls = [t.text.upper() for t in parts if t.kind is Kind.CALL]
    signs = {t.text for t in parts if t.kind is Kind.OPERATOR}
    kinds = {Kind.CALL, Kind.AREA, Kind.OPERATOR, Kind.OPEN, Kind.CLOSE, Kind.COMMA}
    if calls not in ([], ["SUM"]) or signs - {"+"} or any(t.kind not in kinds for t in parts):
        return None
    cells: list[tuple[int, int]] = []
    for token in parts:
        if token.kind is not Kind.AREA:
            continue
        found = _CELLS.fullmatch(token.text)
        if found is None:
            return None
        column, top = column_number(found[1]), int(found[2])
        if found[3] and column_number(found[3]) != column:
            return None
        cells += [(at, column) for at in range(top, int(found[4] or top) + 1)]
    return cells
