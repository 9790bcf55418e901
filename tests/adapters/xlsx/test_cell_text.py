"""Text in cells: what is written is read again, and white space is kept where it must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.adapters.xlsx.cell_text import decode, encode, needs_space_kept


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_what_is_written_is_read_again(text: str) -> None:
    assert decode(encode(text)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    (
        ("G", b"G"),
        ("a < b & c", b"a &lt; b &amp; c"),
        ("_x0041_", b"_x005F_x0041_"),
        ("_x41", b"_x41"),
        ("bell\x07", b"bell_x0007_"),
        ("\ufffe", b"_xFFFE_"),
        ("na\u00efve\u00a0\u6f22", "na\u00efve\u00a0\u6f22".encode()),
    ),
)
def test_what_xml_cannot_hold_is_escaped(text: str, written: bytes) -> None:
    assert encode(text) == written


@pytest.mark.parametrize("text", (" a", "a ", "a  b", "a\nb", "a\tb", "\u00a0a", "a\u2003\u2003b"))
def test_white_space_that_excel_would_drop_is_kept(text: str) -> None:
    assert needs_space_kept(text)


@pytest.mark.parametrize("text", ("", "a", "a b", "a\u00a0b", "100%"))
def test_other_white_space_needs_nothing(text: str) -> None:
    assert not needs_space_kept(text)
