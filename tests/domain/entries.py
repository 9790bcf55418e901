"""Ratings from what an analyst types, so that a case reads as a row of an index."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perf_addin.domain.figures import Figure, read_figure
from perf_addin.domain.polarity import read_polarity
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import Rating, RatingInputs
from perf_addin.domain.rules import read_rule
from perf_addin.domain.targets import read_target
from perf_addin.domain.tolerances import Tolerance, read_tolerance


class Row(NamedTuple):
    """The cells of one indicator, as typed; an empty one states nothing."""

    actual: str
    target: str = ""
    polarity: str = ""
    tolerance: str = ""
    green_tolerance: str = ""
    rule: str = ""
    green: str = ""
    amber: str = ""
    lower: str = ""
    upper: str = ""
    margin: str = ""
    earlier: str = ""
    earlier_label: str = ""


def rated(row: Row) -> Rating:
    """Rate a row. Every cell that is typed has to be understood."""
    polarity = read_polarity(row.polarity) if row.polarity else None
    rule = read_rule(row.rule) if row.rule else None
    assert (polarity is None) == (not row.polarity), f"polarity {row.polarity!r}"
    assert (rule is None) == (not row.rule), f"rule {row.rule!r}"
    inputs = RatingInputs(
        actual=read_figure(row.actual),
        target=read_target(row.target),
        polarity=polarity,
        rule=rule,
        tolerance=_tolerance(row.tolerance),
        green_tolerance=_tolerance(row.green_tolerance),
        green_threshold=_number(row.green),
        amber_threshold=_number(row.amber),
        lower=_number(row.lower),
        upper=_number(row.upper),
        margin=_tolerance(row.margin),
        earlier=_number(row.earlier),
        earlier_label=row.earlier_label,
    )
    return rate(inputs)


def letter(row: Row) -> str:
    """The rating of a row as one letter; "-" for not rated."""
    return rated(row).letter or "-"


def _tolerance(typed: str) -> Tolerance | None:
    found = read_tolerance(typed)
    assert found is None or isinstance(found, Tolerance), f"tolerance {typed!r}"
    return found


def _number(typed: str) -> Decimal | None:
    found = read_figure(typed)
    assert found is None or isinstance(found, Figure), f"figure {typed!r}"
    return found.value if found else None
