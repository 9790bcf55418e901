"""What a sample performance index is made of, before any layout.

Units: a ``ratio`` is stored as 0.88 and shown as 88%; a ``percent`` is stored as the number
that is shown (88.0); a ``count`` is whole; an ``average`` is shown with one decimal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
ILLUSTRATIVE = "Illustrative"
NUMBER_FORMATS = {"ratio": "0%", "ratio1": "0.0%", "percent": "0.0", "count": "0", "average": "0.0"}

Values = tuple[float | str | None, ...]


@dataclass(frozen=True)
class Fraction:
    """Numerators and denominators by month, from April on, kept on the Data sheet.

    Attributes:
        numerator_label: what the numerator counts.
        denominator_label: what the denominator counts.
        numerators: one number for each month reported so far.
        denominators: as many numbers as there are numerators.
        guard: ``IF`` tests the denominator for a blank; ``IFERROR`` wraps the division.
        whole_year: the formula stands in all twelve months, giving "" where nothing is reported.
    """

    numerator_label: str
    denominator_label: str
    numerators: tuple[float, ...]
    denominators: tuple[float, ...]
    guard: str = "IF"
    whole_year: bool = False


@dataclass(frozen=True)
class Indicator:
    """One numbered row of a performance index.

    Attributes:
        number: the number that the committee paper uses for it.
        name: its name in the index.
        group: the heading, or theme, it stands under.
        unit: a key of ``NUMBER_FORMATS``.
        polarity: the word that the index uses for the good direction.
        target: a number in the unit of the row, a text such as "90% or above", or None.
        acceptable: lower and upper limit of the acceptable range, None where there is none.
        benchmarks: comparators in the order of the index's benchmark columns.
        actuals: typed values from April on, None for a month without one.
        fraction: where the actuals are formulas on the Data sheet.
        rate_of: number of the indicator of which this one is the rate per 10,000 children.
        frequency: Monthly or Quarterly.
        rating: the letter typed in the rating column by the paper's authors.
        highlight: why the paper mentions it, beside its rating.
        commentary: service commentary.
        highlight_commentary: what the paper says beside the service commentary.
        notes: what is printed and what is not.
        source: the paper that prints it, or ``ILLUSTRATIVE``.
    """

    number: int
    name: str
    group: str
    unit: str
    polarity: str
    target: float | str | None = None
    acceptable: tuple[float, float] | None = None
    benchmarks: Values = ()
    actuals: Values = ()
    fraction: Fraction | None = None
    rate_of: int | None = None
    frequency: str = "Monthly"
    rating: str | None = None
    highlight: str | None = None
    commentary: str | None = None
    highlight_commentary: str | None = None
    notes: str | None = None
    source: str = ILLUSTRATIVE

    @property
    def number_format(self) -> str:
        """Excel number format of the row."""
        return NUMBER_FORMATS[self.unit]


@dataclass(frozen=True)
class Edition:
    """One year's index: its indicators and the words around them."""

    file_name: str
    sheet: str
    title: str
    period: str
    caveat: str
    paper: str
    child_population: int
    months_reported: int
    first_year: int
    indicators: tuple[Indicator, ...]
    read_me: tuple[tuple[str, str], ...] = field(default=())

    @property
    def by_number(self) -> dict[int, Indicator]:
        """Indicators by their number."""
        return {each.number: each for each in self.indicators}


def quarterly(*values: float) -> Values:
    """Place one value for each quarter in the quarter's last month."""
    row: list[float | str | None] = []
    for value in values:
        row += [None, None, value]
    return tuple(row)


def paragraphs(*texts: str) -> str:
    """Join paragraphs as a cell holds them: one line break between two."""
    return "\n".join(texts)


def fraction_value(fraction: Fraction, month: int) -> float | str:
    """Give the value of a fraction's formula for a month (0 is April), "" if not reported."""
    if month >= len(fraction.numerators):
        return ""
    return fraction.numerators[month] / fraction.denominators[month]


def rate_value(values: Sequence[float | str | None], month: int, population: int) -> float | str:
    """Give the rate per 10,000 children for a month (0 is April), "" if not reported."""
    value = values[month] if month < len(values) else None
    return value / population * 10000 if isinstance(value, (int, float)) else ""
