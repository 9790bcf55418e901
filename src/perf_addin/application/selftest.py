"""The self-test: the table of cases in a workbook, calculated by the Excel that it is opened in.

The workbook `selftest.xlsx` holds each call as a text, what it must come to, and formulas of
Excel's own that compare. The button Self-test enters the texts as formulas, as a person would, and
counts the verdicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FILE_NAME = "selftest.xlsx"
SHEET = "Self-test"
INPUTS = "Inputs"
MARK = "perf-addin self-test"
MARK_CELL = "A1"
FIRST_ROW = 9
WIDEST = 3
"""Columns of the widest answer."""

NUMBER, CALL, ANSWER, EXPECTED, VERDICT, SOURCE = (1, 2, 3, 3 + WIDEST, 3 + 2 * WIDEST, 10)
"""1-based columns; an answer and what is expected take as many as the widest answer needs."""

PASS, FAIL, NOT_RUN = "pass", "FAIL", "not run"
_MOST_SHOWN = 8


class Entered(NamedTuple):
    """A formula to be entered: its row, how many rows and columns it fills, and its text."""

    row: int
    rows: int
    columns: int
    formula: str


class Verdict(NamedTuple):
    """What became of one row of the sheet: its 1-based row, the case's call, and the verdict."""

    row: int
    call: str
    verdict: str


class Tally(NamedTuple):
    """How the self-test went."""

    cases: int
    failed: tuple[Verdict, ...]

    def text(self) -> str:
        """The result in words, with the first calls that failed."""
        if not self.failed:
            return f"All {self.cases} cases pass in this Excel."
        lines = [f"{len(self.failed)} of {self.cases} cases fail in this Excel:"]
        lines += [f"- row {v.row}: {v.call} ({v.verdict})" for v in self.failed[:_MOST_SHOWN]]
        if len(self.failed) > _MOST_SHOWN:
            lines.append(f"... and {len(self.failed) - _MOST_SHOWN} more; filter the verdicts.")
        return "\n".join(lines)


def to_enter(rows: Sequence[Sequence[object]]) -> list[Entered]:
    """The formulas to be entered.

    Args:
        rows: the sheet's rows from `FIRST_ROW` on, from column A to the verdict. What is expected
            fills as many columns as the answer; an empty text among it is stored as such.
    """
    found: list[Entered] = []
    for place, row in enumerate(rows):
        call = row[CALL - 1]
        if isinstance(call, str) and call:
            wide = row[EXPECTED - 1 : EXPECTED - 1 + WIDEST]
            columns = max((n for n, cell in enumerate(wide, 1) if cell is not None), default=1)
            found.append(Entered(FIRST_ROW + place, 1, columns, f"={call}"))
        elif found and row[VERDICT - 1] is not None:
            found[-1] = found[-1]._replace(rows=found[-1].rows + 1)
    return found


def tally(rows: Sequence[Sequence[object]]) -> Tally:
    """Count the verdicts; a case of several rows passes where all of them do.

    Args:
        rows: as for `to_enter`, after Excel has calculated.
    """
    failed: dict[int, Verdict] = {}
    first, call, cases = FIRST_ROW, "", 0
    for place, row in enumerate(rows):
        verdict = row[VERDICT - 1]
        if verdict is None:
            continue
        if isinstance(row[CALL - 1], str) and row[CALL - 1]:
            first, call, cases = FIRST_ROW + place, str(row[CALL - 1]), cases + 1
        if verdict != PASS:
            failed.setdefault(first, Verdict(first, call, str(verdict)))
    return Tally(cases, tuple(failed.values()))
