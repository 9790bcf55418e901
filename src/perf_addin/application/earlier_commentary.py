"""Commentary in a column without a period, where an earlier period than the latest is asked for.

Such a column holds one text for each indicator, which is written over month by month. Whether it is
about the period that was asked for or about a later one that has figures already, no cell says.
What was said in the report of that period is known where the report has moved on since: it is on
the sheet "Commentary History", and is taken. Otherwise the column's text is taken, and a finding
names the indicators, so that nobody publishes it unread. A heading with a period leaves no doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import cell_name
from perf_addin.application.layout import columns_of
from perf_addin.application.own_sheets import HISTORY
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.sheets import Row
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period

_MOST_NAMED = 10


def settle_commentary(workbook: Workbook, result: IndexResult) -> IndexResult:
    """Give each indicator what was said of it in the period that was asked for, where known.

    Args:
        workbook: the workbook, for its history.
        result: the index, rated for a period that was asked for.

    Returns:
        The result, with a finding about the texts that may be of a later period.
    """
    doubtful = _doubtful(workbook, result)
    if not doubtful:
        return result
    said = _said(workbook)
    items: list[Rated] = []
    unsettled: list[Rated] = []
    for item in result.rated:
        key = (item.sheet, item.row)
        text = _said_of(item, result.period, said) if key in doubtful else None
        if text is not None:
            items.append(item._replace(commentary=text, is_put_away=text != item.commentary))
            continue
        items.append(item)
        unsettled += [item] if key in doubtful else []
    findings = (*result.findings, *_about(unsettled, doubtful, result.period))
    return result._replace(rated=tuple(items), findings=findings)


def _doubtful(workbook: Workbook, result: IndexResult) -> dict[tuple[str, int], Period]:
    """The indicators whose text may be of a later period, with the latest that has a figure."""
    candidates: dict[str, dict[int, tuple[Rated, Period]]] = {}
    for item in result.rated:
        period = item.period or result.period
        if period is not None and not item.layout.is_long and _text_column(item, period):
            candidates.setdefault(item.sheet, {})[item.row] = item, period
    found: dict[tuple[str, int], Period] = {}
    for sheet in workbook.sheets if candidates else ():
        wanted = candidates.get(sheet.name, {})
        for row in sheet.rows() if wanted else ():
            if row.number in wanted:
                later = _later(row, *wanted[row.number])
                if later is not None:
                    found[sheet.name, row.number] = later
    return found


def _later(row: Row, item: Rated, period: Period) -> Period | None:
    """The latest period of the kind of the rated one that has a figure, where that is later."""
    for each, column in columns_of(item.layout).actuals:
        if each is None or each.kind is not period.kind:
            continue
        if each <= period:  # they come latest first
            return None
        cell = row.get(column)
        if cell is not None and isinstance(read_cell(cell), Figure):
            return each
    return None


def _text_column(item: Rated, period: Period) -> int | None:
    """The column without a period that an indicator's commentary stands in, or None."""
    columns = columns_of(item.layout)
    for field, text in (
        (Field.COMMENTARY, item.commentary),
        (Field.HIGHLIGHT_COMMENTARY, item.highlight_commentary),
    ):
        if text and (field, period) not in columns.dated:
            return columns.undated.get(field)
    return None


def _said(workbook: Workbook) -> Mapping[str, tuple[str, str]]:
    """What was said in earlier reports, with the indicator's name, by the key of its row."""
    from perf_addin.application.history import read_history  # noqa: PLC0415 - rarely asked

    history = read_history(HISTORY.find(workbook.sheets))
    return {each.key: (each.indicator, each.text) for each in history if each.text}


def _said_of(item: Rated, asked: Period | None, said: Mapping[str, tuple[str, str]]) -> str | None:
    """What the report of a period said of an indicator: what was typed, else the index's text."""
    from perf_addin.application.exception_report import EXCEPTIONS  # noqa: PLC0415 - as above
    from perf_addin.application.history import OF_INDEX  # noqa: PLC0415

    period = item.period or asked
    when = period.label if period is not None else ""
    for begins in ("", OF_INDEX):
        for label in (f"{item.label} {item.name}", item.label):
            name, text = said.get(f"{begins}{EXCEPTIONS}:{label}@{when}", ("", ""))
            if text and name.split() == item.name.split():
                return text
    return None


def _about(
    items: Sequence[Rated], later: Mapping[tuple[str, int], Period], asked: Period | None
) -> Iterator[Finding]:
    if not items or asked is None:
        return
    named = ", ".join(item.label for item in items[:_MOST_NAMED])
    more = f" and {len(items) - _MOST_NAMED} more" if len(items) > _MOST_NAMED else ""
    latest = max(later[item.sheet, item.row] for item in items)
    first = items[0]
    column = _text_column(first, first.period or asked)
    yield Finding(
        "commentary-without-period",
        Severity.WARNING,
        f"The column of the commentary states no period, and there are figures after {asked.label} "
        f"(to {latest.label}). Its text was taken for {asked.label} for {named}{more}. Read it: "
        "where it is about a later period, type the right one into the exception report, or put "
        f"the period into the column's heading, such as '{latest.label} Commentary'.",
        first.sheet,
        cell_name(first.row, column) if column is not None else None,
    )
