"""Counting the rows of a child-level list, by a rule that is stated in words.

    rows where "Authorised within 45 days" = "Yes" of all rows by month of "Authorised on"
    rows where "Visits" >= 2 and "Ethnicity" is not blank of rows where "Plan" = "CP" by month ...
    different "Child ID" where "Status" = "Open" by quarter of "Snapshot"

Without `of`, the count itself is the figure; with it, the count is the numerator and the rows
behind `of` are the denominator. The numerator counts only rows that the denominator counts too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.grid import Cell, Row
from perf_addin.application.layout import text_of
from perf_addin.domain.days import read_day
from perf_addin.domain.figures import read_number
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import Period, period_around, read_period

EXAMPLE = 'rows where "In time" = "Yes" of all rows by month of "Closed on"'
_TEXT = r'"(?:[^"]|"")*"'
_TOKEN = lazily(
    rf"\s*(?P<text>{_TEXT})|\s*(?P<sign><>|<=|>=|=|<|>)|\s*(?P<word>[^\s\"<>=]+)", 2
)
_SPANS = ("month", "quarter", "year")
_LONGEST = 2000


class Condition(NamedTuple):
    """What a row must hold in a column: a sign and a value, or `blank` and `filled`."""

    heading: str
    sign: str
    value: str


class Rule(NamedTuple):
    """A rule of counting.

    Attributes:
        text: the rule as stated.
        different: the heading of a column whose different entries are counted, or empty for rows.
        where: what is counted.
        base: what of all rows is the denominator; None where only a count is wanted.
        span: `month`, `quarter` or `year`; empty where all rows are of one stated period.
        date: the heading of the column of dates; empty likewise.
    """

    text: str
    different: str
    where: tuple[Condition, ...]
    base: tuple[Condition, ...] | None
    span: str
    date: str

    def headings(self) -> list[str]:
        """Every heading that the rule names."""
        conditions = (*self.where, *(self.base or ()))
        named = [self.different, *(each.heading for each in conditions), self.date]
        return [heading for heading in named if heading]


class _Unclear(Exception):  # noqa: N818 - never leaves this module
    """Says what was expected where."""


class _Reader:
    """Reads a rule from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        text = text.strip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise _Unclear(f"found {text[at : at + 20]!r}")
            kind = found.lastgroup or ""
            value = found[kind]
            self.tokens.append((kind, value[1:-1].replace('""', '"') if kind == "text" else value))
            at = found.end()
            while at < len(text) and text[at].isspace():
                at += 1
        self.at = 0

    def is_word(self, *words: str) -> bool:
        """Take words, if they come next."""
        there = self.tokens[self.at : self.at + len(words)]
        same = [("word", word) for word in words]
        if [(kind, value.casefold()) for kind, value in there] != same:
            return False
        self.at += len(words)
        return True

    def quoted(self, what: str) -> str:
        """Take a text in quotation marks."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "text":
            self.at += 1
            return self.tokens[self.at - 1][1]
        raise _Unclear(f"expected {what} in quotation marks {self.here()}")

    def here(self) -> str:
        """Where the reading stands, for messages."""
        if self.at >= len(self.tokens):
            return "at the end"
        return f"before {self.tokens[self.at][1]!r}"

    def conditions(self) -> tuple[Condition, ...]:
        """Conditions joined by `and`."""
        found = [self._condition()]
        while self.is_word("and"):
            found.append(self._condition())
        return tuple(found)

    def _condition(self) -> Condition:
        heading = self.quoted("the heading of a column")
        if self.is_word("is", "not", "blank"):
            return Condition(heading, "filled", "")
        if self.is_word("is", "blank"):
            return Condition(heading, "blank", "")
        if self.at + 1 < len(self.tokens) and self.tokens[self.at][0] == "sign":
            sign, (kind, value) = self.tokens[self.at][1], self.tokens[self.at + 1]
            if kind != "sign":
                self.at += 2
                return Condition(heading, sign, value)
        raise _Unclear(f"expected =, <>, <, <=, >, >=, 'is blank' or 'is not blank' {self.here()}")


def read_rule(text: str) -> Rule | str:
    """Read a rule of counting.

    Returns:
        The rule, or what is wrong with it and what was expected.
    """
    if len(text) > _LONGEST:
        return f"the rule has more than {_LONGEST:,} characters"
    try:
        return _read(text)
    except _Unclear as unclear:
        return f"the rule of counting {text!r} cannot be read: {unclear}. Write it as {EXAMPLE}."


def _read(text: str) -> Rule:
    reader = _Reader(text)
    different = ""
    if reader.is_word("different"):
        different = reader.quoted("the heading of a column")
    elif not reader.is_word("rows"):
        raise _Unclear("expected it to begin with 'rows' or 'different \"HEADING\"'")
    where = reader.conditions() if reader.is_word("where") else ()
    base: tuple[Condition, ...] | None = None
    if reader.is_word("of"):
        base = ()
        if not reader.is_word("all", "rows"):
            if not reader.is_word("rows", "where"):
                raise _Unclear(f"expected 'all rows' or 'rows where' {reader.here()}")
            base = reader.conditions()
    span = day = ""
    if reader.is_word("by"):
        span = next((word for word in _SPANS if reader.is_word(word, "of")), "")
        if not span:
            raise _Unclear(f"expected 'month of', 'quarter of' or 'year of' {reader.here()}")
        day = reader.quoted("the heading of the column of dates")
    if reader.at < len(reader.tokens):
        raise _Unclear(f"expected nothing more {reader.here()}")
    return Rule(text.strip(), different, where, base, span, day)


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
        if day is None and stated is not None:
            day = stated.start
        if day is None:
            self.undated_rows += 1
            if len(self.undated) < 3:  # noqa: PLR2004 - enough to find them
                self.undated.append(row.number)
            return None
        return period_around(day, self._rule.span)
