"""The `--json` object; its shape is documented in docs/json.md and kept stable."""

from __future__ import annotations

import json
from decimal import Decimal
from os import PathLike

from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.domain.findings import Finding
from perf_addin.domain.targets import Comparison, Target


def as_json(result: IndexResult, output: str | PathLike[str] | None) -> dict[str, object]:
    """Give a result as plain data; numbers are exact, percentages in points (88 for 88%)."""
    return {
        "period": result.period.label if result.period else None,
        "indicators": [indicator_json(item) for item in result.rated],
        "exceptions": [item.label for item in result.rated if item.is_exception],
        "unreportable": [item.label for item in result.rated if item.is_unreportable],
        "findings": [finding_json(finding) for finding in result.findings],
        "output": str(output) if output else None,
    }


def finding_json(finding: Finding) -> dict[str, object]:
    """Give a finding as plain data."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message,
    }


def indicator_json(item: Rated) -> dict[str, object]:
    """Give an indicator as plain data; see `as_json`."""
    rating = item.rating
    return {
        "no": item.no,
        "indicator": item.name,
        "sheet": item.sheet,
        "cell": item.place.name,
        "actual": number_json(item.actual.value) if item.actual else None,
        "period": item.period.label if item.period else None,
        "target": _target(item),
        "polarity": item.polarity.value if item.polarity else None,
        "rule": rating.rule,
        "rating": item.letter,
        "reason": rating.reason,
        "typed_rating": (item.typed.letter or item.typed.text) if item.typed else None,
        "breach": item.breach.side if item.breach else None,
        "commentary": item.commentary,
        "status": item.status.value,
    }


def _target(item: Rated) -> int | float | str | None:
    target = item.target
    if (
        isinstance(target, Target)
        and target.comparison is Comparison.PLAIN
        and target.value is not None
    ):
        return number_json(target.value)
    return item.target_text or None


def number_json(value: Decimal) -> int | float:
    """A number that JSON readers take for the same one: exact figures have 15 digits at most."""
    return int(value) if value == value.to_integral_value() else float(value)


def print_json(objects: list[dict[str, object]], *, several: bool) -> None:
    """Print one object, or a list of them where several files were asked for.

    In ASCII, other letters escaped, so that no code page of a terminal or pipe can spoil it.
    """
    shown: object = objects if several else objects[0] if objects else None
    print(json.dumps(shown, indent=2))
