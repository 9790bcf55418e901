"""Findings that somebody accepted, with the reason, kept on the workbook's own sheet of findings.

An acceptance holds for what was accepted and nothing else: the same code and the same sentence.
When a figure in the sentence changes, or the rating does, the finding is open again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perf_addin.application.layout import text_of
from perf_addin.application.sheets import Sheet
from perf_addin.domain.findings import Finding

HEADER = ("Severity", "Sheet", "Cell", "Finding", "What to do", "Code", "Accepted because")
FINDING, CODE, REASON = (HEADER.index(name) + 1 for name in ("Finding", "Code", HEADER[-1]))

Reasons = Mapping[tuple[str, str], str]
"""Why findings were accepted, by code and sentence."""


class Accepted(NamedTuple):
    """A finding that was accepted, and why."""

    finding: Finding
    reason: str


def read_reasons(sheet: Sheet | None) -> Reasons:
    """Read why findings were accepted from the sheet of findings, where there is one."""
    found = {}
    for row in sheet.rows() if sheet is not None else ():
        code, sentence, reason = (text_of(row.get(c)) for c in (CODE, FINDING, REASON))
        if code and sentence and reason and code != HEADER[CODE - 1]:
            found[code, sentence] = reason
    return found


def separate(findings: Sequence[Finding], reasons: Reasons) -> tuple[list[Finding], list[Accepted]]:
    """Part the findings that are open from those that were accepted."""
    still_open, accepted = [], []
    for finding in findings:
        reason = reasons.get((finding.code, finding.message))
        if reason is None:
            still_open.append(finding)
        else:
            accepted.append(Accepted(finding, reason))
    return still_open, accepted
