"""The use case: read an index, rate it, and look for what should not be published as it stands."""

from __future__ import annotations

from perf_addin.application.commentary_checks import check_commentary
from perf_addin.application.diff.picture import take_picture
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.settings import Settings


def check(workbook: Workbook, options: Settings) -> IndexResult:
    """Rate an index and hold its commentary against the figures; nothing is written.

    Returns:
        The result of the rating, with the findings about commentary after its own.

    Raises:
        InputError: there is no index, it has no indicators, or what was stated does not fit.
    """
    picture = take_picture(workbook, options)
    result = picture.result
    return result._replace(findings=(*result.findings, *check_commentary(workbook, picture)))
