"""Workbooks that are odd or hostile in one way each: a small index, and what was done to it."""

from __future__ import annotations

from pathlib import Path

from tests.adapters.xlsx.small_workbook import MAIN, SHEET_PART
from tests.application.build import index
from tests.hostile.changes import (
    BOOK,
    STYLES,
    TYPES,
    Change,
    added_sheet,
    after_data,
    backslashes,
    before_data,
    cell,
    into,
    many_parts,
    many_sheets,
    number,
    packed,
    parts_of,
    prefixed,
    put,
    recoded,
    shouted,
    strict,
    swap,
    text,
    with_doctype,
    without_addresses,
)

ROWS = (
    ["No", "Indicator", "Polarity", "Target", "Acceptable range", "RAG", "Apr 21", "May 21"],
    [1, "% done in time", "High", "91%", "85% - 95%", None, "85%", "84%"],
    [2, "Number of visits", "Low", 10, "5 - 12", "A", 5, 6],
)
DEEP = 100_000
LAST_CELL = '<c r="XFD1048576"><v>1</v></c>'
_CHART = (
    f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    "</chartsheet>"
)
_PLAIN = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>'


def _nested(part: str, tag: str = "a") -> Change:
    return into(part, f"<{tag}>" * DEEP + f"</{tag}>" * DEEP)


# What may become of each: "" means that it is rated and nothing is lost; otherwise the words of
# the one message.
ODD: dict[str, tuple[Change, str]] = {
    "elements nested deep in the sheet": (_nested(SHEET_PART), ""),
    "elements nested deep in the workbook": (_nested(BOOK), ""),
    "elements nested deep in the styles": (_nested(STYLES), ""),
    "elements nested deep in the types": (_nested(TYPES), ""),
    "dimension of the whole sheet": (before_data('<dimension ref="A1:XFD1048576"/>'), ""),
    "a cell in the last corner": (
        swap(SHEET_PART, "</sheetData>", f'<row r="1048576">{LAST_CELL}</row></sheetData>'),
        "",
    ),
    "a row beyond the last": (
        swap(SHEET_PART, "</sheetData>", '<row r="99999999999"><c><v>1</v></c></row></sheetData>'),
        "*",
    ),
    "a column beyond the last": (
        swap(SHEET_PART, "</row></sheetData>", '<c r="ZZZZZ3"><v>1</v></c></row></sheetData>'),
        "*",
    ),
    "one merged range over everything else": (
        after_data('<mergeCells count="1"><mergeCell ref="J1:XFD1048576"/></mergeCells>'),
        "",
    ),
    "a hundred thousand merged ranges": (
        after_data(
            "<mergeCells>"
            + "".join(f'<mergeCell ref="K{n}:L{n}"/>' for n in range(1, 100_001))
            + "</mergeCells>"
        ),
        "",
    ),
    "fifty thousand names": (
        into(
            BOOK,
            "<definedNames>"
            + "".join(f'<definedName name="n{n}">{n}</definedName>' for n in range(50_000))
            + "</definedNames>",
        ),
        "",
    ),
    "a name that is its own definition": (
        into(BOOK, '<definedNames><definedName name="me">me+1</definedName></definedNames>'),
        "",
    ),
    "a text of a million letters": (text("B2", "word " * 200_000), "*"),
    "a target of thirty thousand digits": (text("D2", "1" * 30_000), ""),
    "a target of dashes": (text("D2", "- " * 15_000), ""),
    "a target of ranges": (text("D2", "10-20 " * 5_000), ""),
    "a target of commas": (text("D2", "1," * 15_000 + "x"), ""),
    "an acceptable range of spaces": (text("E2", "5" + " " * 30_000 + "x"), ""),
    "a heading of spaces and digits": (text("H1", "May" + " 2" * 15_000), ""),
    "a heading that goes on": (text("A1", "No " * 10_000), "*"),
    "a figure with a huge exponent": (number("H2", "1e999999999"), ""),
    "a figure with a tiny exponent": (number("H2", "1e-999999999"), ""),
    "a target with a huge exponent": (number("D3", "1e999999999"), ""),
    "a target text with a huge exponent": (text("D2", "1e999999999"), ""),
    "a figure of many digits": (number("H3", "0." + "3" * 100_000), ""),
    "not a number": (number("H3", "NaN"), ""),
    "infinity": (number("H3", "INF"), ""),
    "a number that is none": (number("H3", "12abc"), ""),
    "a date after the last": (number("G1", "99999999"), "*"),
    "a style that there is not": (swap(SHEET_PART, '<c r="H3"', '<c r="H3" s="4294967295"'), ""),
    "a style with a sign": (swap(SHEET_PART, '<c r="H3"', '<c r="H3" s="-1"'), ""),
    "a shared string that there is not": (cell("B3", "<v>99999999</v>", "s"), "*"),
    "a type of cell that nobody knows": (cell("B3", "<v>x</v>", "zz"), "*"),
    "a formula that calls a program": (text("B3", "=cmd|' /C calc'!A0"), ""),
    "a formula nested deep in brackets": (
        cell("H3", f"<f>{'(' * 4_000}1{')' * 4_000}</f><v>6</v>"),
        "",
    ),
    "a formula nested deep in functions": (
        cell("H3", f"<f>{'ABS(' * 1_500}1{')' * 1_500}</f><v>6</v>"),
        "",
    ),
    "a formula nested deep in signs": (cell("H3", f"<f>{'-' * 8_000}1</f><v>6</v>"), ""),
    "a formula of thousands of signs": (cell("H3", f"<f>1{'+1' * 3_000}</f><v>6</v>"), ""),
    "a formula of ours nested deep": (
        cell("H2", f"<f>{'RAGWHY(' * 900}1{')' * 900}</f><v>x</v>", "str"),
        "",
    ),
    "a formula of a long text": (cell("H3", f'<f>LEN("{"x" * 100_000}")</f><v>6</v>'), ""),
    "a formula that is its own argument": (cell("H3", "<f>RAG(H3,H3)</f><v>6</v>"), ""),
    "a formula over all cells": (cell("H3", "<f>SUM(A:XFD)</f><v>6</v>"), ""),
    "a formula of ours over whole columns": (
        cell("H2", "<f>RAG(A:XFD,1:1048576)</f><v>G</v>", "str"),
        "",
    ),
    "a formula that repeats a text": (cell("H3", '<f>REPT("x",1E9)</f><v>6</v>'), ""),
    "a formula that makes a huge array": (
        cell("H3", "<f>SUM(SEQUENCE(1048576,16384))</f><v>6</v>"),
        "",
    ),
    "a formula with a huge power": (cell("H3", "<f>9^9^9^9</f><v>6</v>"), ""),
    "an array that fills the sheet": (
        cell("H3", '<f t="array" ref="A1:XFD1048576">RAG(1,2)</f><v>G</v>', "str"),
        "*",
    ),
    "a shared formula that fills the sheet": (
        cell("H3", '<f t="shared" si="0" ref="A1:XFD1048576">RAG(1,2)</f><v>G</v>', "str"),
        "",
    ),
    "a shared formula without a master": (cell("H3", '<f t="shared" si="7"/><v>6</v>'), ""),
    "addresses left out": (without_addresses, ""),
    "a namespace prefix": (prefixed, ""),
    "a sheet in UTF-16": (recoded(SHEET_PART, "utf-16"), ""),
    "a workbook in UTF-16": (recoded(BOOK, "utf-16"), ""),
    "backslashes in names": (backslashes, ""),
    "a sheet's name in capitals": (shouted, ""),
    "dates from 1904": (
        swap(BOOK, "<sheets>", '<workbookPr date1904="1"/><sheets>'),
        "*",
    ),
    "a chart sheet first": (added_sheet("chartsheet", _CHART, first=True), ""),
    "a very hidden sheet": (added_sheet("worksheet", _PLAIN, first=True, state="veryHidden"), ""),
    "a sheet whose part is missing": (
        swap("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/none.xml"),
        "*",
    ),
    "a sheet that is the workbook": (
        swap("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "workbook.xml"),
        "*",
    ),
    "the strict variant": (strict, "Strict Open XML"),
    "laughing entities": (with_doctype(_LAUGHS), "declares a document type"),
    "an entity from outside": (with_doctype(_OUTSIDE), "declares a document type"),
    "a processing instruction": (
        swap(SHEET_PART, "<sheetData>", '<?xml-stylesheet href="http://x/"?><sheetData>'),
        "*",
    ),
    "a character that XML has not": (text("B2", "a\x01b"), "*"),
    "a sheet that ends early": (
        swap(SHEET_PART, "</sheetData>", ""),
        "*",
    ),
    "a sheet of blanks only": (put(SHEET_PART, b" " * (60 << 20)), "times"),
    "a sheet with a part of blanks": (
        into(SHEET_PART, "<!--" + " " * (40 << 20) + "-->"),
        "*",
    ),
    "thirty thousand parts": (
        many_parts,
        "files",
    ),
    "a thousand sheets": (many_sheets, ""),
}


def build(folder: Path, name: str) -> Path:
    """Make one of them."""
    path = index(folder / "index.xlsx", *ROWS)
    parts = parts_of(path)
    change, _ = ODD[name]
    change(parts)
    path.write_bytes(packed(parts))
    return path
