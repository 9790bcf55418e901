"""What two indexes say differently about the same indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perf_addin.application.diff.matching import pair_up
from perf_addin.application.diff.picture import Held, Picture, Pictured
from perf_addin.application.rated import Rated, Status
from perf_addin.domain.periods import Period
from perf_addin.domain.rules import Rule
from perf_addin.domain.showing import show_number
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE

BLANK = "blank"
_WITH_TOLERANCE = (Rule.TOLERANCE, Rule.IN_RANGE)
_OF_RATED = ("Rule", "Tolerance")  # known only where an indicator was rated both times


class Rerated(NamedTuple):
    """An indicator with another rating than before; None is not rated."""

    old: Rated
    new: Rated


class Altered(NamedTuple):
    """A figure of a past period that is another one now; None where the cell is blank."""

    indicator: Rated
    period: Period
    old: Held | None
    new: Held | None


class Redefined(NamedTuple):
    """Something that an indicator is rated by, or its name or number, that is stated otherwise."""

    indicator: Rated
    what: str
    old: str
    new: str


class Exceptions(NamedTuple):
    """Indicators that are amber or red in one of two indexes or in both.

    Attributes:
        new: now and not before.
        resolved: before, and green now.
        unrated: before, and without a rating now: nothing says that they are resolved.
        continuing: both times.
    """

    new: tuple[Rated, ...]
    resolved: tuple[Rated, ...]
    unrated: tuple[Rated, ...]
    continuing: tuple[Rated, ...]


class Hidden(NamedTuple):
    """The cells, by sheet and address, whose figures must not be published, of either index."""

    old: frozenset[tuple[str, str]] = frozenset()
    new: frozenset[tuple[str, str]] = frozenset()

    def has(self, item: Altered) -> bool:
        """Whether an altered figure must not be told in a paper."""
        return any(
            held is not None and (held.sheet, held.cell) in cells
            for held, cells in ((item.old, self.old), (item.new, self.new))
        )


NOTHING_HIDDEN = Hidden()


class Difference(NamedTuple):
    """Everything that changed from an old index to a new one.

    Attributes:
        old: the older index.
        new: the newer one.
        rerated: indicators whose rating changed, in the order of the new index.
        exceptions: what became of the amber and red ones.
        altered: figures that both indexes have room for and that differ, up to the old index's
            latest period; a period that the old index had not come to is no correction.
        redefined: targets, tolerances, ranges, polarities, names and numbers that changed.
        added: indicators that only the new index has.
        dropped: indicators that only the old one has.
        hidden: the cells whose figures must not be published.
    """

    old: Picture
    new: Picture
    rerated: tuple[Rerated, ...]
    exceptions: Exceptions
    altered: tuple[Altered, ...]
    redefined: tuple[Redefined, ...]
    added: tuple[Rated, ...]
    dropped: tuple[Rated, ...]
    hidden: Hidden = NOTHING_HIDDEN


def compare(old: Picture, new: Picture, hidden: Hidden = NOTHING_HIDDEN) -> Difference:
    """Hold two indexes against each other, indicator by indicator."""
    pairs = pair_up(old.indicators, new.indicators)
    both = [(one, other) for one, other in pairs if one is not None and other is not None]
    return Difference(
        old,
        new,
        tuple(
            Rerated(one.rated, other.rated)
            for one, other in both
            if one.rated.letter != other.rated.letter
        ),
        _exceptions(pairs),
        tuple(found for one, other in both for found in _altered(one, other, old, new)),
        tuple(found for one, other in both for found in _redefined(one.rated, other.rated)),
        tuple(other.rated for one, other in pairs if one is None and other is not None),
        tuple(one.rated for one, other in pairs if other is None and one is not None),
        hidden,
    )


def _exceptions(pairs: list[tuple[Pictured | None, Pictured | None]]) -> Exceptions:
    new: list[Rated] = []
    resolved: list[Rated] = []
    unrated: list[Rated] = []
    continuing: list[Rated] = []
    for one, other in pairs:
        was = one is not None and one.rated.is_exception
        if other is not None and other.rated.is_exception:
            (continuing if was else new).append(other.rated)
        elif one is not None and other is not None and was:
            (resolved if _is_green(other.rated) else unrated).append(other.rated)
    return Exceptions(tuple(new), tuple(resolved), tuple(unrated), tuple(continuing))


def _is_green(item: Rated) -> bool:
    """Whether an indicator is green, as computed or, where nothing could be, as typed."""
    typed = item.typed.letter if item.typed is not None else None
    return item.status is not Status.UNREPORTABLE and (item.letter or typed) == "G"


def _altered(one: Pictured, other: Pictured, old: Picture, new: Picture) -> Iterator[Altered]:
    latest = max(one.entries, default=None)
    reached = max([p for p in (latest, old.result.period) if p is not None], default=None)
    if reached is None:
        return
    room = _periods(old) & _periods(new)
    for period in sorted(one.entries.keys() | other.entries.keys()):
        if period > reached or period not in room:
            continue
        was, now = one.entries.get(period), other.entries.get(period)
        if (was is None) is not (now is None) or (was and now and not was.is_same(now)):
            yield Altered(other.rated, period, was, now)


def _periods(picture: Picture) -> set[Period]:
    """Every period for which an index has room."""
    dated = {c.period for layout in picture.result.layouts for c in layout.columns if c.period}
    return dated | {period for item in picture.indicators for period in item.entries}


def _redefined(old: Rated, new: Rated) -> Iterator[Redefined]:
    for (what, was), (_, now) in zip(_definition(old), _definition(new), strict=True):
        if was != now and not (what in _OF_RATED and BLANK in {was, now}):
            yield Redefined(new, what, was, now)


def _definition(item: Rated) -> Iterator[tuple[str, str]]:
    """What an indicator is and is rated by, as people read it."""
    inputs = item.rating.inputs
    percent = item.actual.percent if item.actual is not None else False
    yield "Number", item.no or BLANK
    yield "Name", " ".join(item.name.split())
    yield "Target", item.target_text or BLANK
    yield "Polarity", item.polarity.value if item.polarity else BLANK
    rule = item.rating.rule
    yield "Rule", rule.value if rule else BLANK
    tolerance = str(inputs.tolerance or f"{DEFAULT_TOLERANCE} by built-in default")
    yield "Tolerance", tolerance if rule in _WITH_TOLERANCE else BLANK
    yield "Green tolerance", str(inputs.green_tolerance or BLANK)
    yield "Margin", str(inputs.margin or BLANK)
    for what, limit in (
        ("Green threshold", inputs.green_threshold),
        ("Amber threshold", inputs.amber_threshold),
    ):
        yield what, show_number(limit, percent=percent) if limit is not None else BLANK
    yield "Acceptable range", str(item.acceptable_range) if item.acceptable_range else BLANK
