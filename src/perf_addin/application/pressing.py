"""What each button does: the use cases of the command line, and a message for a person in Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.buttons import ButtonId
from perf_addin.application.check import check
from perf_addin.application.explanation import explain, indicator_at
from perf_addin.application.findings_page import put_findings
from perf_addin.application.init_settings import init_settings
from perf_addin.application.own_sheets import REPORT, SETTINGS
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import IndexResult, rate_index
from perf_addin.application.settings import Settings
from perf_addin.application.write_ratings import write_ratings
from perf_addin.application.write_report import write_report
from perf_addin.domain.errors import UsageError
from perf_addin.domain.findings import Finding, Severity, by_severity

_MOST_FINDINGS = 5


class Selected(NamedTuple):
    """The cell that is selected: its sheet's name and its 1-based row."""

    sheet: str
    row: int


class Told(NamedTuple):
    """What a person is told when a button has done its work.

    Attributes:
        title: what was done, in a few words.
        text: the rest, in lines.
        shows: the sheet that is to come to the front, or None.
        is_error: whether it could not be done.
    """

    title: str
    text: str
    shows: str | None = None
    is_error: bool = False


def press(
    button: ButtonId, workbook: Workbook, options: Settings, selected: Selected | None
) -> Told:
    """Do what a button that reads or writes the workbook's index is for.

    Args:
        button: Recalculate, Exception report, Check, Explain this rating or Settings.
        workbook: the workbook, which takes the changes.
        options: what is stated besides the Settings sheet, such as the period.
        selected: the selected cell, which only Explain this rating asks for.

    Raises:
        InputError: there is no index, or what is stated does not fit.
        OutputError: something cannot be written without damage.
        UsageError: no indicator stands in the selected row, or the button is none of these.
    """
    if button is ButtonId.SETTINGS:
        return _settings(workbook, options)
    if button is ButtonId.CHECK:
        checked = check(workbook, options)
        sheet = put_findings(workbook, checked)
        return Told("Checked", _lines(checked, checked.findings), sheet)
    result = rate_index(workbook, options)
    if button is ButtonId.EXPLAIN:
        return _explain(workbook, result, selected)
    shows = None
    found = write_ratings(workbook, result)
    if button is ButtonId.REPORT:
        found += write_report(workbook, result)
        report = REPORT.find(workbook.sheets)
        shows = report.name if report is not None else None
    elif button is not ButtonId.RECALCULATE:
        raise UsageError(f"The button {button.value!r} does nothing to an index.")
    title = "Exception report written" if shows else "Ratings written"
    return Told(title, _lines(result, [*result.findings, *found]), shows)


def _settings(workbook: Workbook, options: Settings) -> Told:
    sheet = SETTINGS.find(workbook.sheets)
    if sheet is not None:
        return Told("Settings", "They hold from the next recalculation on.", sheet.name)
    init_settings(workbook, options)
    added = SETTINGS.find(workbook.sheets)
    text = "The sheet was added, filled with what was detected. Nothing in the index was changed."
    return Told("Settings", text, added.name if added is not None else None)


def _explain(workbook: Workbook, result: IndexResult, selected: Selected | None) -> Told:
    item = None
    if selected is not None:
        item = indicator_at(workbook, result, selected.sheet, selected.row)
    if item is None:
        where = f"row {selected.row} of {selected.sheet!r}" if selected else "the selection"
        raise UsageError(
            f"No indicator stands in {where}. Select a cell in an indicator's row of the index or "
            "of the exception report, and try again."
        )
    return Told(f"Indicator {item.label}", "\n\n".join(explain(item, result.settings).lines()))


def _lines(result: IndexResult, findings: Sequence[Finding]) -> str:
    return "\n".join([result.summary(), *_worst(findings)])


def _worst(findings: Sequence[Finding]) -> Iterator[str]:
    """The worst findings, and how many more there are; mere notes are left to Check."""
    bad = [f for f in by_severity(findings) if f.severity is not Severity.INFO]
    if bad:
        yield ""
    for finding in bad[:_MOST_FINDINGS]:
        yield f"- {f'{finding.place}: ' if finding.place else ''}{finding.message}"
    if len(bad) > _MOST_FINDINGS:
        yield f"... and {len(bad) - _MOST_FINDINGS} more; Check lists them all."
