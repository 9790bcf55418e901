"""What an indicator is rated against: target, polarity, rule, tolerances, thresholds, range.

Many indicators of an index share their standards; each set is read and settled once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal
from itertools import compress

from perf_addin.application.grid import Cell
from perf_addin.application.in_common import exactly, keep, stated_standards
from perf_addin.application.indicators import Indicator
from perf_addin.application.layout import STANDARDS, text_of
from perf_addin.application.settings import Settings
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.figures import Figure, Missing, read_figure
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity, read_polarity
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.rules import Rule, read_rule
from perf_addin.domain.scales import Scale, find_scale, says_percentage
from perf_addin.domain.targets import NotArithmetic, Target, read_target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit, read_tolerance

AnyTarget = Target | NotArithmetic | Missing | None


_new = tuple.__new__  # a third of the time of calling a class
_NONE = (None, False)
_SOME_PERCENTAGE = Figure(Decimal(0), percent=True)
_MEASURED = (Field.TARGET, Field.GREEN, Field.AMBER, Field.LOWER, Field.UPPER)


class Note(NamedTuple):
    """An entry that could not be understood: its field, a code and a sentence about it."""

    field: Field
    code: str
    message: str


class Settled(NamedTuple):
    """Standards on the indicator's scale (percentages in points)."""

    scale: Scale
    target: AnyTarget
    limits: AcceptableRange | None
    green: Decimal | None
    amber: Decimal | None
    inputs: RatingInputs
    """What a rating is made from, but for the indicator's own figures."""


class Standards:
    """The standards of an indicator as its row or the settings state them.

    Attributes (besides those named as the inputs of a rating are):
        stated: the fields that the row states.
        shown: the fields whose cells hold a number, each with whether it is shown as per cent.
        notes: entries that could not be understood.
        stops: why nothing can be rated by them; empty where it can.
    """

    def __init__(self, cells: Sequence[Cell | None], settings: Settings) -> None:
        """Read the cells; what a cell does not state, the settings may.

        Args:
            cells: those of `STANDARDS`; None for each that holds nothing.
            settings: what was stated for the whole index.
        """
        polarity, rule, target, tolerance, green_tolerance, *limits, margin, unit = cells
        green, amber, lower, upper, both = limits
        self.stated = frozenset(compress(STANDARDS.fields, cells))
        self.shown = [
            (field, cell[1])
            for field, cell in zip(_MEASURED, (target, green, amber, lower, upper), strict=True)
            if cell and isinstance(cell[0], Decimal) and cell[0]  # 0 and 0% are the same
        ]
        self.notes: list[Note] = []
        self.stops = ""
        self.polarity = self._polarity(polarity, settings.polarity)
        self.rule = self._rule(rule, settings.rule)
        self.tolerance = self._tolerance(Field.TOLERANCE, tolerance, settings.tolerance)
        self.green_tolerance = self._tolerance(
            Field.GREEN_TOLERANCE, green_tolerance, settings.green_tolerance
        )
        self.margin = self._tolerance(Field.MARGIN, margin, settings.margin)
        self.target = read_target(target.value, percent=target.percent) if target else None
        self.green, self.amber = _figure(green), _figure(amber)
        self.limits = self._limits(lower, upper, both)
        aim = self.target if isinstance(self.target, Target) else None
        held = [each for each in (self.green, self.amber, aim, self.limits) if each is not None]
        self.says_percentage = True in [each.percent for each in held] or (
            unit is not None and says_percentage(text_of(unit))
        )
        bare = [each for each in held if not each.percent]  # these alone may be ratios
        self._bare = [Figure(n) for each in bare for n in each if isinstance(n, Decimal)]
        self._settled: dict[tuple[bool, ...], Settled] = {}

    def settle(
        self, *, named_percentage: bool, formatted: bool, largest_bare: Decimal | None
    ) -> Settled:
        """Bring the standards to one scale with the indicator's figures.

        Args:
            named_percentage: whether the indicator's name says that it is a percentage.
            formatted: whether any of its figures stands under a per cent format.
            largest_bare: the largest of its bare figures, signs left aside; None where it has
                none, or is no percentage.
        """
        beyond_1 = largest_bare is not None and largest_bare > 1
        key = (named_percentage, formatted, beyond_1, bool(largest_bare), largest_bare is None)
        found = self._settled.get(key)
        if found is None:
            actuals = [_SOME_PERCENTAGE] * formatted
            actuals += [] if largest_bare is None else [Figure(largest_bare)]
            named = named_percentage or self.says_percentage
            scale = find_scale(self._bare, actuals, named_percentage=named)
            found = self._settled[key] = self._on(scale)
        return found

    def _on(self, scale: Scale) -> Settled:
        target = self.target.on(scale) if isinstance(self.target, Target) else self.target
        limits = _settle_range(self.limits, scale)
        green = scale.settle(self.green).value if self.green else None
        amber = scale.settle(self.amber).value if self.amber else None
        inputs = (
            None,
            target,
            self.polarity,
            self.rule,
            self.tolerance,
            self.green_tolerance,
            green,
            amber,
            limits.lower if limits else None,
            limits.upper if limits else None,
            self.margin,
            limits is not None and limits.strict,
            None,
            "",
        )
        made = (scale, target, limits, green, amber, _new(RatingInputs, inputs))
        settled: Settled = _new(Settled, made)
        return settled

    def _note(self, field: Field, code: str, message: str) -> None:
        self.notes.append(Note(field, code, message))

    def _polarity(self, cell: Cell | None, stated: Polarity | None) -> Polarity | None:
        text = text_of(cell)
        if not text:
            return stated
        polarity = read_polarity(text)
        if polarity is None:
            self.stops = f"the polarity {text!r} is not known"
            expected = "High, Low, Range or Info"
            message = f"found polarity {text!r}, expected {expected}; it was not rated."
            self._note(Field.POLARITY, "unknown-polarity", message)
        return polarity

    def _rule(self, cell: Cell | None, stated: Rule | None) -> Rule | None:
        text = text_of(cell)
        if not text:
            return stated
        rule = read_rule(text)
        if rule is None:
            self.stops = f"the rule {text!r} is not known"
            expected = ", ".join(r.value for r in Rule)
            message = f"found rule {text!r}, expected one of {expected}; it was not rated."
            self._note(Field.RULE, "unknown-rule", message)
        return rule

    def _tolerance(
        self, wanted: Field, cell: Cell | None, stated: Tolerance | None
    ) -> Tolerance | None:
        if cell is None or not text_of(cell):
            return stated
        found = read_tolerance(cell.value, percent=cell.percent)
        if isinstance(found, Tolerance):
            return found
        name = wanted.value.lower()
        self.stops = f"the {name} {text_of(cell)!r} cannot be read"
        message = f"found {name} {text_of(cell)!r}, expected 5%, 5pp or 5; it was not rated."
        self._note(wanted, "unreadable-tolerance", message)
        return None

    def _limits(
        self, lowest: Cell | None, highest: Cell | None, both: Cell | None
    ) -> AcceptableRange | None:
        lower, upper = _figure(lowest), _figure(highest)
        if lower is not None or upper is not None:
            (low, low_percent), (high, high_percent) = lower or _NONE, upper or _NONE
            percent = low_percent or high_percent
            limits: AcceptableRange = _new(AcceptableRange, (low, high, percent, False))
            return limits
        if both is None or not text_of(both):
            return None
        from perf_addin.domain.standard_texts import (  # noqa: PLC0415 - few ranges are texts
            read_range,
        )

        read = read_range(text_of(both))
        if read is None and not isinstance(read_target(both.value), Missing):
            expected = "a range such as '12% - 20%' or 'up to 20'"
            message = f"found {text_of(both)!r}, expected {expected}; no breach was looked for."
            self._note(Field.RANGE, "unreadable-range", message)
        return read


def _figure(cell: Cell | None) -> Figure | None:
    found = read_figure(cell.value, percent=cell.percent) if cell is not None else None
    return found if isinstance(found, Figure) else None


def unclear_tolerance(settled: Settled) -> str:
    """Say that a bare tolerance below 1 on a percentage can be read in two ways; else nothing."""
    inputs = settled.inputs
    for stated in (inputs.tolerance, inputs.green_tolerance, inputs.margin):
        if stated is None or stated.unit is not ToleranceUnit.OWN or not settled.scale.percent:
            continue
        if 0 < stated.amount < 1:
            whole = format(stated.amount.scaleb(2).normalize(), "f")
            return f"the tolerance {stated} may be {stated} or {whole} points: write {whole}pp"
    return ""


def leaves_green_out(settled: Settled) -> bool:
    """Whether a target is rated against while a green threshold beside it says otherwise."""
    target, inputs = settled.target, settled.inputs
    if settled.green is None or settled.amber is not None or not isinstance(target, Target):
        return False
    if inputs.polarity is Polarity.INFO or inputs.rule in {Rule.INFORMATION, Rule.THRESHOLDS}:
        return False
    return target.value != settled.green


_STANDARDS_HELD = 2_048
_known: dict[Hashable, Standards] = {}


class StandardsReader:
    """Reads the standards of the indicators of one index, each distinct set once."""

    def __init__(self, settings: Settings) -> None:
        """Bind what was stated for the whole index."""
        self._settings = settings
        self.stated = stated_standards(settings)

    def read(self, indicator: Indicator, period: Period | None) -> Standards:
        """Give the standards that hold for an indicator in a period."""
        return self.of(indicator.cells(STANDARDS, period))

    def of(self, cells: Sequence[Cell | None]) -> Standards:
        """Give the standards that the cells of `STANDARDS` hold."""
        held = exactly(cells)
        key = (self.stated, held)
        known = _known.get(key) if held is not None else None
        if known is None:
            known = Standards(cells, self._settings)
            if held is not None:
                keep(_known, key, known, _STANDARDS_HELD)
        return known


def _settle_range(limits: AcceptableRange | None, scale: Scale) -> AcceptableRange | None:
    if limits is None or not scale.percent or limits.percent:
        return limits

    def settled(value: Decimal | None) -> Decimal | None:
        return None if value is None else scale.settle(Figure(value)).value

    lower, upper = settled(limits.lower), settled(limits.upper)
    return AcceptableRange(lower, upper, percent=True, strict=limits.strict)
