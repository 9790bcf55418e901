"""The command `diff`: two indexes in, what changed between them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.diff import Altered, Difference, Held, Hidden, compare, take_picture
from perf_addin.application.diff.wording import corrections, tell
from perf_addin.application.rated import Rated
from perf_addin.application.scorecard.withheld import withheld
from perf_addin.entry.json_output import print_json
from perf_addin.entry.stated import settings_from

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.diff import Picture


def run(options: argparse.Namespace) -> int:
    """Print what changed from one index to another.

    Raises:
        UsageError: an option cannot be understood.
        InputError: a workbook cannot be used.
    """
    old, hidden_old = _picture(options.old, options)
    new, hidden_new = _picture(options.new, options)
    found = compare(old, new, Hidden(hidden_old, hidden_new))
    if options.json:
        print_json([as_json(found)], several=False)
    else:
        print("\n".join(tell(found)))
    return 0


def _picture(file: str, options: argparse.Namespace) -> tuple[Picture, frozenset[tuple[str, str]]]:
    """An index with all its figures, and the cells whose figures must not be published."""
    workbook = XlsxWorkbook(Package.open(Path(file)))
    picture = take_picture(workbook, settings_from(options))
    small = withheld(workbook, picture)
    return picture, frozenset((found.sheet or "", found.cell or "") for found in small)


def as_json(found: Difference) -> dict[str, object]:
    """Give a difference as plain data; docs/json.md describes it."""
    return {
        "old": found.old.result.file,
        "new": found.new.result.file,
        "rerated": [
            {
                "no": new.label,
                "old": old.rating.letter,
                "old_period": old.period.label if old.period else None,
                "new": new.rating.letter,
                "new_period": new.period.label if new.period else None,
                "reason": new.rating.reason,
            }
            for old, new in found.rerated
        ],
        "new_exceptions": _labels(found.exceptions.new),
        "resolved_exceptions": _labels(found.exceptions.resolved),
        "unrated_exceptions": _labels(found.exceptions.unrated),
        "continuing_exceptions": _labels(found.exceptions.continuing),
        "altered": [_altered(item) for item in found.altered],
        "redefined": [
            {"no": item.label, "what": what, "old": was, "new": now}
            for item, what, was, now in found.redefined
        ],
        "added": _labels(found.added),
        "dropped": _labels(found.dropped),
        "corrections": list(corrections(found)),
    }


def _labels(items: tuple[Rated, ...]) -> list[str]:
    return [item.label for item in items]


def _altered(item: Altered) -> dict[str, object]:
    def told(held: Held | None) -> dict[str, str] | None:
        if held is None:
            return None
        return {"shown": held.shown, "sheet": held.sheet, "cell": held.cell}

    return {
        "no": item.indicator.label,
        "period": item.period.label,
        "old": told(item.old),
        "new": told(item.new),
    }
