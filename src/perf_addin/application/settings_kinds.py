"""What a setting is, and the settings about benchmarks and trends."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from perf_addin.application.grid import Cell
from perf_addin.application.layout import text_of
from perf_addin.application.settings import read_names


class Setting(NamedTuple):
    """A setting by name: its attribute, how it is read and shown, what it means."""

    attribute: str
    name: str
    read: Callable[[Cell], object]
    expected: str
    meaning: str
    choices: tuple[str, ...] = ()


def _name(cell: Cell) -> object:
    return text_of(cell)


COMPARING = (
    Setting(
        "our_area",
        "Our area",
        _name,
        "a name such as Merton",
        "Benchmarks: which area of a benchmark file is ours, as the file names it.",
    ),
    Setting(
        "england_area",
        "England",
        _name,
        "a name such as England",
        "Benchmarks: what benchmark files call England. Built in: England.",
    ),
    Setting(
        "region_area",
        "Region",
        _name,
        "a name such as London",
        "Benchmarks: our region, as benchmark files name it.",
    ),
    Setting(
        "neighbour_areas",
        "Statistical neighbours",
        lambda cell: read_names(text_of(cell)),
        "names with semicolons between them",
        "Benchmarks: our statistical neighbours, ten as a rule.",
    ),
)
