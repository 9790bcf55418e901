"""What Excel's buttons call: the pressed button in, the open workbook changed, a message out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.live.applying import apply_changes
from perf_addin.adapters.live.held import held
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.buttons import Button
from perf_addin.application.check import check
from perf_addin.application.pressing import Selected, Told
from perf_addin.application.pressing import press as press_button
from perf_addin.application.recording import RecordedWorkbook
from perf_addin.application.settings import Settings
from perf_addin.application.stated_values import Origin
from perf_addin.domain.errors import UsageError
from perf_addin.domain.periods import Period, read_period
from perf_addin.entry.json_output import as_json

if TYPE_CHECKING:
    import xlwings as xw


def press(
    button: Button,
    book: xw.Book,
    snapshot: Path,
    period: str | None = None,
    selected: Selected | None = None,
) -> Told:
    """Do what a button is for, with an open workbook; either all changes are made or none.

    Args:
        button: the button that was pressed.
        book: the open workbook, which is only written to.
        snapshot: a copy of it as it is now, which is read.
        period: the period to rate, such as `Aug 2021`; None or empty for the latest.
        selected: the selected cell.

    Raises:
        PerfAddinError: it cannot be done; nothing was changed.
    """
    recorded = RecordedWorkbook(open_snapshot(snapshot), book.name)
    told = press_button(button.id, recorded, settings_for(period), selected)
    with held(book.app, f"perf-addin: {button.label} …"):
        apply_changes(book, recorded.changes)
    return told


def overview(snapshot: Path, period: str | None = None) -> dict[str, object]:
    """The ratings at a glance: the object that `check --json` prints, and the counts by rating.

    Raises:
        PerfAddinError: there is no index in the workbook, or the period cannot be understood.
    """
    result = check(open_snapshot(snapshot), settings_for(period))
    letters = [item.letter for item in result.rated]
    counts = {name: letters.count(name) for name in ("R", "A", "G")}
    periods = sorted({c.period for layout in result.layouts for c in layout.columns if c.period})
    return {
        **as_json(result, None),
        "counts": {**counts, "not rated": letters.count(None)},
        "periods": [found.label for found in reversed(periods)],
        "summary": result.summary(),
    }


def open_snapshot(snapshot: Path) -> XlsxWorkbook:
    """Open a copy of the workbook; its signatures, which any change breaks, are not looked at."""
    return XlsxWorkbook(Package.open(snapshot, drop_signatures=True))


def settings_for(period: str | None) -> Settings:
    """What is stated besides the Settings sheet.

    Raises:
        UsageError: the period cannot be understood.
    """
    if not period:
        return Settings()
    found: Period | None = read_period(period)
    if found is None:
        raise UsageError(f"found {period!r}, expected a period such as Aug 2021 or Q1 2021/22.")
    return Settings(period=found, origins={"period": Origin.OPTION})
