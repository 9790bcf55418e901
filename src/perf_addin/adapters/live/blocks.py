"""Cells put together into blocks, since every call into Excel costs as much as a thousand cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from perf_addin.application.grid import CellRange, cell_name

T = TypeVar("T")
_LONGEST_ADDRESS = 255


def blocks(cells: Iterable[tuple[int, int]]) -> list[CellRange]:
    """Cover cells, each given as (row, column), by blocks that hold nothing else.

    Cells side by side in a column are one block, and such blocks side by side that span the same
    rows are one.
    """
    columns: dict[int, list[int]] = {}
    for row, column in sorted(set(cells)):
        columns.setdefault(column, []).append(row)
    ended: list[CellRange] = []
    growing: dict[tuple[int, int], CellRange] = {}
    previous = 0
    for column in sorted(columns):
        if column != previous + 1:
            ended += growing.values()
            growing = {}
        runs = set(_runs(columns[column]))
        ended += (block for run, block in growing.items() if run not in runs)
        growing = {
            run: growing[run]._replace(last_column=column)
            if run in growing
            else CellRange(run[0], column, run[1], column)
            for run in runs
        }
        previous = column
    return sorted([*ended, *growing.values()])


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of the rows that follow one another."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last


def address(block: CellRange) -> str:
    """The A1-style address of a block."""
    first = cell_name(block.first_row, block.first_column)
    last = cell_name(block.last_row, block.last_column)
    return first if first == last else f"{first}:{last}"


def addresses(found: Iterable[CellRange]) -> Iterator[str]:
    """The blocks in as few addresses as Excel takes: of several blocks, up to 255 characters."""
    parts: list[str] = []
    size = 0
    for block in found:
        part = address(block)
        if parts and size + 1 + len(part) > _LONGEST_ADDRESS:
            yield ",".join(parts)
            parts, size = [], 0
        size += len(part) + bool(parts)
        parts.append(part)
    if parts:
        yield ",".join(parts)


def grouped(cells: Mapping[tuple[int, int], T]) -> dict[T, list[tuple[int, int]]]:
    """The cells that have the same value, by that value."""
    groups: dict[T, list[tuple[int, int]]] = {}
    for place, value in cells.items():
        groups.setdefault(value, []).append(place)
    return groups
