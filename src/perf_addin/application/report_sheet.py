"""The sheet "Exception Report": its layout, and what people typed into it before.

Column F of the sheet, hidden, holds for each row of ours its key and a checksum of the text that
we put into its last cell. A text that no longer has its checksum was typed by a person.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from perf_addin.application.exception_report import (
    BASIS,
    BREACHES,
    CHARTS,
    Entry,
    ExceptionReport,
    Section,
)
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import REPORT
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.rating_styles import RATING_STYLES
from perf_addin.application.report_rows import Extra, Foreign, Replaced
from perf_addin.application.row_heights import row_height
from perf_addin.application.sheets import Row, Sheet

_KEY_COLUMN = REPORT.mark_column
COMMENTARY = 4
COMMENTARY_WIDTH = 46.0
_WIDTHS = {1: 9.0, 2: 26.0, 3: 9.0, COMMENTARY: COMMENTARY_WIDTH, 5: 2.0, 6: 30.0}

_TITLE = PageStyle(bold=True, size=16, colour="1F3A5F")
_SUBTITLE = PageStyle(size=9, colour="595959")
_HEADING = PageStyle(bold=True, size=12, colour="1F3A5F")
_TEXT = PageStyle()
_HEADER = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)
_NUMBER = PageStyle(border=True, wrap=True, horizontal="left")
_MIDDLE = PageStyle(border=True, wrap=True, horizontal="center")
_KEY = PageStyle(size=8, colour="7F7F7F")


class Typed:
    """What people typed into an existing report.

    Attributes:
        texts: commentary by the key of its row.
        filled: commentary that is still what we put there from the index, by the key of its row.
        entries: number, name and period of every row, by key, for the history.
        at: the row in which each of them stands, by key.
        paragraphs: headings and sentences that a person rewrote, by the key of their row.
        foreign: rows that are not ours.
        formulas: those of a person's formulas among the texts, by the key of their row; their
            text is what they last gave.
        rows: the row in which such a formula stands, in the texts or paragraphs, by its key.
        replaced: a person's formulas in cells that are computed.
        has_charts: whether the report has the section of charts.
    """

    def __init__(self) -> None:
        """Begin with nothing typed."""
        self.texts: dict[str, str] = {}
        self.filled: dict[str, str] = {}
        self.entries: dict[str, tuple[str, str, str]] = {}
        self.at: dict[str, int] = {}
        self.paragraphs: dict[str, str] = {}
        self.foreign: list[Foreign] = []
        self.formulas: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.replaced: list[Replaced] = []
        self.has_charts = False

    def note_replaced(
        self,
        row: int,
        formulas: Mapping[int, str],
        columns: Collection[int] = range(_KEY_COLUMN + 1),
    ) -> None:
        """Note formulas in some columns of a row as replaced."""
        self.replaced += (Replaced(row, c, f) for c, f in formulas.items() if c in columns)


def read_typed(sheet: Sheet) -> Typed:
    """Read what people typed into a report of ours."""
    typed = Typed()
    after = ""
    for row in sheet.rows():
        key, _, check = text_of(row.get(_KEY_COLUMN)).rpartition("|")
        texts = {
            column: text
            for column in range(1, COMMENTARY + 1)
            if (text := text_of(row.get(column)))
        }
        formulas = _formulas(row)
        if not key:
            if texts or formulas.keys() - {_KEY_COLUMN}:
                typed.foreign.append(Foreign(after, row.number, texts))
            typed.note_replaced(row.number, formulas, range(_KEY_COLUMN, _KEY_COLUMN + 1))
            continue
        after = key
        typed.has_charts |= key == f"{CHARTS}.heading"
        if "@" not in key:
            text = texts.get(1, "")
            if 1 in formulas and not key.endswith(".header"):
                typed.paragraphs[key] = text
                typed.rows[key] = row.number
                del formulas[1]
            elif text and check != checksum(text) and not key.endswith(".header"):
                typed.paragraphs[key] = text
            typed.note_replaced(row.number, formulas)
            continue
        text = texts.get(COMMENTARY, "")
        typed.at[key] = row.number
        typed.entries[key] = (
            texts.get(1, ""),
            texts.get(2, ""),
            key.rpartition("@")[2],
        )
        if COMMENTARY in formulas:
            typed.texts[key] = text
            typed.formulas[key] = formulas.pop(COMMENTARY)
            typed.rows[key] = row.number
        elif check == checksum(text):
            typed.filled[key] = text
        elif text:
            typed.texts[key] = text
        typed.note_replaced(row.number, formulas)
    return typed


def _formulas(row: Row) -> dict[int, str]:
    """The formulas in our columns of a row; empty where one has no text (a data table)."""
    return {
        column: row.formula(column) or ""
        for column in range(1, _KEY_COLUMN + 1)
        if (cell := row.get(column)) is not None and cell.formula
    }


def checksum(text: str) -> str:
    """A short checksum that tells a text that we wrote from one that a person changed."""
    return f"{zlib.crc32(text.strip().encode()):08x}"


def lay_out(
    report: ExceptionReport,
    typed: Typed,
    name: str,
    extras: Mapping[str, Sequence[Extra]] = MappingProxyType({}),
) -> SheetPage:
    """Lay the report out on an A4 portrait sheet, with what people typed in its place.

    Args:
        report: the report.
        typed: texts by key; they take the place of the index's commentary.
        name: the name of the sheet.
        extras: what stands in the place of a table, by the key of its section.
    """
    lines = _Lines(typed)
    printed: int | None = None
    lines.add_text(REPORT.mark, report.title, _TITLE)
    lines.add_text("subtitle", report.subtitle, _SUBTITLE)
    titles: tuple[int, int] | None = None
    for section in report.sections:
        if section.key == BASIS:
            printed = lines.next - 1
        lines.gap()
        if section.heading:
            lines.add_text(f"{section.key}.heading", section.heading, _HEADING)
        lines.add_text(f"{section.key}.intro", section.intro, _TEXT)
        if not section.entries:
            lines.add_extras(extras.get(section.key, ()))
            lines.close(section.key)
            continue
        header = [PageCell(i, text, _HEADER) for i, text in enumerate(section.columns, 1)]
        at = lines.add(f"{section.key}.header", header)
        titles = titles or (at, at)
        for entry in section.entries:
            lines.add_entry(section, entry)
        lines.close(section.key)
    lines.add_rest()
    return SheetPage(
        name=name,
        rows=tuple(lines.rows),
        own_columns=_KEY_COLUMN,
        column_widths=_WIDTHS,
        hidden_columns=(5, 6),
        title_rows=titles,
        print_columns=COMMENTARY,
        print_rows=printed,
        replaces_formulas=True,
    )


def _number(no: str) -> str | int:
    """A plain number as a number, so that Excel does not warn of a number stored as text."""
    return int(no) if no.isascii() and no.isdigit() and str(int(no)) == no else no


def _height(cells: Sequence[PageCell]) -> float:
    """The height that a row needs for its wrapped texts; a text that is not wrapped is one line."""
    size = max([cell.style.size for cell in cells])
    texts = [
        (str(cell.value), _WIDTHS[cell.column])
        for cell in cells
        if cell.style.wrap and cell.value is not None
    ]
    return row_height(texts, size)


class _Lines:
    """Rows being laid out, with the person's own rows put back behind the row they followed."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.rows: list[PageRow] = []
        self.next = 1
        self.waiting = list(typed.foreign)
        self._put_back_after("")

    def gap(self) -> None:
        self.next += 1

    def add(self, key: str, cells: list[PageCell], text: str = "") -> int:
        at = self.next
        cells.append(PageCell(_KEY_COLUMN, f"{key}|{checksum(text)}", _KEY))
        self.rows.append(PageRow(at, tuple(cells), _height(cells)))
        self.next += 1
        self._put_back_after(key)
        return at

    def add_text(self, key: str, text: str, style: PageStyle) -> None:
        """A heading or a sentence; one that a person rewrote stays theirs."""
        shown = self.typed.paragraphs.get(key, text)
        kept_from = self.typed.rows.get(key)
        self.add(key, [PageCell(1, shown, style, kept_from=kept_from)], text)

    def add_extras(self, extras: Sequence[Extra]) -> None:
        for extra in extras:
            if extra.cells is None:
                self.add_text(extra.key, extra.text, extra.style)
            else:
                self.add(extra.key, list(extra.cells), extra.text)
            self.next += extra.room

    def add_entry(self, section: Section, entry: Entry) -> None:
        typed = self.typed.texts.get(entry.key) if entry.keeps else None
        no, second, third, text = entry.cells
        rating = (
            RATING_STYLES.get(third[:1])
            if section.key != BREACHES and third != "Not rated"
            else None
        )
        cells = [
            PageCell(1, _number(no), _NUMBER),
            PageCell(2, second, _CELL),
            PageCell(3, third, rating or _MIDDLE),
            PageCell(COMMENTARY, text or None, _CELL),
        ]
        if typed is not None:
            formula, row = self.typed.formulas.get(entry.key), self.typed.rows.get(entry.key)
            cells[-1] = PageCell(COMMENTARY, typed, _CELL, formula, row)
        self.add(entry.key, cells, text)

    def close(self, section: str) -> None:
        """End a section: what followed a row of it that has gone stays in the section."""
        for foreign in [f for f in self.waiting if re.split("[:.]", f.after)[0] == section]:
            self._put_back(foreign)

    def _put_back_after(self, key: str) -> None:
        """Put back what followed a row, or the row of the same indicator in another period."""
        if not self.waiting:
            return
        row = key.rpartition("@")[0] or key
        for foreign in [f for f in self.waiting if (f.after.rpartition("@")[0] or f.after) == row]:
            self._put_back(foreign)

    def add_rest(self) -> None:
        for foreign in list(self.waiting):
            self._put_back(foreign)

    def _put_back(self, foreign: Foreign) -> None:
        cells = tuple(
            PageCell(c, foreign.texts.get(c), _TEXT, kept_from=foreign.row, keeps_style=True)
            for c in range(1, _KEY_COLUMN)
        )
        self.rows.append(PageRow(self.next, cells, _height(cells)))
        self.next += 1
        self.waiting.remove(foreign)
