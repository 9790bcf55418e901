"""What an import would change: every figure of the extract placed, scaled and compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_addin.application.importing.decide import (
    Change,
    Outcome,
    Wish,
    decide,
    rounds_to,
    show_cell,
    show_wish,
)
from perf_addin.application.importing.extract import Reported
from perf_addin.application.importing.index_entries import Entries, Entry, Slot
from perf_addin.application.importing.parts_cells import At, PartsCells
from perf_addin.application.importing.row_scale import RowScale
from perf_addin.application.importing.told import Told
from perf_addin.domain.figures import Figure, Missing, exact
from perf_addin.domain.periods import Period
from perf_addin.domain.rating import WIDE
from perf_addin.domain.showing import show_number

_WHOLE = 100
_SETTLED = frozenset({Outcome.WRITTEN, Outcome.OVERWRITTEN, Outcome.UNCHANGED})


class _Place(NamedTuple):
    """Where the figures of an indicator go.

    Attributes:
        entry: the indicator.
        scale: the scale of its row.
        like: the cell whose look a cell that is not there yet starts from, or None.
        behind: the cells that formulas of the index divide, by sheet, row and column.
    """

    entry: Entry
    scale: RowScale
    like: Slot | None
    behind: Mapping[At, Slot]


class Planner:
    """Works out what becomes of the figures of each indicator."""

    def __init__(self, entries: Entries, told: Told, *, overwrite: bool) -> None:
        """Bind an index; `told` takes the findings."""
        self._entries = entries
        self._told = told
        self._overwrite = overwrite

    def plan(self, wanted: Mapping[Entry, Sequence[Reported]]) -> list[Change]:
        """Every cell that the figures are meant for, in the order of the index."""
        self._entries.fill(wanted)
        placed = {
            entry: list(self._placed(entry, _once(entry, reported, self._told)))
            for entry, reported in wanted.items()
        }
        behind = self._entries.cells(list(self._behind(placed)))
        changes: list[Change] = []
        for entry, pairs in placed.items():
            scale = RowScale(entry, [reported for reported, _ in pairs])
            place = _Place(entry, scale, _like(entry), behind)
            for reported, slot in pairs:
                changes += self._cells(place, reported, slot)
        return changes

    def _behind(self, placed: Mapping[Entry, Collection[tuple[Reported, Slot]]]) -> Iterator[At]:
        """The cells for parts: those that formulas of wanted cells divide, or beside the figure."""
        for entry, pairs in placed.items():
            for reported, slot in pairs:
                if reported.parts is not None:
                    yield from self._entries.parts_of(slot) or ()
                    yield from entry.beside.get(reported.period) or ()

    def _placed(
        self, entry: Entry, reported: Iterable[Reported]
    ) -> Iterator[tuple[Reported, Slot]]:
        """Each figure with the cell of its period."""
        several = [*reported]
        undated = None in entry.slots
        if undated and len({each.period for each in several}) > 1:
            self._told.several_periods(entry, several)
            return
        for each in several:
            slot = entry.slot(each.period)
            if slot is None:
                self._told.no_place(entry, each)
            elif each.period in entry.repeated:
                self._told.repeated_rows(entry, each)
            else:
                yield each, slot

    def _cells(self, place: _Place, reported: Reported, slot: Slot) -> Iterator[Change]:
        entry, scale, like, _ = place
        parts = self._entries.parts_of(slot)
        if parts is not None and reported.parts is not None:
            self._told.small(entry, reported, slot)
            made = list(self._into_parts(place, reported, slot, parts))
            if scale.scale.percent and any(change.is_written for change in made):
                self._about_whole(entry, reported, slot, reported.parts.figure(percent=True))
            yield from made
            return
        wish = _wish(reported, slot, scale, like)
        if isinstance(wish, str):
            self._told.unclear(entry, reported, slot, wish)
            return
        change = self._change(entry, reported, slot, wish, scale.holds(slot))
        if slot.shown is None and like is not None:
            change = change._replace(like=(like.row, like.column))
        if change.outcome is Outcome.FORMULA:
            self._told.formula(entry, reported, slot, change, takes_parts=parts is not None)
        elif change.is_written and scale.stands_out(slot, like):
            self._told.other_format(entry, reported, slot, str(change.stored))
        elif change.is_written and any(each.formula for each in entry.slots.values()):
            self._told.beside_formulas(entry, reported, slot)
        self._told.small(entry, reported, slot)
        if change.is_written and isinstance(wish.means, Figure) and wish.means.percent:
            self._about_whole(entry, reported, slot, wish.means.value)
        yield change
        beside = entry.beside.get(reported.period)
        if beside is not None and reported.parts is not None and change.outcome in _SETTLED:
            yield from self._into_parts(place, reported, slot, beside)

    def _about_whole(
        self, entry: Entry, reported: Reported, slot: Slot, points: Decimal | None
    ) -> None:
        """Say that a percentage is below 0 or above 100, where it is."""
        if points is not None and not 0 <= points <= _WHOLE:
            self._told.beyond(entry, reported, slot, show_number(points, percent=True))

    def _into_parts(
        self, place: _Place, reported: Reported, slot: Slot, parts: PartsCells
    ) -> Iterator[Change]:
        """Numerator and denominator into their cells: both or neither."""
        entry, numbers = place.entry, reported.parts or ()
        made = []
        for at, number, what in zip(parts, numbers, ("numerator", "denominator"), strict=True):
            cell = place.behind.get(at) or Slot(*at, None, None, None)
            figure = Figure(exact(number))
            held = cell.cell.value if cell.cell is not None else None
            known = Figure(held) if isinstance(held, Decimal) else None
            wish = Wish(figure.value, figure, what)
            made.append(self._change(entry, reported, cell, wish, known))
        stops = {Outcome.CONFLICT, Outcome.FORMULA}
        if any(change.outcome in stops for change in made):
            made = [c._replace(outcome=Outcome.LEFT) if c.is_written else c for c in made]
        for change in made:
            if change.outcome is Outcome.FORMULA:
                self._told.part_is_formula(entry, reported, slot, change)
        yield from made

    def _change(
        self, entry: Entry, reported: Reported, slot: Slot, wish: Wish, held: Figure | None
    ) -> Change:
        outcome = decide(slot, wish, held, overwrite=self._overwrite)
        change = Change(
            slot.sheet,
            slot.row,
            slot.column,
            entry.label,
            entry.name,
            reported.period.label,
            show_cell(slot.cell) if held is None else show_wish(held),
            show_wish(wish.means),
            outcome,
            wish.stored,
            extract_row=reported.row,
            what=wish.what,
        )
        if outcome is Outcome.CONFLICT:
            is_rounding = rounds_to(wish.means, held)
            self._told.conflict(entry, reported, change, is_rounding=is_rounding)
        if change.is_written and isinstance(wish.means, Figure) and not reported.parts:
            self._told.small_count(entry, wish.means, change)
        return change


def _wish(reported: Reported, slot: Slot, scale: RowScale, like: Slot | None) -> Wish | str:
    """What is to stand in a cell, or why that is not certain."""
    if isinstance(reported.value, Missing):
        return Wish(reported.value.symbol, reported.value)
    quotient = None
    if reported.parts is not None:
        quotient = WIDE.divide(reported.parts.numerator, reported.parts.denominator)
    figure = scale.read(reported.value, quotient)
    if isinstance(figure, str):
        return figure
    fit = scale.fit(figure, slot, like)
    return fit if isinstance(fit, str) else Wish(fit.stored, fit.figure)


def _once(entry: Entry, reported: Sequence[Reported], told: Told) -> Iterator[Reported]:
    """One figure for each period; none where the extract has several that differ."""
    by_period: dict[Period, list[Reported]] = {}
    for each in reported:
        by_period.setdefault(each.period, []).append(each)
    for period, several in by_period.items():
        if len({(each.value, each.parts) for each in several}) > 1:
            told.repeated(entry, period, several)
        else:
            yield several[0]


def _like(entry: Entry) -> Slot | None:
    """A cell of the row whose look a cell that is not there yet starts from: the last filled."""
    own = [slot for slot in entry.slots.values() if slot.shown is not None]
    filled = [slot for slot in own if slot.cell is not None]
    return max(filled or own, key=lambda slot: (slot.row, slot.column), default=None)
