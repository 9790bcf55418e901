"""Values on their way into the engine and out of it."""

from __future__ import annotations

from perf_addin.application.formulas.engine import Failed
from perf_addin.application.functions import ExcelError, Scalar, Value
from perf_addin.domain.lazy_patterns import lazily

_KINDS = {
    "Null": ExcelError.NULL,
    "Div": ExcelError.DIV0,
    "Value": ExcelError.VALUE,
    "Ref": ExcelError.REF,
    "Name": ExcelError.NAME,
    "Num": ExcelError.NUM,
    "Na": ExcelError.NA,
    "Spill": ExcelError.SPILL,
    "Calc": ExcelError.CALC,
}
_NAMES = {error: kind for kind, error in _KINDS.items()}
# Excel makes texts of numbers with 15 digits at most; the engine gives all 17.
_DIGITS = 15
_NUMBER = lazily(r"\d[\d.]*")
WHY = {"Circ": "it is part of a circular reference", "Error": "the engine cannot read it"}


def shown(whole: object) -> Value | Failed:
    """A result as cells show it: one cell by itself, and 0 where there is a blank."""
    rows = whole if isinstance(whole, list) else [[whole]]
    found = [[0.0 if cell is None else cell_result(cell) for cell in row] for row in rows]
    odd = next((cell for row in found for cell in row if isinstance(cell, Failed)), None)
    cells = [[cell for cell in row if not isinstance(cell, Failed)] for row in found]
    if odd is not None:
        return odd
    return cells[0][0] if len(cells) == len(cells[0]) == 1 else cells


def rows_for_engine(rows: list[list[Scalar]]) -> object:
    """Rows of values as the engine takes them."""
    return [[for_engine(cell) for cell in row] for row in rows]


def for_engine(value: Scalar) -> object:
    """A value as the engine takes it."""
    if isinstance(value, ExcelError):
        return {"type": "Error", "kind": _NAMES[value]}
    return "" if value is None else value


def as_ours(value: object) -> Value:
    """A value that the engine gives, as our functions take it."""
    if isinstance(value, list):
        return [
            [_scalar(cell) for cell in (row if isinstance(row, list) else [row])] for row in value
        ]
    return _scalar(value)


def _scalar(value: object) -> Scalar:
    if isinstance(value, dict):
        return _KINDS.get(str(value.get("kind")), ExcelError.VALUE)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def cell_result(value: object) -> Scalar | Failed:
    """The result of a formula in one cell."""
    found = result(value)
    return Failed("the engine gave cells within cells") if isinstance(found, list) else found


def _shows_too_much(text: str) -> bool:
    """Whether a text holds a number that Excel would have written shorter, or with a power."""
    for number in _NUMBER.findall(text) if len(text) > len("0.0000") else ():
        digits = number.replace(".", "").lstrip("0")
        if len(digits) > _DIGITS or number.startswith("0.0000"):
            return True
    return False


def result(value: object) -> Value | Failed:
    """What the engine made of a formula, or that it could not."""
    if isinstance(value, dict):
        kind = str(value.get("kind"))
        return _KINDS.get(kind) or Failed(WHY.get(kind, f"the engine gave the error {kind}"))
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return ExcelError.NUM
    if isinstance(value, str) and _shows_too_much(value):
        return Failed("it makes a text of a number with more digits than Excel shows")
    return as_ours(value)
