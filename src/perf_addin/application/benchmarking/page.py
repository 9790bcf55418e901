"""The sheet "Benchmarks": every indicator beside the others, and the measure that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from textwrap import wrap
from typing import NamedTuple

from perf_addin.application.benchmarking.compared import Beside, Compared
from perf_addin.application.grid import cell_name
from perf_addin.application.indicators import reference
from perf_addin.application.kept_lines import Key, Line
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import BENCHMARKS
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.row_heights import row_height
from perf_addin.application.sheets import Sheet
from perf_addin.domain.benchmarks import Standing
from perf_addin.domain.showing import show_apart, show_number

HEADER = (
    *("No", "Indicator", "Measure in the file", "Period", "Our figure"),
    *("England", "Against England", "Region", "Against region"),
    *("Statistical neighbours", "Against neighbours"),
    *("Quartile band", "Rank", "To the next band", "Note"),
)
# As narrow as their longest words allow, so that a page across A4 is printed at four fifths of its
# size; texts wrap.
_WIDTHS: dict[int, float] = dict(enumerate((5, 23, 17, 9, 9, 8, 8, 8, 8, 11, 11, 9, 8, 13, 25), 1))
_LONGEST_LINE = 190
_MEASURE = 3
_BAND = "Quartile band"
_BESIDE = " beside "
_WHOSE = {
    "Against England": "the national average",
    "Against region": "the regional average",
    "Against neighbours": "its statistical neighbours",
}
_STANDINGS = frozenset(each.value for each in Standing)
_HEADER_ROW = 5
_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEAD = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)
_TO_FILL = PageStyle(border=True, wrap=True, fill="FFF9E5")
_FILL_NOTE = (
    "Made anew by every run. Column C is yours: write there which measure of the file an indicator "
    "is; it is kept. Band A is the best quarter of all authorities; equal figures share the lowest "
    "rank."
)


class Heading(NamedTuple):
    """Which file it was and whose figures were taken for what, and the sheet's name."""

    about: str
    name: str


def read_mapping(sheet: Sheet | None) -> list[Line[str]]:
    """The measures that the sheet has beside indicators."""
    stated: list[Line[str]] = []
    started = False
    for row in sheet.rows() if sheet is not None else ():
        texts = [text_of(row.get(c)) for c in (1, 2, _MEASURE)]
        if tuple(texts) == HEADER[:3]:
            started = True
            continue
        cell = row.get(1)
        number = reference(cell) if cell is not None else None
        if started and (number or texts[1]) and texts[2]:
            stated.append(Line(number or "", texts[1], texts[2]))
    return stated


class Standings(NamedTuple):
    """How an indicator stood when the sheet was made.

    Attributes:
        period: the period of both figures; of both of them where they are of two.
        is_common: whether they are of one.
        figure: our figure as the sheet shows it.
        standings: whose figures ours is better or worse than, or in line with.
        band: the quartile band, empty where there is none, and the address of its cell.
    """

    period: str
    is_common: bool
    figure: str
    standings: Mapping[str, Standing]
    band: tuple[str, str]


def read_standings(sheet: Sheet) -> Iterator[Line[Standings]]:
    """What the sheet says of each of its indicators; nothing before its header."""
    started = False
    for row in sheet.rows():
        texts = {name: text_of(row.get(c)) for c, name in enumerate(HEADER, 1)}
        if tuple(texts.values())[:_MEASURE] == HEADER[:_MEASURE]:
            started = True
            continue
        if not started or not texts["Period"]:
            continue
        cell = row.get(1)
        number = reference(cell) if cell is not None else None
        beside = {whose: texts[column] for column, whose in _WHOSE.items()}
        known = {whose: Standing(text) for whose, text in beside.items() if text in _STANDINGS}
        band = (texts[_BAND], cell_name(row.number, HEADER.index(_BAND) + 1))
        is_common = _BESIDE not in texts["Period"]
        found = Standings(texts["Period"], is_common, texts["Our figure"], known, band)
        yield Line(number or "", texts["Indicator"], found)


def lay_out_benchmarks(
    compared: Sequence[Compared],
    mapping: Mapping[Key, str],
    gone: Sequence[Line[str]],
    heading: Heading,
) -> SheetPage:
    """Lay the sheet out.

    Args:
        compared: every indicator, in the order of the index.
        mapping: the measures that were stated, by the place of their indicator; kept even where
            the file has them not.
        gone: measures that were stated for indicators that the index has no more; they come last.
        heading: the sheet's name, and what it says of the file.
    """
    notes = [*_in_two(heading.about), _FILL_NOTE]
    rows = [
        PageRow(1, (PageCell(1, BENCHMARKS.mark, _TITLE),)),
        *(PageRow(n, (PageCell(1, note, _NOTE),)) for n, note in enumerate(notes, 2)),
        _row(_HEADER_ROW, HEADER, _HEAD),
    ]
    for number, each in enumerate(compared, _HEADER_ROW + 1):
        stated = mapping.get((each.item.sheet, each.item.row))
        rows.append(_row(number, _line(each, stated), _CELL))
    for number, line in enumerate(gone, _HEADER_ROW + 1 + len(compared)):
        told = (line.no, line.name, line.value, *("",) * 11, "Not in the index now.")
        rows.append(_row(number, told, _CELL))
    return SheetPage(
        name=heading.name,
        rows=tuple(rows),
        own_columns=len(HEADER),
        column_widths=_WIDTHS,
        title_rows=(_HEADER_ROW, _HEADER_ROW),
        print_columns=len(HEADER),
        frozen_rows=_HEADER_ROW,
        landscape=True,
    )


def _in_two(text: str) -> Sequence[str]:
    """A text in one line, or in two where one would run over the edge of the printed page."""
    first, *others = wrap(text, _LONGEST_LINE) or [""]
    return [first, " ".join(others)] if others else [first]


def _row(number: int, values: Sequence[str | Decimal | int], style: PageStyle) -> PageRow:
    cells = tuple(
        PageCell(c, v if v != "" else None, _style(c, style)) for c, v in enumerate(values, 1)
    )
    texts = [(str(v), _WIDTHS[c]) for c, v in enumerate(values, 1)]
    return PageRow(number, cells, row_height(texts, style.size))


def _style(column: int, style: PageStyle) -> PageStyle:
    return _TO_FILL if column == _MEASURE and style is _CELL else style


def _line(each: Compared, stated: str | None) -> tuple[str, ...]:
    item = each.item
    measure = stated or each.measure or ""
    own = each.own
    if own is None:
        return (item.no or "", item.name, measure, *("",) * 11, " ".join(each.notes))
    period = own.peers_period.label
    if not own.is_common and own.period is not None:
        period = f"{own.period.label}{_BESIDE}{period}"
    return (
        item.no or "",
        item.name,
        measure,
        period,
        each.shown(own.value),
        *_beside(each, each.england),
        *_beside(each, each.region),
        *_neighbours(each),
        *_among(each),
        " ".join(each.notes),
    )


def _beside(each: Compared, found: Beside | None) -> tuple[str, str]:
    if found is None or each.own is None:
        return "", ""
    percent = each.peers.percent if each.peers is not None else False
    shown = each.shown(found.value)
    if found.value != each.own.value and shown == each.shown(each.own.value):
        shown = show_apart(found.value, each.own.value, percent=percent)[0]
    return shown, found.standing.value if found.standing is not None else ""


def _neighbours(each: Compared) -> tuple[str, str]:
    shown, standing = _beside(each, each.neighbours)
    mean = each.mean
    if mean is not None and mean.asked:
        shown += f"\n({mean.there} of {mean.asked})"
    return shown, standing


def _among(each: Compared) -> Iterator[str]:
    """Band, rank, and what the next band takes."""
    among = each.among
    if among is None:
        yield from ("", "", "")
        return
    yield among.band or ""
    yield f"{among.rank} of {among.areas}" if among.rank is not None else f"{among.areas} areas"
    yield next_band(each)


def next_band(each: Compared) -> str:
    """What the next better band takes, such as `B: 3.1 points, from 82%`; empty in the best."""
    ahead = each.among.ahead if each.among is not None else None
    if ahead is None or each.peers is None:
        return ""
    edge = show_number(ahead.edge, percent=each.peers.percent, digits=3)
    reach = f"above {edge}" if ahead.passed else f"to {edge}"
    if not ahead.distance:
        return f"{ahead.band}: {reach}"
    unit = " points" if each.peers.percent else ""
    more = "more than " if ahead.passed else ""
    return f"{ahead.band}: {more}{show_number(ahead.distance, digits=3)}{unit}, {reach}"
