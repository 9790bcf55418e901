"""What is found in XML at once is what a pattern or a parser finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perf_addin.adapters.xlsx.part_tree import set_attribute
from perf_addin.adapters.xlsx.sheet_scan import ATTRIBUTE, attributes
from perf_addin.adapters.xlsx.xml_text import QUOTED, find_element, tag_end

PIECES = ("<", ">", "/", '"', "'", "=", " ", "\n", ":", "a", "x:", "sheetData", "<sheetData", "v>")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.integers(0, 3))
@example("<sheetData>", 1)
@example("<x:sheetData ", 0)
@example("sheetData<sheetData>", 0)
def test_an_element_is_found_as_by_its_pattern(text: str, start: int) -> None:
    xml = text.encode()
    found = re.search(rb"<([^\s:<>/!?]+:)?sheetData[\s/>]", xml[start:])
    expected = None if found is None else (found[1] or b"", start + found.start())
    assert find_element(xml, b"sheetData", start) == expected


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_tag_ends_where_its_pattern_does(text: str) -> None:
    xml = b"<a" + text.encode()
    found = re.match(b"<" + QUOTED + b">", xml)
    if found is not None:
        assert tag_end(xml, 0) == found.end()


@pytest.mark.parametrize(
    ("xml", "end"),
    (
        (b"<a>", 3),
        (b"<a/>b>", 4),
        (b"""<a b="'" c='"'>""", 15),
        (b"""<a b=">" c='>'>d""", 15),
        (b"<a b='>'/>", 10),
        (b'<a b="', -1),
        (b'<a b=">', -1),
        (b"", -1),
    ),
)
def test_a_tag_ends_behind_its_quotes(xml: bytes, end: int) -> None:
    assert tag_end(xml, 0) == end


STATED = st.tuples(
    st.sampled_from((" ", " ", " ", "  ", "\n")),
    st.sampled_from(("s", "t", "r", "x:y", "cm")),
    st.sampled_from(("=", "=", "=", " = ")),
    st.sampled_from(('"1"', '""', '" s="', '"it\'s"', '"a=b"', "'2'", "'t=\"s\"'")),
)


@given(
    st.sampled_from(("", "<c", "<x:c")),
    st.lists(STATED, max_size=4, unique_by=lambda stated: stated[1]),
    st.sampled_from((">", "/>", " />")),
    st.sampled_from((None, "7")),
)
def test_attributes_are_found_as_by_their_pattern(
    opening: str, stated: list[tuple[str, ...]], end: str, value: str | None
) -> None:
    tag = f"{opening}{''.join(map(''.join, stated))}{end}".encode()
    expected = {name: double or single for name, double, single in ATTRIBUTE.findall(tag)}
    assert attributes(tag) == expected
    assert list(attributes(tag)) == list(expected)
    changed = {name: old for name, old in expected.items() if name != b"s" or value is not None}
    if value is not None:
        changed[b"s"] = value.encode()
    assert attributes(set_attribute(tag, b"s", value)) == changed


@pytest.mark.parametrize(
    ("tag", "value", "expected"),
    (
        (b'<xf fontId="0" fillId="1">', "7", b'<xf fontId="7" fillId="1">'),
        (b'<xf  fontId = "0"/>', "7", b'<xf fontId="7"/>'),
        (b"<xf fillId='1'\n\tfontId='0'>", "7", b"<xf fillId='1' fontId=\"7\">"),
        (b'<xf a=" fontId=" fontId="0">', "7", b'<xf a=" fontId=" fontId="7">'),
        (b"<xf a='fontId=\"3\"'/>", "7", b'<xf a=\'fontId="3"\' fontId="7"/>'),
        (b'<xf fontId="0" fillId="1">', None, b'<xf fillId="1">'),
        (b'<xf fillId="1"/>', None, b'<xf fillId="1"/>'),
        (b"<xf/>", "7", b'<xf fontId="7"/>'),
    ),
)
def test_an_attribute_is_set_in_its_place(tag: bytes, value: str | None, expected: bytes) -> None:
    assert set_attribute(tag, b"fontId", value) == expected
