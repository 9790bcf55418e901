"""Figures that are written as texts: numbers with signs and units, symbols for missing ones.

Source of the symbols: the Department for Education's guidance for analysts (z, x, c, low, u), its
older conventions (`:`, `~`, `..`), and what analysts type (N/A, TBC, a dash, an asterisk).
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.domain.figures import Figure, Missing, Unreadable, exact
from perf_addin.domain.lazy_patterns import lazily

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


def read_figure_text(text: str) -> Figure | Missing | Unreadable:
    """Read a text that is not blank as a figure, or a symbol for a missing one, if it is either."""
    missing = read_missing(text)
    if missing is not None:
        return missing
    number = read_number(text)
    return Unreadable(text) if number is None else Figure(number[0], percent=number[1])
