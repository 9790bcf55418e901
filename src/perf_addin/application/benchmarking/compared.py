"""An indicator beside England, its region, its neighbours and all local authorities."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.benchmarking.areas import Roles
from perf_addin.application.benchmarking.data import BenchmarkData
from perf_addin.application.benchmarking.figures import Own, Peers, choose_own
from perf_addin.application.diff.picture import Pictured
from perf_addin.application.rated import Rated
from perf_addin.application.sentences.comparators import is_count
from perf_addin.domain.benchmarks import Standing, compare
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.peers import Among, Mean, stand_among
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.showing import show_number

STALE_MONTHS = 24


class Beside(NamedTuple):
    """A benchmark, and how our figure stands beside it; None where no direction is good."""

    value: Decimal
    standing: Standing | None


class Compared(NamedTuple):
    """What the file says about an indicator.

    Attributes:
        item: the indicator.
        measure: the name of its measure in the file; None where it has none.
        peers: the measure's figures; None without a measure that can be used.
        own: our figure and the periods; None where nothing can be compared.
        polarity: the one that was used, or None.
        england, region, neighbours: each with our standing; None where the file has no figure.
        mean: the neighbours' mean, with how many had a figure.
        among: our place among all authorities; None where ours is of another period.
        notes: what a reader has to know, in sentences.
    """

    item: Rated
    measure: str | None = None
    peers: Peers | None = None
    own: Own | None = None
    polarity: Polarity | None = None
    england: Beside | None = None
    region: Beside | None = None
    neighbours: Beside | None = None
    mean: Mean | None = None
    among: Among | None = None
    notes: tuple[str, ...] = ()

    def shown(self, value: Decimal) -> str:
        """A figure as a person reads it, with as many decimals as the file has and one more."""
        percent = self.peers.percent if self.peers is not None else False
        return show_number(value, percent=percent, digits=self.digits)

    @property
    def digits(self) -> int:
        """How many decimals are shown: one more than the file's figures have, at most 3."""
        if self.peers is None or self.own is None:
            return 2
        return min(3, self.peers.decimals(self.own.peers_period) + 1)


def compare_with(
    each: Pictured, peers: Peers, roles: Roles, data: BenchmarkData, latest: Period | None
) -> tuple[Compared, list[Finding]]:
    """Hold an indicator against a measure of the file."""
    item, findings = each.rated, []
    polarity, told = _polarity(item, peers)
    if told is not None:
        findings.append(told)
    found = Compared(item, peers.measure.name, peers, polarity=polarity)
    own = choose_own(each, peers, roles, latest, data.name)
    if own is None:
        note = "The file has no figure of another area for it up to the rated period."
        return found._replace(notes=(note,)), findings
    notes = list(_about_periods(item, own))
    findings += _stale(item, own)
    findings += _own_differs(item, own, peers, roles)
    found = found._replace(own=own)
    if not own.is_common and is_count(item.name) and _spans_differ(own):
        notes.append("A count of one span is not held against a count of another.")
        return found._replace(notes=tuple(notes)), findings
    mean = peers.neighbours(own.peers_period)
    beside = [
        _beside(own, value, polarity, percent=peers.percent)
        for value in (
            peers.figure(roles.england, own.peers_period),
            peers.figure(roles.region, own.peers_period),
            mean.value if mean is not None else None,
        )
    ]
    among = None
    if own.is_common and polarity is not None:
        among = stand_among(own.value, peers.authorities(own.peers_period), polarity)
        among = among if among.areas > 1 else None
    if mean is not None and mean.there < mean.asked:
        notes.append(f"{mean.there} of {mean.asked} neighbours have a figure.")
    england, region, neighbours = beside
    found = found._replace(england=england, region=region, neighbours=neighbours)
    return found._replace(mean=mean, among=among, notes=tuple(notes)), findings


def _beside(
    own: Own, value: Decimal | None, polarity: Polarity | None, *, percent: bool
) -> Beside | None:
    if value is None:
        return None
    figure = Figure(own.value, percent)
    return Beside(value, None if polarity is None else compare(figure, value, polarity))


def _polarity(item: Rated, peers: Peers) -> tuple[Polarity | None, Finding | None]:
    """The index's polarity, else the file's; and what to say where the two contradict."""
    theirs = peers.measure.polarity
    ours = item.polarity
    one_way = {Polarity.HIGH, Polarity.LOW}
    if ours in one_way and theirs in one_way and ours is not theirs:
        return ours, Finding(
            "benchmark-polarity-differs",
            Severity.WARNING,
            f"Indicator {item.label}: the index says that {_good(ours)} is good, the benchmark "
            f"file that {_good(theirs)} is. The index's was used. Correct one of the two.",
            item.sheet,
            item.place.name,
        )
    return (ours if ours in one_way or theirs not in one_way else theirs), None


def _good(polarity: Polarity | None) -> str:
    return "high" if polarity is Polarity.HIGH else "low"


def _about_periods(item: Rated, own: Own) -> Iterator[str]:
    theirs = own.peers_period.label
    if not own.is_common:
        ours = own.period.label if own.period else "no stated period"
        yield (
            f"No period is common to both: our figure of {ours} beside theirs of {theirs}, so no "
            "band or rank."
        )
    elif own.where == item.place.name or own.period != item.period:
        source = f"our figure from {own.where}"
        yield f"Latest period common to both: {theirs} ({source})."


def _spans_differ(own: Own) -> bool:
    return own.period is None or own.period.kind is not own.peers_period.kind


def _stale(item: Rated, own: Own) -> Iterator[Finding]:
    if item.period is None:
        return
    ours, theirs = item.period.end, own.peers_period.end
    apart = 12 * (ours.year - theirs.year) + ours.month - theirs.month
    if apart > STALE_MONTHS:
        yield Finding(
            "benchmark-stale",
            Severity.WARNING,
            f"Indicator {item.label}: the latest benchmark is that of {own.peers_period.label}, "
            f"{apart} months before its figure of {item.period.label}. Look for a newer release, "
            "or say how old it is.",
            item.sheet,
            item.place.name,
        )


def _own_differs(item: Rated, own: Own, peers: Peers, roles: Roles) -> Iterator[Finding]:
    """Where the index and the file have different figures of ours for one period."""
    theirs = peers.figure(roles.own, own.peers_period) if own.is_common else None
    if theirs is None or theirs == own.value:
        return
    digits = peers.decimals(own.peers_period)
    if round(own.value, digits) == theirs or abs(own.value - theirs) * 2 <= Decimal(1).scaleb(
        -digits
    ):
        return
    ours, published = (
        show_number(v, percent=peers.percent, digits=max(digits, 1)) for v in (own.value, theirs)
    )
    yield Finding(
        "benchmark-own-figure-differs",
        Severity.WARNING,
        f"Indicator {item.label}: for {own.peers_period.label} the index has {ours} and the "
        f"benchmark file {published}. The index's was compared. Check which of the two is right.",
        item.sheet,
        own.where,
    )
