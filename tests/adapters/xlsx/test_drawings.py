"""Charts and sparklines of ours among what other people drew on the same sheet."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from perf_addin.adapters.xlsx.drawing_xml import DrawingXml
from perf_addin.application.drawn import Block, Chart, Drawn, Line, Sparkline
from perf_addin.application.grid import CellRange
from perf_addin.application.ports import PageCell, PageRow, PageStyle, SheetPage
from tests.adapters.xlsx.package_compare import compare_grown, compare_styles, same, tree
from tests.adapters.xlsx.small_workbook import build, load, save, sheet
from tests.judges import new_errors, validate, validate_many

SHEET2 = "xl/worksheets/sheet2.xml"
ROW = '<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>0.25</v></c><c r="C2"><v>3</v></c></row>'
FIGURES = Block("Index", ((2, 1), (2, 2), (2, 3)))
URI = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"


def chart(name: str = "22", row: int = 3) -> Chart:
    """A chart of three figures and a target."""
    values = (Decimal(1), None, Decimal(3))
    return Chart(
        f"perf-addin chart {name}",
        f"{name}: carers & <others>",
        'Line "chart"\nin words',
        ("Apr", "May", "Jun"),
        (Line("actual", "Actual", values, FIGURES), Line("target", "Target", (Decimal(2),) * 3)),
        Block("Index", ((2, 2),)),
        area=CellRange(row, 1, row + 9, 4),
    )


def page(drawn: Drawn | None, *, shown: bool = True) -> SheetPage:
    """A page of one cell with something drawn on it."""
    return SheetPage(
        "Report",
        (PageRow(1, (PageCell(1, "x", PageStyle()),)),),
        own_columns=6,
        column_widths={4: 40.0, 5: 14.0 if shown else 2.0, 6: 30.0},
        hidden_columns=(6,) if shown else (5, 6),
        print_columns=5 if shown else 4,
        drawn=drawn,
    )


DRAWN = Drawn(
    (chart(), chart("2", 20)), (Sparkline(1, "Index", CellRange(2, 1, 2, 3)),), trend_column=5
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return build(tmp_path / "a.xlsx", sheet(ROW))


def put(source: Path, wanted: SheetPage, name: str) -> Path:
    workbook = load(source)
    workbook.put_sheet(wanted)
    return save(workbook, source.with_name(name))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(path: Path, name: str) -> bytes:
    return parts(path)[name]


def rebuilt(path: Path, changed: Mapping[str, bytes]) -> Path:
    """The same package with some parts of other content, as another program would leave it."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts(path), **changed}.items():
            package.writestr(name, content)
    return target


def names(path: Path, drawing: str = "xl/drawings/drawing1.xml") -> list[str]:
    """The names of all pictures of a drawing, in order."""
    return re.findall(r'<(?:xdr:)?cNvPr [^>]*name="([^"]*)"', part(path, drawing).decode())


def test_openpyxl_reads_the_charts(book: Path) -> None:
    found = openpyxl.load_workbook(put(book, page(DRAWN), "b.xlsx"))["Report"]
    assert isinstance(found, Worksheet)
    first, second = found._charts  # type: ignore[attr-defined]
    assert first.ser[0].val.numRef.f == "'Index'!$A$2:$C$2"
    assert [p.v for p in first.ser[0].val.numRef.numCache.pt] == [1, 3]
    assert first.y_axis.numFmt.formatCode == "0.0%"
    assert (first.anchor._from.row, first.anchor.to.row) == (2, 12)
    assert second.anchor._from.row == 19
    assert found.column_dimensions["E"].width == 14
    assert not found.column_dimensions["E"].hidden
    assert found.print_area == "'Report'!$A$1:$E$1"


def test_the_validator_finds_nothing(book: Path) -> None:
    once = put(book, page(DRAWN), "b.xlsx")
    without = put(once, page(Drawn(), shown=False), "c.xlsx")
    verdicts = validate_many([book, once, without])
    assert new_errors(verdicts[book], verdicts[once]) == ()
    assert new_errors(verdicts[book], verdicts[without]) == ()


def test_twice_is_once_and_none_is_as_before(book: Path) -> None:
    plain = put(book, page(None, shown=False), "plain.xlsx")
    once = put(book, page(DRAWN), "once.xlsx")
    assert put(once, page(DRAWN), "twice.xlsx").read_bytes() == once.read_bytes()
    assert put(once, page(None), "kept.xlsx").read_bytes() == once.read_bytes()
    without = put(once, page(Drawn(), shown=False), "without.xlsx")
    left = parts(without)
    assert left.pop("xl/worksheets/_rels/sheet2.xml.rels").count(b"<Relationship ") == 0
    was = parts(plain)
    assert same(tree(left.pop(SHEET2)), tree(was.pop(SHEET2)))
    assert left == was


def test_one_chart_goes_and_another_comes(book: Path) -> None:
    once = put(book, page(DRAWN), "once.xlsx")
    swapped = Drawn((chart("2", 20), chart("5", 40)), DRAWN.sparklines, 5)
    after = put(once, page(swapped), "after.xlsx")
    assert names(after) == ["perf-addin chart 2", "perf-addin chart 5"]
    held = [n for n in parts(after) if n.startswith("xl/charts/")]
    assert len(held) == 2
    assert all(f"/{n}".encode() in part(after, "[Content_Types].xml") for n in held)
    assert validate(after) == validate(book)


def test_looks_that_excel_added_to_a_chart_go_with_it(book: Path) -> None:
    """Excel saves a part for a chart's style and one for its colours beside it."""
    once = put(book, page(DRAWN), "once.xlsx")
    kind = "http://schemas.microsoft.com/office/2011/relationships/chartStyle"
    styled = rebuilt(
        once,
        {
            "xl/charts/_rels/chart1.xml.rels": (
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                b'relationships"><Relationship Id="rId1" Type="%b" Target="style1.xml"/>'
                b"</Relationships>" % kind.encode()
            ),
            "xl/charts/style1.xml": b"<x/>",
        },
    )
    after = put(styled, page(Drawn((chart("2", 20),), (), 5)), "after.xlsx")
    assert not {"xl/charts/style1.xml", "xl/charts/_rels/chart1.xml.rels"} & {*parts(after)}
    assert put(styled, page(DRAWN), "same.xlsx").read_bytes() == styled.read_bytes()


def test_what_a_person_drew_on_the_sheet_stays(book: Path) -> None:
    """A chart and a comment of somebody's, before ours, beside ours and after ours."""
    plain = put(book, page(None, shown=False), "plain.xlsx")
    excel = openpyxl.load_workbook(plain)
    theirs = LineChart()
    theirs.add_data(Reference(excel["Index"], min_col=1, max_col=3, min_row=2), from_rows=True)
    report = excel["Report"]
    assert isinstance(report, Worksheet)
    report.add_chart(theirs, "H3")  # type: ignore[call-arg]
    report["A1"].comment = Comment("look", "somebody")
    excel.save(plain)
    before = parts(plain)
    both = put(plain, page(DRAWN), "both.xlsx")
    after = parts(both)
    assert names(both)[1:] == ["perf-addin chart 22", "perf-addin chart 2"]
    drawing = "xl/drawings/drawing1.xml"
    theirs_xml = before[drawing]
    assert after[drawing].startswith(theirs_xml[: theirs_xml.rindex(b"</")])
    for name, content in before.items():
        if name in {SHEET2, drawing, "xl/workbook.xml"}:
            continue
        if name == "xl/styles.xml":  # openpyxl spells styles in its own way
            compare_styles(content, after[name])
        elif name.endswith((".rels", "[Content_Types].xml")):
            compare_grown(content, after[name])
        else:
            assert after[name] == content, name
    assert put(both, page(DRAWN), "again.xlsx").read_bytes() == both.read_bytes()
    without = put(both, page(Drawn(), shown=False), "without.xlsx")
    left = parts(without)
    assert left[drawing] == theirs_xml
    refreshed = parts(put(plain, page(None, shown=False), "refreshed.xlsx"))
    assert same(tree(left[SHEET2]), tree(refreshed[SHEET2]))
    assert left.keys() == before.keys()
    assert validate(without) == validate(plain)


def test_a_copy_of_a_chart_that_somebody_made_is_theirs(book: Path) -> None:
    once = put(book, page(Drawn((chart(),))), "once.xlsx")
    drawing = part(once, "xl/drawings/drawing1.xml")
    anchor = drawing[drawing.index(b"<xdr:twoCellAnchor") : drawing.rindex(b"</xdr:wsDr>")]
    copied = rebuilt(once, {"xl/drawings/drawing1.xml": drawing.replace(anchor, anchor * 2)})
    after = put(copied, page(Drawn((chart(row=30),))), "after.xlsx")
    changed = part(after, "xl/drawings/drawing1.xml")
    assert changed.count(anchor) == 1
    assert changed.count(b"<xdr:twoCellAnchor") == 2


def test_sparklines_and_extensions_of_other_people_stay(book: Path) -> None:
    once = put(book, page(DRAWN), "once.xlsx")
    xml = part(once, SHEET2)
    group = re.search(rb"<x14:sparklineGroup .*?</x14:sparklineGroup>", xml)
    assert group is not None
    theirs = group[0].replace(b"<xm:sqref>E1<", b"<xm:sqref>H1<")
    other = b'<ext uri="{AAAA}" xmlns:q="urn:q"><q:kept/></ext>'
    mixed = xml.replace(group[0], theirs + group[0]).replace(b"</extLst>", other + b"</extLst>")
    both = rebuilt(once, {SHEET2: mixed})
    assert part(put(both, page(DRAWN), "same.xlsx"), SHEET2) == mixed
    moved = DRAWN._replace(sparklines=(Sparkline(4, "Index", CellRange(2, 1, 2, 3)),))
    after = part(put(both, page(moved), "moved.xlsx"), SHEET2)
    assert after == mixed.replace(group[0], b"").replace(
        b"</x14:sparklineGroups>", group[0].replace(b">E1<", b">E4<") + b"</x14:sparklineGroups>"
    )
    without = part(put(both, page(Drawn(), shown=False), "without.xlsx"), SHEET2)
    assert theirs in without
    assert other in without
    assert b">E1<" not in without


def test_the_extension_stands_behind_conditional_formats(book: Path) -> None:
    once = put(book, page(None), "once.xlsx")
    xml = part(once, SHEET2)
    formats = b'<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/>'
    slicers = b'<ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}"/>'
    held = xml.replace(b"</worksheet>", b"<extLst>" + formats + slicers + b"</extLst></worksheet>")
    after = part(put(rebuilt(once, {SHEET2: held}), page(DRAWN), "after.xlsx"), SHEET2)
    extensions = [each.get("uri") for each in tree(after)[-1]]
    assert extensions[1] == URI
    assert len(extensions) == 3


@pytest.mark.parametrize(
    ("columns", "after"),
    (
        ("", '<col min="5" max="5" width="14" customWidth="1"/>'),
        (
            '<cols><col min="4" max="6" width="9" hidden="1" customWidth="1"/></cols>',
            """<col min="4" max="4" width="9" hidden="1" customWidth="1"/>
            <col min="5" max="5" width="14" customWidth="1"/>
            <col min="6" max="6" width="9" hidden="1" customWidth="1"/>""",
        ),
        (
            '<cols><col min="5" max="5" width="14" hidden="1" customWidth="1"/></cols>',
            '<col min="5" max="5" width="14" hidden="1" customWidth="1"/>',
        ),
        (
            '<cols><col min="5" max="5" width="33" customWidth="1"/></cols>',
            '<col min="5" max="5" width="33" customWidth="1"/>',
        ),
        (
            '<cols><col min="1" max="3" width="9" customWidth="1"/></cols>',
            """<col min="1" max="3" width="9" customWidth="1"/>
            <col min="5" max="5" width="14" customWidth="1"/>""",
        ),
    ),
)
def test_the_column_of_sparklines_is_shown_and_no_other(
    book: Path, columns: str, after: str
) -> None:
    once = put(book, page(None, shown=False), "once.xlsx")
    xml = re.sub(rb"<cols>.*</cols>", columns.encode(), part(once, SHEET2))
    shown = part(put(rebuilt(once, {SHEET2: xml}), page(DRAWN), "shown.xlsx"), SHEET2)
    found = re.search(rb"<cols>.*</cols>", shown)
    assert found is not None
    assert [e.attrib for e in tree(found[0])] == [e.attrib for e in tree(f"<r>{after}</r>")]


def test_columns_that_somebody_prints_beside_ours_stay_printed(book: Path) -> None:
    once = put(book, page(None, shown=False), "once.xlsx")
    wide = rebuilt(
        once, {"xl/workbook.xml": part(once, "xl/workbook.xml").replace(b"$D$1<", b"$H$1<")}
    )
    assert b"$A$1:$H$1<" in part(put(wide, page(DRAWN), "b.xlsx"), "xl/workbook.xml")
    assert b"$A$1:$E$1<" in part(put(once, page(DRAWN), "c.xlsx"), "xl/workbook.xml")


def test_a_drawing_nested_deep_is_gone_through() -> None:
    deep = 5_000
    xml = b"<wsDr>" + b"<grpSp>" * deep + b'<cNvPr id="7"/>' + b"</grpSp>" * deep + b"</wsDr>"
    drawing = DrawingXml(xml, "The drawing")
    drawing.add(chart(), "rId1")
    assert b'id="8"' in drawing.xml()
