"""Targets that a rollover carried into the new year, until somebody confirms or changes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.own_sheets import ROLLOVER
from perf_addin.application.ports import Workbook
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.new_year import year_label


def check_targets_confirmed(workbook: Workbook, rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Targets that stand as they were carried and are not confirmed on the sheet "Rollover Log"."""
    sheet = ROLLOVER.find(workbook.sheets)
    if sheet is None:
        return
    from perf_addin.application.rollover.blocks import year_of  # noqa: PLC0415 - few have one
    from perf_addin.application.rollover.carried import (  # noqa: PLC0415
        standards_column,
        standards_text,
    )
    from perf_addin.application.rollover.log_page import read_log  # noqa: PLC0415

    log = read_log(sheet)
    waiting = {(each.sheet, each.no, each.name): each.told for each in log.unconfirmed}
    for row in rows:
        item = row.item
        told = waiting.get((item.sheet, item.no or "", item.name))
        columns = item.layout.columns
        if told is None or log.year is None or year_of(item.layout) not in {None, log.year}:
            continue
        if standards_text(row.cells.get, columns) == told:
            yield row.finding(
                "target-unconfirmed",
                Severity.WARNING,
                f"the target of {year_label(log.year - 1)}, {told}, was carried into "
                f"{year_label(log.year)}, and nobody has confirmed it.",
                standards_column(columns),
            )
