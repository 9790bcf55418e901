"""An indicator's measure on the indicator's scale, and which of its periods is compared."""

from __future__ import annotations

from decimal import Decimal
from statistics import median
from typing import NamedTuple

from perf_addin.application.benchmarking.areas import Roles, is_aggregate
from perf_addin.application.benchmarking.data import BenchmarkData, Measure
from perf_addin.application.diff.picture import Pictured
from perf_addin.application.series import settled
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.peers import Mean, decimals_of, mean_of
from perf_addin.domain.periods import Period
from perf_addin.domain.scales import Scale, find_scale, is_unclear, says_percentage
from perf_addin.domain.targets import Target


class Peers:
    """The figures of all areas for one indicator, on its scale (points for a percentage)."""

    def __init__(self, measure: Measure, data: BenchmarkData, roles: Roles, scale: Scale) -> None:
        """Bind a measure of the file."""
        self.measure = measure
        self.percent = scale.percent
        self._scale = scale
        self._roles = roles
        self._data = data

    @property
    def periods(self) -> list[Period]:
        """The periods that the file has, latest first."""
        return sorted(self.measure.entries, reverse=True)

    def has_area(self, area: str | None) -> bool:
        """Whether the file has figures of an area at all, for whatever measure."""
        return area is not None and area in self._data.areas

    def figure(self, area: str | None, period: Period) -> Decimal | None:
        """The figure of an area; None where it has none, or a symbol."""
        entry = self.measure.entries.get(period, {}).get(area or "")
        if entry is None or isinstance(entry.content, Missing):
            return None
        return self._scale.settle(entry.content).value

    def symbol(self, area: str | None, period: Period) -> str | None:
        """The symbol that stands in the place of an area's figure."""
        entry = self.measure.entries.get(period, {}).get(area or "")
        missing = entry is not None and isinstance(entry.content, Missing)
        return entry.content.symbol if missing else None  # type: ignore[union-attr]

    def neighbours(self, period: Period) -> Mean | None:
        """The mean of the statistical neighbours, or the average that the file itself has."""
        roles = self._roles
        if roles.neighbours:
            return mean_of([self.figure(area, period) for area in roles.neighbours])
        average = self.figure(roles.neighbour_average, period)
        return None if average is None else Mean(average, 0, 0)

    def authorities(self, period: Period) -> list[Decimal]:
        """The figures of all other local authorities."""
        known, roles = self._data.authorities, self._roles
        others = {roles.own, roles.england, roles.region, roles.neighbour_average}
        areas = self.measure.entries.get(period, {})
        return [
            value
            for area in areas
            if area not in others
            and (area in known if known is not None else not is_aggregate(area))
            and (value := self.figure(area, period)) is not None
        ]

    def decimals(self, period: Period) -> int:
        """The most decimals that a figure of the period is written with, in points or own unit."""
        areas = self.measure.entries.get(period, {})
        return decimals_of([self.figure(area, period) for area in areas])

    def has_comparators(self, period: Period) -> bool:
        """Whether anybody has a figure that ours can be held against."""
        roles = self._roles
        named = (roles.england, roles.region)
        return (
            any(self.figure(area, period) is not None for area in named)
            or self.neighbours(period) is not None
            or bool(self.authorities(period))
        )


class Own(NamedTuple):
    """Our figure in a comparison, and the period in which the others are looked at.

    Attributes:
        value: our figure, on the indicator's scale.
        period: its period; None where the index states none.
        where: its cell, or the file's name.
        peers_period: the period of the others' figures; the same one unless no period is common.
    """

    value: Decimal
    period: Period | None
    where: str
    peers_period: Period

    @property
    def is_common(self) -> bool:
        """Whether ours and theirs are of one period."""
        return self.period == self.peers_period


def scale_of(each: Pictured, measure: Measure) -> Scale | str:
    """The scale of a measure's figures beside an indicator, or why it is not clear."""
    item, percent = each.rated, _is_percentage(each)
    figures = [
        entry.content
        for areas in measure.entries.values()
        for entry in areas.values()
        if isinstance(entry.content, Figure)
    ]
    if not percent:
        if any(figure.percent for figure in figures):
            return "the file has percentages and the index does not"
        return Scale(percent=False, bare_ratios=False, mixed=False)
    scale = find_scale([], figures, named_percentage=True)
    bare = [figure.value for figure in figures if not figure.percent]
    if item.actual is not None and bare:
        middle = Figure(median(bare))
        if is_unclear(middle, item.actual.value, scale):
            return (
                f"figures such as {middle.value} in the file may be per cent or ratios beside "
                f"{item.actual.value.normalize():f}%"
            )
    return scale


def _is_percentage(each: Pictured) -> bool:
    """Whether an indicator is a percentage: by its figure, else its target, figures and name."""
    item = each.rated
    if item.actual is not None:
        return item.actual.percent
    figures = [held.content for held in each.entries.values() if isinstance(held.content, Figure)]
    return (
        (isinstance(item.target, Target) and item.target.percent)
        or any(figure.percent for figure in figures)
        or says_percentage(item.name)
    )


def choose_own(
    each: Pictured, peers: Peers, roles: Roles, latest: Period | None, file: str
) -> Own | None:
    """Choose our figure and the period: the latest that both have.

    The index's figure of a period comes before the file's figure of our area. Where no period is
    common, the index's rated figure is held against the latest period of the others.

    Args:
        each: the indicator with its entries.
        peers: the others.
        roles: which area is ours.
        latest: the rated period; later benchmarks are not looked at. None where it is not known.
        file: the file's name.
    """
    item = each.rated
    entries = {at.period: at for at in settled(item, each.entries)}
    periods = [p for p in peers.periods if latest is None or p.start <= latest.end]
    usable = [p for p in periods if peers.has_comparators(p)]
    for period in usable:
        held = entries.get(period)
        if held is not None:
            return Own(held.value, period, held.held.cell, period)
        value = peers.figure(roles.own, period)
        if value is not None:
            return Own(value, period, file, period)
    if not usable or item.actual is None:
        return None
    return Own(item.actual.value, item.period, item.place.name, usable[0])
