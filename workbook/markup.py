"""Markup that openpyxl cannot write: sparklines, 2010 data bars, charts with stored values.

Sources: [MS-XLSX] 2.6 (x14 conditional formatting and sparkline groups), ECMA-376 part 1, 21.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RULE_EXTENSION = "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"
FORMATS_EXTENSION = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
SPARKLINES_EXTENSION = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"
LINE_COLOURS = ("1F3A4D", "C55A11", "7C9EB2")


@dataclass(frozen=True)
class Sparkline:
    """One sparkline: the range it draws and the cell it stands in."""

    source: str
    cell: str


@dataclass(frozen=True)
class Line:
    """One line of a chart: references and the values that Excel would store with them."""

    name_reference: str
    name: str
    values_reference: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Categories:
    """The category axis of a chart: month names, or date serials with a number format."""

    reference: str
    values: Sequence[str | int]
    date_format: str = ""


def extension_list(*extensions: str) -> str:
    """Wrap sheet extensions; they must come in Excel's order."""
    return f"<extLst>{''.join(extensions)}</extLst>"


def rule_id(number: int) -> str:
    """Give the identifier that ties a data bar rule to its extension."""
    return f"{{5E1A7B10-0000-4000-8000-{number:012d}}}"


def rule_extension(number: int) -> str:
    """Write the part of a data bar's rule that points to its extension."""
    return (
        f'<extLst><ext xmlns:x14="{X14}" uri="{RULE_EXTENSION}">'
        f"<x14:id>{rule_id(number)}</x14:id></ext></extLst>"
    )


def data_bar_extension(reference: str, number: int, highest: str = "") -> str:
    """Write the 2010 half of a data bar: solid fill, border, no gradient, axis at zero."""
    top = (
        f'<x14:cfvo type="num"><xm:f>{highest}</xm:f></x14:cfvo>'
        if highest
        else '<x14:cfvo type="max"/>'
    )
    return (
        f'<ext xmlns:x14="{X14}" uri="{FORMATS_EXTENSION}"><x14:conditionalFormattings>'
        f'<x14:conditionalFormatting xmlns:xm="{XM}">'
        f'<x14:cfRule type="dataBar" id="{rule_id(number)}">'
        '<x14:dataBar minLength="0" maxLength="100" border="1" gradient="0">'
        f'<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo>{top}'
        '<x14:borderColor rgb="FF7C9EB2"/><x14:negativeFillColor rgb="FFC00000"/>'
        '<x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule>'
        f"<xm:sqref>{reference}</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    )


def sparkline_extension(sparklines: Iterable[Sparkline]) -> str:
    """Write one group of line sparklines with markers and the last point marked."""
    colours = "".join(
        f'<x14:color{part} rgb="{colour}"/>'
        for part, colour in (
            ("Series", "FF1F3A4D"),
            ("Negative", "FFC00000"),
            ("Axis", "FF000000"),
            ("Markers", "FF1F3A4D"),
            ("First", "FF1F3A4D"),
            ("Last", "FFC55A11"),
            ("High", "FF1F3A4D"),
            ("Low", "FF1F3A4D"),
        )
    )
    lines = "".join(
        f"<x14:sparkline><xm:f>{escape(each.source)}</xm:f><xm:sqref>{each.cell}</xm:sqref>"
        "</x14:sparkline>"
        for each in sparklines
    )
    return (
        f'<ext xmlns:x14="{X14}" uri="{SPARKLINES_EXTENSION}">'
        f'<x14:sparklineGroups xmlns:xm="{XM}">'
        '<x14:sparklineGroup lineWeight="1.25" displayEmptyCellsAs="gap" markers="1" last="1">'
        f"{colours}<x14:sparklines>{lines}</x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext>"
    )


def line_chart(
    title: str, categories: Categories, lines: Sequence[Line], number_format: str
) -> str:
    """Write a line chart's part, with the values that it would show stored in it.

    The value axis runs from 0.5 to 1, for ratios that are high.
    """
    series = "".join(
        _series(place, line, categories, number_format) for place, line in enumerate(lines)
    )
    axis = _category_axis(categories)
    return (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}"><c:roundedCorners val="0"/>'
        f"<c:chart><c:title>{_rich_text(title, 1400)}"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{series}<c:marker val="1"/><c:axId val="50010"/><c:axId val="50020"/></c:lineChart>'
        f'{axis}<c:valAx><c:axId val="50020"/><c:scaling><c:orientation val="minMax"/>'
        '<c:max val="1"/><c:min val="0.5"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350">'
        '<a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode={quoteattr(number_format)} sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="50010"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        '</c:valAx></c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000">'
        '<a:latin typeface="Arial"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
        "</c:chartSpace>"
    )


def _rich_text(text: str, size: int) -> str:
    return (
        f'<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="1"/></a:pPr>'
        f'<a:r><a:rPr lang="en-GB" sz="{size}" b="1"/><a:t>{escape(text)}</a:t></a:r></a:p>'
        "</c:rich></c:tx>"
    )


def _series(place: int, line: Line, categories: Categories, number_format: str) -> str:
    colour = LINE_COLOURS[place % len(LINE_COLOURS)]
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef>'
        f"<c:f>{escape(line.name_reference)}</c:f><c:strCache>{_points([line.name])}</c:strCache>"
        f'</c:strRef></c:tx><c:spPr><a:ln w="28575" cap="rnd">{fill}<a:round/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>{fill}</c:spPr></c:marker>'
        f"{_categories(categories)}<c:val><c:numRef><c:f>{escape(line.values_reference)}</c:f>"
        f"<c:numCache><c:formatCode>{escape(number_format)}</c:formatCode>{_points(line.values)}"
        '</c:numCache></c:numRef></c:val><c:smooth val="0"/></c:ser>'
    )


def _categories(categories: Categories) -> str:
    reference = f"<c:f>{escape(categories.reference)}</c:f>"
    points = _points(categories.values)
    if categories.date_format:
        code = f"<c:formatCode>{escape(categories.date_format)}</c:formatCode>"
        return (
            f"<c:cat><c:numRef>{reference}<c:numCache>{code}{points}</c:numCache></c:numRef>"
            "</c:cat>"
        )
    return f"<c:cat><c:strRef>{reference}<c:strCache>{points}</c:strCache></c:strRef></c:cat>"


def _points(values: Sequence[str | float | None]) -> str:
    given = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(str(value))}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{given}'


def _category_axis(categories: Categories) -> str:
    dates = bool(categories.date_format)
    name = "dateAx" if dates else "catAx"
    code = categories.date_format or "General"
    tail = (
        '<c:auto val="1"/><c:lblOffset val="100"/><c:baseTimeUnit val="months"/>'
        if dates
        else '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/>'
    )
    return (
        f'<c:{name}><c:axId val="50010"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/>'
        f'<c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/>'
        '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:crossAx val="50020"/><c:crosses val="autoZero"/>'
        f"{tail}</c:{name}>"
    )
