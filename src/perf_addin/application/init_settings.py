"""The use case: add a Settings sheet, filled with what was detected."""

from __future__ import annotations

from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import Index, open_index
from perf_addin.application.settings import Settings
from perf_addin.application.settings_page import lay_out_settings
from perf_addin.domain.periods import financial_year_of


def init_settings(workbook: Workbook, options: Settings) -> Index:
    """Add the Settings sheet, or renew where the index lies on an existing one.

    Values that a person put on an existing Settings sheet are kept.

    Raises:
        InputError: there is no index, or what was stated does not fit.
        OutputError: the sheet cannot be written without damage.
    """
    index = open_index(workbook, options)
    current = SETTINGS.find(workbook.sheets)
    name = current.name if current is not None else SETTINGS.free_name(workbook.sheets)
    dated = [c.period for layout in index.layouts for c in layout.columns if c.period]
    year = index.settings.financial_year or (financial_year_of(max(dated).start) if dated else None)
    workbook.put_sheet(lay_out_settings(index.layouts, current, year, name))
    return index
