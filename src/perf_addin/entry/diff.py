"""The command `diff`: two indexes in, what changed between them out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.application.about_file import about_file
from perf_addin.application.diff import Altered, Difference, Held, Hidden, compare, take_picture
from perf_addin.application.diff.wording import corrections, tell
from perf_addin.application.rated import Rated
from perf_addin.application.scorecard.withheld import withheld
from perf_addin.domain.findings import Finding, Severity
from perf_addin.entry.calculating import open_to_read
from perf_addin.entry.json_output import finding_json, print_json
from perf_addin.entry.show import print_findings
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
    old, hidden_old, told_old = _picture(options.old, options)
    new, hidden_new, told_new = _picture(options.new, options)
    found = compare(old, new, Hidden(hidden_old, hidden_new))
    if options.json:
        findings = {"findings_old": _findings(told_old), "findings_new": _findings(told_new)}
        print_json([as_json(found) | findings], several=False)
    else:
        for picture, told in ((old, told_old), (new, told_new)):
            named = [_of(picture.result.file, finding) for finding in told]
            print_findings(named, least=Severity.WARNING, to=sys.stderr)
        print("\n".join(tell(found)))
    return 0


def _picture(
    file: str, options: argparse.Namespace
) -> tuple[Picture, frozenset[tuple[str, str]], tuple[Finding, ...]]:
    """An index with all its figures, and the cells whose figures must not be published.

    Last comes what should be known of how its formulas were calculated.
    """
    settings = settings_from(options)
    with about_file(file):
        workbook, told = open_to_read(options, Path(file), settings)
        picture = take_picture(workbook, settings)
        small = withheld(workbook, picture)
    return picture, frozenset((found.sheet or "", found.cell or "") for found in small), told


def _of(file: str, finding: Finding) -> Finding:
    """A finding that says which of the two workbooks it is about."""
    return finding._replace(message=f"{file}: {finding.message}")


def _findings(found: tuple[Finding, ...]) -> list[dict[str, object]]:
    return [finding_json(finding) for finding in found]


def as_json(found: Difference) -> dict[str, object]:
    """Give a difference as plain data; docs/json.md describes it."""
    return {
        "old": found.old.result.file,
        "new": found.new.result.file,
        "rerated": [
            {
                "no": new.label,
                "old": old.letter,
                "old_period": old.period.label if old.period else None,
                "new": new.letter,
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
