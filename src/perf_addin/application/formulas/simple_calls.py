"""Calls of ours whose arguments need no calculation: cells, names, constants, arrays of them."""

from __future__ import annotations

from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.references import Area, area_of, plain_name
from perf_addin.application.formulas.tokens import Kind, Token
from perf_addin.application.functions import (
    OMITTED,
    ExcelError,
    Scalar,
    Value,
    WorksheetFunction,
    find,
)
from perf_addin.application.functions.values import Omitted
from perf_addin.domain.declaring import NamedTuple

_ERRORS = {error.value: error for error in ExcelError}


class Named(NamedTuple):
    """An argument that is a defined name, in lower case."""

    name: str


class Structured(NamedTuple):
    """An argument that is a structured reference, as it is stored."""

    text: str


Given = Area | Named | Structured | Value | Omitted


class SimpleCall(NamedTuple):
    """A formula that is one call of ours, whose arguments need no calculation.

    `single` is whether only the first cell of its result is asked for.
    """

    function: WorksheetFunction
    arguments: tuple[Given, ...]
    single: bool = False


def simple_call(parts: list[Token]) -> SimpleCall | None:
    """Read a formula, cut into tokens without spaces; None where it is anything else."""
    if plain_name(parts[0].text) == "SINGLE" and len(parts) > 3 and parts[-1].kind is Kind.CLOSE:  # noqa: PLR2004 - name and brackets
        inner = simple_call(parts[2:-1])
        return inner._replace(single=True) if inner is not None else None
    name = called(parts[0])
    function = find(name) if name else None
    if function is None or len(parts) < 3 or parts[-1].kind is not Kind.CLOSE:  # noqa: PLR2004 - name and brackets
        return None
    groups = _arguments(parts[2:-1])
    given = [_given(group) for group in groups] if groups is not None else [None]
    found = [one[0] for one in given if one is not None]
    return SimpleCall(function, tuple(found)) if len(found) == len(given) else None


def _arguments(parts: list[Token]) -> list[list[Token]] | None:
    """The tokens of each argument; None where the brackets are not those of one call."""
    groups: list[list[Token]] = [[]]
    depth = 0
    for token in parts:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth < 0:
            return None
        if token.kind is Kind.COMMA and depth == 0:
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def _given(parts: list[Token]) -> tuple[Given] | None:
    """An argument that needs no calculation, in a tuple; None for any other."""
    if not parts:
        return (OMITTED,)
    if parts[0].text == "{" and parts[-1].text == "}":
        rows = _array(parts[1:-1])
        return None if rows is None else (rows,)
    constant = _constant(parts)
    if constant is not None or len(parts) > 1:
        return constant
    kind, text, _ = parts[0]
    area = area_of(text) if kind is Kind.AREA else None
    if area is not None:
        return (area,)
    if kind is Kind.TABLE:
        return (Structured(text),)
    return (Named(text.casefold()),) if kind is Kind.NAME else None


def _constant(parts: list[Token]) -> tuple[Scalar] | None:
    """A constant, in a tuple; None for anything else."""
    number = _number(parts)
    if number is not None:
        return (number,)
    kind, text, _ = parts[0]
    found: Scalar = None
    if kind is Kind.TEXT:
        found = text[1:-1].replace('""', '"')
    elif kind is Kind.ERROR:
        found = _ERRORS.get(text.upper(), ExcelError.VALUE)
    elif text.upper() in {"TRUE", "FALSE"}:
        found = text.upper() == "TRUE"
    return None if found is None or len(parts) > 1 else (found,)


def _number(parts: list[Token]) -> float | None:
    """A number with its sign and per cent sign."""
    sign = {"-": -1.0, "+": 1.0}.get(parts[0].text)
    number, *behind = parts[1:] if sign is not None and len(parts) > 1 else parts
    if number.kind is not Kind.NUMBER or [part.text for part in behind] not in ([], ["%"]):
        return None
    return (sign or 1.0) * float(number.text) / (100 if behind else 1)


def _array(parts: list[Token]) -> list[list[Scalar]] | None:
    rows: list[list[Scalar]] = [[]]
    one: list[Token] = []
    for token in (*parts, Token(Kind.COMMA, ",", -1)):
        if token.kind is not Kind.COMMA:
            one.append(token)
            continue
        constant = _constant(one) if one else None
        if constant is None:
            return None
        rows[-1].append(constant[0])
        one = []
        if token.text == ";":
            rows.append([])
    return rows if len({len(row) for row in rows}) == 1 else None
