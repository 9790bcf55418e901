"""What `trend` prints: lines for people, and what docs/json.md describes for programs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.application.trend.page import (
    cause_text,
    compared_with,
    figure_text,
    limits_text,
    projection_text,
    shown,
    special_text,
)
from perf_addin.application.trend.reckon import spread
from perf_addin.application.trend.trend import about_trends
from perf_addin.domain.earlier import Earlier
from perf_addin.domain.figures import exact
from perf_addin.domain.projection import Projection
from perf_addin.entry.json_output import finding_json, number_json

if TYPE_CHECKING:
    from perf_addin.application.trend.reckon import Trend
    from perf_addin.application.trend.trend import Trends
    from perf_addin.domain.spc import Method


def lines(found: Trends) -> Iterator[str]:
    """A block of lines for each indicator."""
    yield about_trends(found)
    for trend in found.trends:
        item = trend.item
        yield ""
        yield f"{item.label}  {' '.join(item.name.split())}" if item.no else item.name
        if trend.series:
            yield from (f"    {line}" for line in _facts(trend, found.method))
        for note in trend.notes:
            yield f"    {note}"


def _facts(trend: Trend, method: Method) -> Iterator[str]:
    last = trend.series[-1]
    direction = f": {trend.direction.value}" if trend.direction is not None else ""
    yield f"{figure_text(trend)} in {last.period.label}; {_against(trend)}{direction}"
    limits = limits_text(trend)
    if limits and trend.variation is not None:
        special = special_text(trend, method)
        last_special = f"; last special cause: {special}" if special else ""
        yield f"{len(trend.series)} figures, mean {limits}: {trend.variation.value}{last_special}"
    if trend.target is not None and trend.assurance is not None:
        yield f"target {shown(trend, trend.target.value)}: {trend.assurance.value}"
    if isinstance(trend.projection, Projection):
        yield f"year end {projection_text(trend)} (projection, not a figure)"


def _against(trend: Trend) -> str:
    if isinstance(trend.earlier, Earlier):
        return f"against {compared_with(trend)}"
    return trend.earlier


def as_json(found: Trends, output: Path | None) -> dict[str, object]:
    """Give the trends as plain data; percentages in points."""
    return {
        "period": found.result.period.label if found.result.period else None,
        "basis": found.result.settings.comparison.value,
        "method": found.method._asdict(),
        "indicators": [_trend(trend, found.method) for trend in found.trends],
        "findings": [finding_json(finding) for finding in found.findings],
        "output": str(output) if output is not None else None,
    }


def _trend(trend: Trend, method: Method) -> dict[str, object]:
    item, last = trend.item, trend.series[-1] if trend.series else None
    earlier = trend.earlier if isinstance(trend.earlier, Earlier) else None
    limits = trend.limits
    special = trend.special
    return {
        "no": item.label,
        "indicator": item.name,
        "period": last.period.label if last is not None else None,
        "figure": _number(last.value if last is not None else None),
        "compared_with": _number(earlier.value if earlier is not None else None),
        "compared_period": earlier.label if earlier is not None else None,
        "direction": trend.direction.value if trend.direction is not None else None,
        "points": len(trend.series),
        "mean": _number(limits.mean if limits is not None else None),
        "lower": _number(limits.lower if limits is not None else None),
        "upper": _number(limits.upper if limits is not None else None),
        "provisional": trend.points[-1].provisional if trend.points else None,
        "variation": trend.variation.value if trend.variation is not None else None,
        "special_cause": None
        if special is None
        else {
            "rule": cause_text(trend.points[special].cause, method),
            "period": trend.series[special].period.label,
        },
        "target": _number(trend.target.value if trend.target is not None else None),
        "assurance": trend.assurance.value if trend.assurance is not None else None,
        "targets_met": None
        if trend.met is None
        else {"met": trend.met.met, "points": trend.met.points},
        "projection": _projection(trend),
        "no_projection": trend.projection
        if isinstance(trend.projection, str) and trend.series
        else None,
        "notes": list(trend.notes),
    }


def _projection(trend: Trend) -> dict[str, object] | None:
    found = trend.projection
    if not isinstance(found, Projection):
        return None
    parts = [_number(value) for value in spread(trend)]
    value, low, high = parts if len(parts) > 1 else (*parts, None, None)
    return {
        "is_a_figure": False,
        "value": value,
        "low": low,
        "high": high,
        "method": found.method,
    }


def _number(value: Decimal | Fraction | None) -> int | float | None:
    if value is None:
        return None
    number = value if isinstance(value, Decimal) else Decimal(value.numerator) / value.denominator
    return number_json(exact(number))
