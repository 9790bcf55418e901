"""Whether two results are the same, and how a result is stored."""

from __future__ import annotations

import math

from perf_addin.application.functions.values import ExcelError, Scalar, Value

_NEAR = 1e-12  # the last digits differ between programs that calculate right


def is_error(value: Value) -> bool:
    """Whether a value is an Excel error."""
    return isinstance(value, ExcelError)


def same(old: Scalar, new: Value) -> bool:
    """Whether a result is what was stored before; numbers up to their last digits."""
    if isinstance(new, list):
        return False
    if _is_number(old) and _is_number(new):
        return math.isclose(float(old), float(new), rel_tol=_NEAR, abs_tol=0.0)  # type: ignore[arg-type]
    return type(old) is type(new) and old == new


def as_stored(value: Scalar) -> Scalar:
    """A result as a cell stores it: there are no blanks among results, and no whole numbers."""
    if value is None:
        return ""
    return float(value) if _is_number(value) else value


def _is_number(value: Scalar) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
