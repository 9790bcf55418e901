"""The cells that a formula divides: where numerator and denominator of a figure are typed in."""

from __future__ import annotations

from typing import NamedTuple

from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.grid import column_number
from perf_addin.domain.lazy_patterns import lazily

_CELL = lazily(r"(?:(?P<sheet>.+)!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d+)")
_SCALED = frozenset({"100", "1"})

At = tuple[str, int, int]


class PartsCells(NamedTuple):
    """Sheet, row and column of the numerator and of the denominator."""

    numerator: At
    denominator: At


def parts_cells(formula: str, sheet: str) -> PartsCells | None:
    """The two cells that a formula divides, whatever guards stand around the division.

    Args:
        formula: the formula, from its `=` on.
        sheet: the sheet that it stands on.

    Returns:
        None where it divides anything but one cell by another one, or does more than that with
        them: a sum or a difference beside the division would make other figures of them.
    """
    parts = [t for t in tokens(formula.removeprefix("=")) if t.kind is not Kind.SPACE]
    pairs = {
        (parts[at - 1].text, parts[at + 1].text)
        for at in range(1, len(parts) - 1)
        if parts[at].text == "/"
        and parts[at - 1].kind is Kind.AREA
        and parts[at + 1].kind is Kind.AREA
    }
    divisions = sum(part.text == "/" for part in parts)
    if len(pairs) != 1 or divisions != 1 or any(_alters(part.kind, part.text) for part in parts):
        return None
    ((top, bottom),) = pairs
    if any(part.kind is Kind.AREA and part.text not in {top, bottom} for part in parts):
        return None
    first, second = _at(top, sheet), _at(bottom, sheet)
    return PartsCells(first, second) if first is not None and second is not None else None


def _alters(kind: Kind, text: str) -> bool:
    return kind is Kind.OPERATOR and text in {"+", "-", "^", "&", "%"}


def _at(name: str, sheet: str) -> At | None:
    found = _CELL.fullmatch(name)
    if found is None:
        return None
    other = found["sheet"] or sheet
    if other.startswith("'"):
        other = other[1:-1].replace("''", "'")
    return (other, int(found["row"]), column_number(found["column"]))
