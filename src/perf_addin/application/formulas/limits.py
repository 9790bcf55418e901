"""What an engine gets wrong about formulas that otherwise look well: it is found in their text.

An engine hands most functions one cell where Excel hands them every cell of an array in turn, so
that `SUM(SUMIFS(B1:B9,A1:A9,{"x","y"}))` or `SUMPRODUCT(LEN(A1:A9))` come out wrong without an
error; and IFERROR hides that a function is not known to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.contexts import place_of
from perf_addin.application.formulas.references import area_of, plain_name
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.functions import Kind as ArgumentKind
from perf_addin.application.functions import find

# As in `contexts`: `R` takes areas and arrays, `S` one cell, `P` whatever its call does.
_EACH_CELL = frozenset({"IF", "IFERROR", "IFNA"})
_MAKERS = {
    "FILTER": "RRS", "SORTBY": "R(R)", "TRANSPOSE": "R", "FREQUENCY": "RR", "VSTACK": "(R)",
    **dict.fromkeys(("UNIQUE", "SORT", "TAKE", "DROP", "TOCOL", "TOROW"), "R(S)"),
    **dict.fromkeys(("CHOOSECOLS", "CHOOSEROWS"), "R(S)"), "SEQUENCE": "(S)", "RANDARRAY": "(S)",
}  # fmt: skip
_OTHERWISE = {"LOOKUP": "S(A)", "LET": "(P)", "LAMBDA": "(P)"}
_OPERANDS = frozenset({Kind.AREA, Kind.NAME, Kind.TABLE})
_OFFSET_WITH_SIZE = 4
_FOUND_IN = 2  # the argument of XLOOKUP that holds what it gives


def limit_of(formula: str, lacks: Callable[[str], bool]) -> str:
    """Why an engine cannot be trusted with a formula, as the end of a sentence; empty if it can.

    Args:
        formula: with our calls under plain names and references to cells only.
        lacks: whether the engine lacks a function, by its name in capitals.
    """
    parts = list(tokens(formula))
    local = {part.text.casefold() for part in parts if part.kind is Kind.NAME}
    for part in parts:
        if part.kind is Kind.CALL and called(part) is None:
            name = plain_name(part.text)
            if name.casefold() not in local and lacks(name):
                return f"the formula engine has no function {name}"
    joined = [p for n, p in enumerate(parts) if p.kind is not Kind.SPACE or _intersects(parts, n)]
    if any(part.kind is Kind.SPACE for part in joined):
        return "areas are intersected in it"
    return _Arrays(joined).why()


def _intersects(parts: Sequence[Token], at: int) -> bool:
    """Whether the space between two tokens is the sign for what two areas have in common."""
    if not 0 < at < len(parts) - 1:
        return False
    before, after = parts[at - 1], parts[at + 1]
    ends = before.kind in _OPERANDS or before.text == ")"
    return ends and (after.kind in _OPERANDS or after.kind is Kind.CALL or after.text == "(")


class _Arrays:
    """Follows arrays through a formula to the functions that are given them."""

    def __init__(self, parts: Sequence[Token]) -> None:
        self._parts, self._why = parts, ""
        self._any = any(
            (p.kind is Kind.AREA and _is_wide(p.text))
            or p.text == "{"
            or (p.kind is Kind.CALL and plain_name(p.text) in _MAKERS)
            for p in parts
        )

    def why(self) -> str:
        self._is_array(0, len(self._parts))
        return self._why

    def _is_array(self, first: int, end: int) -> bool:
        """Whether an expression gives several cells."""
        found, at = False, first
        while at < end:
            token = self._parts[at]
            if token.kind is Kind.AREA:
                found |= _is_wide(token.text)
            elif token.kind in {Kind.NAME, Kind.TABLE}:
                # A name that is left is one of LET, and can be anything that the formula has.
                found |= self._any and token.text.upper() not in {"TRUE", "FALSE"}
            elif token.kind is Kind.OPERATOR:
                found |= token.text in {":", "#"}
            elif token.kind is Kind.OPEN:
                close = self._closing(at, end)
                found |= self._bracket(at, close)
                at = close
            at += 1
        return found

    def _bracket(self, at: int, close: int) -> bool:
        parts = self._parts
        arguments = self._split(at + 1, close)
        if parts[at].text == "{":
            return len(arguments) > 1
        call = parts[at - 1] if at and parts[at - 1].kind is Kind.CALL else None
        given = [self._is_array(*argument) for argument in arguments]
        if call is not None:
            return self._called(call, given, arguments)
        if len(given) > 1:
            self._why = self._why or "several areas are taken together in it"
        return any(given)

    def _called(self, call: Token, given: list[bool], arguments: Sequence[tuple[int, int]]) -> bool:
        """Whether a call gives several cells; notes one that the engine gets wrong."""
        ours = find(called(call) or "")
        if ours is not None:
            each = zip(ours.arguments, given, strict=False)
            several = any(is_array and a.kind is ArgumentKind.EACH for a, is_array in each)
            return several or ours.name == "SPCLIMITS"
        name = plain_name(call.text)
        if name in _EACH_CELL:
            return any(given)
        letters = [_letter(name, number) for number in range(len(given))]
        for letter, is_array in zip(letters, given, strict=True):
            if is_array and letter in {"S", "?"}:
                self._why = self._why or f"{name} is given several cells at once in it"
        passed = any(a for letter, a in zip(letters, given, strict=True) if letter == "P")
        return passed or name in _MAKERS or self._gives_area(name, arguments)

    def _gives_area(self, name: str, arguments: Sequence[tuple[int, int]]) -> bool:
        """Whether a function that gives one cell as a rule gives several here."""
        texts = ["".join(p.text for p in self._parts[a:b]) for a, b in arguments]
        if name == "INDEX":
            return any(text in {"", "0"} for text in texts[1:])
        if name == "XLOOKUP":
            area = area_of(texts[_FOUND_IN]) if len(texts) > _FOUND_IN else None
            return area is not None and (
                area.first.row != area.last.row and area.first.column != area.last.column
            )
        if name == "OFFSET":
            return len(texts) >= _OFFSET_WITH_SIZE
        return name == "INDIRECT" and ":" in texts[0]

    def _split(self, first: int, end: int) -> list[tuple[int, int]]:
        """The arguments between two brackets, each as where it begins and ends."""
        found, begin, depth = [], first, 0
        for at in range(first, end):
            kind = self._parts[at].kind
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            if kind is Kind.COMMA and depth == 0:
                found.append((begin, at))
                begin = at + 1
        return [*found, (begin, end)]

    def _closing(self, at: int, end: int) -> int:
        depth = 0
        for place in range(at, end):
            kind = self._parts[place].kind
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            if depth == 0:
                return place
        return end


def _letter(function: str, number: int) -> str:
    pattern = _MAKERS.get(function) or _OTHERWISE.get(function)
    if pattern is None:
        return place_of(function, number)
    first, _, repeated = pattern.rstrip(")").partition("(")
    if number < len(first):
        return first[number]
    return repeated[(number - len(first)) % len(repeated)] if repeated else "?"


def _is_wide(text: str) -> bool:
    """Whether a reference is one to several cells; one that is lost is to none."""
    area = area_of(text)
    return area is not None and (
        area.first.row != area.last.row
        or area.first.column != area.last.column
        or not (area.first.row and area.first.column)
    )
