"""Lines of our own sheets find their indicators again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from perf_addin.application.kept_lines import Line, match_lines
from tests.application.build import index, rated

HEADER = ("No", "Indicator", "Target", "Apr 2021")
ROWS = (("1", "Visits"), ("2", "Reviews"), ("3", "Plans"))


def matched(path: Path, lines: Sequence[tuple[str, str]]) -> tuple[dict[int, str], list[str]]:
    """Which line each row of the index got, and the lines that are left; a line is `no name`."""
    items = rated(path).rated
    found, left = match_lines([Line(no, name, f"{no} {name}") for no, name in lines], items)
    return {row: value for (_, row), value in found.items()}, [line.value for line in left]


@pytest.mark.parametrize(
    ("lines", "expected", "left"),
    (
        (ROWS, {2: "1 Visits", 3: "2 Reviews", 4: "3 Plans"}, []),
        (ROWS[::-1], {2: "1 Visits", 3: "2 Reviews", 4: "3 Plans"}, []),
        # Renamed, and renumbered.
        ((("1", "Home visits"),), {2: "1 Home visits"}, []),
        ((("9", "visits"),), {2: "9 visits"}, []),
        # Two numbers that were swapped: the names say which is which.
        ((("2", "Visits"), ("1", "Reviews")), {2: "2 Visits", 3: "1 Reviews"}, []),
        # A new indicator that took an old number is another one.
        ((("1", "Exclusions"),), {}, ["1 Exclusions"]),
        # Two lines of one number, neither of the name: which it is cannot be known.
        ((("1", "A"), ("1", "B")), {}, ["1 A", "1 B"]),
        ((("9", "Other"),), {}, ["9 Other"]),
        ((("1", "Visits"), ("1", "Other")), {2: "1 Visits"}, ["1 Other"]),
    ),
)
def test_lines_find_their_indicators(
    tmp_path: Path,
    lines: Sequence[tuple[str, str]],
    expected: dict[int, str],
    left: list[str],
) -> None:
    rows = [(no, name, 5, 4) for no, name in ROWS]
    assert matched(index(tmp_path / "index.xlsx", HEADER, *rows), lines) == (expected, left)


def test_indicators_that_are_numbered_alike_keep_their_own(tmp_path: Path) -> None:
    rows = [("1", "Visits", 5, 4), ("1", "Reviews", 5, 4)]
    path = index(tmp_path / "index.xlsx", HEADER, *rows)
    assert matched(path, [("1", "Visits"), ("1", "Reviews")])[0] == {
        2: "1 Visits",
        3: "1 Reviews",
    }
    assert matched(path, [("1", "Reviews")])[0] == {3: "1 Reviews"}
    assert matched(path, [("1", "Neither")])[0] == {}
