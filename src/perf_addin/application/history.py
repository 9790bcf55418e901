"""The hidden sheet "Commentary History": commentary whose row the report no longer shows.

A person's commentary is kept by section, indicator and period. When the report moves on to
another period, or an indicator leaves it, the text moves here; when its row comes back, the text
moves back. What the report had from the index is put away too, under a key that begins with
`OF_INDEX`, so that it is known what was said; it never moves back, since the index has its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from perf_addin.application.exception_report import EXCEPTIONS
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import HISTORY
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.report_sheet import Typed
from perf_addin.application.sheets import Sheet
from perf_addin.domain.declaring import NamedTuple

OF_INDEX = "index "  # begins the key of a text that the report had from the index
_COLUMNS = ("Key", "No", "Indicator", "Period", "Commentary", "Formula")
_WIDTHS = {1: 30.0, 2: 9.0, 3: 40.0, 4: 14.0, 5: 80.0, 6: 40.0}
_TITLE = PageStyle(bold=True, size=12)
_HEADER = PageStyle(bold=True, border=True)
_CELL = PageStyle(border=True, wrap=True)


class Kept(NamedTuple):
    """A commentary that was put away: its key, whom it is about, the text, and its formula.

    The formula is empty where the commentary was none; the text is what it last gave.
    """

    key: str
    no: str
    indicator: str
    period: str
    text: str
    formula: str = ""


def read_history(sheet: Sheet | None) -> list[Kept]:
    """Read what was put away earlier, oldest first."""
    if sheet is None:
        return []
    kept = []
    for row in sheet.rows(3):
        key, no, indicator, period, text, formula = (text_of(row.get(c)) for c in range(1, 7))
        if not formula.startswith("=") and (formula[:2], formula[-1:]) != ("{=", "}"):
            formula = ""
        if key and (text or formula) and key != _COLUMNS[0]:
            kept.append(Kept(key, no, indicator, period, text, formula))
    return kept


def exchange(history: Sequence[Kept], typed: Typed, shown: Collection[str]) -> list[Kept]:
    """Put away what the report no longer shows, and take back what it shows again.

    Args:
        history: what was put away earlier.
        typed: what people typed into the report; texts taken back are added to it.
        shown: the keys of the rows that the new report has.

    Returns:
        The new history. A text that is in the report is never in the history too.
    """
    by_key = {kept.key: kept for kept in history}
    for key, text in typed.texts.items():
        if key not in shown:
            no, indicator, period = typed.entries[key]
            by_key[key] = Kept(key, no, indicator, period, text, typed.formulas.get(key, ""))
    for key, text in typed.filled.items():
        if key not in shown and key.startswith(f"{EXCEPTIONS}:") and text:
            of_index = f"{OF_INDEX}{key}"
            by_key[of_index] = Kept(of_index, *typed.entries[key], text)
    for key in shown:
        kept = by_key.pop(key, None)
        if kept is not None and key not in typed.texts:
            typed.texts[key] = kept.text
            if kept.formula:
                typed.formulas[key] = kept.formula
    return list(by_key.values())


def lay_out_history(history: Sequence[Kept], name: str) -> SheetPage:
    """Lay the history out on its hidden sheet."""
    rows = [
        PageRow(1, (PageCell(1, HISTORY.mark, _TITLE),)),
        PageRow(2, tuple(PageCell(i, text, _HEADER) for i, text in enumerate(_COLUMNS, 1))),
    ]
    for number, kept in enumerate(history, 3):
        texts = (*kept[:-1], kept.formula or None)
        cells = tuple(PageCell(i, text, _CELL) for i, text in enumerate(texts, 1))
        rows.append(PageRow(number, cells))
    return SheetPage(
        name=name,
        rows=tuple(rows),
        own_columns=len(_COLUMNS),
        column_widths=_WIDTHS,
        title_rows=(2, 2),
        print_columns=len(_COLUMNS),
        landscape=True,
        hidden=True,
    )
