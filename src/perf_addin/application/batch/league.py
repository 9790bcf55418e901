"""The league: how the workbooks of a batch compare, and how indicators fare across them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.batch.records import DONE, Counts, Record
from perf_addin.application.batch.rows import RATING_COLUMNS, TextRow
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.quartiles import find_ranks

WORKBOOK_COLUMNS = (
    "Workbook",
    "State",
    "Place",
    "Period",
    "Indicators",
    "Red",
    "Amber",
    "Green",
    "Not rated",
    "Green %",
    "Breaches",
    "Findings: errors",
    "Findings: warnings",
    "Findings: notes",
    "Reason",
)
_DIGITS = re.compile(r"(\d+)")
_FIRST = RATING_COLUMNS.index("Sheet")
_NO, _NAME, _RATING, _BREACH = (
    RATING_COLUMNS.index(name) - _FIRST for name in ("No", "Indicator", "Rating", "Breach")
)


class Standing(NamedTuple):
    """A workbook in the league.

    Attributes:
        record: what became of it.
        place: 1 for the highest share of green among the indicators that were rated; workbooks
            with equal shares have the same place. None where nothing was rated.
        green_pct: that share, in per cent, exact; None where nothing was rated.
    """

    record: Record
    place: int | None
    green_pct: Decimal | None


class Across(NamedTuple):
    """An indicator across workbooks: those whose number and name agree are one."""

    no: str
    name: str
    workbooks: int
    counts: Counts


class League(NamedTuple):
    """The summary of a batch.

    Attributes:
        standings: the workbooks that were worked on, the first place first.
        failures: those that were not, by name.
        across: the indicators that stand in more than one workbook, by number.
        total: all counts added up.
    """

    standings: tuple[Standing, ...]
    failures: tuple[Record, ...]
    across: tuple[Across, ...]
    total: Counts


class _Gathered:
    """An indicator while it is gathered."""

    __slots__ = ("breaches", "letters", "name", "no", "workbooks")

    def __init__(self, no: str, name: str) -> None:
        self.no = no
        self.name = name
        self.workbooks = 0
        self.letters = dict.fromkeys(("R", "A", "G", ""), 0)
        self.breaches = 0

    def across(self) -> Across:
        red, amber, green, not_rated = self.letters.values()
        counts = Counts(red, amber, green, not_rated, self.breaches)
        return Across(self.no, self.name, self.workbooks, counts)


class Indicators:
    """Gathers indicators by number and name while the rows of workbooks go by."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[str, str], _Gathered] = {}

    def add(self, ratings: Iterable[TextRow]) -> None:
        """Take in the rows of one workbook, as `rows_of` gives them."""
        seen: set[tuple[str, str]] = set()
        for row in ratings:
            no, name = row[_NO].strip(), " ".join(row[_NAME].split())
            key = no.casefold(), name.casefold()
            found = self._found.get(key)
            if found is None:
                found = self._found[key] = _Gathered(no, name)
            found.workbooks += key not in seen
            found.letters[row[_RATING]] += 1
            found.breaches += bool(row[_BREACH])
            seen.add(key)

    def across(self) -> tuple[Across, ...]:
        """Those that stand in more than one workbook, in the natural order of their numbers."""
        every = [one.across() for one in self._found.values() if one.workbooks > 1]
        return tuple(sorted(every, key=lambda one: (not one.no, _natural(one.no), one.name)))


def _natural(text: str) -> list[tuple[int, int, str]]:
    """A key by which 2 comes before 10, and 1a after 1."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in _DIGITS.split(text)
        if part
    ]


def make_league(records: Sequence[Record], indicators: Indicators) -> League:
    """The league of the workbooks of a batch."""
    done = [record for record in records if record.state == DONE]
    shares = [green_pct(record.counts) for record in done]
    places = find_ranks(shares, Polarity.HIGH)
    standings = [
        Standing(record, place, share)
        for record, place, share in zip(done, places, shares, strict=True)
    ]
    standings.sort(key=lambda one: (one.place or len(done) + 1, one.record.key))
    failures = sorted(record for record in records if record.state != DONE)
    total = Counts(*map(sum, zip(*(record.counts for record in done), strict=True)))
    return League(tuple(standings), tuple(failures), indicators.across(), total)


def green_pct(counts: Counts) -> Decimal | None:
    """The share of green among the indicators that were rated, in per cent; None without any."""
    rated = counts.red + counts.amber + counts.green
    return Decimal(counts.green) * 100 / rated if rated else None


def workbook_rows(league: League) -> Iterator[tuple[str, ...]]:
    """The league as rows of a table, the workbooks that failed last."""
    for record, place, share in league.standings:
        c = record.counts
        numbers = (c.indicators, c.red, c.amber, c.green, c.not_rated)
        found = (c.breaches, c.errors, c.warnings, c.notes)
        yield (
            record.key,
            record.state,
            "" if place is None else str(place),
            record.period,
            *map(str, numbers),
            "" if share is None else f"{share:.1f}",
            *map(str, found),
            "",
        )
    blank = len(WORKBOOK_COLUMNS) - 3
    for record in league.failures:
        yield (record.key, record.state, *[""] * blank, record.reason)
