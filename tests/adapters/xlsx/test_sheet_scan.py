"""Rows given from memory are the rows that were found; the attributes of tags are all read."""

from __future__ import annotations

import itertools
from array import array

import pytest

from perf_addin.adapters.xlsx import sheet_scan
from perf_addin.adapters.xlsx.part_tree import set_attribute
from perf_addin.adapters.xlsx.sheet_scan import ATTRIBUTE, RowSpan, SheetScan, attributes

ROWS = b'<row r="2"><c r="A2"/></row><row r="3"/><row/><row r="70000"><c r="A70000"/></row>'
SHEET = b"<worksheet><sheetData>%b</sheetData></worksheet>" % ROWS


@pytest.mark.parametrize(("large", "kind"), ((len(ROWS) + 1, list), (len(ROWS), array)))
def test_rows_are_given_again(monkeypatch: pytest.MonkeyPatch, large: int, kind: type) -> None:
    monkeypatch.setattr(sheet_scan, "_LARGE", large)
    scan = SheetScan(SHEET, "Index")
    found = list(scan.rows())
    assert scan.knows_rows
    assert [row.number for row in found] == [2, 3, 4, 70000]
    assert list(scan.rows()) == found
    assert all(type(row) is RowSpan for row in scan.rows())
    assert type(scan._remembered) is kind


PIECES = (
    *(b' s="1"', b' t="s"', b' s=""', b"\ts='2'", b' r = "s"', b's="3"', b' x:s="4"', b' ms="5"'),
    *(b' t=" s="', b" t=' s=\"6\"'", b"/", b" ", b' t="', b" s", b" s="),
)


def test_attributes_are_those_that_the_pattern_finds() -> None:
    """However a tag is written: the plain ones are read without the pattern."""
    for pieces in itertools.product(PIECES, repeat=3):
        tag = b"".join(pieces)
        found = [(each[1], each[2] or each[3] or b"") for each in ATTRIBUTE.finditer(tag)]
        assert attributes(tag) == dict(found), tag


def test_an_attribute_is_set_where_the_pattern_finds_it() -> None:
    for pieces in itertools.product(PIECES, repeat=3):
        tag = b"<c" + b"".join(pieces) + b"/>"
        every = [each for each in ATTRIBUTE.finditer(tag) if each[1] == b"s"]
        if len(every) > 1:
            continue  # no XML
        if every:
            before, behind = tag[: every[0].start()].rstrip(), tag[every[0].end() :]
            assert set_attribute(tag, b"s", "7") == before + b' s="7"' + behind, tag
            assert set_attribute(tag, b"s", None) == before + behind, tag
        else:
            assert set_attribute(tag, b"s", None) == tag
