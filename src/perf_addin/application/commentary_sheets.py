"""Commentary sheets: what a service lead is asked, and what comes back.

A sheet has a row for each indicator of the lead that is amber, red or outside its range, and an
empty box for the commentary. A hidden column holds the row's key and a checksum of the commentary
that the index had, so that a text which was changed at home meanwhile is never written over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perf_addin.application.commentary_texts import Texts
from perf_addin.application.grid import cell_name
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import OwnSheet
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage, Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.rating_styles import RATING_STYLES
from perf_addin.application.report_sheet import checksum
from perf_addin.application.row_heights import row_height
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field
from perf_addin.domain.showing import breach_sentence, show_number

SHEET = OwnSheet(("Commentary", "Commentary sheet"), "Commentary for", 1)
_HEADER = ("No", "Indicator", "Rating", "Period", "Figure", "Target", "Why", "Said so far")
_BOX, _KEY = len(_HEADER) + 1, len(_HEADER) + 2
_WIDTHS = dict(enumerate((7.0, 30.0, 8.0, 10.0, 9.0, 10.0, 32.0, 34.0, 50.0, 3.0), 1))
_NAME = _HEADER.index("Indicator") + 1
_HEADER_ROW = 4
_LOWEST_POINTS = 60.0

_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEAD = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)
_EMPTY_BOX = PageStyle(border=True, wrap=True, fill="FFF9E5")
_SMALL = PageStyle(size=8, colour="7F7F7F")


class Asked(NamedTuple):
    """What one service lead is asked: who it is (empty where the index names none), and of what."""

    lead: str
    items: tuple[Rated, ...]


class Returned(NamedTuple):
    """A row of a commentary sheet that came back.

    Attributes:
        file: the name of the workbook.
        sheet: the name of the sheet.
        cell: the address of the box.
        label: the indicator's number or name.
        period: the label of its period; empty where it has none.
        asked_with: the checksum of the commentary that the index had then.
        text: what the lead wrote.
        name: the indicator's name, which tells indicators of one number apart.
    """

    file: str
    sheet: str
    cell: str
    label: str
    period: str
    asked_with: str
    text: str
    name: str = ""


def who_is_asked(workbook: Workbook, result: IndexResult) -> list[Asked]:
    """The service leads with the indicators that they are asked about, in the order of the index.

    Those are the amber and red ones, and those outside their acceptable range. Who leads stands in
    a column headed Service lead, Owner or the like; without one there is a single sheet.
    """
    wanted = [item for item in result.rated if item.is_exception or item.breach is not None]
    leads = _leads(workbook, wanted)
    by_lead: dict[str, list[Rated]] = {}
    for item in wanted:
        by_lead.setdefault(leads.get((item.sheet, item.row), ""), []).append(item)
    return [Asked(lead, tuple(items)) for lead, items in by_lead.items()]


def _leads(workbook: Workbook, items: Sequence[Rated]) -> dict[tuple[str, int], str]:
    rows = {(item.sheet, item.row): item.layout.column_of(Field.LEAD) for item in items}
    names = {name for name, _ in rows}
    return {
        (sheet.name, row.number): " ".join(text_of(row.get(column)).split())
        for sheet in workbook.sheets
        if sheet.name in names
        for row in sheet.rows()
        if (column := rows.get((sheet.name, row.number))) is not None
    }


def lay_out_commentary(asked: Asked, texts: Texts, file: str) -> SheetPage:
    """Lay a commentary sheet out, A4 landscape.

    Args:
        asked: whom it is for, and the indicators.
        texts: the commentary that the workbook holds.
        file: the workbook's name, for the title.
    """
    whom = f"{SHEET.mark} {asked.lead}" if asked.lead else f"{SHEET.mark} {file}"
    note = "Write into the last column and send the workbook back; leave the rest as it is."
    header = [PageCell(c, text, _HEAD) for c, text in enumerate((*_HEADER, "Your commentary"), 1)]
    rows = [
        PageRow(1, (PageCell(1, whom, _TITLE),)),
        PageRow(2, (PageCell(1, note, _NOTE),)),
        PageRow(_HEADER_ROW, tuple(header)),
    ]
    rows += (_row(number, item, texts) for number, item in enumerate(asked.items, _HEADER_ROW + 1))
    return SheetPage(
        name=SHEET.names[0],
        rows=tuple(rows),
        own_columns=_KEY,
        column_widths=_WIDTHS,
        hidden_columns=(_KEY,),
        title_rows=(_HEADER_ROW, _HEADER_ROW),
        print_columns=_BOX,
        frozen_rows=_HEADER_ROW,
        landscape=True,
    )


def _row(number: int, item: Rated, texts: Texts) -> PageRow:
    now = texts.of(item)
    text = now.text if now is not None else ""
    said = _said(texts.earlier(item), text)
    when = item.period.label if item.period else ""
    figure = ""
    if item.actual is not None:
        figure = show_number(item.actual.value, percent=item.actual.percent)
    why = item.rating.reason
    if item.actual is not None and item.breach is not None and item.acceptable_range is not None:
        why += f"\n{breach_sentence(item.actual, item.acceptable_range, item.breach)}"
    shown = (item.label, item.name, item.shown_rating, when, figure, item.target_text, why, said)
    cells = [PageCell(c, value or None, _CELL) for c, value in enumerate(shown, 1)]
    style = RATING_STYLES.get(item.letter or "")
    if style is not None:
        cells[2] = cells[2]._replace(style=style)
    cells.append(PageCell(_BOX, None, _EMPTY_BOX))
    cells.append(PageCell(_KEY, f"{item.label}@{when}|{checksum(text)}", _SMALL))
    sized = [(value, _WIDTHS[c]) for c, value in enumerate(shown, 1)]
    return PageRow(number, tuple(cells), max(_LOWEST_POINTS, row_height(sized, _CELL.size)))


def _said(earlier: Mapping[str, str], now: str) -> str:
    """What was said in the last period, and what the index says now; once where it is the same."""
    before = list(earlier.items())[-1:]
    if before and before[0][1] == now:
        return f"{before[0][0]}, and in the index now: {now}"
    said = [f"{period}: {text}" for period, text in before]
    return "\n".join([*said, f"In the index now: {now}"] if now else said)


def read_returned(sheet: Sheet, file: str) -> Iterator[Returned]:
    """Read a commentary sheet that came back; rows that are not ours are passed over."""
    for row in sheet.rows():
        key, _, asked_with = text_of(row.get(_KEY)).rpartition("|")
        label, at, period = key.rpartition("@")
        if at:
            text = text_of(row.get(_BOX))
            cell = cell_name(row.number, _BOX)
            name = text_of(row.get(_NAME))
            yield Returned(file, sheet.name, cell, label, period, asked_with, text, name)
