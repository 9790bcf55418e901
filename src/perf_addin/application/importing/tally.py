"""A child-level list counted by a rule, row by row; nothing about a child is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from perf_addin.application.grid import Cell
from perf_addin.application.importing.counting import Condition, Rule
from perf_addin.application.layout import text_of
from perf_addin.application.sheets import Row
from perf_addin.domain.days import read_day
from perf_addin.domain.figure_texts import read_number
from perf_addin.domain.periods import Period, period_around, read_period

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _fulfils(condition: Condition, cell: Cell | None) -> bool:
    """Whether a cell is as a condition says; texts are compared without case, numbers as such."""
    text = text_of(cell)
    if condition.sign in {"blank", "filled"}:
        return (not text) == (condition.sign == "blank")
    if not text:
        return condition.sign == "<>"
    apart = _compared(text, cell, condition.value)
    if apart is None:
        return condition.sign == "<>"
    return _SIGNS[condition.sign](apart)


_SIGNS: Mapping[str, Callable[[int], bool]] = {
    "=": lambda apart: apart == 0,
    "<>": lambda apart: apart != 0,
    "<": lambda apart: apart < 0,
    "<=": lambda apart: apart <= 0,
    ">": lambda apart: apart > 0,
    ">=": lambda apart: apart >= 0,
}


def _compared(text: str, cell: Cell | None, value: str) -> int | None:
    """-1, 0 or 1 as an entry lies below, at or above a value; None where they cannot be compared.

    Two numbers are compared as numbers, two days as days, all else as texts, which are one or not.
    """
    left: Decimal | date | None = _number(text, cell)
    right: Decimal | date | None = _number(value, None)
    if left is None or right is None:
        left, right = _day(text, cell), read_day(value)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if isinstance(left, date) and isinstance(right, date):
        return (left > right) - (left < right)
    same = " ".join(text.split()).casefold() == " ".join(value.split()).casefold()
    return 0 if same else None


def _number(text: str, cell: Cell | None) -> Decimal | None:
    if cell is not None and isinstance(cell.value, Decimal):
        return cell.value
    found = read_number(text)
    return found[0] if found is not None else None


def _day(text: str, cell: Cell | None) -> date | None:
    if cell is not None and isinstance(cell.value, date):
        return cell.value
    return read_day(text)


class Tally:
    """Counts one rule over the rows of a list."""

    def __init__(self, rule: Rule, columns: Mapping[str, int], period: Period | None) -> None:
        """Bind a rule to a list.

        Args:
            rule: the rule.
            columns: the 1-based column of each heading that the rule names.
            period: the period of all rows, where the rule states no date; with a date, the only
                period that is wanted, or None for all.
        """
        self._rule = rule
        self._columns = columns
        self._period = period
        self.counted: dict[Period, int] = {}
        self.bases: dict[Period, int] = {}
        self._seen: set[tuple[Period, bool, str]] = set()
        self.undated: list[int] = []
        self.undated_rows = 0

    def take(self, row: Row) -> None:
        """Count a row."""
        rule = self._rule
        if not self._all(rule.base or (), row):
            return
        counts = self._all(rule.where, row)
        period = self._period_of(row)
        if period is None or (self._period is not None and period != self._period):
            return
        self._add(self.bases, period, row, counted=False)
        self.counted.setdefault(period, 0)  # nothing counted of a month with rows is a true 0
        if counts:
            self._add(self.counted, period, row, counted=True)

    def _add(self, sums: dict[Period, int], period: Period, row: Row, *, counted: bool) -> None:
        heading = self._rule.different
        if heading:
            entry = text_of(row.get(self._columns[heading])).casefold()
            if not entry or (period, counted, entry) in self._seen:
                return
            self._seen.add((period, counted, entry))
        sums[period] = sums.get(period, 0) + 1

    def _all(self, conditions: tuple[Condition, ...], row: Row) -> bool:
        return all(_fulfils(each, row.get(self._columns[each.heading])) for each in conditions)

    def _period_of(self, row: Row) -> Period | None:
        if not self._rule.date:
            return self._period
        cell = row.get(self._columns[self._rule.date])
        text = text_of(cell)
        day = _day(text, cell)
        stated = read_period(text) if day is None and text else None
        if stated is not None and stated.months <= _MONTHS[self._rule.span]:
            day = stated.start
        if day is None:
            self.undated_rows += 1
            if len(self.undated) < 3:  # noqa: PLR2004 - enough to find them
                self.undated.append(row.number)
            return None
        return period_around(day, self._rule.span)
