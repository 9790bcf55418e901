"""What colour a conditional format gives a cell, as far as its rules can be followed."""

from __future__ import annotations

import colorsys
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.grid import Cell, CellRange, CellValue, column_number
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.rating import Letter

_CELL = lazily(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")
_PALE = 0.25
_HUES: tuple[tuple[int, int, Letter], ...] = ((0, 18, "R"), (25, 62, "A"), (75, 170, "G"))
_RED_FROM = 340
_TURN = 360
_COMPARISONS: Mapping[str, Callable[[object, object], bool]] = {
    "equal": operator.eq,
    "notEqual": operator.ne,
    "=": operator.eq,
    "<>": operator.ne,
}
_ORDERS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "containsText": lambda value, text: text in value,
    "notContainsText": lambda value, text: text not in value,
    "beginsWith": lambda value, text: value.startswith(text),
    "endsWith": lambda value, text: value.endswith(text),
}
_NO_FILL = frozenset({"dataBar", "iconSet"})


class ColourRule(NamedTuple):
    """A rule of conditional formatting.

    Attributes:
        areas: where it holds; relative references count from the first cell of the first.
        kind: as the file names it, such as `cellIs`, `containsText`, `expression`.
        comparison: the operator of `cellIs`; else empty.
        formulas: its formulas, without `=`.
        text: the text of a rule about texts; else empty.
        colour: the fill that it gives, as RRGGBB; None where it gives none that is known.
        priority: the lowest number wins.
    """

    areas: tuple[CellRange, ...]
    kind: str
    comparison: str
    formulas: tuple[str, ...]
    text: str
    colour: str | None
    priority: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies in its areas."""
        return any(
            a.first_row <= row <= a.last_row and a.first_column <= column <= a.last_column
            for a in self.areas
        )


Cells = Mapping[int, Mapping[int, Cell]]


def colour_of(rules: Sequence[ColourRule], cells: Cells, row: int, column: int) -> str | None:
    """The fill that rules give a cell; None where there is none, or a rule cannot be followed.

    Args:
        rules: the rules of the sheet.
        cells: the cells of the sheet, by row and column.
        row: 1-based row of the cell.
        column: its 1-based column.
    """
    for rule in sorted(rules, key=lambda each: each.priority):
        if not rule.covers(row, column) or rule.kind in _NO_FILL:
            continue
        holds = _Look(rule, cells, row, column).holds()
        if holds is None:
            return None
        if holds and rule.colour is not None:
            return rule.colour
    return None


def letter_of(colour: str) -> Letter | None:
    """The rating that a colour (RRGGBB) looks like; None for greys, blues and in-betweens."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    degrees = hue * _TURN
    if saturation < _PALE or max(red, green, blue) - min(red, green, blue) < 0.1:  # noqa: PLR2004
        return None
    if degrees >= _RED_FROM:
        return "R"
    return next((letter for low, high, letter in _HUES if low <= degrees <= high), None)


class _Look:
    """One rule looked at from one cell."""

    def __init__(self, rule: ColourRule, cells: Cells, row: int, column: int) -> None:
        self._rule = rule
        self._cells = cells
        self._row, self._column = row, column

    def holds(self) -> bool | None:
        """Whether the rule holds; None where that cannot be told."""
        rule = self._rule
        value = self._value(self._row, self._column)
        if rule.kind == "cellIs":
            if value == "":
                return None if rule.comparison != "equal" else False
            found = [self._operand(list(tokens(formula))) for formula in rule.formulas]
            return None if None in found else _compare(rule.comparison, value, found)
        if rule.kind in _TEXTS:
            return _TEXTS[rule.kind](_plain(value), rule.text.casefold())
        if rule.kind in {"containsBlanks", "notContainsBlanks"}:
            return (_plain(value) == "") is (rule.kind == "containsBlanks")
        return self._expression() if rule.kind == "expression" else None

    def _expression(self) -> bool | None:
        """A formula that compares two things, such as `$H9="R"`; None for any other."""
        formula = self._rule.formulas[0] if self._rule.formulas else ""
        parts = [t for t in tokens(formula) if t.kind is not Kind.SPACE]
        at = next((i for i, t in enumerate(parts) if t.text in {*_COMPARISONS, *_ORDERS}), 0)
        left, right = self._operand(parts[:at]), self._operand(parts[at + 1 :])
        if not at or left is None or right is None:
            return None
        return _compare(parts[at].text, left, [right])

    def _operand(self, parts: Sequence[Token]) -> CellValue | None:
        sign = 1
        if len(parts) == 2 and parts[0].text == "-":  # noqa: PLR2004 - a sign and a number
            sign, parts = -1, parts[1:]
        if len(parts) != 1:
            return None
        token = parts[0]
        if token.kind is Kind.TEXT:
            return token.text[1:-1].replace('""', '"')
        if token.kind is Kind.NUMBER:
            return Decimal(token.text) * sign
        found = _CELL.fullmatch(token.text) if token.kind is Kind.AREA else None
        if found is None:
            return None
        first = self._rule.areas[0]
        row, column = int(found[4]), column_number(found[2])
        row += 0 if found[3] else self._row - first.first_row
        column += 0 if found[1] else self._column - first.first_column
        return self._value(row, column)

    def _value(self, row: int, column: int) -> CellValue:
        cell = self._cells.get(row, {}).get(column)
        return cell.value if cell is not None else ""


def _compare(comparison: str, value: CellValue, others: Sequence[CellValue | None]) -> bool | None:
    if comparison in {"between", "notBetween"}:
        numbers = [each for each in (value, *others) if isinstance(each, Decimal)]
        if len(numbers) != 3:  # noqa: PLR2004 - the value and both ends
            return None
        low, high = sorted(numbers[1:])
        return (low <= numbers[0] <= high) is (comparison == "between")
    other = others[0] if others else None
    if isinstance(value, Decimal) and isinstance(other, Decimal):
        known = _ORDERS.get(comparison) or _COMPARISONS.get(comparison)
        return known(value, other) if known is not None else None
    if isinstance(value, str) and isinstance(other, str) and comparison in _COMPARISONS:
        return _COMPARISONS[comparison](value.casefold(), other.casefold())
    if comparison in _COMPARISONS and type(value) is not type(other):
        return comparison in {"notEqual", "<>"}
    return None


def _plain(value: CellValue) -> str:
    return str(value).strip().casefold()
