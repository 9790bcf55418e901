"""Published figures in long format: measure, area, period and value, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import NamedTuple

from perf_addin.application.audit.wording import listed
from perf_addin.application.benchmarking.areas import area_key
from perf_addin.application.grid import Cell
from perf_addin.application.layout import text_of
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.errors import InputError
from perf_addin.domain.figures import Figure, Missing, Unreadable, read_figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import Period, read_period
from perf_addin.domain.polarity import Polarity, read_polarity
from perf_addin.domain.showing import show_number

_HEADER_WITHIN = 30
_RUN_TOGETHER = lazily(r"(20\d\d)(\d\d)")
_DAY = lazily(r"(20\d\d)-(\d\d)-(\d\d)(?:[T ].*)?|(\d\d?)/(\d\d?)/(20\d\d)")


class DataRow(NamedTuple):
    """A row of a file: its 1-based number, and what it holds by 1-based column."""

    number: int
    cells: Mapping[int, Cell]


class Heading(StrEnum):
    """What a column of the file holds."""

    MEASURE = "measure"
    AREA = "area"
    PERIOD = "period"
    VALUE = "value"
    POLARITY = "polarity"
    LEVEL = "level"


_WORDS = {
    Heading.MEASURE: (
        "measure|measures|indicator|indicators|measure name|indicator name|measure title"
        "|indicator title|metric|description|measure description"
    ),
    Heading.AREA: (
        "area|area name|local authority|local authority name|la|la name|authority|council"
        "|geography|geography name|location|la and regions|region or local authority|body"
    ),
    Heading.PERIOD: "period|time period|year|years|date|quarter|month|financial year|time",
    Heading.VALUE: "value|figure|actual|data|result|values|observation|data value",
    Heading.LEVEL: "geographic level|area type|geography type|level|type of area",
}
_HEADING_OF = {word: heading for heading, words in _WORDS.items() for word in words.split("|")}
_ASKED = (Heading.MEASURE, Heading.AREA, Heading.PERIOD, Heading.VALUE)


class Entry(NamedTuple):
    """What the file has for a measure, an area and a period: a figure or the symbol in its place.

    `row` is where it stands.
    """

    content: Figure | Missing
    row: int

    @property
    def shown(self) -> str:
        """As a person reads it."""
        if isinstance(self.content, Missing):
            return self.content.symbol
        return show_number(self.content.value, percent=self.content.percent)


class Measure(NamedTuple):
    """A measure of the file.

    Attributes:
        name: as the file has it.
        polarity: as the file states it, or None.
        entries: by period, then by the key of the area (`areas.area_key`).
    """

    name: str
    polarity: Polarity | None
    entries: Mapping[Period, Mapping[str, Entry]]


class BenchmarkData(NamedTuple):
    """A file of benchmarks.

    Attributes:
        name: the file's name.
        measures: by their key (`measure_key`).
        areas: the names of all areas, by key, as the file has them.
        authorities: keys of the areas that the file says are local authorities; None where it
            has no column that says so.
        findings: rows that could not be used.
    """

    name: str
    measures: Mapping[str, Measure]
    areas: Mapping[str, str]
    authorities: frozenset[str] | None
    findings: tuple[Finding, ...]


def measure_key(name: str) -> str:
    """What equal names of measures have in common: case and white space do not tell."""
    return " ".join(name.casefold().split()).strip(" .")


def read_benchmarks(rows: Iterable[DataRow], name: str) -> BenchmarkData:
    """Read a file in long format; its headings may be in any order, below notes.

    Raises:
        InputError: there is no heading for a measure, an area, a period or a value.
    """
    left = iter(rows)
    top = list(islice(left, _HEADER_WITHIN))
    at, columns = _find_header(top, name)
    reader = _Reader(name, columns)
    for row in top[at + 1 :]:
        reader.take(row)
    for row in left:
        reader.take(row)
    return reader.finish()


def _find_header(top: Sequence[DataRow], name: str) -> tuple[int, dict[Heading, int]]:
    best: dict[Heading, int] = {}
    for at, row in enumerate(top):
        columns: dict[Heading, int] = {}
        for column, cell in row.cells.items():
            heading = _heading(text_of(cell))
            if heading is not None:
                columns.setdefault(heading, column)
        if all(heading in columns for heading in _ASKED):
            return at, columns
        best = max(best, columns, key=len)
    lacking = ", ".join(heading.value for heading in _ASKED if heading not in best)
    found = listed([text_of(cell) for cell in top[0].cells.values()]) if top else "nothing"
    raise InputError(
        f"{name}: found no heading for {lacking} (the first row has {found}), expected one row for "
        "each measure, area and period with the headings Measure, Area, Period and Value. Rename "
        "the headings, or rearrange the data.",
        file=name,
    )


def _heading(text: str) -> Heading | None:
    words = plain_words(text)
    found = _HEADING_OF.get(words)
    if found is None and read_heading(text) is Field.POLARITY:
        return Heading.POLARITY
    return found


@cache
def read_data_period(text: str) -> Period | None:
    """Read a period as data files have it: as people write it, `202021`, or a day (its month)."""
    period = read_period(text)
    if period is not None:
        return period
    if found := _RUN_TOGETHER.fullmatch(text):
        return read_period(f"{found[1]}/{found[2]}")
    if found := _DAY.fullmatch(text):
        year, month, day = (found[1], found[2], found[3]) if found[1] else found.group(6, 5, 4)
        try:
            return read_period(date(int(year), int(month), int(day)))
        except ValueError:
            return None
    return None


class _Reader:
    """Gathers the rows of one file."""

    def __init__(self, name: str, columns: Mapping[Heading, int]) -> None:
        self._name = name
        self._columns = columns
        self._names: dict[str, str] = {}
        self._polarities: dict[str, Polarity] = {}
        self._entries: dict[str, dict[Period, dict[str, Entry]]] = {}
        self._areas: dict[str, str] = {}
        self._authorities: set[str] = set()
        self._unread: dict[str, list[str]] = {"period": [], "value": []}
        self._twice: list[str] = []

    def take(self, row: DataRow) -> None:
        """Take a row in; one without a measure, an area or anything for a value is passed over."""
        texts = {heading: text_of(row.cells.get(c)) for heading, c in self._columns.items()}
        measure, area = texts[Heading.MEASURE], texts[Heading.AREA]
        cell = row.cells.get(self._columns[Heading.VALUE])
        if not measure or not area or cell is None:
            return
        period = self._period(row.cells.get(self._columns[Heading.PERIOD]))
        if period is None:
            self._unread["period"].append(f"{texts[Heading.PERIOD]!r} in row {row.number}")
            return
        content = read_figure(cell.value, percent=cell.percent)
        if content is None:
            return
        if isinstance(content, Unreadable):
            self._unread["value"].append(f"{content.text!r} in row {row.number}")
            return
        self._put(row.number, texts, period, content)

    def _period(self, cell: Cell | None) -> Period | None:
        if cell is None or isinstance(cell.value, bool):
            return None
        if isinstance(cell.value, date):
            return read_period(cell.value)
        if isinstance(cell.value, Decimal):
            return read_data_period(format(cell.value.normalize(), "f"))
        return read_data_period(cell.value.strip())

    def _put(
        self, number: int, texts: Mapping[Heading, str], period: Period, content: Figure | Missing
    ) -> None:
        measure, area = measure_key(texts[Heading.MEASURE]), area_key(texts[Heading.AREA])
        self._names.setdefault(measure, texts[Heading.MEASURE])
        self._areas.setdefault(area, texts[Heading.AREA])
        polarity = read_polarity(texts.get(Heading.POLARITY, ""))
        if polarity is not None:
            self._polarities.setdefault(measure, polarity)
        if _says_authority(texts.get(Heading.LEVEL, "")):
            self._authorities.add(area)
        held = self._entries.setdefault(measure, {}).setdefault(period, {})
        before = held.setdefault(area, Entry(content, number))
        if before.row != number and before.content != content:
            self._twice.append(
                f"{texts[Heading.MEASURE]!r} for {texts[Heading.AREA]} in {period.label} (rows "
                f"{before.row} and {number})"
            )

    def finish(self) -> BenchmarkData:
        """All that was taken in."""
        measures = {
            key: Measure(self._names[key], self._polarities.get(key), entries)
            for key, entries in self._entries.items()
        }
        if not measures:
            raise InputError(
                f"{self._name}: found headings but no row with a measure, an area, a period and a "
                "value below them. Check the file.",
                file=self._name,
            )
        known = frozenset(self._authorities) if Heading.LEVEL in self._columns else None
        return BenchmarkData(self._name, measures, self._areas, known, tuple(self._findings()))

    def _findings(self) -> Iterator[Finding]:
        for what, found in self._unread.items():
            if found:
                yield Finding(
                    "benchmark-row-left-out",
                    Severity.WARNING,
                    f"{self._name}: found no {what} that can be read in {listed(found)}, so these "
                    "rows were not used. Correct them.",
                )
        if self._twice:
            yield Finding(
                "benchmark-row-repeated",
                Severity.WARNING,
                f"{self._name}: two different values are given for {listed(self._twice)}; the "
                "first was used. Correct the file.",
            )


def _says_authority(level: str) -> bool:
    words = level.casefold()
    return "authority" in words or words in {"la", "utla", "ltla", "lad", "council"}
