"""Which of an indicator's figures is rated: the latest usable one, or that of a stated period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.indicators import Indicator, Reading
from perf_addin.application.layout import text_of
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figures import Figure, Missing, Unreadable, read_figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period

_MONTHS_OF = (("quarter", 3), ("ann", 12), ("year", 12), ("half", 6), ("term", 4))
_NO_ACCURATE_FIGURE = frozenset({"x", ":", "u"})


class Choice:
    """What became of the search for a figure.

    Attributes:
        reading: the reading that is rated, or None.
        figure: its figure, as read; None without a reading.
        reason: why there is no figure, as the end of a sentence; empty where there is one.
        unreportable: whether the latest entry says that no accurate figure can be given.
        findings: entries that could not be read.
        earlier: the readings before the chosen one, latest first; may be gone through once.
    """

    __slots__ = ("earlier", "figure", "findings", "reading", "reason", "unreportable")

    def __init__(self) -> None:
        """Begin without a figure."""
        self.reading: Reading | None = None
        self.figure: Figure | None = None
        self.reason = ""
        self.unreportable = False
        self.findings: list[Finding] = []
        self.earlier: Iterator[Reading] = iter(())


def read_cell(cell: Cell) -> Figure | Missing | Unreadable | None:
    """Read a cell as a figure."""
    return read_figure(cell[0], percent=cell[1])


def choose_reading(indicator: Indicator, wanted: Period | None) -> Choice:
    """Choose the figure to rate.

    Args:
        indicator: the indicator.
        wanted: the period asked for, or None for the latest with a usable figure. A quarterly or
            annual indicator is rated on its last period that ended within its span up to then.
    """
    choice = Choice()
    missing: tuple[Reading, Missing] | None = None
    readings = iter(_candidates(indicator, wanted))
    for reading in readings:
        found = read_cell(reading.cell)
        if isinstance(found, Figure):
            choice.reading, choice.figure, choice.earlier = reading, found, readings
            return choice
        if isinstance(found, Missing):
            missing = missing or (reading, found)
        elif isinstance(found, Unreadable):
            choice.findings.append(_unreadable(indicator, reading, found))
    if missing is not None:
        reading, symbol = missing
        when = f" for {reading.period.label}" if reading.period else ""
        choice.reason = f"the entry{when} is '{symbol.symbol}' ({symbol.meaning})"
        choice.unreportable = symbol.symbol.casefold() in _NO_ACCURATE_FIGURE
    elif choice.findings:
        choice.reason = "no entry could be read as a figure"
    elif wanted is not None:
        latest = next(indicator.latest_first(), None)
        known = f" (the latest entry is {latest.period.label})" if latest and latest.period else ""
        choice.reason = f"no figure for {wanted.label}{known}"
    else:
        choice.reason = "no figure in any period"
        if indicator.has_empty_formula():
            choice.reason += ", but formulas that give none or were never calculated"
    return choice


def choose_others(indicator: Indicator, rated_row: int) -> Iterator[Choice]:
    """Choose the entry of each row of an indicator but the rated one: of other periods."""
    for reading, earlier in indicator.other_rows(rated_row):
        choice = Choice()
        figure = read_cell(reading.cell)
        choice.reading, choice.earlier = reading, earlier
        choice.figure = figure if isinstance(figure, Figure) else None
        yield choice


def _candidates(indicator: Indicator, wanted: Period | None) -> Iterable[Reading]:
    """The figures that may be rated, latest first; for an annual indicator the years too."""
    readings: Iterable[Reading] = indicator.latest_first()
    if indicator.columns.yearly:
        frequency = text_of(indicator.cell(Field.FREQUENCY, None)).casefold()
        if frequency.startswith(("ann", "year")):
            both = [*readings, *indicator.yearly()]
            readings = sorted(both, key=lambda r: (r.period is not None, r.period), reverse=True)
    if wanted is None:
        return readings
    span = rhythm_months(text_of(indicator.cell(Field.FREQUENCY, None)))
    return [
        r for r in readings if r.period and _falls_in(r.period, wanted, max(span, r.period.months))
    ]


def rhythm_months(frequency: str) -> int:
    """How far back a figure may lie and still be the one for a period, by a frequency in words."""
    words = frequency.casefold()
    return next((months for word, months in _MONTHS_OF if word in words), 1)


def _falls_in(period: Period, wanted: Period, span: int) -> bool:
    if period == wanted:
        return True
    if period.last_month > wanted.last_month:
        return False
    apart = wanted.last_month - period.last_month
    return apart < span


def _unreadable(indicator: Indicator, reading: Reading, found: Unreadable) -> Finding:
    return Finding(
        "unreadable-figure",
        Severity.ERROR if found.text.startswith("#") else Severity.WARNING,
        f"Indicator {indicator.no or indicator.name}: found {found.text!r}, expected a figure or "
        "a symbol for a missing one; an earlier period was looked for. Correct the cell.",
        indicator.layout.sheet,
        cell_name(reading.row, reading.column),
    )


def earlier_figure(choice: Choice, *, last_year: bool) -> tuple[Figure, str] | None:
    """The figure that the chosen one is compared with, and the label of its period.

    Args:
        choice: what was chosen.
        last_year: compare with the same period last year instead of the one before.
    """
    if choice.reading is None:
        return None
    period = choice.reading.period
    for reading in choice.earlier:
        if last_year and (period is None or reading.period != period.same_period_last_year()):
            continue
        if period and reading.period and reading.period.kind is not period.kind:
            continue
        found = read_cell(reading.cell)
        if isinstance(found, Figure):
            return found, reading.period.label if reading.period else "before"
    return None
