"""The indicators in a terminal: a table with letters and colours, and all that was read of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.sources import sources
from perf_addin.domain.showing import show_number
from perf_addin.entry.show import is_terminal, print_findings, print_summary, told

_INK = {"R": "1;97;41", "A": "30;43", "G": "97;42"}
_HEADINGS = ("No", "Indicator", "Period", "Actual", "Target", "Rating", "Breach")
_NAME_COLUMN = 1
_NARROWEST_NAME = 20


def print_table(rated: Sequence[Rated]) -> None:
    """Print one line for each indicator, in the order of the index."""
    rows = [_cells(item) for item in rated]
    widths = [
        max(len(heading), *(len(row[i]) for row in rows)) if rows else len(heading)
        for i, heading in enumerate(_HEADINGS)
    ]
    width = shutil.get_terminal_size((100, 24)).columns
    others = sum(widths) - widths[_NAME_COLUMN] + 2 * (len(widths) - 1)
    widths[_NAME_COLUMN] = max(_NARROWEST_NAME, min(widths[_NAME_COLUMN], width - others))
    colours = _colours()
    print(_line(_HEADINGS, widths, None))
    print(_line(["-" * w for w in widths], widths, None))
    for item, row in zip(rated, rows, strict=True):
        print(_line(row, widths, item.letter if colours else None))


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


def print_check(result: IndexResult) -> None:
    """Print everything that was read: where the index lies, each indicator, each finding."""
    for line in result.where():
        print(line)
    print()
    print_table(result.rated)
    print()
    for item in result.rated:
        print(f"{item.label}: {item.rating.reason}")
        came_from = [f"{name} {place}" for name, place in sources(item, result.settings)]
        if came_from:
            print(f"    from: {', '.join(came_from)}")
    print()
    print_findings(result.findings)
    for each in result.accepted:
        print(f"{told(each.finding, 'accepted')} Because: {each.reason}")
    print_summary(result)


def _colours() -> bool:
    return is_terminal() and not os.environ.get("NO_COLOR")
