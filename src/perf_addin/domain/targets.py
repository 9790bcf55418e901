"""Targets, including those that are texts: "Fewer than 85", "95% or above", "10-15".

What cannot be reckoned with ("Top quartile") is said to be so, never guessed.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum
from perf_addin.domain.figures import HUNDRED, Figure, Missing
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.scales import Scale

if TYPE_CHECKING:
    from datetime import date


class Comparison(StrEnum):
    """How a figure is compared with a target."""

    PLAIN = "plain"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    FEWER_THAN = "fewer than"
    BETWEEN = "between"


_new = tuple.__new__  # a third of the time of calling a class
_PLAIN = Comparison.PLAIN
_FIXES = {
    Comparison.AT_LEAST: Polarity.HIGH,
    Comparison.MORE_THAN: Polarity.HIGH,
    Comparison.AT_MOST: Polarity.LOW,
    Comparison.FEWER_THAN: Polarity.LOW,
    Comparison.BETWEEN: Polarity.RANGE,
}


class Target(NamedTuple):
    """A target that can be reckoned with; percentages are in points.

    `value` is the figure to reach; for BETWEEN it is None, and `lower` and `upper` are inclusive.
    """

    comparison: Comparison
    value: Decimal | None
    percent: bool = False
    lower: Decimal | None = None
    upper: Decimal | None = None

    @property
    def fixes(self) -> Polarity | None:
        """The polarity that the target's wording settles, or None for a plain figure."""
        return _FIXES.get(self.comparison)

    @property
    def strict(self) -> bool:
        """Whether a figure equal to the target does not meet it: 85 against "Fewer than 85"."""
        return self.comparison in {Comparison.MORE_THAN, Comparison.FEWER_THAN}

    def on(self, scale: Scale) -> Target:
        """The same target on an indicator's scale."""
        if not scale.percent or self.percent:
            return self
        value, lower, upper = (
            None if figure is None else scale.settle(Figure(figure)).value
            for figure in (self.value, self.lower, self.upper)
        )
        return Target(self.comparison, value, percent=True, lower=lower, upper=upper)

    def __str__(self) -> str:
        """The target as a person reads it."""
        from perf_addin.domain.showing import show_number  # noqa: PLC0415 - for people alone

        if self.value is None:
            low = show_number(self.lower or Decimal(0), percent=self.percent)
            return f"{low} to {show_number(self.upper or Decimal(0), percent=self.percent)}"
        shown = show_number(self.value, percent=self.percent)
        return shown if self.comparison is Comparison.PLAIN else f"{self.comparison.value} {shown}"


class NotArithmetic(NamedTuple):
    """A target in words that no figure can be compared with: "Top quartile"."""

    text: str


def read_target(
    value: Decimal | str | bool | date | None, *, percent: bool = False
) -> Target | NotArithmetic | Missing | None:
    """Read a target.

    Args:
        value: what the cell holds.
        percent: whether it is a number under a per cent format.

    Returns:
        A target, a missing-data symbol, None for a blank, or a text that is not arithmetic.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        aim = value * HUNDRED if percent else value
        target: Target = _new(Target, (_PLAIN, aim, percent, None, None))
        return target
    if not isinstance(value, str):
        return NotArithmetic(str(value))
    text = " ".join(value.split())
    if not text:
        return None
    from perf_addin.domain.standard_texts import (  # noqa: PLC0415 - most targets are numbers
        read_target_text,
    )

    return read_target_text(text)
