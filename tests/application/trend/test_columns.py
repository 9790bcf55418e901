"""The columns Direction of travel, Variation and Assurance of an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.trend.trend import find_trends, put_trend
from tests.application.build import NOTHING_STATED, cells, index, opened
from tests.application.trend.build import (
    HEADER,
    NOTHING_ASKED,
    PERIODS,
    STEADY,
    STEP,
)

WITH_COLUMNS = (*HEADER[:5], "Direction of travel", "Variation", "Assurance", *PERIODS)


def columns_book(tmp_path: Path, *typed: object) -> Path:
    """An index with the three columns, as typed for the first indicator, blank for the second."""
    rows: tuple[Sequence[object], ...] = (
        ("1", "% seen", "High", 85, 80, *(typed or (None,) * 3), *STEADY),
        ("2", "% done", "High", 85, 80, None, None, None, *STEP),
    )
    return index(tmp_path / "index.xlsx", WITH_COLUMNS, *rows)


def filled(path: Path, target: Path, *, overwrite: bool = False) -> list[str]:
    """Do what the command does; the codes of what was left."""
    workbook = opened(path)
    found = find_trends(workbook, NOTHING_STATED, NOTHING_ASKED)
    _, left = put_trend(workbook, found, NOTHING_STATED, overwrite=overwrite)
    save(workbook.package, target, backup=False)
    return [finding.code for finding in left]


def test_columns_of_the_index_are_filled(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    assert filled(columns_book(tmp_path), target) == []
    first, second = cells(target, "Index")[1:]
    assert first[5:8] == ("Better", "common cause", "hit and miss")
    assert second[5:8] == ("Better", "improvement", "hit and miss")
    again = tmp_path / "again.xlsx"
    assert filled(target, again) == []
    assert again.read_bytes() == target.read_bytes()


def test_typed_words_are_left_unless_overwriting_was_asked_for(tmp_path: Path) -> None:
    path, target = columns_book(tmp_path, "worse", "=1", "Hit and miss"), tmp_path / "t.xlsx"
    assert filled(path, target) == ["trend-differs"]
    assert cells(target, "Index")[1][5:8] == ("worse", "=1", "Hit and miss")
    filled(path, target, overwrite=True)
    assert cells(target, "Index")[1][5:8] == ("Better", "=1", "Hit and miss")


def test_a_column_with_arrows_is_left_alone(tmp_path: Path) -> None:
    arrow = "\N{UPWARDS ARROW}"
    path, target = columns_book(tmp_path, arrow, None, None), tmp_path / "t.xlsx"
    assert filled(path, target, overwrite=True) == []
    first, second = cells(target, "Index")[1:]
    assert (first[5], second[5]) == (arrow, None)
    assert second[6] == "improvement"
