"""What is rated against: missing, contradictory or meaningless standards, and missing numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.rated import Status
from perf_addin.application.vocabulary import Field
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.rules import Rule
from perf_addin.domain.showing import show_number
from perf_addin.domain.targets import Target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

_WHOLE = 100


def check_standards(rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Look at polarity, target, tolerance and number of every indicator."""
    yield from _by_default(rows)
    numbered = sum(row.item.no is not None for row in rows)
    for row in rows:
        if row.item.no is None and numbered:
            yield row.finding(
                "number-missing",
                Severity.WARNING,
                "it has no number, while others have. Give it one: commentary, corrections and "
                "imports find an indicator by its number.",
                row.item.layout.column_of(Field.NO),
            )
        yield from _not_rated(row)
        yield from _reversed(row) or _outside_range(row)
        yield from _meaningless(row)


def _by_default(rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Ratings by the built-in defaults: one finding where it is the whole index that states none.

    A tolerance of an index is often one for all, so that is always one finding.
    """
    rated = [row for row in rows if row.item.letter is not None]
    bare = [row for row in rated if "polarity" in row.item.rating.defaults]
    if bare and len(bare) == len(rated):
        yield bare[0].finding(
            "polarity-missing",
            Severity.WARNING,
            f"neither it nor any other of {len(rated)} rated indicators has a polarity; each was "
            "rated as High. Add a column Polarity, or state it with `perf-addin init`.",
            bare[0].item.layout.column_of(Field.POLARITY),
        )
    else:
        for row in bare:
            yield row.finding(
                "polarity-missing",
                Severity.WARNING,
                "it has no polarity and was rated as High. State High, Low, Range or Info.",
                row.item.layout.column_of(Field.POLARITY),
            )
    open_tolerance = [row for row in rated if "tolerance" in row.item.rating.defaults]
    if open_tolerance:
        labels = [row.item.label for row in open_tolerance]
        shown = ", ".join(labels[:5]) + (", ..." if len(labels) > 5 else "")  # noqa: PLR2004
        yield open_tolerance[0].finding(
            "tolerance-missing",
            Severity.INFO,
            f"no tolerance is stated for {len(labels)} of {len(rated)} rated indicators "
            f"({shown}); amber was taken within 10% of the target. State the council's own with "
            "`perf-addin init`.",
            open_tolerance[0].item.layout.column_of(Field.TOLERANCE),
        )


def _not_rated(row: IndexRow) -> Iterator[Finding]:
    """A figure that could have been rated, had the standards been complete and at one."""
    item, rating = row.item, row.item.rating
    if item.status is not Status.NOT_RATED or item.actual is None:
        return
    if rating.rule is Rule.INFORMATION or any(f.severity is Severity.ERROR for f in item.findings):
        return
    if any(f.code == "target-in-words" for f in item.findings):
        return  # which says so, at the target
    yield row.finding(
        "not-rated",
        Severity.WARNING,
        f"it has a figure but was not rated: {rating.why_not}. Complete or correct what it is "
        "rated against, or state the polarity Info.",
        item.layout.column_of(Field.TARGET),
    )


def _reversed(row: IndexRow) -> list[Finding]:
    """A range whose limits are the wrong way round, outside which every figure lies."""
    limits = row.item.acceptable_range
    if limits is None or limits.lower is None or limits.upper is None:
        return []
    if limits.lower <= limits.upper:
        return []
    low, high = (show_number(v, percent=limits.percent) for v in (limits.lower, limits.upper))
    layout = row.item.layout
    return [
        row.finding(
            "range-reversed",
            Severity.WARNING,
            f"the lower limit {low} of its acceptable range is above the upper one, {high}, so "
            "that every figure is a breach. Swap them, or correct one.",
            layout.column_of(Field.LOWER) or layout.column_of(Field.RANGE),
        )
    ]


def _outside_range(row: IndexRow) -> Iterator[Finding]:
    item, limits = row.item, row.item.acceptable_range
    target = item.target if isinstance(item.target, Target) else None
    if target is None or target.value is None or limits is None:
        return
    if limits.percent is not target.percent or _holds(limits, target):
        return
    low, high = (
        show_number(v, percent=limits.percent) if v is not None else "..."
        for v in (limits.lower, limits.upper)
    )
    yield row.finding(
        "target-outside-range",
        Severity.WARNING,
        f"the target {target} lies outside the acceptable range {low} to {high}, so that a figure "
        "on target is a breach. Correct one of the two.",
        item.layout.column_of(Field.TARGET),
    )


def _holds(limits: AcceptableRange, target: Target) -> bool:
    value = target.value
    return value is not None and not (
        (limits.lower is not None and value < limits.lower)
        or (limits.upper is not None and value > limits.upper)
    )


def _meaningless(row: IndexRow) -> Iterator[Finding]:
    """Tolerances that allow nothing or everything."""
    rating, inputs = row.item.rating, row.item.rating.inputs
    if rating.letter is None:
        return
    target = inputs.target if isinstance(inputs.target, Target) else None
    if target is not None and target.value == 0 and rating.rule is Rule.TOLERANCE:
        allowed = inputs.tolerance
        if allowed is None or allowed.unit is ToleranceUnit.RELATIVE:
            yield row.finding(
                "zero-target",
                Severity.WARNING,
                "the target is 0, of which no percentage can be taken: it is green if met and "
                "otherwise red, never amber. State a tolerance in points or units.",
                row.item.layout.column_of(Field.TARGET),
            )
    for name, field, stated in (
        ("tolerance", Field.TOLERANCE, inputs.tolerance),
        ("green tolerance", Field.GREEN_TOLERANCE, inputs.green_tolerance),
        ("margin", Field.MARGIN, inputs.margin),
    ):
        if stated is not None and _allows_all(stated):
            yield row.finding(
                "tolerance-too-wide",
                Severity.WARNING,
                f"the {name} {stated} is the whole target or more, so that hardly anything is "
                "red. Check whether a decimal point is missing.",
                row.item.layout.column_of(field),
            )


def _allows_all(stated: Tolerance) -> bool:
    return stated.unit is ToleranceUnit.RELATIVE and stated.amount >= _WHOLE
