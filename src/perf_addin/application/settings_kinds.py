"""What a setting is, and the settings about benchmarks and trends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.grid import Cell
from perf_addin.application.layout import text_of
from perf_addin.application.stated_values import read_count, read_names, read_periods
from perf_addin.domain.periods import Period, read_period


class Setting(NamedTuple):
    """A setting by name: its attribute, how it is read and shown, what it means."""

    attribute: str
    name: str
    read: Callable[[Cell], object]
    expected: str
    meaning: str
    choices: tuple[str, ...] = ()


_METHODS = {"plot the dots": False, "nhsrplotthedots": False, "official": True}
_SWITCH = {"on": True, "off": False, "yes": True, "no": False}


def _name(cell: Cell) -> object:
    return text_of(cell)


def read_rebase(cell: Cell) -> tuple[Period, ...] | None:
    """The periods in a cell: a date, or texts with semicolons between them."""
    if isinstance(cell.value, date):
        period = read_period(cell.value)
        return None if period is None else (period,)
    return read_periods(_plain(cell))


def shown(value: object) -> str:
    """A value of these settings as a person writes it."""
    if isinstance(value, bool):
        return "On" if value else "Off"
    if isinstance(value, tuple):
        return "; ".join(each.label if isinstance(each, Period) else str(each) for each in value)
    return str(value)


def _plain(cell: Cell) -> str:
    """The text of a cell; a whole number without its decimal point."""
    if isinstance(cell.value, Decimal):
        return format(cell.value.normalize(), "f")
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
    Setting(
        "official_spc",
        "Control charts",
        lambda cell: _METHODS.get(text_of(cell).casefold()),
        "Plot the dots or Official",
        "Trend: as NHSRplotthedots reckons them, or as NHS England's Excel tool does. Built in: "
        "Plot the dots.",
        ("Plot the dots", "Official"),
    ),
    Setting(
        "screening",
        "Screening",
        lambda cell: _SWITCH.get(text_of(cell).casefold()),
        "On or Off",
        "Trend: whether very large moving ranges are left out of the limits. Blank: as the control "
        "charts do.",
        ("On", "Off"),
    ),
    Setting(
        "fix_after",
        "Fix limits after",
        lambda cell: read_count(_plain(cell)),
        "a number of points such as 12",
        "Trend: how many points at the start settle the control limits. Built in: all.",
    ),
    Setting(
        "rebase_at",
        "Rebase limits at",
        read_rebase,
        "periods such as Apr 2021; Apr 2022",
        "Trend: periods from which on control limits are reckoned anew. Built in: none.",
    ),
)
