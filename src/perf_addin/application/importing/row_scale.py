"""A reported figure in the scale of the row that it goes to: 88, 0.88 or 88% are one fact.

What is written must read back as what was reported, beside everything that stands in the row
already; where that is not certain nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import Format
from perf_addin.application.importing.extract import Reported
from perf_addin.application.importing.index_entries import Entry, Slot
from perf_addin.domain.figures import Figure, exact
from perf_addin.domain.scales import Scale, find_scale, near
from perf_addin.domain.showing import show_number


class Fit(NamedTuple):
    """A figure as it is to be stored, and as it reads: percentages in points."""

    stored: Decimal
    figure: Figure


class RowScale:
    """The scale of an indicator's row, and how the extract has its figures."""

    def __init__(self, entry: Entry, reported: Sequence[Reported]) -> None:
        """Take the row as it stands, and all figures that the extract has for it."""
        self._entry = entry
        self._held = [figure for slot in entry.slots.values() for figure in _figures(slot)]
        formatted = any(slot.shown is Format.PERCENT for slot in entry.slots.values())
        self.scale = self._scale(self._held)
        if formatted and not self._held:
            # Blanks under a per cent format say what the row is, where no figure does.
            self.scale = find_scale(entry.standards, (), named_percentage=True)
        self._known = [self.scale.settle(f).value for f in (*entry.standards, *self._held)]
        bare = [
            abs(each.value.value)
            for each in reported
            if isinstance(each.value, Figure) and not each.value.percent
        ]
        self._extract_in_points = any(value > 1 for value in bare)

    def _scale(self, held: Sequence[Figure]) -> Scale:
        entry = self._entry
        return find_scale(entry.standards, held, named_percentage=entry.says_percentage)

    def read(self, figure: Figure | None, quotient: Decimal | None) -> Figure | str:
        """What a reported figure means here, in points where the row is a percentage.

        Args:
            figure: the figure, or None where only parts were reported.
            quotient: what the parts come to, or None where there are none.

        Returns:
            The figure, or why its scale is not certain, as the end of a sentence.
        """
        if not self.scale.percent:
            return self._plain(figure, quotient)
        if figure is None:
            ratio = quotient or Decimal(0)
            if abs(ratio) > 1 and not any(abs(value) > 100 for value in self._known):  # noqa: PLR2004 - per cent
                return "its numerator is larger than its denominator"
            return Figure(exact(ratio.scaleb(2)), percent=True)
        if figure.percent or not figure.value:
            return Figure(figure.value, percent=True)
        if quotient is not None:
            return self._beside_parts(figure, quotient)
        return self._bare(figure.value)

    def _plain(self, figure: Figure | None, quotient: Decimal | None) -> Figure | str:
        if figure is None:
            value = exact(quotient or Decimal(0))
            if not value or any(near(abs(value), abs(known)) for known in self._known if known):
                return Figure(value)
            return "nothing in the row shows that it is a plain quotient of its parts"
        if figure.percent:
            return "the extract has a percentage, and the row of the index none"
        return figure

    def _beside_parts(self, figure: Figure, quotient: Decimal) -> Figure | str:
        """A bare value whose parts say whether it is a ratio or in points."""
        points = quotient.scaleb(2)
        for value in (figure.value, figure.value.scaleb(2)):
            if points and near(abs(value), abs(points)):
                return Figure(value, percent=True)
        return "it is neither the percentage nor the ratio of its parts"

    def _bare(self, value: Decimal) -> Figure | str:
        """A bare value in a row of percentages: points, or a ratio where all around says so."""
        points, ratio = Figure(value, percent=True), Figure(value.scaleb(2), percent=True)
        as_points, as_ratio = self._is_near(points), self._is_near(ratio)
        if abs(value) > 1:
            return points if as_points or not as_ratio else _unclear(value)
        if self._extract_in_points:
            return points if as_points or not as_ratio else _unclear(value)
        if as_points == as_ratio:
            return _unclear(value)
        return points if as_points else ratio

    def _is_near(self, figure: Figure) -> bool:
        return any(near(abs(figure.value), abs(known)) for known in self._known if known)

    def fit(self, figure: Figure, slot: Slot, like: Slot | None) -> Fit | str:
        """How a figure is stored in a cell, so that it reads as it was reported.

        Args:
            figure: the figure, in points where the row is a percentage.
            slot: the cell.
            like: the cell whose look it starts from, where it has none of its own.
        """
        shown = slot.shown or (like.shown if like is not None else None)
        if shown is Format.DATE:
            return "the cell has a date format"
        if not figure.percent:
            if shown is Format.PERCENT:
                return "the cell has a per cent format, and the row is no percentage"
            return Fit(figure.value, figure)
        if shown is Format.PERCENT:
            return Fit(exact(figure.value.scaleb(-2)), figure)
        return self._as_bare(figure, slot)

    def _as_bare(self, figure: Figure, slot: Slot) -> Fit | str:
        """A percentage as a bare number, in points or as a ratio, as the row has them."""
        stored = figure.value.scaleb(-2) if self.scale.bare_ratios else figure.value
        others = [f for each in self._entry.slots.values() if each != slot for f in _figures(each)]
        before, after = self._scale(others), self._scale([*others, Figure(exact(stored))])
        if after.settle(Figure(stored)) != Figure(figure.value, percent=True):
            return f"{stored} would read as another figure in this row"
        if any(before.settle(each) != after.settle(each) for each in others):
            return f"beside {stored} the other figures of the row would read differently"
        return Fit(exact(stored), figure)

    def stands_out(self, slot: Slot, like: Slot | None) -> bool:
        """Whether a cell shows bare numbers in a row of which others show percentages."""
        shown = slot.shown or (like.shown if like is not None else None)
        return shown is Format.NUMBER and any(
            each.shown is Format.PERCENT and each.cell is not None
            for each in self._entry.slots.values()
        )

    def holds(self, slot: Slot) -> Figure | None:
        """The figure that a cell holds, on the scale of the row."""
        return next((self.scale.settle(figure) for figure in _figures(slot)), None)


def _figures(slot: Slot) -> Iterator[Figure]:
    found = read_cell(slot.cell) if slot.cell is not None else None
    if isinstance(found, Figure):
        yield found


def _unclear(value: Decimal) -> str:
    points, ratio = (show_number(each, digits=15) for each in (value, value.scaleb(2)))
    return f"{points} may be {points}% or {ratio}%"
