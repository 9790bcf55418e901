"""Where each input of a rating came from: a cell, an option, the Settings sheet, or a default."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.grid import cell_name
from perf_addin.application.rated import Rated
from perf_addin.application.settings import Settings
from perf_addin.application.stated_values import Origin
from perf_addin.application.vocabulary import Field

_INPUTS = (
    (Field.TARGET, "target"),
    (Field.POLARITY, "polarity"),
    (Field.RULE, "rule"),
    (Field.TOLERANCE, "tolerance"),
    (Field.GREEN_TOLERANCE, "green_tolerance"),
    (Field.GREEN, "green_threshold"),
    (Field.AMBER, "amber_threshold"),
    (Field.LOWER, "lower"),
    (Field.UPPER, "upper"),
    (Field.RANGE, "range"),
    (Field.MARGIN, "margin"),
)


def sources(item: Rated, settings: Settings) -> Iterator[tuple[str, str]]:
    """Give each input of a rating by its field's name, and where it came from.

    Args:
        item: a rated indicator.
        settings: the settings that it was rated under.

    Yields:
        Pairs such as `("Target", "E9")` or `("Tolerance", "built-in default")`, for the inputs
        that were stated or defaulted.
    """
    if item.actual_place is not None:
        yield Field.ACTUAL.value, item.actual_place.name
    for field, attribute in _INPUTS:
        if field in item.stated:
            yield field.value, cell_name(item.row, _column(item, field))
        elif attribute in settings.origins:
            yield field.value, settings.origins[attribute].value
        elif attribute in item.rating.defaults:
            yield field.value, Origin.DEFAULT.value


def _column(item: Rated, field: Field) -> int:
    """The column of a field that the row states: its period's own, else the undated one."""
    columns = [c for c in item.layout.columns if c.field is field]
    own = [c.number for c in columns if c.period is not None and c.period == item.period]
    return (own or [c.number for c in columns if c.period is None])[0]
