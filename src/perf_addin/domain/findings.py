"""A problem is data: a code, a severity, a place and a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.domain.declaring import NamedTuple, StrEnum


class Severity(StrEnum):
    """How much a finding matters, the worst first: an error stops `check` from passing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """Something that the reader of an index should know.

    Attributes:
        code: stable, kebab-case name of the kind of finding.
        severity: error, warning or info.
        message: one sentence: what was found, what was done, what to do.
        sheet: name of the sheet, where the finding has a place.
        cell: A1-style address in that sheet, where there is one.
    """

    code: str
    severity: Severity
    message: str
    sheet: str | None = None
    cell: str | None = None

    @property
    def place(self) -> str:
        """Where it is, such as `Index!F9`; empty where it has no place."""
        return "!".join(part for part in (self.sheet, self.cell) if part)


def by_severity(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, errors first, each severity in the order in which they were found."""
    for severity in Severity:
        yield from (finding for finding in findings if finding.severity is severity)
