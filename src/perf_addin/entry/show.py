"""What a person sees in a terminal: a table with letters and colours, or one quiet line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.figures import show_number
from perf_addin.domain.findings import Finding, Severity, by_severity

if TYPE_CHECKING:
    from typing import TextIO

_INK = {"R": "1;97;41", "A": "30;43", "G": "97;42"}
_HEADINGS = ("No", "Indicator", "Period", "Actual", "Target", "Rating", "Breach")
_NAME_COLUMN = 1
_NARROWEST_NAME = 20


def print_table(rated: Sequence[Rated]) -> None:
    """Print one line for each indicator, in the order of the index."""
    import shutil  # noqa: PLC0415 - 3 ms that only a table needs

    rows = [_cells(item) for item in rated]
    widths = [
        max(len(heading), *(len(row[i]) for row in rows)) if rows else len(heading)
        for i, heading in enumerate(_HEADINGS)
    ]
    width = shutil.get_terminal_size((100, 24)).columns
    others = sum(widths) - widths[_NAME_COLUMN] + 2 * (len(widths) - 1)
    widths[_NAME_COLUMN] = max(_NARROWEST_NAME, min(widths[_NAME_COLUMN], width - others))
    colours = _colours()
    _print(_line(_HEADINGS, widths, None))
    _print(_line(["-" * w for w in widths], widths, None))
    for item, row in zip(rated, rows, strict=True):
        _print(_line(row, widths, item.rating.letter if colours else None))


def _cells(item: Rated) -> list[str]:
    percent = item.actual.percent if item.actual else False
    return [
        item.no or "",
        " ".join(item.name.split()),
        item.period.label if item.period else "",
        show_number(item.actual.value, percent=percent) if item.actual else "",
        item.target_text,
        item.shown_rating if item.status.value != "unreportable" else "Unreportable",
        item.breach.side if item.breach else "",
    ]


def _line(cells: Sequence[str], widths: Sequence[int], letter: str | None) -> str:
    shown = [
        (cell if len(cell) <= width else cell[: width - 1] + "\N{HORIZONTAL ELLIPSIS}").ljust(width)
        for cell, width in zip(cells, widths, strict=True)
    ]
    if letter is not None:
        shown[5] = f"\x1b[{_INK[letter]}m{shown[5]}\x1b[0m"
    return "  ".join(shown).rstrip()


def print_findings(
    findings: Sequence[Finding], *, least: Severity = Severity.INFO, to: TextIO | None = None
) -> None:
    """Print findings, errors first, down to a severity; to standard output unless stated."""
    order = list(Severity)
    wanted = order[: order.index(least) + 1]
    for finding in by_severity(findings):
        if finding.severity in wanted:
            print(_told(finding, finding.severity.value), file=to or sys.stdout)


def _told(finding: Finding, state: str) -> str:
    where = f"{finding.place}: " if finding.place else ""
    return f"{state}: {where}{finding.message} [{finding.code}]"


def print_summary(result: IndexResult) -> None:
    """Print how many indicators have each rating, for the period that was rated."""
    _print(result.summary())


def print_outcome(result: IndexResult, output: str | os.PathLike[str], *, changed: bool) -> None:
    """Print what was done; piped, just where the result is."""
    if not is_terminal():
        _print(str(output))
        return
    print_table([item for item in result.rated if item.is_exception or item.is_unreportable])
    _print("")
    print_findings(result.findings, least=Severity.WARNING)
    print_summary(result)
    _print(f"Written to {output}" if changed else f"Nothing to change in {output}")


def print_saved(path: str | os.PathLike[str]) -> None:
    """Print where the result is."""
    _print(f"Written to {path}" if is_terminal() else str(path))


def print_check(result: IndexResult) -> None:
    """Print everything that was read: where the index lies, each indicator, each finding."""
    from perf_addin.application.sources import sources  # noqa: PLC0415 - only to tell all

    for line in result.where():
        _print(line)
    _print("")
    print_table(result.rated)
    _print("")
    for item in result.rated:
        _print(f"{item.label}: {item.rating.reason}")
        came_from = [f"{name} {place}" for name, place in sources(item, result.settings)]
        if came_from:
            _print(f"    from: {', '.join(came_from)}")
    _print("")
    print_findings(result.findings)
    for each in result.accepted:
        _print(f"{_told(each.finding, 'accepted')} Because: {each.reason}")
    print_summary(result)


def is_terminal() -> bool:
    """Whether a person is reading along."""
    return sys.stdout.isatty()


def _colours() -> bool:
    return is_terminal() and not os.environ.get("NO_COLOR")


def _print(text: str) -> None:
    print(text)
