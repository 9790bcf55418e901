"""Which indicator of one index is which of another: rows move, numbers and names change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from perf_addin.application.diff.picture import Pictured

Pair = tuple[Pictured | None, Pictured | None]
_ALIKE, _NEARLY_THE_SAME = 0.6, 0.8
_MOST_PAIRS = 20_000


def pair_up(old: Sequence[Pictured], new: Sequence[Pictured]) -> list[Pair]:
    """Pair the indicators of two indexes, in the order of the new one; dropped ones come last.

    First those with the same number and name, then those with the same name, then the others by how
    alike their names are; the same number counts for them, but one number with quite another name
    is another indicator: numbers are given anew from year to year.
    """
    left, right = list(old), list(new)
    found: dict[int, Pictured] = {}

    def take(pairs: Iterable[tuple[Pictured, Pictured]]) -> None:
        for item, match in list(pairs):
            found[id(item)] = match
        taken = {id(match) for match in found.values()}
        left[:] = [item for item in left if id(item) not in taken]
        right[:] = [item for item in right if id(item) not in found]

    for same in (_no_and_name, _name):
        take(_same(left, right, same))
    take(_alike(left, right))
    return [(found.get(id(item)), item) for item in new] + [(item, None) for item in left]


def _same(
    left: Sequence[Pictured], right: Sequence[Pictured], key: Callable[[Pictured], object]
) -> Iterator[tuple[Pictured, Pictured]]:
    """Pairs of a new and an old indicator with the same key, which no other indicator has."""
    known, wanted = Counter(map(key, left)), Counter(map(key, right))
    by_key = {key(item): item for item in left if known[key(item)] == 1}
    for item in right:
        match = by_key.get(key(item)) if wanted[key(item)] == 1 else None
        if match is not None:
            yield item, match


def _alike(
    left: Sequence[Pictured], right: Sequence[Pictured]
) -> Iterator[tuple[Pictured, Pictured]]:
    """Pairs of a new and an old indicator whose names are alike, the most alike first."""
    everything = len(left) * len(right) <= _MOST_PAIRS
    scored: list[tuple[float, int, int]] = []
    for at, item in enumerate(right):
        matcher = SequenceMatcher(None, b=_name(item), autojunk=False)
        for place, other in enumerate(left):
            same_no = bool(_no(item)) and _no(other) == _no(item)
            if not (same_no or everything):
                continue
            least = _ALIKE if same_no else _NEARLY_THE_SAME
            matcher.set_seq1(_name(other))
            if matcher.quick_ratio() >= least and (ratio := matcher.ratio()) >= least:
                scored.append((-ratio, at, place))
    used_new: set[int] = set()
    used_old: set[int] = set()
    for _, at, place in sorted(scored):
        if at not in used_new and place not in used_old:
            used_new.add(at)
            used_old.add(place)
            yield right[at], left[place]


def _no(item: Pictured) -> str:
    return (item.rated.no or "").casefold()


def _name(item: Pictured) -> str:
    return " ".join(item.rated.name.casefold().split())


def _no_and_name(item: Pictured) -> tuple[str, str]:
    return _no(item), _name(item)
