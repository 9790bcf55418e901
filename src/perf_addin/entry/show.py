"""What a person sees in a terminal: findings and counts, or one quiet line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from perf_addin.application.rating_index import IndexResult
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.findings import Finding, Severity, by_severity

if TYPE_CHECKING:
    from typing import TextIO


def print_findings(
    findings: Sequence[Finding], *, least: Severity = Severity.INFO, to: TextIO | None = None
) -> None:
    """Print findings, errors first, down to a severity; to standard output unless stated."""
    order = list(Severity)
    wanted = order[: order.index(least) + 1]
    for finding in by_severity(findings):
        if finding.severity in wanted:
            print(told(finding, finding.severity.value), file=to or sys.stdout)


def told(finding: Finding, state: str) -> str:
    """A finding in one line, with its place and its code."""
    where = f"{finding.place}: " if finding.place else ""
    return f"{state}: {where}{finding.message} [{finding.code}]"


def print_summary(result: IndexResult) -> None:
    """Print how many indicators have each rating, for the period that was rated."""
    _print(result.summary())


def print_outcome(result: IndexResult, output: str | os.PathLike[str], *, changed: bool) -> None:
    """Print what was done, for a person who is reading along."""
    from perf_addin.entry.table import print_table  # noqa: PLC0415 - piped output has none

    print_table([item for item in result.rated if item.is_exception or item.is_unreportable])
    _print("")
    print_findings(result.findings, least=Severity.WARNING)
    print_summary(result)
    _print(f"Written to {output}" if changed else f"Nothing to change in {output}")


def print_saved(path: str | os.PathLike[str]) -> None:
    """Print where the result is."""
    _print(f"Written to {path}" if is_terminal() else str(path))


def is_terminal() -> bool:
    """Whether a person is reading along."""
    return sys.stdout.isatty()


def _print(text: str) -> None:
    print(text)
