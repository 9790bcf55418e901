"""What one process remembers of a workbook never shows in another one."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx import deflate, part_tree, quick_cells, row_shapes
from perf_addin.application import lines
from perf_addin.application.detect import find_layout
from perf_addin.application.grid import Cell
from perf_addin.application.in_common import exactly, keep
from perf_addin.application.lines import top_lines
from tests.adapters.xlsx.rate_in_turn import rated
from tests.adapters.xlsx.small_workbook import STYLES, build, load, sheet
from tests.batches import environment

ROOT = Path(__file__).resolve().parents[3]
WORDS = ("No", "Indicator", "Polarity", "Target", "Apr 21", "May 21", "RAG", "High", "Low", "Wait")
HEADER = '<row r="1">{}</row>'.format(
    "".join(f'<c r="{at}1" t="s"><v>{n}</v></c>' for n, at in enumerate("ABCDEFG"))
)
ROW = (
    '<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>9</v></c>'
    '<c r="C{n}" t="s"><v>{way}</v></c><c r="D{n}" s="1"><v>0.{aim}</v></c>'
    '<c r="E{n}" s="1"><v>0.5</v></c><c r="F{n}" s="1"><v>0.{n}</v></c><c r="G{n}"/></row>'
)
ROWS = "".join(ROW.format(n=n, way=7 + n % 2, aim=40 + n % 5) for n in range(10, 70))
NAMELESS = ROW.format(n=2, way=7, aim=40).replace('<c r="B2" t="s"><v>9</v></c>', "") + ROWS
SECOND_HEADER = '<row r="2">{}</row>'.format(
    "".join(f'<c r="{at}2" t="s"><v>{n}</v></c>' for at, n in (("E", 4), ("F", 5)))
)
MERGED = '<mergeCells count="1"><mergeCell ref="E1:F1"/></mergeCells>'
# Workbooks that share much with the first: each differs in one respect.
KINDS: dict[str, dict[str, str]] = {
    "the first": {},
    "polarities swapped in the shared strings": {"words": "|".join((*WORDS[:7], "Low", "High"))},
    "a polarity that is not known": {"words": "|".join((*WORDS[:7], "High", "Sideways"))},
    "another year": {"words": "|".join(WORDS).replace("21", "22")},
    "another number format": {"styles": STYLES.replace('"0.0%"', '"0.0"')},
    "figures under a date format": {"styles": STYLES.replace('"0.0%"', '"d mmm"')},
    "equal targets, written longer": {"rows": ROWS.replace("<v>0.40</v>", "<v>0.400</v>")},
    "targets of text": {"rows": ROWS.replace(' s="1"><v>0.40</v>', ' t="s"><v>8</v>')},
    "a first row without a name": {"rows": NAMELESS},
    "a header of two rows": {"rows": SECOND_HEADER + ROWS},
    "headings merged": {"after": MERGED},
    "ratings typed": {"rows": ROWS.replace('<c r="G12"/>', '<c r="G12" t="s"><v>7</v></c>')},
    "fewer rows": {"rows": ROWS[: ROWS.index('<row r="30"')]},
    "another date system": {"workbook": '<workbookPr date1904="1"/>'},
    "low by option": {"words": "|".join((*WORDS[:7], "", ""))},
    "nothing by option": {"words": "|".join((*WORDS[:7], "", "", "Wait "))},
}


def make(path: Path, differs: dict[str, str]) -> Path:
    """One of the workbooks."""
    words = differs.get("words", "|".join(WORDS)).split("|")
    words += WORDS[len(words) :]
    return build(
        path,
        sheet(HEADER + differs.get("rows", ROWS), after=differs.get("after", "")),
        styles=differs.get("styles", STYLES),
        strings="".join(f"<si><t>{word}</t></si>" for word in words),
        workbook=differs.get("workbook", ""),
    )


def in_a_process(rounds: int, paths: list[Path]) -> list[str]:
    """What workbooks come to that a process of their own rates, one after the other."""
    command = [sys.executable, "-m", "tests.adapters.xlsx.rate_in_turn", str(rounds)]
    done = subprocess.run(
        [*command, *map(str, paths)],
        env={**environment(), "PYTHONHASHSEED": "0"},  # sets are printed in one order
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_workbooks_do_not_show_in_each_other(tmp_path: Path) -> None:
    paths = [make(tmp_path / f"{kind}.xlsx", differs) for kind, differs in KINDS.items()]
    fresh = [line for path in paths for line in in_a_process(1, [path])]
    assert len({line.partition(" ")[0] for line in fresh}) == len(KINDS)
    # Eight rounds, so that patterns of rows are learned as well.
    assert in_a_process(8, paths) == fresh
    assert in_a_process(8, paths[::-1]) == fresh[::-1]
    # And whatever this process remembers of all the tests before.
    assert in_a_process(1, [paths[1], paths[0], paths[1]]) == [fresh[1], fresh[0], fresh[1]]


def test_patterns_of_rows_are_learned_from_small_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_shapes, "_learned", {})
    path = make(tmp_path / "index.xlsx", {})
    for _ in range(6):
        rated(path)
    (learned,) = row_shapes._learned.values()
    assert learned.shapes
    assert learned.waiting < 10


def test_a_layout_is_not_looked_for_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_known", {})
    found = []
    for number, differs in enumerate(({}, {"rows": ROWS.replace("0.5", "0.6")}, {"after": MERGED})):
        (index,) = load(make(tmp_path / f"{number}.xlsx", differs)).sheets
        found.append(find_layout(index, lines=top_lines(index), financial_year=None))
    assert found[0] is found[1]
    assert found[2] is not found[0]


def test_only_what_is_the_same_in_every_respect_is_equal() -> None:
    held = [Cell("1"), Cell(Decimal(1)), Cell(Decimal("1.0")), Cell(Decimal(1), percent=True)]
    held += [Cell(Decimal(1), formula=True), Cell("")]
    keys = {exactly([cell]) for cell in held} | {exactly([None])}
    assert len(keys) == len(held) + 1
    assert exactly([Cell("long " * 200)]) is None


def test_what_is_kept_stays_within_bounds(tmp_path: Path) -> None:
    kept: dict[int, int] = {}
    for number in range(1000):
        keep(kept, number, number, 10)
    assert len(kept) <= 10
    assert kept[999] == 999
    bounds = (
        (part_tree._known_tree, 64),
        (deflate._known_pack, 64),
        (deflate._known_unpack, 64),
    )
    assert all(cached.cache_info().maxsize == most for cached, most in bounds)
    for number in range(30):
        rated(make(tmp_path / "index.xlsx", {"words": "|".join((*WORDS[:9], f"name {number}"))}))
        styles = STYLES.replace("0.0%", f"0.{number}%")
        rated(make(tmp_path / "index.xlsx", {"styles": styles}))
    assert len(row_shapes._learned) <= row_shapes._SHEETS_HELD
    assert len(quick_cells._kinds) <= quick_cells._CONTEXTS_HELD
    assert len(lines._known) <= lines._SHEETS
