"""What `benchmark --json` prints; docs/json.md describes it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.entry.json_output import finding_json, number_json

if TYPE_CHECKING:
    from perf_addin.application.benchmarking.benchmark import Benchmarked
    from perf_addin.application.benchmarking.compared import Beside, Compared


def as_json(found: Benchmarked, output: Path) -> dict[str, object]:
    """Give a comparison as plain data; percentages in points."""
    return {
        "area": found.areas[found.roles.own],
        "neighbours": [found.areas[key] for key in found.roles.neighbours],
        "indicators": [_compared(each) for each in found.compared],
        "filled": [
            {
                "no": each.item.label,
                "sheet": each.item.sheet,
                "cell": each.cell,
                "whose": each.whose,
                "period": each.period.label,
                "shown": each.shown,
            }
            for each in found.filled
        ],
        "findings": [finding_json(finding) for finding in found.findings],
        "output": str(output),
    }


def _compared(each: Compared) -> dict[str, object]:
    own, among, mean = each.own, each.among, each.mean
    ahead = among.ahead if among is not None else None
    return {
        "no": each.item.label,
        "indicator": each.item.name,
        "measure": each.measure,
        "polarity": each.polarity.value if each.polarity is not None else None,
        "figure": _number(own.value if own is not None else None),
        "figure_from": own.where if own is not None else None,
        "period": own.period.label if own is not None and own.period is not None else None,
        "benchmark_period": own.peers_period.label if own is not None else None,
        "england": _beside(each.england),
        "region": _beside(each.region),
        "neighbours": _beside(each.neighbours),
        "neighbours_there": mean.there if mean is not None else None,
        "band": among.band if among is not None else None,
        "rank": among.rank if among is not None else None,
        "areas": among.areas if among is not None else None,
        "next_band": None
        if ahead is None
        else {
            "band": ahead.band,
            "edge": _number(ahead.edge),
            "distance": _number(ahead.distance),
            "passed": ahead.passed,
        },
        "notes": list(each.notes),
    }


def _beside(found: Beside | None) -> dict[str, object] | None:
    if found is None:
        return None
    standing = found.standing.value if found.standing is not None else None
    return {"figure": _number(found.value), "standing": standing}


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else number_json(value)
