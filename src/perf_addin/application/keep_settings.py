"""Keeps on the Settings sheet what options state about benchmarks, so that it is said once."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.init_settings import as_stated
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import Index, IndexResult
from perf_addin.application.settings import Settings
from perf_addin.application.settings_kinds import COMPARING, Setting, shown
from perf_addin.application.settings_page import Year, lay_out_settings, values_on
from perf_addin.domain.periods import financial_year_of


def keep_stated(workbook: Workbook, result: IndexResult, options: Settings) -> bool:
    """Put what options state about areas on the Settings sheet; a missing sheet is added.

    A sheet that is added states nothing about where the index lies, so that this is detected as
    before. Nothing is written where the sheet states the same already.

    Returns:
        Whether the sheet was changed.

    Raises:
        OutputError: the sheet cannot be written without damage.
    """
    stated = {
        setting.name: _shown(setting, getattr(options, setting.attribute))
        for setting in COMPARING
        if setting.attribute in options.origins
    }
    current = SETTINGS.find(workbook.sheets)
    before = values_on(current)
    if all(before.get(name) == text for name, text in stated.items()):
        return False
    settings = result.settings
    layouts = []
    if current is not None and settings.sheets:
        index = Index(workbook, settings, result.layouts)
        layouts = [as_stated(layout, index) for layout in result.layouts]
    dated = [c.period for layout in result.layouts for c in layout.columns if c.period]
    year = Year(None, financial_year_of(max(dated).start) if dated else None, stated)
    name = current.name if current is not None else SETTINGS.free_name(workbook.sheets)
    workbook.put_sheet(lay_out_settings(layouts, current, year, name))
    return True


def _shown(setting: Setting, value: object) -> str | Decimal:
    """A value as the sheet has it; of two choices the one that stands for true comes last."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, bool) and setting.attribute == "official_spc":
        return setting.choices[value]
    return shown(value)
