"""Links that lead nowhere, each planted in an index that is in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from tests.application.audit.build import book, found, put_before_end, row


def name(text: str, called: str = "Services") -> Callable[[Workbook], None]:
    def plant(workbook: Workbook) -> None:
        workbook.defined_names[called] = DefinedName(called, attr_text=text)

    return plant


def hyperlink(location: str) -> Callable[[Workbook], None]:
    def plant(workbook: Workbook) -> None:
        name("Index!$A$1")(workbook)
        workbook["Index"]["B2"].hyperlink = Hyperlink(ref="B2", location=location)

    return plant


def choices(source: str) -> Callable[[Workbook], None]:
    def plant(workbook: Workbook) -> None:
        name("Index!$A$1")(workbook)
        rule = DataValidation(type="list", formula1=source)
        rule.add("C2:C9")
        workbook["Index"].add_data_validation(rule)

    return plant


def plant_chart(source: str) -> Callable[[Workbook], None]:
    def plant(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        chart = LineChart()
        chart.add_data(Reference(sheet, min_col=14, max_col=22, min_row=2), from_rows=True)
        chart.series[0].val.numRef.f = source
        sheet.add_chart(chart, "D12")

    return plant


@pytest.mark.parametrize(
    ("plant", "cell", "says"),
    (
        (name("#REF!$A$1"), None, "Services: the defined name refers to cells that are no more"),
        (name("OFFSET(Old!$A$1,0,0)"), None, "the sheet 'Old', which is not there"),
        (name("'Index'!$A$1"), None, ""),
        (name("[1]Old!$A$1"), None, ""),
        (name('"Old!A1"'), None, ""),
        (hyperlink("'Old sheet'!A1"), "B2", "B2: the hyperlink refers to the sheet 'Old sheet'"),
        (hyperlink("Old sheet!A1"), "B2", "the sheet 'Old sheet', which is not there"),
        (hyperlink("#REF!"), "B2", "cells that are no more"),
        (hyperlink("Gone"), "B2", "the name 'Gone', which is not there"),
        (hyperlink("Services"), None, ""),
        (hyperlink("index!A1"), None, ""),
        (hyperlink("A1"), None, ""),
        (choices("Gone"), "C2:C9", "C2:C9: the list of choices refers to the name 'Gone'"),
        (choices("#REF!"), "C2:C9", "cells that are no more"),
        (choices("Old!$A$1:$A$3"), "C2:C9", "the sheet 'Old', which is not there"),
        (choices("Services"), None, ""),
        (choices('"High,Low"'), None, ""),
        (choices("INDIRECT($A$1)"), None, ""),
        (plant_chart("Index!#REF!"), "D12", "D12 (Chart 1): the chart refers to cells that are no"),
        (plant_chart("'Old'!$A$1:$A$3"), "D12", "the sheet 'Old', which is not there"),
        (plant_chart("'Index'!$N$2:$V$2"), None, ""),
    ),
)
def test_links(
    plant: Callable[[Workbook], None], cell: str | None, says: str, tmp_path: Path
) -> None:
    path = book(tmp_path, row())
    workbook = load_workbook(path)
    plant(workbook)
    workbook.save(path)
    findings = found(path)
    assert [(f.code, f.cell) for f in findings] == [("broken-link", cell)] * bool(says)
    assert all(says in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("inside", "cell"),
    (
        (b"<x:sparkline><y:f>Old!B2:C2</y:f><y:sqref>D2</y:sqref></x:sparkline>", "D2"),
        (b"<x:sparkline><y:f>Index!B2:C2</y:f><y:sqref>D2</y:sqref></x:sparkline>", None),
        (
            (
                b'<x:dataValidation type="list"><x:formula1><y:f>Old!$A$1</y:f></x:formula1>'
                b"<y:sqref>C2 C5</y:sqref></x:dataValidation>"
            ),
            "C2",
        ),
        (
            (
                b'<x:conditionalFormatting><x:cfRule type="expression"><y:f>#REF!&gt;1</y:f>'
                b"</x:cfRule><y:sqref>V2</y:sqref></x:conditionalFormatting>"
            ),
            "V2",
        ),
    ),
)
def test_links_that_excel_2010_added(inside: bytes, cell: str | None, tmp_path: Path) -> None:
    path = book(tmp_path, row())
    put_before_end(path, b"<extLst><ext>" + inside + b"</ext></extLst>")
    assert [(f.code, f.cell) for f in found(path)] == [("broken-link", cell)] * bool(cell)


def test_many_broken_names_are_one_finding(tmp_path: Path) -> None:
    path = book(tmp_path, row())
    workbook = load_workbook(path)
    for number in range(8):
        name("#REF!", f"Name{number}")(workbook)
    workbook["Index"].defined_names["Print_Area"] = DefinedName("Print_Area", attr_text="#REF!")
    workbook.save(path)
    messages = [f.message for f in found(path)]
    assert [m for m in messages if m.startswith("Name0, Name1") and "and 3 more" in m]
