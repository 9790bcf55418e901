"""From the cells of an indicator, the settings and the defaults to what the rules need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perf_addin.application.choose import Choice, earlier_figure, read_cell
from perf_addin.application.grid import Cell
from perf_addin.application.indicators import Indicator
from perf_addin.application.layout import text_of
from perf_addin.application.settings import Comparison, Settings
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity, read_polarity
from perf_addin.domain.ranges import AcceptableRange, read_range
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.rules import Rule, read_rule
from perf_addin.domain.scales import Scale, find_scale, is_unclear, says_percentage
from perf_addin.domain.targets import NotArithmetic, Target, read_target
from perf_addin.domain.tolerances import Tolerance, read_tolerance

_DIRECTIONS = frozenset({Rule.DIRECTION, Rule.DIRECTION_MAINTAINED})


@dataclass(slots=True)
class Gathered:
    """The inputs of a rating on one scale, and what was noticed while gathering them.

    Attributes:
        inputs: for `rate`.
        actual: the figure on the indicator's scale, or None.
        target: the target on that scale, or what stands in its place.
        limits: the acceptable range on that scale, or None.
        unclear: why the figure's scale cannot be told; empty where it can.
        stops: why the row's own statements forbid a rating; empty where they do not.
        findings: entries that could not be read, and mixed scales.
    """

    inputs: RatingInputs
    actual: Figure | None
    target: Target | NotArithmetic | Missing | None
    limits: AcceptableRange | None
    unclear: str = ""
    stops: str = ""
    findings: list[Finding] = field(default_factory=list)


class InputGatherer:
    """Gathers the inputs of one indicator's rating for the period that was chosen."""

    def __init__(self, indicator: Indicator, settings: Settings, choice: Choice) -> None:
        self.indicator = indicator
        self.settings = settings
        self.choice = choice
        self.period: Period | None = choice.reading.period if choice.reading else None
        self.findings: list[Finding] = []
        self.stops = ""

    def gather(self) -> Gathered:
        """Read every cell that bears on the rating, and bring the figures to one scale."""
        target = self._target()
        limits = self._limits()
        green, amber = self._threshold(Field.GREEN), self._threshold(Field.AMBER)
        polarity, rule = self._polarity(), self._rule()
        tolerance = self._tolerance(Field.TOLERANCE, self.settings.tolerance)
        green_tolerance = self._tolerance(Field.GREEN_TOLERANCE, self.settings.green_tolerance)
        margin = self._tolerance(Field.MARGIN, self.settings.margin)

        scale = self._scale(target, limits, green, amber)
        actual = self.choice.figure
        target = _settle_target(target, scale)
        limits = _settle_range(limits, scale)
        unclear = self._unclear(actual, target, scale)
        settled = scale.settle(actual) if actual else None
        earlier, label = self._earlier(rule, scale)
        inputs = RatingInputs(
            actual=settled,
            target=target,
            polarity=polarity,
            rule=rule,
            tolerance=tolerance,
            green_tolerance=green_tolerance,
            green_threshold=scale.settle(green).value if green else None,
            amber_threshold=scale.settle(amber).value if amber else None,
            lower=limits.lower if limits else None,
            upper=limits.upper if limits else None,
            margin=margin,
            earlier=earlier,
            earlier_label=label,
        )
        return Gathered(inputs, settled, target, limits, unclear, self.stops, self.findings)

    def _cell(self, wanted: Field) -> Cell | None:
        return self.indicator.cell(wanted, self.period)

    def _note(self, code: str, message: str, wanted: Field) -> None:
        indicator = self.indicator
        column = indicator.layout.column_of(wanted, self.period)
        cell = indicator.place_name(column, self.choice.reading) if column else None
        text = f"Indicator {indicator.no or indicator.name}: {message}"
        finding = Finding(code, Severity.ERROR, text, indicator.layout.sheet, cell)
        self.findings.append(finding)

    def _target(self) -> Target | NotArithmetic | Missing | None:
        cell = self._cell(Field.TARGET)
        return read_target(_value(cell), percent=cell.percent) if cell else None

    def _limits(self) -> AcceptableRange | None:
        lower, upper = self._threshold(Field.LOWER), self._threshold(Field.UPPER)
        if lower is not None or upper is not None:
            percent = any(f.percent for f in (lower, upper) if f is not None)
            return AcceptableRange(
                lower.value if lower else None, upper.value if upper else None, percent
            )
        cell = self._cell(Field.RANGE)
        if cell is None or not text_of(cell):
            return None
        limits = read_range(text_of(cell))
        if limits is None and not isinstance(read_target(_value(cell)), Missing):
            expected = "a range such as '12% - 20%' or 'up to 20'"
            self._note(
                "unreadable-range",
                f"found {text_of(cell)!r}, expected {expected}; no breach was looked for.",
                Field.RANGE,
            )
        return limits

    def _threshold(self, wanted: Field) -> Figure | None:
        cell = self._cell(wanted)
        found = read_cell(cell) if cell else None
        return found if isinstance(found, Figure) else None

    def _polarity(self) -> Polarity | None:
        text = text_of(self._cell(Field.POLARITY))
        if not text:
            return self.settings.polarity
        polarity = read_polarity(text)
        if polarity is None:
            self.stops = f"the polarity {text!r} is not known"
            expected = "High, Low, Range or Info"
            message = f"found polarity {text!r}, expected {expected}; it was not rated."
            self._note("unknown-polarity", message, Field.POLARITY)
        return polarity

    def _rule(self) -> Rule | None:
        text = text_of(self._cell(Field.RULE))
        if not text:
            return self.settings.rule
        rule = read_rule(text)
        if rule is None:
            self.stops = f"the rule {text!r} is not known"
            expected = ", ".join(r.value for r in Rule)
            message = f"found rule {text!r}, expected one of {expected}; it was not rated."
            self._note("unknown-rule", message, Field.RULE)
        return rule

    def _tolerance(self, wanted: Field, default: Tolerance | None) -> Tolerance | None:
        cell = self._cell(wanted)
        if cell is None or not text_of(cell):
            return default
        found = read_tolerance(_value(cell), percent=cell.percent)
        if isinstance(found, Tolerance):
            return found
        self.stops = f"the {wanted.value.lower()} {text_of(cell)!r} cannot be read"
        self._note(
            "unreadable-tolerance",
            f"found {wanted.value.lower()} {text_of(cell)!r}, expected 5%, 5pp or 5; it was not "
            "rated.",
            wanted,
        )
        return None

    def _scale(
        self,
        target: Target | NotArithmetic | Missing | None,
        limits: AcceptableRange | None,
        green: Figure | None,
        amber: Figure | None,
    ) -> Scale:
        standards = [f for f in (green, amber) if f is not None]
        if isinstance(target, Target):
            values = (target.value, target.lower, target.upper)
            standards += [Figure(v, target.percent) for v in values if v is not None]
        if limits is not None:
            bounds = (limits.lower, limits.upper)
            standards += [Figure(v, limits.percent) for v in bounds if v is not None]
        actuals = [
            figure
            for reading in self.indicator.readings
            if isinstance(figure := read_cell(reading.cell), Figure)
        ]
        unit = text_of(self.indicator.cells.get(Field.UNIT))
        named = says_percentage(self.indicator.name) or says_percentage(unit)
        scale = find_scale(standards, actuals, named_percentage=named)
        if scale.mixed:
            self._mixed()
        return scale

    def _mixed(self) -> None:
        chosen = self.choice.reading
        at = self.indicator.place_name(chosen.column, chosen) if chosen else None
        self.findings.append(
            Finding(
                "mixed-scale",
                Severity.WARNING,
                f"Indicator {self.indicator.no or self.indicator.name}: figures shown as per cent "
                "and bare numbers stand in one row; both were read as percentages. Give all of "
                "them one number format.",
                self.indicator.layout.sheet,
                at,
            )
        )

    def _unclear(
        self,
        actual: Figure | None,
        target: Target | NotArithmetic | Missing | None,
        scale: Scale,
    ) -> str:
        aim = target.value if isinstance(target, Target) else None
        if actual is None or not is_unclear(actual, aim, scale):
            return ""
        shown = format(actual.value.normalize(), "f")
        whole = format(actual.value.scaleb(2).normalize(), "f")
        advice = f"format the cell as a percentage or type {whole}"
        why = f"{shown} may be {shown}% or {whole}%: {advice}"
        chosen = self.choice.reading
        self.findings.append(
            Finding(
                "unclear-scale",
                Severity.ERROR,
                f"Indicator {self.indicator.no or self.indicator.name}: {why}; it was not rated.",
                self.indicator.layout.sheet,
                self.indicator.place_name(chosen.column, chosen) if chosen else None,
            )
        )
        return why

    def _earlier(self, rule: Rule | None, scale: Scale) -> tuple[Decimal | None, str]:
        if rule not in _DIRECTIONS:
            return None, ""
        last_year = self.settings.comparison is Comparison.LAST_YEAR
        found = earlier_figure(self.choice, last_year=last_year)
        if found is not None:
            return scale.settle(found[0]).value, found[1]
        column = self._cell(Field.EARLIER)
        figure = read_cell(column) if column else None
        if isinstance(figure, Figure):
            return scale.settle(figure).value, "the previous period"
        return None, ""


def _value(cell: Cell | None) -> Decimal | str | bool | date | None:
    return cell.value if cell else None


def _settle_target(
    target: Target | NotArithmetic | Missing | None, scale: Scale
) -> Target | NotArithmetic | Missing | None:
    if not isinstance(target, Target) or not scale.percent or target.percent:
        return target

    def settled(value: Decimal | None) -> Decimal | None:
        return None if value is None else scale.settle(Figure(value)).value

    return Target(
        target.comparison,
        settled(target.value),
        percent=True,
        lower=settled(target.lower),
        upper=settled(target.upper),
    )


def _settle_range(limits: AcceptableRange | None, scale: Scale) -> AcceptableRange | None:
    if limits is None or not scale.percent or limits.percent:
        return limits

    def settled(value: Decimal | None) -> Decimal | None:
        return None if value is None else scale.settle(Figure(value)).value

    return AcceptableRange(settled(limits.lower), settled(limits.upper), percent=True)
