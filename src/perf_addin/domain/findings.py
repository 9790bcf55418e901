"""A problem is data: a code, a severity, a place and a sentence."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters: an error stops `check` from passing."""

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
