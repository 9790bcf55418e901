"""The rows that a workbook has in the consolidated tables, and how they are kept until then."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.batch.records import Counts
from perf_addin.application.in_common import keep
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.ranges import AcceptableRange

RATING_COLUMNS = (
    "Workbook",
    "Sheet",
    "Row",
    "No",
    "Indicator",
    "Period",
    "Actual",
    "Unit",
    "Target",
    "Polarity",
    "Rule",
    "Rating",
    "Typed rating",
    "Status",
    "Acceptable range",
    "Breach",
    "Breach by",
    "Reason",
    "Commentary",
)
FINDING_COLUMNS = ("Workbook", "Severity", "Code", "Sheet", "Cell", "Message")
_NAMES_HELD = 1_024
_names: dict[tuple[str, str, bool, bool], str] = {}

TextRow = Sequence[str]


class WorkbookRows(NamedTuple):
    """The rows of one workbook, without its name, as texts; exact numbers, blanks empty."""

    ratings: tuple[TextRow, ...]
    findings: tuple[TextRow, ...]


def rows_of(result: IndexResult) -> WorkbookRows:
    """The rows of a result, in the order of its index."""
    return WorkbookRows(
        tuple(map(_rating_row, result.rated)), tuple(map(_finding_row, result.findings))
    )


def _rating_row(item: Rated) -> TextRow:
    rating = item.rating
    return (
        item.sheet,
        str(item.row),
        item.no or "",
        item.name,
        item.period.label if item.period else "",
        f"{item.actual.value:f}" if item.actual else "",
        "%" if item.actual and item.actual.percent else "",
        item.target_text,
        item.polarity.value if item.polarity else "",
        rating.rule.value if rating.rule else "",
        item.letter or "",
        (item.typed.letter or item.typed.text) if item.typed else "",
        item.status.value,
        _named(item.acceptable_range) if item.acceptable_range else "",
        item.breach.side if item.breach else "",
        f"{item.breach.by:f}" if item.breach else "",
        rating.reason,
        item.commentary or "",
    )


def _named(limits: AcceptableRange) -> str:
    """A range as a person reads it; most workbooks of a batch have the same few."""
    lower, upper, percent, strict = limits
    key = (str(lower), str(upper), percent, strict)  # 1.0 and 1 are equal numbers
    return _names.get(key) or keep(_names, key, str(limits), _NAMES_HELD)


def _finding_row(finding: Finding) -> TextRow:
    return (
        finding.severity.value,
        finding.code,
        finding.sheet or "",
        finding.cell or "",
        finding.message,
    )


def counts_of(result: IndexResult) -> Counts:
    """What a result comes to."""
    letters = [item.letter for item in result.rated]
    severities = [finding.severity for finding in result.findings]
    return Counts(
        red=letters.count("R"),
        amber=letters.count("A"),
        green=letters.count("G"),
        not_rated=letters.count(None),
        breaches=sum(item.breach is not None for item in result.rated),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.INFO),
    )


def packed(rows: WorkbookRows) -> bytes:
    """Rows as they are kept; the same rows give the same bytes."""
    text = json.dumps({"ratings": rows.ratings, "findings": rows.findings})
    return gzip.compress(text.encode("ascii"), compresslevel=1, mtime=0)


def unpacked(kept: bytes) -> WorkbookRows:
    """Rows out of what was kept.

    Raises:
        ValueError: it is something else.
    """
    try:
        found = json.loads(gzip.decompress(kept))
        return WorkbookRows(tuple(found["ratings"]), tuple(found["findings"]))
    except (OSError, EOFError, KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def with_name(key: str, rows: Sequence[TextRow]) -> Iterator[tuple[str, ...]]:
    """Rows with the workbook's name before them."""
    return ((key, *row) for row in rows)
