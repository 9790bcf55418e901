"""A rating beside what other bodies reach: targets that are too hard, or too easy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.audit.wording import COLOURS
from perf_addin.application.choose import read_cell
from perf_addin.application.grid import cell_name
from perf_addin.application.layout import Column, Layout, text_of
from perf_addin.application.own_sheets import BENCHMARKS
from perf_addin.application.ports import Workbook
from perf_addin.application.sentences.beside import Beside, Comparisons, FigureScale
from perf_addin.application.sentences.comparators import BenchmarkColumn, benchmark_columns
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field, plain_words
from perf_addin.domain.benchmarks import Standing, compare
from perf_addin.domain.figure_sentences import Comparator, Source
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.quartiles import find_band, find_quartiles
from perf_addin.domain.showing import show_number

if TYPE_CHECKING:
    from perf_addin.application.audit.benchmark_sheet import OnSheet

_WORST = frozenset(
    {"d", "4", "4th", "q4", "fourth", "bottom", "worst", "bottom quartile", "worst quartile"}
)
# Above a figure at the edge of a quarter, not above the quarter in which the indicator is.
_EDGES = frozenset({"top", "upper", "lower", "bottom", "best", "worst", "target", "threshold"})
_FEWEST_PEERS = 7  # with the indicator's own figure, two in each quarter


class _Around(NamedTuple):
    """The columns of a layout that hold benchmarks, and those that name a quartile."""

    benchmarks: Sequence[BenchmarkColumn]
    quartiles: Sequence[Column]


def check_benchmarks(workbook: Workbook, rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Hold every rating against what stands beside it in the index."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    comparisons = Comparisons()
    known: dict[int, _Around] = {}
    on_sheet = _on_sheet(workbook, rows)
    for row in rows:
        layout = row.item.layout
        around = known.get(id(layout))
        if around is None:
            around = known[id(layout)] = _around(sheets[layout.sheet], layout)
        found: list[Comparator] = []
        among: list[Finding] = []
        if row.item.actual is not None and around.benchmarks:
            beside, found = _compare(row, around.benchmarks, comparisons)
            yield from _against_all(row, found)
            among = list(_among_peers(row, beside, found))
        yield from among
        yield from _worst_quartile(row, around.quartiles)
        if on_sheet is None:
            continue
        if not found:
            yield from _against_all_on_sheet(row, on_sheet)
        if not among and not any(row.cells.get(each.number) for each in around.quartiles):
            yield from _worst_on_sheet(row, on_sheet)
    yield from comparisons.findings


def _on_sheet(workbook: Workbook, rows: Sequence[IndexRow]) -> OnSheet | None:
    """What the sheet "Benchmarks" says; None where a workbook has none."""
    sheet = BENCHMARKS.find(workbook.sheets)
    if sheet is None:
        return None
    from perf_addin.application.audit.benchmark_sheet import OnSheet  # noqa: PLC0415 - few have it

    return OnSheet(sheet, rows)


def _around(sheet: Sheet, layout: Layout) -> _Around:
    quartiles = []
    for column in layout.columns:
        words = (
            plain_words(column.heading.rpartition(" / ")[2] or column.heading)
            .replace("(", " ")
            .split()
        )
        if (
            column.field in {Field.OTHER, Field.BENCHMARK}
            and "quartile" in words
            and not _EDGES & set(words)
        ):
            quartiles.append(column)
    return _Around(benchmark_columns(sheet, layout), quartiles)


def _compare(
    row: IndexRow, columns: Sequence[BenchmarkColumn], comparisons: Comparisons
) -> tuple[Mapping[str, BenchmarkColumn], list[Comparator]]:
    """The columns by the addresses of their cells, and the figures in them that can be compared."""
    item = row.item
    figure, place = item.actual, item.actual_place
    if figure is None or place is None:
        return {}, []
    beside = [
        Beside(column, cell, cell_name(item.row, column.number))
        for column in columns
        if (cell := row.cells.get(column.number)) is not None
    ]
    own = row.cells.get(place.column)
    scale = FigureScale(figure, read_cell(own) if own is not None else None)
    found = [
        *comparisons.benchmarks(item, beside, scale),
        *comparisons.outturns(item, beside, scale),  # only for what it says of their scales
    ]
    columns_of = {each.address: each.column for each in beside}
    return columns_of, [each for each in found if each.source is Source.BENCHMARK]


def _against_all(row: IndexRow, others: Sequence[Comparator]) -> Iterator[Finding]:
    item = row.item
    if item.actual is None or item.polarity is None or item.letter is None:
        return
    found = {compare(item.actual, each.value, item.polarity) for each in others}
    yield from _told(row, found, [each.name for each in others], "")


def _against_all_on_sheet(row: IndexRow, on_sheet: OnSheet) -> Iterator[Finding]:
    standing = on_sheet.all_of_one(row.item)
    if standing is not None:
        yield from _told(row, {standing[0]}, standing[1], f" {standing[2]}")


def _told(
    row: IndexRow, found: Collection[Standing | None], whose: Collection[str], when: str
) -> Iterator[Finding]:
    """A red or amber that is better than all others, and a green that is worse."""
    letter, names = row.item.letter, ", ".join(whose)
    if letter in {"R", "A"} and set(found) == {Standing.BETTER}:
        yield row.finding(
            "target-against-benchmarks",
            Severity.INFO,
            f"it is {COLOURS[letter]} against its target, yet better than {names}{when}. Say so "
            "beside the rating, or look at the target again.",
        )
    elif letter == "G" and set(found) == {Standing.WORSE} and len(whose) > 1:
        yield row.finding(
            "target-against-benchmarks",
            Severity.INFO,
            f"it is green, yet worse than {names}{when}. The target may be too easy.",
        )


def _among_peers(
    row: IndexRow, columns: Mapping[str, BenchmarkColumn], found: Sequence[Comparator]
) -> Iterator[Finding]:
    """A green in the worst quarter of the bodies that the index has figures of."""
    item = row.item
    if item.letter != "G" or item.actual is None or item.polarity is None:
        return
    peers = [each.value for each in found if columns[each.cell].is_body]
    if len(peers) < _FEWEST_PEERS:
        return
    every = [item.actual.value, *peers]
    if find_band(item.actual.value, find_quartiles(every), item.polarity) == "D":
        shown = show_number(item.actual.value, percent=item.actual.percent)
        yield row.finding(
            "green-yet-worst-quartile",
            Severity.INFO,
            f"it is green, yet {shown} is in the worst quarter of the {len(every)} bodies whose "
            "figures the index has. The target may be too easy.",
        )


def _worst_on_sheet(row: IndexRow, on_sheet: OnSheet) -> Iterator[Finding]:
    """A green that the sheet "Benchmarks" has in the worst quarter of all authorities."""
    where = on_sheet.worst_band(row.item) if row.item.letter == "G" else ""
    if where:
        yield row.finding(
            "green-yet-worst-quartile",
            Severity.INFO,
            f"it is green, yet {where}. The target may be too easy.",
        )


def _worst_quartile(row: IndexRow, columns: Sequence[Column]) -> Iterator[Finding]:
    """A green that a column of the index has in the worst quartile."""
    if row.item.letter != "G":
        return
    for column in columns:
        said = text_of(row.cells.get(column.number))
        if said.casefold() in _WORST:
            yield row.finding(
                "green-yet-worst-quartile",
                Severity.INFO,
                f"it is green, yet the index has it in the worst quartile ({said}). The target "
                "may be too easy.",
                column.number,
            )
