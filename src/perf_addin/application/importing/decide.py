"""What becomes of one cell: written, left as it is, or in dispute."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Cell, cell_name
from perf_addin.application.importing.index_entries import Slot
from perf_addin.domain.figures import Figure, Missing, exact
from perf_addin.domain.showing import show_number

_DIGITS = 15
_SUPPRESSED = frozenset({"c", "*"})


class Outcome(StrEnum):
    """What became of a cell; in a dry run what would become of it."""

    WRITTEN = "written"
    OVERWRITTEN = "overwritten"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    FORMULA = "formula"
    LEFT = "not written"


class Wish(NamedTuple):
    """What is to stand in a cell.

    Attributes:
        stored: the value as it is stored.
        means: the figure or symbol that it means; percentages in points.
        what: `numerator` or `denominator`; empty for the figure itself.
    """

    stored: Decimal | str
    means: Figure | Missing
    what: str = ""


class Change(NamedTuple):
    """What becomes of a cell.

    Attributes:
        sheet: its sheet.
        row: 1-based.
        column: 1-based.
        no: the indicator's number, or its name.
        indicator: its name.
        period: the label of the period.
        old: what the cell holds, as a person reads it; empty for a blank.
        new: what the extract has for it, likewise.
        outcome: what became of it.
        stored: what is written.
        like: (row, column) of the cell whose look a cell that is not there yet starts from.
        extract_row: 1-based row of the extract; 0 for a count.
        what: the part that it holds, `numerator` or `denominator`; empty for the figure itself.
    """

    sheet: str
    row: int
    column: int
    no: str
    indicator: str
    period: str
    old: str
    new: str
    outcome: Outcome
    stored: Decimal | str
    like: tuple[int, int] | None = None
    extract_row: int = 0
    what: str = ""

    @property
    def cell(self) -> str:
        """The address of the cell."""
        return cell_name(self.row, self.column)

    @property
    def is_written(self) -> bool:
        """Whether the cell gets another content."""
        return self.outcome in {Outcome.WRITTEN, Outcome.OVERWRITTEN}


def decide(slot: Slot, wish: Wish, held: Figure | None, *, overwrite: bool) -> Outcome:
    """Decide about a cell.

    Blanks and symbols for figures that are not there yet (`TBC`, `x`, `-`, #N/A ...) are filled. A
    symbol that stands for a suppressed figure (`c`, `*`) was put there on purpose; it and any
    other text, date or figure are only replaced with `overwrite`. A symbol never replaces a
    figure without it either.

    Args:
        slot: the cell as it stands.
        wish: what is to stand in it.
        held: the figure that it holds, on the same scale as the wish; None where it holds none.
        overwrite: whether what differs is replaced.
    """
    if slot.formula is not None:
        return Outcome.UNCHANGED if _same(wish.means, held) else Outcome.FORMULA
    if slot.cell is None or slot.cell.value == "":
        return Outcome.WRITTEN
    found = read_cell(slot.cell)
    if isinstance(found, Missing):
        if isinstance(wish.means, Missing):
            same = found.symbol.casefold() == wish.means.symbol.casefold()
            if same:
                return Outcome.UNCHANGED
        elif found.symbol.casefold() not in _SUPPRESSED:
            return Outcome.WRITTEN
    elif held is not None and _same(wish.means, held):
        return Outcome.UNCHANGED
    return Outcome.OVERWRITTEN if overwrite else Outcome.CONFLICT


def _same(means: Figure | Missing, held: Figure | None) -> bool:
    """Whether two figures are one to Excel's 15 digits."""
    return (
        isinstance(means, Figure)
        and held is not None
        and exact(means.value) == exact(held.value)
        and means.percent == held.percent
    )


def rounds_to(means: Figure | Missing, held: Figure | None) -> bool:
    """Whether a figure that is held is another one rounded, halves away from zero."""
    if held is None or not isinstance(means, Figure) or means.percent != held.percent:
        return False
    exponent = held.value.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if not 0 <= places < _DIGITS:
        return False
    return means.value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == held.value


def show_cell(cell: Cell | None) -> str:
    """What a cell holds as a person reads it, exactly; a percentage with its sign."""
    if cell is None or cell.value == "":
        return ""
    if isinstance(cell.value, Decimal):
        return show_wish(
            Figure(cell.value.scaleb(2), percent=True) if cell.percent else Figure(cell.value)
        )
    return str(cell.value)


def show_wish(means: Figure | Missing) -> str:
    """A figure or a symbol as a person reads it; a figure with all its digits."""
    if isinstance(means, Missing):
        return means.symbol
    return show_number(means.value, percent=means.percent, digits=15)
