"""Figures as an index holds them: exact numbers, symbols for missing ones, and what is neither.

Source of the symbols: the Department for Education's guidance for analysts (z, x, c, low, u), its
older conventions (`:`, `~`, `..`), and what analysts type (N/A, TBC, a dash, an asterisk).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.lazy_patterns import lazily

if TYPE_CHECKING:
    from datetime import date

_new = tuple.__new__  # a third of the time of calling a class
_EXCEL_DIGITS = 15
_EXCEL = Context(prec=_EXCEL_DIGITS, rounding=ROUND_HALF_EVEN)
_SHOWING = Context(prec=120, rounding=ROUND_HALF_UP)
_STEPS = {digits: Decimal(1).scaleb(-digits) for digits in range(_EXCEL_DIGITS + 1)}
HUNDRED = Decimal("1E2")
"""Makes points of a ratio as `scaleb(2)` does, in two thirds of the time."""
_LONGEST = 21  # digits before the point beyond which a number is shown with an exponent


class Figure(NamedTuple):
    """A usable figure. A percentage is in points: 88% is `Figure(Decimal(88), True)`."""

    value: Decimal
    percent: bool = False


class Missing(NamedTuple):
    """A symbol that stands for a missing figure; never a zero."""

    symbol: str
    meaning: str


class Unreadable(NamedTuple):
    """An entry that is neither a figure nor a symbol for a missing one."""

    text: str


MISSING_SYMBOLS = {
    "z": "not applicable",
    "n/a": "not applicable",
    "na": "not applicable",
    "not applicable": "not applicable",
    "x": "not available",
    ":": "not available",
    "..": "not available",
    "...": "not available",
    "-": "not available",
    "--": "not available",
    "\N{EN DASH}": "not available",
    "\N{EM DASH}": "not available",
    "#n/a": "not available",
    "not available": "not available",
    "c": "confidential",
    "*": "suppressed",
    "low": "rounds to zero, but is not a true zero",
    "k": "rounds to zero, but is not a true zero",
    "~": "rounds to zero, but is not a true zero",
    "u": "low reliability",
    "tbc": "to be confirmed",
    "tba": "to be confirmed",
}

_NUMBER = lazily(
    r"(?i)(?P<sign>[-+\N{MINUS SIGN}]?)\s*[£$€]?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"\s*(?P<percent>%|per ?cent|percent)?"
    r"\s*(?P<unit>[A-Za-z]+)?",
)
UNITS = frozenset(
    [
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "child",
        "children",
        "case",
        "cases",
        "person",
        "people",
        "visit",
        "visits",
        "place",
        "places",
        "carer",
        "carers",
        "placement",
        "placements",
    ]
)


def exact(number: float | Decimal | str) -> Decimal:
    """Give a number exactly, cut to the 15 significant digits that Excel itself compares.

    A sum that binary floating point leaves at 0.30000000000000004 is 0.3 here.

    Raises:
        ValueError: a text that is no plain number, or a number that is not finite.
    """
    try:
        value = Decimal(repr(number) if isinstance(number, float) else number)
    except InvalidOperation:
        message = f"{number!r} is no number"
        raise ValueError(message) from None
    if not value.is_finite():
        message = f"{number!r} is no finite number"
        raise ValueError(message)
    return _EXCEL.plus(value)


def read_number(text: str) -> tuple[Decimal, bool] | None:
    """Read a text such as `88%`, `1,234`, `£1,200` or `26 weeks`.

    Returns:
        The number as written and whether a per cent sign stood behind it, or None for another
        text. Nothing is left out of account: `12 (of 15)` is not 12.
    """
    stripped = text.strip()
    digits = stripped.removesuffix("%")
    if digits.isascii() and digits.isdigit():  # as most are, so that no pattern is needed
        return exact(digits), len(digits) < len(stripped)
    found = _NUMBER.fullmatch(stripped)
    if found is None:
        return None
    unit = found["unit"]
    if unit is not None and unit.casefold() not in UNITS:
        return None
    value = exact(found["number"].replace(",", ""))
    return (-value if found["sign"] not in {"", "+"} else value), found["percent"] is not None


def read_missing(text: str) -> Missing | None:
    """Give the missing-data symbol that a text is, in either case, or None."""
    meaning = MISSING_SYMBOLS.get(text.strip().casefold())
    return Missing(text.strip(), meaning) if meaning is not None else None


def read_figure(
    value: Decimal | str | bool | date | None, *, percent: bool = False
) -> Figure | Missing | Unreadable | None:
    """Read the content of a cell as a figure.

    Args:
        value: what the cell holds; an Excel error arrives as its text.
        percent: whether the cell is shown with a per cent format, its number being a ratio.

    Returns:
        A figure (percentages in points), a symbol for a missing one, None for a blank, or what
        cannot be read: other text, dates, truth values, errors other than #N/A.
    """
    if isinstance(value, Decimal):
        figure: Figure = _new(Figure, (value * HUNDRED if percent else value, percent))
        return figure
    if value is None or isinstance(value, str):
        return _read_text(value.strip()) if value else None
    return Unreadable(str(value))


def _read_text(text: str) -> Figure | Missing | Unreadable | None:
    if not text:
        return None
    missing = read_missing(text)
    if missing is not None:
        return missing
    number = read_number(text)
    return Unreadable(text) if number is None else Figure(number[0], percent=number[1])


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
        return f"{_EXCEL.plus(value)}%" if percent else str(_EXCEL.plus(value))
    rounded = _SHOWING.quantize(value, _STEPS.get(most) or Decimal(1).scaleb(-most))
    if not rounded and value:
        rounded = _EXCEL.create_decimal(f"{value:.2g}")
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
    for digits in range(2, _EXCEL_DIGITS + 1):
        shown = [show_number(number, percent=percent, digits=digits) for number in numbers]
        if len(set(shown)) == different:
            return shown
    return [f"{number}%" if percent else str(number) for number in numbers]
