"""What a pattern takes of a row is what reading the row cell by cell gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx import quick_cells, row_shapes
from perf_addin.adapters.xlsx.row_shapes import RowShapes
from perf_addin.application.grid import Cell, PlainRow, Wanted
from tests.adapters.xlsx.small_workbook import build, load, sheet

# No, name, owner, target, commentary, and three months of which the last comes first.
WANTED = Wanted((2, 1, 5), (8, 7, 6), range(6, 9), (4,))
ROW = (
    '<row r="{n}" spans="1:9"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>1</v></c>'
    '<c r="C{n}" t="s"><v>2</v></c><c r="D{n}" s="1"><v>0.9</v></c>'
    '<c r="E{n}" t="s"><v>0</v></c><c r="F{n}" s="1"><v>0.8</v></c>'
    '<c r="G{n}" s="1"><v>0.25</v></c><c r="H{n}" s="1"><v>0.7{n}</v></c><c r="I{n}"/></row>'
)
ORDER = "cells in another order"
ODD = {
    "no commentary": ('<c r="E{n}" t="s"><v>0</v></c>', ""),
    "blank commentary": ('<c r="E{n}" t="s"><v>0</v></c>', '<c r="E{n}" s="1"/>'),
    "commentary typed into the cell": (
        ' t="s"><v>0</v></c>',
        ' t="inlineStr"><is><t> a &amp; b </t></is></c>',
    ),
    "no owner": ('<c r="C{n}" t="s"><v>2</v></c>', ""),
    "another target": ("<v>0.9</v>", "<v>0.95</v>"),
    "a target of text": (' s="1"><v>0.9</v>', ' t="s"><v>3</v>'),
    "no target": ('<c r="D{n}" s="1"><v>0.9</v></c>', ""),
    "a target that is a formula": ("<v>0.9</v>", "<f>1-0.1</f><v>0.9</v>"),
    "a latest month without a figure": ('<c r="H{n}" s="1"><v>0.7{n}</v></c>', '<c r="H{n}"/>'),
    "a latest month that is text": (' s="1"><v>0.7{n}</v>', ' t="s"><v>3</v>'),
    "a latest month that is an error": (' s="1"><v>0.7{n}</v>', ' t="e"><v>#N/A</v>'),
    "a latest month that is a date": (' s="1"><v>0.7{n}</v>', ' s="2"><v>44000</v>'),
    "a latest month that is no number": ("<v>0.7{n}</v>", "<v>NaN</v>"),
    "a latest month beyond all numbers": ("<v>0.7{n}</v>", "<v>1E+400</v>"),
    "a latest month that is a formula": ("<v>0.7{n}</v>", "<f>G{n}+1</f><v>1.25</v>"),
    "a latest month under another format": ('<c r="H{n}" s="1">', '<c r="H{n}">'),
    "an earlier month under another format": ('<c r="G{n}" s="1">', '<c r="G{n}">'),
    "an earlier month that is text": (' s="1"><v>0.25</v>', ' t="s"><v>3</v>'),
    "a number of text": ('<c r="A{n}"><v>{n}</v>', '<c r="A{n}" t="s"><v>3</v>'),
    "a number with a fraction": ('<c r="A{n}"><v>{n}</v>', '<c r="A{n}"><v>2.10</v>'),
    "no number": ('<c r="A{n}"><v>{n}</v></c>', ""),
    "an earlier month that is no day": (' s="1"><v>0.25</v>', ' s="2"><v>0</v>'),
    "an earlier month with space in its tags": (' s="1"><v>0.25</v>', ' s="0" ><v >25</v >'),
    "a cell of another row": ('<c r="D{n}"', '<c r="D1"'),
    ORDER: (
        '<c r="F{n}" s="1"><v>0.8</v></c><c r="G{n}" s="1"><v>0.25</v></c>',
        '<c r="G{n}" s="1"><v>0.25</v></c><c r="F{n}" s="1"><v>0.8</v></c>',
    ),
    "a cell without an address": ('<c r="D{n}"', "<c"),
    "attributes in another order": ('<c r="F{n}" s="1">', '<c s="1" r="F{n}">'),
    "a cell more": ('<c r="I{n}"/>', '<c r="I{n}"/><c r="J{n}"><v>1</v></c>'),
    "an earlier month that is empty": ("<v>0.25</v>", "<v></v>"),
    "a slash in a row's tag": (' spans="1:9"', ' spans="1:9" note="a/b"'),
    "a hidden row": (' spans="1:9"', ' spans="1:9" hidden="1"'),
    "a row without a number": ('<row r="{n}"', "<row"),
    "space between cells": ('<c r="C{n}"', ' <c r="C{n}"'),
    "a comment": ('<c r="C{n}"', '<!-- <c r="C{n}"/> --><c r="C{n}"'),
}


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without what earlier sheets taught."""
    monkeypatch.setattr(row_shapes, "_learned", {})
    monkeypatch.setattr(quick_cells, "_kinds", {})


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without what earlier tests taught."""
    forget(monkeypatch)


@pytest.fixture
def learned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make patterns of rows however few they are."""
    monkeypatch.setattr(row_shapes, "_WORTH_LEARNING", 1)
    monkeypatch.setattr(row_shapes, "_WORTH_ROWS", 0)


def read(path: Path) -> list[tuple[int, tuple[object, ...] | None, dict[int, Cell]]]:
    """Every row: its number, what is wanted of it but for the key, and all its cells."""
    (found,) = load(path).sheets
    return [(row.number, bare(row.plain(WANTED)), row.cells()) for row in found.rows()]


def bare(row: PlainRow | None) -> tuple[object, ...] | None:
    """A row without its key."""
    return None if row is None else tuple(row[:-1])


def keys(path: Path) -> list[object]:
    """The key of every row."""
    (found,) = load(path).sheets
    return [row and row.key for row in (each.plain(WANTED) for each in found.rows())]


@pytest.fixture
def index(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A sheet of twenty rows, all but two alike."""
    old, new = ODD[request.param]
    odd = ROW.replace(old, new, 1)
    assert odd != ROW
    return write_index(tmp_path / "index.xlsx", odd)


def write_index(path: Path, odd: str) -> Path:
    """Write a sheet of twenty rows, two of them odd."""
    rows = [(odd if n in {3, 12} else ROW).replace("{n}", str(n)) for n in range(1, 21)]
    strings = "".join(f"<si><t>{text}</t></si>" for text in ("note ", "name", "owner", "n/a"))
    return build(path, sheet("".join(rows)), strings=strings)


@pytest.mark.usefixtures("learned_at_once")
@pytest.mark.parametrize("index", sorted(ODD.keys() - {ORDER}), indirect=True)
def test_rows_are_read_alike(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quickly = read(index)
    forget(monkeypatch)
    alike = keys(index)
    monkeypatch.setattr(RowShapes, "take", lambda *_: iter(()))
    forget(monkeypatch)
    assert quickly == read(index)
    forget(monkeypatch)
    one_by_one = keys(index)
    same = {(a, b) for a in range(20) for b in range(20) if alike[a] == alike[b]}
    assert all(one_by_one[a] == one_by_one[b] for a, b in same)


@pytest.mark.usefixtures("learned_at_once")
@pytest.mark.parametrize("index", (ORDER,), indirect=True)
def test_a_pattern_takes_months_out_of_order_for_what_they_are(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly = read(index)
    forget(monkeypatch)
    assert quickly == read(write_index(tmp_path / "in order.xlsx", ROW))


@pytest.mark.usefixtures("learned_at_once")
@pytest.mark.parametrize("index", ODD, indirect=True)
def test_formats_are_those_of_the_cells(index: Path) -> None:
    """Whatever was read before, of this row and of others."""
    (found,) = load(index).sheets
    for row in found.rows():
        plain = row.plain(WANTED)
        shown = [c.percent for n, c in row.cells().items() if n in WANTED.formats and numeric(c)]
        percent, bare = any(shown), not all(shown)
        assert row.number_formats(WANTED.formats) == (percent, bare)
        assert plain is None or (plain.any_percent, plain.any_bare) == (percent, bare)


def numeric(cell: Cell) -> bool:
    """Whether a cell holds a number that is no day."""
    return isinstance(cell.value, Decimal)


@pytest.mark.usefixtures("learned_at_once")
@pytest.mark.parametrize("index", ("no commentary",), indirect=True)
def test_most_rows_are_taken(index: Path) -> None:
    (found,) = load(index).sheets
    # The first shows what kinds of cells there are, the second is the pattern's model.
    assert [row.plain(WANTED) is not None for row in found.rows()] == [False] + [True] * 19
    assert found.plain_reader is not None
    assert found.plain_reader.shapes.taken == 18


@pytest.mark.parametrize("index", ("a target that is a formula",), indirect=True)
def test_a_pattern_is_made_of_the_first_row_and_not_of_each_odd_one(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_shapes, "_WORTH_ROWS", 0)
    (found,) = load(index).sheets
    assert sum(row.plain(WANTED) is not None for row in found.rows()) == 19
    assert found.plain_reader is not None
    assert found.plain_reader.shapes.taken == 16


@pytest.mark.parametrize("index", ("no commentary",), indirect=True)
def test_few_rows_are_not_worth_a_pattern(index: Path) -> None:
    (found,) = load(index).sheets
    assert sum(row.plain(WANTED) is not None for row in found.rows()) == 19
    assert found.plain_reader is not None
    assert found.plain_reader.shapes.taken == 0


@pytest.mark.usefixtures("learned_at_once")
@pytest.mark.parametrize("look", (1, 300, 700, 2_000, 1 << 17))
@pytest.mark.parametrize("index", ("no commentary", "a target of text"), indirect=True)
def test_rows_are_taken_however_far_is_looked(
    index: Path, look: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look that ends within a row, and one that goes beyond an odd row."""
    monkeypatch.setattr(row_shapes, "_FIRST_LOOK", look)
    monkeypatch.setattr(row_shapes, "_FURTHEST_LOOK", 2 * look)
    quickly = read(index)
    monkeypatch.setattr(RowShapes, "take", lambda *_: iter(()))
    forget(monkeypatch)
    assert quickly == read(index)
    assert [number for number, _, _ in quickly] == list(range(1, 21))


def write_last_cells(path: Path, last: str) -> Path:
    """Write a sheet in which every fourth row lacks a cell, and has others at its end."""
    more = ROW.replace('<c r="I{n}"/>', '<c r="I{n}"/><c r="J{n}"/><c r="K{n}"/>')
    odd = ROW.replace('<c r="C{n}" t="s"><v>2</v></c>', "").replace('<c r="I{n}"/>', last)
    rows = "".join((more if n % 4 else odd).replace("{n}", str(n)) for n in range(1, 61))
    return build(path, sheet(rows), strings="<si><t>a</t></si>" * 4)


@pytest.mark.usefixtures("learned_at_once")
def test_odd_cells_make_up_for_one_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many cells as the last one's column says, though one before it is left out."""
    path = write_last_cells(tmp_path / "index.xlsx", '<c r="J{n}"/>' * 4)
    quickly = read(path)
    monkeypatch.setattr(RowShapes, "take", lambda *_: iter(()))
    forget(monkeypatch)
    assert quickly == read(path)


@pytest.mark.usefixtures("learned_at_once")
def test_a_pattern_takes_last_cells_out_of_order_for_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = '<c r="I{n}"/><c r="K{n}"><v>2</v></c><c r="J{n}"/>'
    quickly = read(write_last_cells(tmp_path / "odd.xlsx", odd))
    forget(monkeypatch)
    in_order = '<c r="I{n}"/><c r="J{n}"/><c r="K{n}"><v>2</v></c>'
    alike = read(write_last_cells(tmp_path / "in order.xlsx", in_order))
    assert quickly == alike


@pytest.mark.usefixtures("learned_at_once")
@pytest.mark.parametrize("index", ODD, indirect=True)
def test_what_rows_are_compared_by_is_read_alike(index: Path) -> None:
    """Whether the cells are cut out of the row, or were taken by its pattern."""
    wanted = WANTED._replace(alike=(4, 3))
    (found,) = load(index).sheets
    for row in found.rows():
        row.plain(wanted)
        taken = row.get_many(wanted.alike)
        assert taken == [row.get(column) for column in wanted.alike]


@pytest.mark.usefixtures("learned_at_once")
def test_rows_of_two_shapes_by_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ROW.replace("<v>0.7{n}</v>", "<f>G{n}+1</f><v>1.25</v>")
    rows = "".join((typed if n % 3 else ROW).replace("{n}", str(n)) for n in range(1, 61))
    path = build(tmp_path / "index.xlsx", sheet(rows), strings="<si><t>a</t></si>" * 3)
    quickly = read(path)
    monkeypatch.setattr(RowShapes, "take", lambda *_: iter(()))
    forget(monkeypatch)
    assert quickly == read(path)
    assert len({row and row[2] for _, row, _ in quickly}) > 15
