"""The cells that a formula divides: where numerator and denominator of a figure are typed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perf_addin.application.formulas.tables import Placed, resolve
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.grid import column_number
from perf_addin.domain.lazy_patterns import lazily

_CELL = lazily(r"(?:(?P<sheet>.+)!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d+)")
_PLACES = frozenset({Kind.AREA, Kind.TABLE})
_ALTERING = frozenset({"+", "-", "^", "&", "%"})

At = tuple[str, int, int]
"""A cell: its sheet, row and column."""


class PartsCells(NamedTuple):
    """The cells of the numerator and of the denominator."""

    numerator: At
    denominator: At


def parts_cells(formula: str, cell: At, tables: Mapping[str, Placed]) -> PartsCells | None:
    """The two cells that a formula divides, whatever guards stand around the division.

    Args:
        formula: the formula, from its `=` on.
        cell: the cell that it stands in.
        tables: the workbook's tables by name in lower case, for `[@Numerator]/[@Denominator]`.

    Returns:
        None where it divides anything but one cell by another one, or does more than that with
        them: a sum or a difference beside the division would make other figures of them.
    """
    parts = [t for t in tokens(formula.removeprefix("=")) if t.kind is not Kind.SPACE]
    divisions = [at for at, part in enumerate(parts) if part.text == "/"]
    if len(divisions) != 1 or any(_alters(part) for part in parts):
        return None
    at = divisions[0]
    pair = parts[at - 1 : at] + parts[at + 1 : at + 2]
    if len(pair) != len(PartsCells._fields) or any(part.kind not in _PLACES for part in pair):
        return None
    texts = {part.text for part in pair}
    if any(part.kind in _PLACES and part.text not in texts for part in parts):
        return None
    first, second = (_at(part, cell, tables) for part in pair)
    return PartsCells(first, second) if first is not None and second is not None else None


def _alters(part: Token) -> bool:
    return part.kind is Kind.OPERATOR and part.text in _ALTERING


def _at(part: Token, cell: At, tables: Mapping[str, Placed]) -> At | None:
    if part.kind is Kind.TABLE:
        meant = resolve(part.text, tables, cell)
        if meant is None or meant[1][:2] != meant[1][2:]:
            return None
        return (meant[0], *meant[1][:2])
    found = _CELL.fullmatch(part.text)
    if found is None:
        return None
    other = found["sheet"] or cell[0]
    if other.startswith("'"):
        other = other[1:-1].replace("''", "'")
    return (other, int(found["row"]), column_number(found["column"]))
