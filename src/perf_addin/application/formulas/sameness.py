"""Whether two results are the same, how a result is stored, and which are in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.functions.values import ExcelError, Scalar, Value
from perf_addin.domain.lazy_patterns import lazily

_LONG_NUMBER = lazily(r"\d[\d.]{15}|(?<!\d)0\.0000")
_NEAR = 1e-12  # the last digits differ between programs that calculate right


def is_error(value: Value) -> bool:
    """Whether a value is an Excel error."""
    return isinstance(value, ExcelError)


def same(old: Scalar, new: Value) -> bool:
    """Whether a result is what was stored before; numbers up to their last digits."""
    if isinstance(new, list):
        return False
    if _is_number(old) and _is_number(new):
        from math import isclose  # noqa: PLC0415 - most results are just what was stored

        return isclose(float(old), float(new), rel_tol=_NEAR, abs_tol=0.0)  # type: ignore[arg-type]
    return type(old) is type(new) and old == new


def all_alike(old: Sequence[Scalar], new: Sequence[Scalar]) -> bool:
    """Whether results are the stored ones to the last digit, row by row; told at once."""
    return list(map(type, old)) == list(map(type, new)) and list(old) == list(new)


def as_stored(value: Scalar) -> Scalar:
    """A result as a cell stores it: there are no blanks among results, and no whole numbers."""
    if value is None:
        return ""
    return float(value) if _is_number(value) else value


def _is_number(value: Scalar) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def may_be_date(values: Sequence[Scalar]) -> bool:
    """Whether any of the values is a text that begins with a digit."""
    if str not in set(map(type, values)):
        return False
    return any(isinstance(v, str) and v.strip()[:1].isdigit() for v in set(map(_hashable, values)))


def _hashable(value: Scalar) -> Scalar:
    return value if isinstance(value, str) else None


def is_doubtful(values: Sequence[Scalar]) -> bool:
    """Whether a value is a blank, or holds a number that Excel might show in another way."""
    if None in values:
        return True
    if str not in set(map(type, values)):
        return False
    texts = set(map(_hashable, values))
    return any(isinstance(text, str) and _LONG_NUMBER.search(text) for text in texts)
