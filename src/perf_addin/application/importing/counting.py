"""Rules of counting the rows of a child-level list, stated in words.

    rows where "Authorised within 45 days" = "Yes" of all rows by month of "Authorised on"
    rows where "Visits" >= 2 and "Ethnicity" is not blank of rows where "Plan" = "CP" by month ...
    different "Child ID" where "Status" = "Open" by quarter of "Snapshot"

Without `of`, the count itself is the figure; with it, the count is the numerator and the rows
behind `of` are the denominator. The numerator counts only rows that the denominator counts too.
"""

from __future__ import annotations

from typing import NamedTuple

from perf_addin.domain.lazy_patterns import lazily

EXAMPLE = 'rows where "In time" = "Yes" of all rows by month of "Closed on"'
_TEXT = r'"(?:[^"]|"")*"'
_TOKEN = lazily(rf"\s*(?P<text>{_TEXT})|\s*(?P<sign><>|<=|>=|=|<|>)|\s*(?P<word>[^\s\"<>=]+)", 2)
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
