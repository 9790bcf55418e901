"""Numbers and ranges as they are shown to people: no more digits than are useful."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

from perf_addin.domain.figures import EXCEL, EXCEL_DIGITS, Figure
from perf_addin.domain.ranges import AcceptableRange, Breach

_SHOWING = Context(prec=120, rounding=ROUND_HALF_UP)
_STEPS = {digits: Decimal(1).scaleb(-digits) for digits in range(EXCEL_DIGITS + 1)}
_LONGEST = 21  # digits before the point beyond which a number is shown with an exponent


def show_number(value: Decimal, *, percent: bool = False, digits: int | None = None) -> str:
    """Show a number to people: grouped thousands, no more digits than are useful.

    Halves are rounded away from zero, as in the cell that the reader sees.

    Args:
        value: the number; for a percentage in points.
        percent: whether to add a per cent sign.
        digits: decimals to show at most; by default 1 for a percentage and 2 otherwise.
    """
    most = digits if digits is not None else (1 if percent else 2)
    if value.adjusted() >= _LONGEST:
        return f"{EXCEL.plus(value)}%" if percent else str(EXCEL.plus(value))
    rounded = _SHOWING.quantize(value, _STEPS.get(most) or Decimal(1).scaleb(-most))
    if not rounded and value:
        rounded = EXCEL.create_decimal(f"{value:.2g}")
    text = f"{rounded:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%" if percent else text


def show_apart(value: Decimal, other: Decimal, *, percent: bool = False) -> tuple[str, str]:
    """Show two numbers so that they read differently whenever they are different.

    A miss must never look like a hit because both were rounded to the same text.
    """
    first, second = show_all_apart((value, other), percent=percent)
    return first, second


def show_all_apart(values: Iterable[Decimal], *, percent: bool = False) -> list[str]:
    """Show numbers of one sentence so that those which differ read differently."""
    numbers = list(values)
    different = len(set(numbers))
    shown = [show_number(number, percent=percent) for number in numbers]
    if len(set(shown)) == different:
        return shown
    for digits in range(2, EXCEL_DIGITS + 1):
        shown = [show_number(number, percent=percent, digits=digits) for number in numbers]
        if len(set(shown)) == different:
            return shown
    return [f"{number}%" if percent else str(number) for number in numbers]


def name_range(limits: AcceptableRange, *others: Decimal) -> list[str]:
    """Name a range, and show other numbers of the same sentence apart from its limits.

    Returns:
        The range as a person reads it, then the other numbers.
    """
    lower, upper, percent, strict = limits
    stated = [limit for limit in (lower, upper) if limit is not None]
    shown = show_all_apart((*stated, *others), percent=percent)
    told, rest = shown[: len(stated)], shown[len(stated) :]
    if not told:
        name = "no limits"
    elif lower is None:
        name = f"under {told[0]}" if strict else f"up to {told[0]}"
    elif upper is None:
        name = f"over {told[0]}" if strict else f"{told[0]} or more"
    else:
        name = told[0] if lower == upper else f"{told[0]} to {told[1]}"
    return [name, *rest]


def breach_sentence(figure: Figure, limits: AcceptableRange, breach: Breach) -> str:
    """Say it in words: `22% is above the acceptable range of 12% to 20%, by 2 points`."""
    named, shown = name_range(limits._replace(percent=figure.percent), figure.value)
    if not breach.by:
        return f"{shown} is not in the acceptable range of {named}"
    by = show_number(breach.by)
    unit = (" point" if by == "1" else " points") if figure.percent else ""
    return f"{shown} is {breach.side.lower()} the acceptable range of {named}, by {by}{unit}"
