"""The sheet "Trend": a line for each indicator, and the columns in which people state its chart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from perf_addin.application.kept_lines import Line
from perf_addin.application.own_sheets import TREND
from perf_addin.application.ports import Choice, PageCell, PageRow, PageStyle, SheetPage
from perf_addin.application.row_heights import row_height
from perf_addin.application.trend.reckon import Trend, spread
from perf_addin.application.trend.stated import STATED_HEADER, Stated
from perf_addin.domain.earlier import Earlier
from perf_addin.domain.figures import exact
from perf_addin.domain.projection import Projection, Way
from perf_addin.domain.showing import show_apart, show_number
from perf_addin.domain.spc import Cause, Method

PROJECTION = "Year end (projection, not a figure)"
HEADER = (
    *("No", "Indicator", "Figure", "Direction", "Compared with", "Points", "Mean (limits)"),
    *("Variation", "Last special cause", "Target", "Assurance", PROJECTION, "Note"),
)
# Those that are printed are as narrow as their longest words allow, so that a page across A4 is
# printed at four fifths of its size; their texts wrap.
_WIDTHS: dict[int, float] = dict(
    enumerate((5, 26, 11, 10, 11, 7, 15, 11, 13, 8, 12, 13, 30, 9, 14, 10, 26, 12), 1)
)
_HEADER_ROW = 5
_POINTS = HEADER.index("Points") + 1
_SCREENING, _WAY = len(HEADER) + 3, len(HEADER) + 5
_TITLE = PageStyle(bold=True, size=14, colour="1F3A5F")
_NOTE = PageStyle(italic=True, colour="595959")
_HEAD = PageStyle(bold=True, colour="FFFFFF", fill="1F3A5F", border=True, wrap=True)
_CELL = PageStyle(border=True, wrap=True)
_COUNT = PageStyle(border=True, horizontal="center")
_TO_FILL = PageStyle(border=True, wrap=True, fill="FFF9E5")
_FILL_NOTES = (
    "Made anew by every run. A projection is never rated.",
    (
        "The last five columns are yours, and kept: how an indicator's limits are fixed or rebased,"
        " its targets by period (Apr 2020: 85%; Apr 2021: 90%), and how its year is projected."
    ),
)


def lay_out_trend(
    trends: Sequence[Trend], gone: Sequence[Line[Stated]], about: str, name: str, method: Method
) -> SheetPage:
    """Lay the sheet out.

    Args:
        trends: every indicator, in the order of the index.
        gone: what was stated for indicators that the index has no more; it comes last.
        about: how everything was reckoned.
        name: the sheet's name.
        method: how the charts were reckoned.
    """
    rows = [
        PageRow(1, (PageCell(1, TREND.mark, _TITLE),)),
        PageRow(2, (PageCell(1, about, _NOTE),)),
        *(PageRow(n, (PageCell(1, note, _NOTE),)) for n, note in enumerate(_FILL_NOTES, 3)),
        _row(_HEADER_ROW, (*HEADER, *STATED_HEADER), _HEAD),
    ]
    lines = [(*_line(trend, method), *stated_line(trend.stated)) for trend in trends]
    lines += [_gone(line) for line in gone]
    rows += (_row(number, line, _CELL) for number, line in enumerate(lines, _HEADER_ROW + 1))
    last = _HEADER_ROW + max(len(lines), 1)
    return SheetPage(
        name=name,
        rows=tuple(rows),
        own_columns=len(HEADER) + len(STATED_HEADER),
        column_widths=_WIDTHS,
        title_rows=(_HEADER_ROW, _HEADER_ROW),
        print_columns=len(HEADER),
        frozen_rows=_HEADER_ROW,
        landscape=True,
        choices=(
            Choice(_area(_SCREENING, last), ("On", "Off")),
            Choice(_area(_WAY, last), tuple(way.value for way in Way)),
        ),
    )


def _gone(line: Line[Stated]) -> tuple[str | int, ...]:
    nothing = ("",) * (len(HEADER) - 3)
    return (line.no, line.name, *nothing, "Not in the index now.", *stated_line(line.value))


def stated_line(stated: Stated) -> tuple[str | int, ...]:
    """What was stated, as the sheet has it; a number of points as a number."""
    first, *others = stated.texts
    return (stated.fix_after if stated.fix_after is not None else first, *others)


def _area(column: int, last: int) -> str:
    letters = chr(64 + column)
    return f"{letters}{_HEADER_ROW + 1}:{letters}{last}"


def _row(number: int, values: Sequence[str | int], style: PageStyle) -> PageRow:
    cells = tuple(
        PageCell(c, v if v != "" else None, _style(c, style)) for c, v in enumerate(values, 1)
    )
    texts = [(str(v), _WIDTHS[c]) for c, v in enumerate(values, 1)]
    return PageRow(number, cells, row_height(texts, style.size))


def _style(column: int, style: PageStyle) -> PageStyle:
    if style is not _CELL:
        return style
    return _TO_FILL if column > len(HEADER) else _COUNT if column == _POINTS else style


def _line(trend: Trend, method: Method) -> tuple[str | int, ...]:
    item = trend.item
    if not trend.series:
        return (item.no or "", item.name, *("",) * 10, " ".join(trend.notes))
    last = trend.series[-1]
    return (
        item.no or "",
        item.name,
        _in_two(f"{figure_text(trend)} ({last.period.label})"),
        trend.direction.value if trend.direction is not None else "",
        _in_two(compared_with(trend)),
        len(trend.series),
        _in_two(limits_text(trend)),
        trend.variation.value if trend.variation is not None else "",
        special_text(trend, method),
        shown(trend, trend.target.value) if trend.target is not None else "",
        trend.assurance.value if trend.assurance is not None else "",
        _in_two(projection_text(trend)),
        " ".join(trend.notes),
    )


def _in_two(text: str) -> str:
    """A text with what stands in brackets on a line of its own, for a narrow column."""
    return text.replace(" (", "\n(", 1)


def shown(trend: Trend, value: Decimal | Fraction) -> str:
    """A number of an indicator as a person reads it."""
    number = value if isinstance(value, Decimal) else _decimal(value)
    return show_number(number, percent=trend.percent)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def figure_text(trend: Trend) -> str:
    """The last figure; with more digits where it would read like the one it is held against."""
    earlier = trend.earlier
    if isinstance(earlier, Earlier):
        return _apart(trend, earlier)[0]
    return shown(trend, trend.series[-1].value)


def _apart(trend: Trend, earlier: Earlier) -> tuple[str, str]:
    value = exact(earlier.value)
    return show_apart(trend.series[-1].value, value, percent=trend.percent)


def compared_with(trend: Trend) -> str:
    """The earlier figure and its period, or why there is none."""
    earlier = trend.earlier
    if isinstance(earlier, Earlier):
        return f"{_apart(trend, earlier)[1]} ({earlier.label})"
    return f"{earlier[0].upper()}{earlier[1:]}" if earlier else ""


def limits_text(trend: Trend) -> str:
    """Mean and limits: `84.2% (76.1% to 92.3%)`."""
    limits = trend.limits
    if limits is None or limits.lower is None or limits.upper is None:
        return ""
    low, high = shown(trend, limits.lower), shown(trend, limits.upper)
    return f"{shown(trend, limits.mean)} ({low} to {high})"


def special_text(trend: Trend, method: Method) -> str:
    """The last point with a special cause and the rule that it meets; empty without one."""
    if trend.special is None:
        return ""
    cause = trend.points[trend.special].cause
    return f"{cause_text(cause, method)} ({trend.series[trend.special].period.label})"


def cause_text(cause: Cause, method: Method) -> str:
    """A rule in words, with the number of points that the method asks for."""
    text = cause.value
    return f"{method.run}{text[1:]}" if text.startswith("7 ") else text


def projection_text(trend: Trend) -> str:
    """The projection and its range; empty where there is none."""
    if not isinstance(trend.projection, Projection):
        return ""
    parts = [shown(trend, value) for value in spread(trend)]
    if len(parts) == 1:
        return f"about {parts[0]}"
    value, low, high = parts
    return f"about {value} ({low} to {high})"
