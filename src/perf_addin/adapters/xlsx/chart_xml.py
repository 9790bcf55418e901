"""The XML of a chart part: a line chart that Excel draws from the index's own cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from perf_addin.adapters.xlsx.cell_text import escape, escape_attribute
from perf_addin.adapters.xlsx.cell_xml import number_text
from perf_addin.adapters.xlsx.names import quoted
from perf_addin.application.drawn import Block, Chart, Line, plain
from perf_addin.application.grid import column_letters

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DARK, _GREY = b"1F3A5F", b"595959"
_CATEGORIES, _VALUES = 500001, 500002


class _Look(NamedTuple):
    """How a line is drawn: colour, width in EMU, dash, and the marker's symbol.

    Lines differ in width and dash, so that they are told apart in grey print too.
    """

    colour: bytes
    width: int
    dash: bytes
    marker: bytes


_LOOKS = {
    "actual": _Look(_DARK, 28575, b"solid", b"circle"),
    "target": _Look(b"000000", 19050, b"dash", b"none"),
    "limit": _Look(b"404040", 19050, b"sysDot", b"none"),
}

_START = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<c:chartSpace xmlns:c="%b" xmlns:a="%b"><c:date1904 val="0"/><c:lang val="en-GB"/>'
    b'<c:roundedCorners val="0"/><c:chart>'
) % (CHART.encode(), MAIN.encode())
_END = (
    b'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>%b</c:legend>'
    b'<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>'
    b'<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    b'<a:ln w="9525"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>'
    b"</c:chartSpace>"
)


def chart_xml(chart: Chart, number_format: str) -> bytes:
    """A whole chart part.

    Args:
        chart: what it shows.
        number_format: the code of the number format of the value axis.
    """
    lines = b"".join(
        _line(chart, place, line, number_format) for place, line in enumerate(chart.lines)
    )
    plot = b'<c:plotArea><c:layout/><c:lineChart><c:grouping val="standard"/>' + (
        b'<c:varyColors val="0"/>%b<c:marker val="1"/><c:axId val="%d"/><c:axId val="%d"/>'
        b"</c:lineChart>%b</c:plotArea>"
    ) % (lines, _CATEGORIES, _VALUES, _axes(number_format))
    return _START + _title(chart.title) + plot + _END % _text_look(900)


def _title(text: str) -> bytes:
    look = b'lang="en-GB" sz="1100" b="1"'
    fill = b'<a:solidFill><a:srgbClr val="%b"/></a:solidFill>' % _DARK
    return (
        b"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr "
        b'sz="1100" b="1"/></a:pPr><a:r><a:rPr %b>%b</a:rPr><a:t>%b</a:t></a:r></a:p></c:rich>'
        b'</c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    ) % (look, fill, escape(plain(text)))


def _text_look(size: int) -> bytes:
    return (
        b'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="%d"/></a:pPr>'
        b'<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    ) % size


def _line(chart: Chart, place: int, line: Line, number_format: str) -> bytes:
    look = _LOOKS[line.role]
    return (
        b'<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:v>%b</c:v></c:tx>%b%b%b'
        b"<c:cat>%b</c:cat><c:val>%b</c:val>"
        b'<c:smooth val="0"/></c:ser>'
    ) % (
        place,
        place,
        escape(plain(line.name)),
        _stroke(look),
        _marker(look),
        _last_label(line, number_format),
        _labels(chart),
        _numbers(line, number_format),
    )


def _stroke(look: _Look) -> bytes:
    return (
        b'<c:spPr><a:ln w="%d" cap="rnd"><a:solidFill><a:srgbClr val="%b"/></a:solidFill>'
        b'<a:prstDash val="%b"/><a:round/></a:ln></c:spPr>'
    ) % (look.width, look.colour, look.dash)


def _marker(look: _Look) -> bytes:
    if look.marker == b"none":
        return b'<c:marker><c:symbol val="none"/></c:marker>'
    fill = b'<a:solidFill><a:srgbClr val="%b"/></a:solidFill>' % look.colour
    return (
        b'<c:marker><c:symbol val="%b"/><c:size val="6"/><c:spPr>%b<a:ln w="9525">%b</a:ln>'
        b"</c:spPr></c:marker>"
    ) % (look.marker, fill, fill)


def _last_label(line: Line, number_format: str) -> bytes:
    """The figure beside the last point of the figures' own line."""
    filled = [i for i, value in enumerate(line.values) if value is not None]
    if line.role != "actual" or not filled:
        return b""
    shown = (
        b'<c:showLegendKey val="0"/><c:showVal val="%d"/><c:showCatName val="0"/>'
        b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    code = b'<c:numFmt formatCode="%b" sourceLinked="0"/>' % escape_attribute(number_format)
    return (
        b'<c:dLbls><c:dLbl><c:idx val="%d"/>%b<c:spPr><a:noFill/></c:spPr>%b'
        b'<c:dLblPos val="t"/>%b</c:dLbl>%b</c:dLbls>'
    ) % (filled[-1], code, _text_look(900), shown % 1, shown % 0)


def _labels(chart: Chart) -> bytes:
    points = _points(map(escape, map(plain, chart.labels)))
    cache = b'<c:ptCount val="%d"/>%b' % (len(chart.labels), points)
    if chart.label_source is None:
        return b"<c:strLit>%b</c:strLit>" % cache
    where = escape(reference(chart.label_source))
    return b"<c:strRef><c:f>%b</c:f><c:strCache>%b</c:strCache></c:strRef>" % (where, cache)


def _numbers(line: Line, number_format: str) -> bytes:
    numbers = (None if value is None else number_text(value) for value in line.values)
    cache = b'<c:formatCode>%b</c:formatCode><c:ptCount val="%d"/>%b' % (
        escape(number_format),
        len(line.values),
        _points(numbers),
    )
    if line.source is None:
        return b"<c:numLit>%b</c:numLit>" % cache
    where = escape(reference(line.source))
    return b"<c:numRef><c:f>%b</c:f><c:numCache>%b</c:numCache></c:numRef>" % (where, cache)


def _points(texts: Iterable[bytes | None]) -> bytes:
    return b"".join(
        b'<c:pt idx="%d"><c:v>%b</c:v></c:pt>' % (place, text)
        for place, text in enumerate(texts)
        if text is not None
    )


def reference(source: Block) -> str:
    """How a formula refers to cells in their order: as one range where they make one.

    Several blocks stand in brackets, with commas between.
    """
    cells = source.cells
    blocks: list[list[tuple[int, int]]] = [[cells[0]]]
    for before, cell in pairwise(cells):
        block = blocks[-1]
        step = (cell[0] - before[0], cell[1] - before[1])
        goes_on = len(block) == 1 or step == (block[1][0] - block[0][0], block[1][1] - block[0][1])
        if step in {(0, 1), (1, 0)} and goes_on:
            block.append(cell)
        else:
            blocks.append([cell])
    named = [f"{quoted(source.sheet)}!{_area(block)}" for block in blocks]
    return named[0] if len(named) == 1 else f"({','.join(named)})"


def _area(block: Sequence[tuple[int, int]]) -> str:
    first, last = (f"${column_letters(c)}${r}" for r, c in (block[0], block[-1]))
    return first if first == last else f"{first}:{last}"


def _axes(number_format: str) -> bytes:
    line = (
        b'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="%b"/></a:solidFill></a:ln></c:spPr>'
    )
    categories = (
        b'<c:catAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        b'<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        b'<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%b%b'
        b'<c:crossAx val="%d"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        b'<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    ) % (_CATEGORIES, line % _GREY, _text_look(900), _VALUES)
    values = (
        b'<c:valAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        b'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>%b</c:majorGridlines>'
        b'<c:numFmt formatCode="%b" sourceLinked="0"/><c:majorTickMark val="out"/>'
        b'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>%b%b<c:crossAx val="%d"/>'
        b'<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    ) % (
        _VALUES,
        line % b"D9D9D9",
        escape_attribute(number_format),
        line % _GREY,
        _text_look(900),
        _CATEGORIES,
    )
    return categories + values
