"""What a published scorecard consists of, before anything is drawn.

Every text is as a reader sees it; numbers are there too where a picture is drawn from them. What
must not be published is in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perf_addin.domain.direction import Direction
from perf_addin.domain.findings import Finding
from perf_addin.domain.periods import PeriodKind


class Mark(StrEnum):
    """What a row is marked as: a rating, or why it carries none."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    NOT_RATED = "N"
    UNREPORTABLE = "U"
    WITHHELD = "C"

    @property
    def word(self) -> str:
        """The mark in words."""
        return _WORDS[self]


_WORDS = {
    Mark.RED: "Red",
    Mark.AMBER: "Amber",
    Mark.GREEN: "Green",
    Mark.NOT_RATED: "Not rated",
    Mark.UNREPORTABLE: "Not reportable",
    Mark.WITHHELD: "Not published",
}


class Position(NamedTuple):
    """Where a figure lies beside its acceptable range and its target, all on one scale.

    Attributes:
        value: the figure.
        lower: lower limit of the acceptable range; None where it is open or there is no range.
        upper: upper limit, likewise.
        target: lower and upper edge of the target, both the same for a single value; None where
            there is none to reckon with.
        words: the same as a sentence without a full stop.
    """

    value: Decimal
    lower: Decimal | None
    upper: Decimal | None
    target: tuple[Decimal, Decimal] | None
    words: str


class Travel(NamedTuple):
    """How a figure compares with an earlier one.

    Attributes:
        direction: Better, Worse or Same; None where no direction is good.
        sign: 1 where the figure is higher than the earlier one, -1 where it is lower, 0 where it
            is the same.
        earlier: the earlier figure and its period: `85.3% in Jul 2021`.
    """

    direction: Direction | None
    sign: int
    earlier: str

    @property
    def word(self) -> str:
        """The direction of travel in a word; without a good direction, which way it went."""
        if self.direction is not None:
            return self.direction.value
        return ("Same", "Higher", "Lower")[self.sign]


class Point(NamedTuple):
    """An entry of one period.

    Attributes:
        at: how many periods it lies after the first one on the scorecard.
        period: the label of its period.
        shown: the figure as shown, or the symbol in its place.
        value: the figure; None where a symbol stands in its place, or it is not published.
        note: what a symbol means, or which special cause the point shows; may be empty.
        signal: `improvement`, `concern` or `change` for a special cause, else empty.
    """

    at: int
    period: str
    shown: str
    value: Decimal | None
    note: str = ""
    signal: str = ""


class Band(NamedTuple):
    """Mean and limits of expected variation (XmR): rounded to two decimals, and as shown."""

    mean: Decimal
    lower: Decimal
    upper: Decimal
    words: str


class Series(NamedTuple):
    """The figures of an indicator over time, oldest first, on one scale.

    Attributes:
        points: one for each period that has an entry, up to the one that is rated.
        target: lower and upper edge of the target, as for a position.
        target_shown: the target as shown; empty where there is none.
        band: the limits, or None with too few points.
        story: what the chart shows, in sentences.
        rhythm: the kind of its periods: charts of one kind have one time scale.
        words: the chart for somebody who does not see it.
    """

    points: tuple[Point, ...]
    target: tuple[Decimal, Decimal] | None
    target_shown: str
    band: Band | None
    story: tuple[str, ...]
    rhythm: PeriodKind
    words: str


class ScorecardRow(NamedTuple):
    """An indicator as the scorecard shows it.

    Attributes:
        anchor: its name within the page.
        no: its number, or an empty text.
        name: its name.
        mark: its rating, or why it has none.
        typed: what is said of a typed rating that differs; may be empty.
        reason: why it has its rating, one sentence.
        polarity: which way is good, in words; may be empty.
        actual: the figure as shown; a symbol or an empty text in its place.
        period: the label of its period; may be empty.
        target: the target as shown; may be empty.
        limits: the acceptable range as shown; may be empty.
        breach: how the range is breached, one sentence; may be empty.
        position: where the figure lies; None where there is nothing to lie beside.
        travel: how it compares with an earlier figure, or None.
        benchmarks: other bodies' figures: name and figure.
        commentary: the service commentary that goes with it, paragraph by paragraph.
        caveats: what a reader must know before using the figure.
        series: its figures over time, or None.
    """

    anchor: str
    no: str
    name: str
    mark: Mark
    typed: str
    reason: str
    polarity: str
    actual: str
    period: str
    target: str
    limits: str
    breach: str
    position: Position | None
    travel: Travel | None
    benchmarks: tuple[tuple[str, str], ...]
    commentary: tuple[str, ...]
    caveats: tuple[str, ...]
    series: Series | None

    @property
    def label(self) -> str:
        """What it is called in lists."""
        return self.no or self.name

    @property
    def is_exception(self) -> bool:
        """Whether it is amber or red."""
        return self.mark in {Mark.RED, Mark.AMBER}


class Group(NamedTuple):
    """A group of the index, in the index's own words, with its indicators in order."""

    anchor: str
    name: str
    rows: tuple[ScorecardRow, ...]


class Scorecard(NamedTuple):
    """A whole scorecard.

    Attributes:
        title: what the index calls itself.
        period: which time the figures are of, one sentence.
        basis: on what the ratings rest that the index does not state, one sentence; may be empty.
        source: the file that it was made from.
        groups: the groups in the order of the index.
        findings: what should be known before it is published.
    """

    title: str
    period: str
    basis: str
    source: str
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]

    def rows(self) -> Iterator[ScorecardRow]:
        """Every indicator, in the order of the index."""
        for group in self.groups:
            yield from group.rows

    def counts(self) -> list[tuple[Mark, int]]:
        """How many indicators carry each mark; ratings always, the others where there are any."""
        found = Counter(row.mark for row in self.rows())
        ratings = (Mark.RED, Mark.AMBER, Mark.GREEN)
        return [(mark, found[mark]) for mark in Mark if mark in ratings or found[mark]]
