"""Tolerances: how large a miss is still amber, or still green.

A tolerance is relative to the target, in percentage points, or in the indicator's own unit; which
of them is never guessed (councils publish all three; vendors advise points for percentages and
relative tolerances for counts).
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum
from perf_addin.domain.figures import Unreadable

if TYPE_CHECKING:
    from datetime import date


class ToleranceUnit(StrEnum):
    """What a tolerance is measured in."""

    RELATIVE = "% of target"
    POINTS = "percentage points"
    OWN = "own unit"


class Tolerance(NamedTuple):
    """An amount and what it is measured in: 5 with RELATIVE is 5% of the target."""

    amount: Decimal
    unit: ToleranceUnit

    def __str__(self) -> str:
        """The tolerance as it is stated: 5%, 5pp or 5."""
        from perf_addin.domain.showing import show_number  # noqa: PLC0415 - for people alone

        suffix = {ToleranceUnit.RELATIVE: "%", ToleranceUnit.POINTS: "pp", ToleranceUnit.OWN: ""}
        return show_number(self.amount) + suffix[self.unit]


NO_TOLERANCE = Tolerance(Decimal(0), ToleranceUnit.RELATIVE)
DEFAULT_TOLERANCE = Tolerance(Decimal(10), ToleranceUnit.RELATIVE)
"""The built-in default: amber within 10% of the target."""


def read_tolerance(
    value: Decimal | str | bool | date | None, *, percent: bool = False
) -> Tolerance | Unreadable | None:
    """Read a tolerance.

    Args:
        value: `5%` or a number under a per cent format (relative), `5pp` (points), or a bare
            number (own unit). A leading plus-minus sign is allowed.
        percent: whether the value is a number under a per cent format.

    Returns:
        The tolerance, None for a blank, or what cannot be read; a negative one is unreadable.
    """
    if value is None:
        return None
    if isinstance(value, str):
        from perf_addin.domain.standard_texts import (  # noqa: PLC0415 - most are numbers
            read_tolerance_text,
        )

        return read_tolerance_text(value.strip())
    if not isinstance(value, Decimal) or value < 0:
        return Unreadable(str(value))
    if percent:
        return Tolerance(value.scaleb(2), ToleranceUnit.RELATIVE)
    return Tolerance(value, ToleranceUnit.OWN)
