"""Charts and sparklines on a sheet of ours: what is drawn, said without a word about how."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from perf_addin.application.grid import CellRange

if TYPE_CHECKING:
    from perf_addin.application.ports import SheetPage


class Block(NamedTuple):
    """Cells of one sheet, (row, column) each, in the order in which they are drawn."""

    sheet: str
    cells: tuple[tuple[int, int], ...]


class Line(NamedTuple):
    """One line of a chart.

    Attributes:
        role: the figures themselves, the target, or a limit of the acceptable range.
        name: what the legend calls it.
        values: a number for each label, as the cells store it (88% is 0.88), or None for a gap.
        source: the cell behind each value; None until they have a place.
    """

    role: Literal["actual", "target", "limit"]
    name: str
    values: tuple[Decimal | None, ...]
    source: Block | None = None


class Chart(NamedTuple):
    """A line chart of an indicator's figures.

    Attributes:
        name: what the picture is called; it begins with `CHART_NAME`, is one chart's alone, and
            is what `plain` makes of it.
        title: shown above it.
        description: what it shows in words, for people who do not see it.
        labels: the periods, oldest first.
        lines: the figures first.
        shown_as: a cell whose number format the axis takes.
        as_percent: whether that cell holds a text such as "88%", so that its format says nothing.
        label_source: the cell behind each label; None until they have a place.
        area: the cells that it covers.
    """

    name: str
    title: str
    description: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    shown_as: Block
    as_percent: bool = False
    label_source: Block | None = None
    area: CellRange = CellRange(1, 1, 1, 1)


class Sparkline(NamedTuple):
    """A small line in a cell.

    Attributes:
        row: the row it stands in, in the column of trends.
        sheet: the sheet that its figures are on.
        figures: their cells, in one row or one column.
        bridged: whether blank cells between figures are passed over, as they are between those of
            a quarterly indicator; otherwise the line has a gap there.
    """

    row: int
    sheet: str
    figures: CellRange
    bridged: bool = False


class Drawn(NamedTuple):
    """All that is drawn on a page; what was drawn on it earlier by us gives way to it.

    Attributes:
        charts: in the order of their rows.
        sparklines: in the order of their rows.
        trend_column: the 1-based column of the sparklines, one of the page's own.
        behind: the sheet of what charts show beside the index's own cells; None to leave it.
    """

    charts: Sequence[Chart] = ()
    sparklines: Sequence[Sparkline] = ()
    trend_column: int = 5
    behind: SheetPage | None = None


CHART_NAME = "perf-addin chart "
"""What the name of every chart of ours begins with."""


def plain(text: str) -> str:
    """A text in one line, without characters that a drawing cannot hold or nobody sees."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(kept.split())
