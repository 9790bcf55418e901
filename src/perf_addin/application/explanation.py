"""Why an indicator has its rating, in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import REPORT
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.settings import Settings
from perf_addin.application.sources import sources
from perf_addin.domain.ranges import breach_sentence


def explanation(item: Rated, settings: Settings) -> Iterator[str]:
    """Say in lines what an indicator is rated and why, and where each input came from."""
    yield f"Indicator {item.label}: {item.name}" if item.no else item.name
    yield item.rating.reason
    if item.actual is not None and item.breach is not None and item.acceptable_range is not None:
        sentence = breach_sentence(item.actual, item.acceptable_range, item.breach)
        yield f"Breach: {sentence}."
    if item.typed is not None and item.typed.letter != item.rating.letter:
        how = "A formula gives" if item.typed.is_formula else "Typed is"
        yield f"{how} {item.typed.letter or item.typed.text}, which was left as it is."
    came_from = [f"{name} {place}" for name, place in sources(item, settings)]
    if came_from:
        yield f"From: {', '.join(came_from)} (sheet {item.sheet!r})."


def indicator_at(workbook: Workbook, result: IndexResult, sheet: str, row: int) -> Rated | None:
    """The indicator that stands in a row (1-based) of the index or of the exception report."""
    for item in (*result.rated, *result.others):
        if (item.sheet, item.row) == (sheet, row):
            return item
    report = REPORT.find(workbook.sheets)
    if report is None or report.name != sheet:
        return None
    for found in report.rows(row):
        label = text_of(found.get(1)) if found.number == row else ""
        return next((item for item in result.rated if label and item.label == label), None)
    return None
