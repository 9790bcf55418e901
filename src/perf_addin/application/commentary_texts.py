"""The commentary of an indicator: where it stands now, and what was said in earlier periods."""

from __future__ import annotations

from collections.abc import Mapping

from perf_addin.application.exception_report import EXCEPTIONS
from perf_addin.application.grid import cell_name
from perf_addin.application.history import OF_INDEX, read_history
from perf_addin.application.own_sheets import HISTORY, REPORT
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Place, Rated
from perf_addin.application.report_sheet import COMMENTARY, Typed, read_typed
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple


class Commentary(NamedTuple):
    """A text about an indicator, and where it stands."""

    text: str
    sheet: str
    cell: str | None


class Texts:
    """The commentary that a workbook holds.

    What people typed into the exception report counts first; without a report, or where its cell
    is empty or still has what was filled in from the index, what the index holds.
    """

    def __init__(self, workbook: Workbook) -> None:
        """Read the exception report and its history, where there are any."""
        report = REPORT.find(workbook.sheets)
        self._report = report.name if report is not None else ""
        self._typed = read_typed(report) if report is not None else Typed()
        self._earlier: dict[str, dict[str, str]] = {}
        history = HISTORY.find(workbook.sheets)
        self._history = history.name if history is not None else ""
        kept = [(each.key, each.text) for each in read_history(history)]
        for key, text in [*kept, *self._typed.filled.items(), *self._typed.texts.items()]:
            section, _, rest = key.partition(":")
            label, _, period = rest.rpartition("@")
            said = self._earlier.setdefault(label, {}) if text else {}
            if section == EXCEPTIONS:
                said[period] = text
            elif section == f"{OF_INDEX}{EXCEPTIONS}":
                said.setdefault(period, text)  # what was typed into the report comes first

    def of(self, item: Rated) -> Commentary | None:
        """The commentary of an indicator for its period, or None."""
        key = self._key(item)
        text = self._typed.texts.get(key) if key is not None else None
        if key is not None and text:
            return Commentary(text, self._report, cell_name(self._typed.at[key], COMMENTARY))
        if item.commentary and item.is_put_away:
            return Commentary(item.commentary, self._history, None)
        if item.commentary:
            return Commentary(item.commentary, item.sheet, place_of(item))
        return None

    def _key(self, item: Rated) -> str | None:
        """The key of an indicator's row in the report; one of several of a number has its name."""
        for label in (f"{item.label} {item.name}", item.label):
            key = f"{EXCEPTIONS}:{label}@{_when(item)}"
            if plain(self._typed.entries.get(key, ("", "", ""))[1]) == plain(item.name):
                return key
        return None

    def earlier(self, item: Rated) -> Mapping[str, str]:
        """What was said of an indicator in other periods, by the period's label, oldest first."""
        named = self._earlier.get(f"{item.label} {item.name}")
        every = named or self._earlier.get(item.label, {})
        return {period: text for period, text in every.items() if period != _when(item)}


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
