"""Where a formula that is no array formula takes one cell of an area: implicit intersection.

In a formula of the plain kind, Excel takes from `A1:A9*2` the cell in the formula's own row or
column. Engines calculate the whole area instead, which gives another result without an error.
Which arguments take areas is stated here by function, with a letter for each argument:
`R` takes areas, `S` takes one cell, `P` takes whatever its call does, and `A` reckons with whole
areas; the part in brackets is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.references import plain_name
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.domain.declaring import NamedTuple


class Takes(Enum):
    """What may stand in a place of a formula."""

    AREA = "R"
    CELL = "S"
    ARRAY = "A"
    UNKNOWN = "?"


_AREAS = """
SUM AVERAGE AVERAGEA COUNT COUNTA COUNTBLANK MAX MAXA MIN MINA MEDIAN MODE MODE.SNGL PRODUCT SUMSQ
STDEV STDEV.S STDEV.P STDEVP STDEVA VAR VAR.S VAR.P VARP VARA AVEDEV DEVSQ GEOMEAN HARMEAN KURT SKEW
AND OR XOR CONCAT CORREL COVAR COVARIANCE.P COVARIANCE.S PEARSON RSQ SLOPE INTERCEPT STEYX
ROWS COLUMNS ISREF AREAS IRR DSUM DCOUNT DCOUNTA DAVERAGE DMAX DMIN DGET
"""
_CELLS = """
ABS ROUND ROUNDUP ROUNDDOWN MROUND INT TRUNC MOD QUOTIENT SIGN SQRT POWER EXP LN LOG LOG10 PI EVEN
ODD CEILING FLOOR CEILING.MATH FLOOR.MATH FACT COMBIN LEN LEFT RIGHT MID TRIM CLEAN UPPER LOWER
PROPER TEXT VALUE FIND SEARCH SUBSTITUTE REPLACE REPT CHAR CODE EXACT CONCATENATE FIXED
ISBLANK ISNUMBER ISTEXT ISNONTEXT ISLOGICAL ISERROR ISERR ISNA ISEVEN ISODD NOT IFERROR IFNA NA TRUE
FALSE DATE YEAR MONTH DAY HOUR MINUTE SECOND TIME EDATE EOMONTH WEEKDAY WEEKNUM DATEDIF DAYS SINGLE
"""
_MIXED = {
    **dict.fromkeys(("SUMPRODUCT", "MMULT", "LOOKUP", "MDETERM", "MINVERSE"), "(A)"),
    **dict.fromkeys(("COUNTIF", "LARGE", "SMALL", "PERCENTILE", "QUARTILE", "TRIMMEAN"), "R(S)"),
    **dict.fromkeys(("PERCENTILE.INC", "PERCENTILE.EXC", "QUARTILE.INC", "QUARTILE.EXC"), "R(S)"),
    **dict.fromkeys(("PERCENTRANK", "PERCENTRANK.INC", "PERCENTRANK.EXC"), "R(S)"),
    **dict.fromkeys(("RANK", "RANK.EQ", "RANK.AVG", "MATCH", "VLOOKUP", "HLOOKUP"), "SR(S)"),
    **dict.fromkeys(("SUMIF", "AVERAGEIF"), "RSR"),
    **dict.fromkeys(("SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"), "R(RS)"),
    **dict.fromkeys(("FORECAST", "FORECAST.LINEAR", "XMATCH"), "SR(R)"),
    **dict.fromkeys(("IF", "CHOOSE"), "S(P)"),
    "COUNTIFS": "(RS)", "INDEX": "R(S)", "SUBTOTAL": "S(R)", "XLOOKUP": "SRRSSS",
    "TEXTJOIN": "SS(R)", "NPV": "S(R)", "IFS": "(SP)", "SWITCH": "SS(P)", "TREND": "RRS",
}  # fmt: skip
_MANY = {**dict.fromkeys(_AREAS.split(), "(R)"), **dict.fromkeys(_CELLS.split(), "(S)"), **_MIXED}


def place_of(function: str, number: int) -> str:
    """The letter of a function's argument by its 0-based number; `?` where it is not known."""
    pattern = _MANY.get(function)
    if pattern is None:
        return "?"
    first, _, repeated = pattern.rstrip(")").partition("(")
    if number < len(first):
        return first[number]
    return repeated[(number - len(first)) % len(repeated)] if repeated else "?"


class Operand(NamedTuple):
    """A token that stands for cells: its number among the formula's tokens, and its place."""

    number: int
    takes: Takes


class _Frame(NamedTuple):
    """An open bracket: what its whole takes, its function, and where it began."""

    function: str
    takes: Takes


_KINDS = frozenset({Kind.AREA, Kind.TABLE, Kind.NAME})


def operands(formula: str) -> list[Operand]:
    """Every area, table and name of a formula that is no array formula, with its place."""
    parts = list(tokens(formula))
    return list(_within(parts, 0, len(parts), Takes.CELL))


def _within(parts: Sequence[Token], first: int, end: int, takes: Takes) -> Iterator[Operand]:
    """The operands of an expression between two tokens."""
    if takes is not Takes.ARRAY and _is_reckoned(parts, first, end):
        takes = Takes.UNKNOWN if takes is Takes.UNKNOWN else Takes.CELL
    at = first
    while at < end:
        token = parts[at]
        if token.kind in _KINDS and token.text.upper() not in {"TRUE", "FALSE"}:
            yield Operand(at, takes)
        if token.kind is Kind.OPEN:
            close = _closing(parts, at, end)
            call = parts[at - 1] if at > first and parts[at - 1].kind is Kind.CALL else None
            yield from _inside(parts, at + 1, close, _Frame(_function(call), takes))
            at = close
        at += 1


def _inside(parts: Sequence[Token], first: int, end: int, frame: _Frame) -> Iterator[Operand]:
    """The operands within brackets: argument by argument where they are those of a call."""
    number, begin, depth = 0, first, 0
    for at in range(first, end + 1):
        ends = at == end or (parts[at].kind is Kind.COMMA and depth == 0)
        if not ends:
            depth += (parts[at].kind is Kind.OPEN) - (parts[at].kind is Kind.CLOSE)
            continue
        yield from _within(parts, begin, at, _argument(frame, number))
        number, begin = number + 1, at + 1


def _argument(frame: _Frame, number: int) -> Takes:
    if not frame.function:
        return frame.takes
    letter = "R" if frame.function == _OURS else place_of(frame.function, number)
    if letter == "P":
        return frame.takes
    if frame.takes is Takes.ARRAY:
        # IF and its like take one cell even there, unless the formula is an array formula.
        conditional = "P" in _MANY.get(frame.function, "?")
        if letter == "S":
            return Takes.UNKNOWN if conditional else Takes.ARRAY
    return Takes(letter)


_OURS = "(ours)"


def _function(call: Token | None) -> str:
    if call is None:
        return ""
    return _OURS if called(call) else plain_name(call.text)


def _is_reckoned(parts: Sequence[Token], first: int, end: int) -> bool:
    """Whether an operator stands in an expression, outside of any brackets."""
    depth = 0
    for at in range(first, end):
        kind = parts[at].kind
        depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        if depth == 0 and kind is Kind.OPERATOR and parts[at].text != "@":
            return True
    return False


def _closing(parts: Sequence[Token], at: int, end: int) -> int:
    depth = 0
    for place in range(at, end):
        depth += (parts[place].kind is Kind.OPEN) - (parts[place].kind is Kind.CLOSE)
        if depth == 0:
            return place
    return end
