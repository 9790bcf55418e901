"""From the cells of an indicator, the settings and the defaults to what the rules need."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.choose import Choice, earlier_figure, read_cell
from perf_addin.application.indicators import Indicator
from perf_addin.application.settings import Comparison, Settings
from perf_addin.application.standards import (
    AnyTarget,
    Settled,
    Standards,
    StandardsReader,
    leaves_green_out,
    unclear_tolerance,
)
from perf_addin.application.vocabulary import Field
from perf_addin.domain.earlier import find_earlier
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.rules import Rule
from perf_addin.domain.scales import Scale, is_unclear, says_percentage
from perf_addin.domain.showing import show_number
from perf_addin.domain.targets import Target

_DIRECTIONS = (Rule.DIRECTION, Rule.DIRECTION_MAINTAINED)


class Gathered:
    """The inputs of a rating on one scale, and what was noticed while gathering them.

    Attributes:
        inputs: for `rate`.
        actual: the figure on the indicator's scale, or None.
        target: the target on that scale, or what stands in its place.
        limits: the acceptable range on that scale, or None.
        stops: why it cannot be rated, whatever the rule; empty where it can.
        stated: the fields that the indicator's row states.
        findings: entries that could not be read, and mixed scales.
    """

    __slots__ = ("actual", "findings", "inputs", "limits", "stated", "stops", "target")

    def __init__(self, inputs: RatingInputs, settled: Settled, stops: str) -> None:
        """Bind what was settled."""
        self.inputs = inputs
        self.actual = inputs.actual if isinstance(inputs.actual, Figure) else None
        self.target: AnyTarget = settled.target
        self.limits: AcceptableRange | None = settled.limits
        self.stops = stops
        self.stated: frozenset[Field] = frozenset()
        self.findings: list[Finding] = []


class InputGatherer:
    """Gathers the inputs of ratings, for the indicators of one index."""

    def __init__(self, settings: Settings, standards: StandardsReader) -> None:
        """Bind what was stated for the whole index, and what reads the standards."""
        self._standards = standards
        self._basis = settings.comparison

    def gather(self, indicator: Indicator, choice: Choice, period: Period | None) -> Gathered:
        """Read every cell that bears on a rating, and bring the figures to one scale."""
        standards = self._standards.read(indicator, period)
        settled = _settle(indicator, standards)
        scale = settled.scale
        actual = scale.settle(choice.figure) if choice.figure is not None else None
        earlier, label = None, ""
        if standards.rule is not None and standards.rule in _DIRECTIONS:
            earlier, label = self._earlier(indicator, choice, scale, period)
        inputs = settled.inputs.with_figures(actual, earlier, label)
        gathered = Gathered(inputs, settled, standards.stops)
        gathered.stated = standards.stated
        if standards.notes:
            gathered.findings += _noted(indicator, standards, choice, period)
        if scale.mixed:
            gathered.findings.append(_mixed(indicator, choice))
        unclear = _unclear_figure(choice.figure, settled)
        if standards.shown and not unclear:
            gathered.findings += _shown_apart(indicator, standards, choice, period)
        if leaves_green_out(settled) and not standards.stops:
            gathered.findings.append(_green_left_out(indicator, settled, choice, period))
        unclear = unclear or unclear_tolerance(settled)
        if unclear:
            gathered.stops = unclear
            gathered.findings.append(_about_unclear(indicator, choice, unclear))
        return gathered

    def _earlier(
        self, indicator: Indicator, choice: Choice, scale: Scale, period: Period | None
    ) -> tuple[Decimal | None, str]:
        if self._basis is Comparison.FOUR_QUARTERS:
            return _average(choice, scale, period)
        found = earlier_figure(choice, last_year=self._basis is Comparison.LAST_YEAR)
        if found is not None:
            return scale.settle(found[0]).value, found[1]
        cell = indicator.cell(Field.EARLIER, period)
        figure = read_cell(cell) if cell else None
        if isinstance(figure, Figure):
            return scale.settle(figure).value, "the previous period"
        return None, ""


def _average(choice: Choice, scale: Scale, period: Period | None) -> tuple[Decimal | None, str]:
    figures = {
        reading.period: scale.settle(figure).value
        for reading in choice.earlier
        if reading.period is not None and isinstance(figure := read_cell(reading.cell), Figure)
    }
    found = find_earlier(Comparison.FOUR_QUARTERS, period, figures) if period is not None else ""
    return (None, "") if isinstance(found, str) else (found.value, found.label)


def _settle(indicator: Indicator, standards: Standards) -> Settled:
    formatted, bare = indicator.number_formats()
    named = not formatted and says_percentage(indicator.name)
    largest = None
    if bare and (named or formatted or standards.says_percentage):
        cells = [reading.cell for reading in indicator.latest_first()]
        values = [c.value for c in cells if isinstance(c.value, Decimal) and not c.percent]
        largest = max(map(abs, values), default=None)
    return standards.settle(named_percentage=named, formatted=formatted, largest_bare=largest)


def _noted(
    indicator: Indicator, standards: Standards, choice: Choice, period: Period | None
) -> list[Finding]:
    findings = []
    for note in standards.notes:
        column = indicator.columns.find(note.field, period)
        cell = indicator.place_name(column, choice.reading) if column else None
        text = f"Indicator {indicator.no or indicator.name}: {note.message}"
        findings.append(Finding(note.code, Severity.ERROR, text, indicator.layout.sheet, cell))
    return findings


def _mixed(indicator: Indicator, choice: Choice) -> Finding:
    return Finding(
        "mixed-scale",
        Severity.WARNING,
        f"Indicator {indicator.no or indicator.name}: figures shown as per cent and bare numbers "
        "stand in one row; all were read as percentages. Give all of them one number format.",
        indicator.layout.sheet,
        _cell(indicator, choice),
    )


def _shown_apart(
    indicator: Indicator, standards: Standards, choice: Choice, period: Period | None
) -> list[Finding]:
    """Say that a figure is shown as per cent and what it is held against is not, or the reverse."""
    reading = choice.reading
    if reading is None or not isinstance(reading.cell.value, Decimal) or not reading.cell.value:
        return []
    percent = reading.cell.percent
    columns = [
        indicator.columns.find(f, period) for f, shown in standards.shown if shown != percent
    ]
    cells = [indicator.place_name(c, reading) for c in columns if c is not None]
    if not cells:
        return []
    here, there = ("per cent", "a bare number") if percent else ("a bare number", "per cent")
    own = indicator.place_name(reading.column, reading)
    message = (
        f"Indicator {indicator.no or indicator.name}: {own} is shown as {here}, "
        f"{' and '.join(cells)} as {there}; all were read as percentages. Give all of them one "
        "number format."
    )
    return [Finding("mixed-scale", Severity.WARNING, message, indicator.layout.sheet, own)]


def _unclear_figure(figure: Figure | None, settled: Settled) -> str:
    """Say that a figure, or what it is held against, can be read in two ways; else nothing."""
    aim = settled.target.value if isinstance(settled.target, Target) else settled.green
    if figure is None or aim is None or not is_unclear(figure, aim, settled.scale):
        return ""
    return _unclear(figure.value, aim)


def _green_left_out(
    indicator: Indicator, settled: Settled, choice: Choice, period: Period | None
) -> Finding:
    column = indicator.columns.find(Field.GREEN, period)
    green = show_number(settled.green or Decimal(0), percent=settled.scale.percent)
    return Finding(
        "green-threshold-left-out",
        Severity.WARNING,
        f"Indicator {indicator.no or indicator.name}: the green threshold {green} is not the "
        f"target {settled.target}; without an amber threshold the target alone was used. Empty "
        "one of the two, or state the amber threshold.",
        indicator.layout.sheet,
        indicator.place_name(column, choice.reading) if column else None,
    )


def _unclear(figure: Decimal, target: Decimal) -> str:
    """Say which of the two numbers, the one that could be a ratio, can be read in two ways."""
    name, number = ("", figure) if abs(figure) <= 1 else ("the target ", target)
    shown = format(number.normalize(), "f")
    whole = format(number.scaleb(2).normalize(), "f")
    advice = f"format the cell as a percentage or type {whole}"
    return f"{name}{shown} may be {shown}% or {whole}%: {advice}"


def _about_unclear(indicator: Indicator, choice: Choice, why: str) -> Finding:
    return Finding(
        "unclear-scale",
        Severity.ERROR,
        f"Indicator {indicator.no or indicator.name}: {why}; it was not rated.",
        indicator.layout.sheet,
        _cell(indicator, choice),
    )


def _cell(indicator: Indicator, choice: Choice) -> str | None:
    chosen = choice.reading
    return indicator.place_name(chosen.column, chosen) if chosen else None
