"""What COUNTIF and COUNTIFS count in columns of values, where that is beyond doubt.

They read what cells are held against in many ways: as a number, a date, a pattern, a comparison.
Here it is a plain word, or a number with a sign of order before it or none.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from math import isclose

from perf_addin.application.formulas.quick_expressions import NotQuickError
from perf_addin.application.functions.values import Scalar
from perf_addin.domain.lazy_patterns import lazily

Column = Sequence[Scalar]

_WORD = lazily(r"[A-Za-z](?:[A-Za-z ]*[A-Za-z])?")
_ORDER = lazily(r"(<=|>=|<|>)(-?[0-9]{1,12}(?:\.[0-9]{1,6})?)")
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge
}  # fmt: skip
_TRUTHS = frozenset({"true", "false"})
_NEAR = 1e-12
_MOST = 5_000_000
"""Comparisons of a formula's cells beyond which it is left to the engine."""


def counted_if(areas: Sequence[Column], tests: Sequence[Column]) -> list[Scalar]:
    """How many places of the areas pass their tests, for each row of the tests."""
    size = len(areas[0])
    if any(len(area) != size for area in areas) or size * len(tests[0]) > _MOST:
        raise NotQuickError(areas)
    known: dict[tuple[Scalar, ...], float] = {}
    for row in zip(*tests, strict=True):
        if any(isinstance(test, bool) for test in row):
            raise NotQuickError(row)
        if row not in known:
            passed = [_passed(area, test) for area, test in zip(areas, row, strict=True)]
            known[row] = float(sum(map(all, zip(*passed, strict=True))))
    return [known[row] for row in zip(*tests, strict=True)]


def _passed(area: Column, test: Scalar) -> list[bool]:
    """Which values of an area pass a test."""
    if type(test) is float:
        return _numbers(area, "", test)
    found = _ORDER.fullmatch(test) if isinstance(test, str) else None
    if found is not None:
        return _numbers(area, found[1], float(found[2]))
    if not isinstance(test, str) or not _WORD.fullmatch(test) or test.lower() in _TRUTHS:
        raise NotQuickError(test)
    wanted = test.lower()
    texts = {value for value in area if isinstance(value, str)}
    if not all(text.isascii() for text in texts):
        raise NotQuickError(test)
    return [isinstance(value, str) and value.lower() == wanted for value in area]


def _numbers(area: Column, sign: str, number: float) -> list[bool]:
    """Which values are numbers of an order; texts with digits in them may be taken for numbers."""
    act = _SIGNS[sign]
    passed = []
    for value in area:
        if type(value) is float:
            if value != number and isclose(value, number, rel_tol=_NEAR, abs_tol=_NEAR):
                raise NotQuickError(value)
            passed.append(act(value, number))
        else:
            if isinstance(value, str) and any(map(str.isdigit, value)):
                raise NotQuickError(value)
            passed.append(False)
    return passed
