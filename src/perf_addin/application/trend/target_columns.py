"""Targets of other times in an index: columns of earlier years, and of single months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.detect import find_heads
from perf_addin.application.grid import Cell
from perf_addin.application.headings import heading_text, read_column
from perf_addin.application.layout import Layout
from perf_addin.application.lines import top_lines
from perf_addin.application.rated import Rated
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field, read_heading
from perf_addin.domain.dated_targets import DatedTarget, in_order
from perf_addin.domain.figures import Figure
from perf_addin.domain.periods import Period, financial_year_of, read_financial_year
from perf_addin.domain.targets import Comparison, Target, read_target

_APRIL = 4
_STRICT = frozenset({Comparison.MORE_THAN, Comparison.FEWER_THAN})


class TargetColumn(NamedTuple):
    """A column of targets: its 1-based number, and the day from which on they hold."""

    number: int
    since: date


def target_columns(sheet: Sheet, layout: Layout) -> list[TargetColumn]:
    """The columns with targets whose headings say of which year or month they are.

    Read from the headings themselves, since an index has one target column in its layout.
    """
    rows = layout.header_last - layout.header_first + 1
    lines = top_lines(sheet, layout.header_first, rows)
    head = next(find_heads(lines, sheet.merged(), (layout.header_first, layout.header_last)), None)
    found = []
    for number, parts in sorted(head.parts.items()) if head is not None else ():
        meaning = read_column(parts, layout.financial_year)
        texts = [heading_text(part) for part in parts]
        named = any(read_heading(text) is Field.TARGET for text in texts)
        if meaning is not None and meaning[0] is Field.TARGET and meaning[1] is not None:
            found.append(TargetColumn(number, meaning[1].start))
        elif named or (meaning is not None and meaning[0] is Field.TARGET):
            years = [year for text in texts if (year := read_financial_year(text)) is not None]
            if years:
                found.append(TargetColumn(number, date(years[-1], _APRIL, 1)))
    return found


def targets_of(
    item: Rated,
    columns: list[TargetColumn],
    cells: Mapping[int, Cell],
    stated: tuple[tuple[Period, Target], ...],
    others: Sequence[Rated] = (),
) -> list[DatedTarget]:
    """The targets of an indicator in order of time, on its scale.

    What a person stated for the indicator replaces what the columns say. The target that the
    rating used holds from the beginning of its year where there are others, else always. With one
    row for each period, `others` are the rows of its other periods, each with a target of its own.
    """
    percent = item.actual.percent if item.actual is not None else False
    if stated:
        return in_order([_dated(p.start, target, percent=percent) for p, target in stated])
    if item.layout.is_long:
        return in_order([target for each in (*others, item) for target in _of_row(each)])
    found = []
    for column in columns:
        cell = cells.get(column.number)
        if cell is None or isinstance(cell.value, bool):
            continue
        figure = read_cell(cell)
        target = read_target(cell.value, percent=cell.percent)
        if isinstance(target, Target) and target.value is not None:
            shown = figure.percent if isinstance(figure, Figure) else target.percent
            found.append(_dated(column.since, target._replace(percent=shown), percent=percent))
    own = item.target
    if isinstance(own, Target) and own.value is not None and item.period is not None:
        year = date(financial_year_of(item.period.start), _APRIL, 1)
        is_known = any(each.since is not None and each.since >= year for each in found)
        if not is_known:
            since = year if found else None
            found.append(DatedTarget(since, own.value, own.comparison in _STRICT))
    return in_order(found)


def _of_row(item: Rated) -> Iterator[DatedTarget]:
    """The target of a row that stands for one period."""
    target = item.target
    if isinstance(target, Target) and target.value is not None and item.period is not None:
        yield DatedTarget(item.period.start, target.value, target.comparison in _STRICT)


def _dated(since: date, target: Target, *, percent: bool) -> DatedTarget:
    """A target on the indicator's scale: a bare 0.85 among percentages is 85 points."""
    value = target.value if target.value is not None else Decimal(0)
    if percent and not target.percent and abs(value) <= 1:
        value = value.scaleb(2)
    return DatedTarget(since, value, target.comparison in _STRICT)
