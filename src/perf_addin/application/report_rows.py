"""Rows of the exception report besides those of its tables: people's own, and those of charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perf_addin.application.ports import PageCell


class Foreign(NamedTuple):
    """A row that a person put between ours: after which of our rows, its number and its texts."""

    after: str
    row: int
    texts: Mapping[int, str]


class Replaced(NamedTuple):
    """A formula in a cell that is computed, and so is replaced: the cell, 1-based, and its text."""

    row: int
    column: int
    formula: str


class Extra(NamedTuple):
    """A row of no table.

    Attributes:
        key: what the row is known by.
        text: what its first cell says.
        cells: its cells; None for a heading, which a person may rewrite.
        room: blank rows below it.
    """

    key: str
    text: str = ""
    cells: tuple[PageCell, ...] | None = None
    room: int = 0
