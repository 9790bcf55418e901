"""What people wrote beside an indicator on a sheet of ours, found again when the index moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Generic, NamedTuple, TypeVar

from perf_addin.application.rated import Rated

_ALIKE = 0.6
T = TypeVar("T")
Key = tuple[str, int]
"""The sheet and the row of an indicator."""


class Line(NamedTuple, Generic[T]):
    """A line of a sheet of ours: the indicator's number and name as they stand there."""

    no: str
    name: str
    value: T


def match_lines(
    lines: Sequence[Line[T]], items: Sequence[Rated]
) -> tuple[dict[Key, T], list[Line[T]]]:
    """Find the indicator of each line.

    Number and name together come first, in order where several are alike; then the name alone,
    where just one line and one indicator are left that have it; then in the same way the number,
    where the names are alike enough to be a new wording of one. A number alone is never enough:
    two sheets may number their indicators alike, and a new indicator may take an old number.

    Args:
        lines: the lines, from top to bottom.
        items: the indicators of the index, in its order.

    Returns:
        The values by the place of their indicator, and the lines that have none.
    """
    found: dict[Key, T] = {}
    left, waiting = list(lines), list(items)
    for key_of in (_both, _name, _number):
        by_key: dict[str, list[Line[T]]] = {}
        for line in left:
            by_key.setdefault(key_of(line.no, line.name), []).append(line)
        rivals = Counter(key_of(item.no or "", item.name) for item in waiting)
        used: set[int] = set()
        for item in waiting:
            key = key_of(item.no or "", item.name)
            alike = [line for line in by_key.get(key, ()) if id(line) not in used]
            if not key or not alike:
                continue
            if key_of is not _both and (len(alike) > 1 or rivals[key] > 1):
                continue
            if key_of is not _number or _is_rewording(alike[0].name, item.name):
                found[item.sheet, item.row] = alike[0].value
                used.add(id(alike[0]))
        left = [line for line in left if id(line) not in used]
        waiting = [item for item in waiting if (item.sheet, item.row) not in found]
    return found, left


def _both(no: str, name: str) -> str:
    return f"{no}\n{_name(no, name)}"


def _name(_no: str, name: str) -> str:
    return " ".join(name.split()).casefold()


def _number(no: str, _name: str) -> str:
    return no


def _is_rewording(one: str, other: str) -> bool:
    ratio = SequenceMatcher(None, _name("", one), _name("", other)).ratio()
    return ratio >= _ALIKE
