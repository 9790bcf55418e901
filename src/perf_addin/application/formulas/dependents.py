"""Which formulas depend on which cells, and in which order they are worked out."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping

from perf_addin.application.formulas.book import FormulaBook, Key, Precedents
from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.grid import CellRange, cell_name
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError

_FILLING = frozenset({FormulaKind.ARRAY, FormulaKind.DATA_TABLE})
_MOST_ROUNDS = 500
_MOST_CELLS = 1 << 20  # of one array: a column of a sheet


class CellIndex:
    """Some cells, to be asked which of them lie in an area."""

    def __init__(self, keys: Iterable[Key] = ()) -> None:
        """Sort the cells by sheet, column and row."""
        self._rows: dict[tuple[str, int], list[int]] = {}
        self._columns: dict[str, set[int]] = {}
        self._all: set[Key] = set()
        self._all.update(keys)
        for sheet, row, column in sorted(self._all):
            self._rows.setdefault((sheet, column), []).append(row)
            self._columns.setdefault(sheet, set()).add(column)

    def add(self, key: Key) -> None:
        """Add a cell."""
        if key not in self._all:
            sheet, row, column = key
            self._all.add(key)
            insort(self._rows.setdefault((sheet, column), []), row)
            self._columns.setdefault(sheet, set()).add(column)

    def within(self, sheet: str, area: CellRange) -> Iterator[Key]:
        """The cells that lie in an area."""
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            if (sheet, top, left) in self._all:
                yield (sheet, top, left)
            return
        for column in self._columns.get(sheet, ()):
            if left <= column <= right:
                rows = self._rows[sheet, column]
                for place in range(bisect_left(rows, top), len(rows)):
                    if rows[place] > bottom:
                        break
                    yield (sheet, rows[place], column)

    def reaches(self, sheet: str, area: CellRange) -> bool:
        """Whether any of the cells lies in an area."""
        return next(self.within(sheet, area), None) is not None


def dependents(
    book: FormulaBook,
    precedents: Mapping[Key, Precedents],
    changed: Collection[Key],
    *,
    themselves: bool = False,
) -> set[Key]:
    """The formulas that depend on some cells, directly or through others.

    Where chains are very long, every formula that refers to another one is taken.

    Args:
        book: all formulas.
        precedents: what those depend on that are asked about.
        changed: the cells.
        themselves: whether formulas in these cells are named too, where they depend on others.
    """
    asked = precedents.items()
    waiting = {key: found.areas for key, found in asked if themselves or key not in changed}
    reached: set[Key] = set()
    front: Collection[Key] = changed
    for _ in range(_MOST_ROUNDS):
        index = CellIndex(front)
        hit = [
            key
            for key, areas in waiting.items()
            if any(index.reaches(sheet, area) for sheet, area in areas)
        ]
        if not hit:
            return reached
        reached.update(hit)
        for key in hit:
            del waiting[key]
        front = [cell for key in hit for cell in filled(book, key)]
    return reached | set(waiting)


def filled(book: FormulaBook, key: Key) -> Iterator[Key]:
    """The cells that the formula of a cell fills: more than one for an array or a data table.

    Raises:
        InputError: an array so large that no workbook can hold its results.
    """
    node = book.nodes.get(key)
    area = node.cell.area if node is not None else None
    if node is None or area is None or node.cell.kind not in _FILLING:
        yield key
        return
    if area.cells > _MOST_CELLS:
        where = f"{cell_name(key[1], key[2])} of sheet {key[0]!r}"
        raise InputError(
            f"Cell {where} holds an array formula over {area.cells:,} cells; {_MOST_CELLS:,} is "
            "the most that is calculated. Leave formulas as they are with --recalc never."
        )
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield (key[0], row, column)


def _owners(book: FormulaBook, keys: Collection[Key]) -> dict[Key, Key]:
    """The formula that fills a cell, by cell."""
    owners = dict(zip(keys, keys, strict=True))
    for key in keys:
        if book.nodes[key].cell.kind in _FILLING:
            owners.update((cell, key) for cell in filled(book, key))
    return owners


class Order(NamedTuple):
    """Formulas each behind those that it depends on, and those that circles keep out of it."""

    keys: list[Key]
    circular: set[Key]


def in_order(
    book: FormulaBook, precedents: Mapping[Key, Precedents], keys: Collection[Key]
) -> Order:
    """Put some formulas in order; circular are those in a circle, and those that depend on one."""
    before = _needed_before(book, precedents, keys)
    behind: dict[Key, list[Key]] = {}
    for key, needed in before.items():
        for other in needed:
            behind.setdefault(other, []).append(key)
    order = [key for key, needed in before.items() if not needed]
    for key in order:  # grows while it is gone through
        for follower in behind.get(key, ()):
            before[follower].discard(key)
            if not before[follower]:
                order.append(follower)
    return Order(order, {key for key, needed in before.items() if needed})


def _needed_before(
    book: FormulaBook, precedents: Mapping[Key, Precedents], keys: Collection[Key]
) -> dict[Key, set[Key]]:
    """For each formula, in the order of rows, those among them that it depends on directly."""
    owners = _owners(book, keys)
    index: CellIndex | None = None
    before: dict[Key, set[Key]] = {}
    for key in sorted(keys):
        found: set[Key] = set()
        for sheet, area in precedents[key].areas:
            if area[:2] == area[2:]:
                owner = owners.get((sheet, area[0], area[1]))
                found.update(() if owner is None else (owner,))
                continue
            if index is None:
                index = CellIndex(owners)
            found.update(owners[cell] for cell in index.within(sheet, area))
        before[key] = found
    return before
