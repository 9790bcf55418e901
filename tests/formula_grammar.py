"""A strict reader of stored formulas, because Excel refuses a file for what engines forgive.

It checks parentheses, the number of arguments of every call, that a variable is bound where it is
used, and how deep calls nest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

DEEPEST = 64
"""Levels of calls that Excel takes."""

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<area>'(?:[^']|'')*'!\$[A-Z]\$\d+:\$[A-Z]\$\d+)|(?P<number>\d+(?:\.\d+)?)|(?P<error>\#[A-Z/0]+[!?]?)"""
    r"""|(?P<variable>_xl[po][mp]\.[a-z_]+)|(?P<word>(?:_xlfn\.)?[A-Z][A-Z0-9_.]*)"""
    r"""|(?P<sign><>|<=|>=|[-+*/^&=<>(){},;])"""
)
_OPERATORS = frozenset({"+", "-", "*", "/", "^", "&", "=", "<>", "<=", ">=", "<", ">"})
_MANY = 254
_ARITY = {
    **dict.fromkeys(("ABS", "INT", "LEN", "LOG10", "LOWER", "N", "NOT", "SIGN", "TRIM"), (1, 1)),
    **dict.fromkeys(("ISERROR", "ISLOGICAL", "ISNUMBER"), (1, 1)),
    **dict.fromkeys(("CHAR", "ROWS", "COLUMNS", "_xlfn.UNICHAR", "_xlfn.ISOMITTED"), (1, 1)),
    **dict.fromkeys(("AND", "OR", "MAX", "MIN", "_xlfn.HSTACK"), (1, _MANY)),
    **dict.fromkeys(("ROUND", "IFERROR"), (2, 2)),
    **dict.fromkeys(("IF", "INDEX", "FIND"), (2, 3)),
    **dict.fromkeys(
        ("MID", "_xlfn.NUMBERVALUE", "_xlfn.MAKEARRAY", "_xlfn.REDUCE", "MATCH"), (3, 3)
    ),
    **dict.fromkeys(("LEFT", "RIGHT"), (1, 2)),
    "NA": (0, 0),
    "SUBSTITUTE": (3, 4),
    "_xlfn.SEQUENCE": (1, 4),
    "_xlfn.TEXTBEFORE": (2, 6),
}


class FormulaError(Exception):
    """A formula that Excel would not take."""


class Reader:
    """Reads one stored formula."""

    def __init__(self, formula: str, names: Mapping[str, tuple[int, int]]) -> None:
        """Split it into tokens.

        Args:
            formula: as stored.
            names: least and most arguments of every defined name that may be called.
        """
        self._arity = {**_ARITY, **names}
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(formula):
            found = _TOKEN.match(formula, at)
            if found is None:
                raise FormulaError(f"nothing that is known at {formula[at : at + 20]!r}")
            self._tokens.append((str(found.lastgroup), found[0]))
            at = found.end()
        self._at = 0

    def check(self) -> None:
        """Read all of it.

        Raises:
            FormulaError: Excel would not take it.
        """
        self._expression(frozenset(), 0)
        if self._at != len(self._tokens):
            raise FormulaError(f"left over: {self._peek()!r}")

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at][1] if at < len(self._tokens) else ""

    def _take(self, expected: str = "") -> tuple[str, str]:
        if self._at >= len(self._tokens) or (expected and self._peek() != expected):
            raise FormulaError(f"{self._peek()!r} where {expected or 'more'!r} was expected")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expression(self, bound: frozenset[str], depth: int) -> None:
        self._operand(bound, depth)
        while self._peek() in _OPERATORS:
            self._take()
            self._operand(bound, depth)

    def _operand(self, bound: frozenset[str], depth: int) -> None:
        if depth > DEEPEST:
            raise FormulaError("calls nest too deep")
        kind, item = self._take()
        if item == "-":
            self._operand(bound, depth)
        elif item == "(":
            self._expression(bound, depth)
            self._take(")")
        elif item == "{":
            self._array()
        elif kind == "variable":
            if item.replace("_xlop", "_xlpm") not in bound or item.startswith("_xlop"):
                raise FormulaError(f"{item} is not bound")
        elif kind == "word" and self._peek() == "(":
            self._call(item, bound, depth + 1)
        elif kind == "sign" or (kind == "word" and item not in {"TRUE", "FALSE"}):
            raise FormulaError(f"{item!r} is no operand")

    def _array(self) -> None:
        while True:
            if self._take()[0] not in {"text", "number"}:
                raise FormulaError("an array constant holds something else")
            if self._take()[1] == "}":
                return

    def _call(self, name: str, bound: frozenset[str], depth: int) -> None:
        self._take("(")
        if name in {"_xlfn.LET", "_xlfn.LAMBDA"}:
            self._binding(name, bound, depth)
            return
        if name not in self._arity:
            raise FormulaError(f"{name} is not known")
        count = 0
        if self._peek() != ")":
            count = 1
            self._expression(bound, depth)
            while self._peek() == ",":
                self._take()
                count += 1
                self._expression(bound, depth)
        self._take(")")
        least, most = self._arity[name]
        if not least <= count <= most:
            raise FormulaError(f"{name} with {count} arguments")

    def _binding(self, name: str, bound: frozenset[str], depth: int) -> None:
        while self._peek(1) == "," and self._tokens[self._at][0] == "variable":
            variable = self._take()[1].replace("_xlop", "_xlpm")
            self._take(",")
            if name == "_xlfn.LET":
                self._expression(bound, depth)
                self._take(",")
            bound |= {variable}
        self._expression(bound, depth)
        self._take(")")
