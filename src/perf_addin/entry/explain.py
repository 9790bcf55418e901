"""The command `explain`: an indicator in, everything behind its rating out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.application.explanation import Explanation, explain, indicator_of
from perf_addin.application.rating_index import rate_index
from perf_addin.domain.errors import UsageError
from perf_addin.domain.findings import Severity
from perf_addin.entry.calculating import open_to_read
from perf_addin.entry.json_output import finding_json, indicator_json, print_json
from perf_addin.entry.show import print_findings
from perf_addin.entry.stated import settings_from

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from perf_addin.application.rated import Rated
    from perf_addin.domain.findings import Finding


def run(options: argparse.Namespace) -> int:
    """Print why an indicator has its rating.

    Raises:
        UsageError: there is no such indicator, or an option cannot be understood.
        InputError: the workbook cannot be used.
    """
    file = Path(options.files[0])
    settings = settings_from(options)
    workbook, findings = open_to_read(options, file, settings)
    result = rate_index(workbook, settings)
    item = indicator_of(result, options.no)
    if item is None:
        known = ", ".join(found.label for found in result.rated)
        raise UsageError(f"{file} has no indicator {options.no!r}. It has {known}.", file=file)
    _tell_others(result.rated, item, options.no)
    found = explain(item, result.settings)
    if options.json:
        print_json([as_json(found, findings)], several=False)
    else:
        print_findings(findings, least=Severity.WARNING, to=sys.stderr)
        print("\n\n".join(found.lines()))
    return 0


def _tell_others(rated: Sequence[Rated], item: Rated, asked: str) -> None:
    """Name other indicators of the number that was asked for; one of them may be meant."""
    for other in rated:
        same = other is not item and other.no is not None and other.no == item.no
        if same and asked.strip().casefold() == (item.no or "").casefold():
            name = " ".join(other.name.split())
            print(f"note: {item.no} is also the number of {name!r}; ask by name.", file=sys.stderr)


def as_json(found: Explanation, findings: Sequence[Finding]) -> dict[str, object]:
    """Give an explanation as plain data; docs/json.md describes it."""
    return {
        **indicator_json(found.item),
        "arithmetic": list(found.arithmetic),
        "sources": dict(found.sources),
        "alternatives": [{"rule": r, "rating": letter} for r, letter in found.alternatives],
        "smallest_change": found.change,
        "findings": [finding_json(finding) for finding in findings],
    }
