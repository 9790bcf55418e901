"""The commentary of an indicator: where it stands now, and what was said in earlier periods."""

from __future__ import annotations

from collections.abc import Mapping

from perf_addin.application.exception_report import EXCEPTIONS
from perf_addin.application.grid import Sheet, cell_name
from perf_addin.application.history import read_history
from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import HISTORY, REPORT
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Place, Rated
from perf_addin.application.report_sheet import COMMENTARY
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple


class Commentary(NamedTuple):
    """A text about an indicator, and where it stands."""

    text: str
    sheet: str
    cell: str | None


class Texts:
    """The commentary that a workbook holds.

    What people typed into the exception report counts first; without a report, or with an empty
    cell there, what the index holds.
    """

    def __init__(self, workbook: Workbook) -> None:
        """Read the exception report and its history, where there are any."""
        report = REPORT.find(workbook.sheets)
        self._report = report.name if report is not None else ""
        self._typed = _read_texts(report) if report is not None else {}
        self._earlier: dict[str, dict[str, str]] = {}
        kept = [(each.key, each.text) for each in read_history(HISTORY.find(workbook.sheets))]
        for key, text in [*kept, *((key, text) for key, (text, _) in self._typed.items())]:
            section, _, rest = key.partition(":")
            label, _, period = rest.rpartition("@")
            if section == EXCEPTIONS and text:
                self._earlier.setdefault(label, {})[period] = text

    def of(self, item: Rated) -> Commentary | None:
        """The commentary of an indicator for its period, or None."""
        text, cell = self._typed.get(f"{EXCEPTIONS}:{item.label}@{_when(item)}", ("", ""))
        if text:
            return Commentary(text, self._report, cell)
        if item.commentary:
            return Commentary(item.commentary, item.sheet, place_of(item))
        return None

    def earlier(self, item: Rated) -> Mapping[str, str]:
        """What was said of an indicator in other periods, by the period's label, oldest first."""
        every = self._earlier.get(item.label, {})
        return {period: text for period, text in every.items() if period != _when(item)}


def _read_texts(sheet: Sheet) -> dict[str, tuple[str, str]]:
    """The commentary of every row of a report of ours, with its cell, by the row's key."""
    found = {}
    for row in sheet.rows():
        key, _, _ = text_of(row.get(REPORT.mark_column)).rpartition("|")
        if "@" in key:
            found[key] = (text_of(row.get(COMMENTARY)), cell_name(row.number, COMMENTARY))
    return found


def _when(item: Rated) -> str:
    return item.period.label if item.period else ""


def commentary_place(item: Rated) -> Place | None:
    """The cell of the index that holds an indicator's commentary for its period, or None."""
    columns = [c for c in item.layout.columns if c.field is Field.COMMENTARY]
    own = [c.number for c in columns if c.period is not None and c.period == item.period]
    found = own or [c.number for c in columns if c.period is None]
    return Place(item.row, found[0]) if found else None


def place_of(item: Rated) -> str | None:
    """The address of that cell."""
    place = commentary_place(item)
    return place.name if place is not None else None


def plain(text: str) -> str:
    """A text without what makes no difference: case and white space."""
    return " ".join(text.casefold().split())
