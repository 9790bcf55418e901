"""The use case: add a Settings sheet, filled with what was detected."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.indicators import read_indicators
from perf_addin.application.layout import Layout
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import Index, open_index
from perf_addin.application.settings import Settings
from perf_addin.application.settings_page import ImportLine, Year, lay_out_settings
from perf_addin.application.sheets import Sheet
from perf_addin.domain.periods import financial_year_of


def init_settings(
    workbook: Workbook, options: Settings, imports: Sequence[ImportLine] | None = None
) -> Index:
    """Add the Settings sheet, or renew where the index lies on an existing one.

    Values that a person put on an existing Settings sheet are kept; `imports` takes the place of
    what it tells an import, unless it is None.

    Raises:
        InputError: there is no index, or what was stated does not fit.
        OutputError: the sheet cannot be written without damage.
    """
    index = open_index(workbook, options)
    current = SETTINGS.find(workbook.sheets)
    name = current.name if current is not None else SETTINGS.free_name(workbook.sheets)
    dated = [c.period for layout in index.layouts for c in layout.columns if c.period]
    detected = financial_year_of(max(dated).start) if dated else None
    year = Year(options.financial_year, detected)
    layouts = [as_stated(layout, index) for layout in index.layouts]
    workbook.put_sheet(lay_out_settings(layouts, current, year, name, imports))
    return index


def as_stated(layout: Layout, index: Index) -> Layout:
    """A layout as it may be stated; without columns where they change further down the sheet.

    Columns that are stated hold for a whole sheet, so they would be wrong for its later blocks.
    """
    stated_sheets = {stated.name for stated in index.settings.sheets if stated.columns}
    if index.settings.columns or layout.sheet in stated_sheets:
        return layout
    sheet: Sheet = next(s for s in index.workbook.sheets if s.name == layout.sheet)
    fields = {
        tuple((c.number, c.field, c.period) for c in found.layout.columns)
        for found in read_indicators(sheet, layout, stated=False, findings=[])
    }
    return layout._replace(columns=()) if len(fields) > 1 else layout
