"""Heights of rows: a text that cannot fill its line is not measured, and comes to the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perf_addin.application import row_heights
from perf_addin.application.row_heights import lines_needed, row_height

WIDTH, SIZE = 9.0, 10.0


def measured(text: str, column_width: float, size: float) -> int:
    """What measuring word by word gives."""
    room = column_width * 7.0 - 3.0
    return row_heights._lines(text, room, size * 96 / 72 / 1000)


@given(st.text("aWM il\n%", max_size=40), st.sampled_from((2.0, WIDTH, 46.0)))
def test_short_texts_come_to_what_measuring_gives(text: str, width: float) -> None:
    assert lines_needed(text, width, SIZE) == measured(text, width, SIZE)


def test_lines() -> None:
    assert lines_needed("G", WIDTH, SIZE) == 1
    assert lines_needed("", WIDTH, SIZE) == 1
    assert lines_needed("a\nb", WIDTH, SIZE) == 2
    assert lines_needed("visits in time", WIDTH, SIZE) == 2
    assert lines_needed("W" * 40, WIDTH, SIZE) > 5
    assert row_height([("a\nb", WIDTH), ("G", WIDTH)], SIZE) == 28.2
