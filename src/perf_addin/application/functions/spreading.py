"""How a call over ranges answers: as Excel's own functions do.

One cell goes with every cell of a range, and a column with a row. Where two ranges differ in size,
the cells without a partner are #N/A.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain

from perf_addin.application.functions.values import Argued, Entry, ExcelError, Scalar, Value
from perf_addin.domain.declaring import cast

Judge = Callable[[Entry], Value]
"""Answers for one cell; whatever else bears on the answer is settled.

One that has a method `many` answers for many cells at once, each as by itself.
"""

Rows = list[list[Scalar]]

_DECEPTIVE = frozenset({bool, ExcelError})
"""To Python TRUE equals 1, and the error #N/A its text; to a reader they do not."""


def spread(judge_for: Callable[[tuple[Entry, ...]], Judge], arguments: Sequence[Argued]) -> Value:
    """Answer for every cell of the shape that the arguments make together.

    Args:
        judge_for: makes what answers, from the arguments after the first.
        arguments: cells and ranges; the first is the one that varies most.

    Returns:
        One answer where no argument is a range; otherwise rows of them.
    """
    if not any(isinstance(argument, list) for argument in arguments):
        entries = cast("Sequence[Entry]", arguments)
        return judge_for(tuple(entries[1:]))(entries[0] if entries else None)
    grids = [a if isinstance(a, list) else None for a in arguments]
    height = max(len(grid) for grid in grids if grid is not None)
    width = max((len(grid[0]) for grid in grids if grid), default=0)
    if not height or not width:
        return ExcelError.CALC
    used = _used(grids, height)
    answers = _answers(judge_for, arguments, used, width)
    if used < height:
        blanks = [
            [[None] * len(a[0])] if isinstance(a, list) and len(a) > 1 else a for a in arguments
        ]
        below = _answers(judge_for, cast("Sequence[Argued]", blanks), 1, width)[0]
        answers += [below[:] for _ in range(height - used)]
    return answers


def down(
    judge_for: Callable[[tuple[Entry, ...]], Judge],
    arguments: Sequence[Entry | list[Scalar]],
    size: int,
) -> list[Scalar]:
    """Answer row by row, where each argument is one cell or a column of so many."""
    first, *rest = arguments
    cells: Sequence[Entry] = first if isinstance(first, list) else [first] * size
    streams = {place: one for place, one in enumerate(rest) if isinstance(one, list)}
    if streams:
        return _together(judge_for, cells, rest, streams)
    return _flat(judge_for(tuple(cast("list[Entry]", rest))), cells)


def _used(grids: Sequence[Rows | None], height: int) -> int:
    """How many rows there are down to the last one that holds something, in whole columns."""
    tall = [grid for grid in grids if grid is not None and len(grid) > 1]
    if any(len(grid) != height for grid in tall):
        return height
    longest = 1
    for grid in tall:
        blank, used = [None] * len(grid[0]), height
        while used > longest and grid[used - 1] == blank:
            used -= 1
        longest = used
    return longest


def _answers(
    judge_for: Callable[[tuple[Entry, ...]], Judge],
    arguments: Sequence[Argued],
    height: int,
    width: int,
) -> Rows:
    first, *rest = arguments
    settled = [_single(argument) for argument in rest]
    if not any(isinstance(entry, list) for entry in settled):
        judge = judge_for(tuple(cast("list[Entry]", settled)))
        return _rows(_flat(judge, _stream(first, height, width)), width)
    flat = _matched(judge_for, first, settled, height, width)
    return _rows(flat, width)


def _matched(
    judge_for: Callable[[tuple[Entry, ...]], Judge],
    first: Argued,
    rest: Sequence[Argued],
    height: int,
    width: int,
) -> list[Scalar]:
    """Answer where the other arguments vary too."""
    streams = {
        place: _stream(argument, height, width)
        for place, argument in enumerate(rest)
        if isinstance(argument, list)
    }
    return _together(judge_for, _stream(first, height, width), rest, streams)


def _together(
    judge_for: Callable[[tuple[Entry, ...]], Judge],
    cells: Sequence[Entry],
    rest: Sequence[object],
    varying: Mapping[int, Sequence[Entry]],
) -> list[Scalar]:
    """Answer cells of which the other arguments vary; each set of those is prepared once."""
    entries = cast("list[Entry]", list(rest))
    streams = list(varying.values())
    keys: Iterable[Hashable] = streams[0] if len(streams) == 1 else zip(*streams, strict=True)
    if not all(_DECEPTIVE.isdisjoint(map(type, stream)) for stream in streams):
        keys = [
            (key, *map(type, cells))
            for key, cells in zip(keys, zip(*streams, strict=True), strict=True)
        ]
    together: dict[Hashable, list[int]] = {}
    for at, key in enumerate(keys):
        if key in together:
            together[key].append(at)
        else:
            together[key] = [at]
    flat: list[Value] = [None] * len(cells)
    for places in together.values():
        for place, stream in varying.items():
            entries[place] = stream[places[0]]
        answers = answered(judge_for(tuple(entries)), [cells[at] for at in places])
        for at, answer in zip(places, answers, strict=True):
            flat[at] = answer
    return cast("list[Scalar]", flat)


def answered(judge: Judge, entries: Sequence[Entry]) -> Iterable[Value]:
    """Answer for many cells with one judge."""
    many = getattr(judge, "many", None)
    return map(judge, entries) if many is None else cast("Iterable[Value]", many(entries))


def _single(argument: Argued) -> Argued:
    """A range of one cell as that cell; it goes with every cell of another range."""
    if isinstance(argument, list) and len(argument) == 1 and len(argument[0]) == 1:
        return argument[0][0]
    return argument


def _flat(judge: Judge, cells: Sequence[Entry]) -> list[Scalar]:
    """Answer for every cell; equal numbers are judged once."""
    many = getattr(judge, "many", None)
    if many is not None:
        return list(many(cells))
    known: dict[float, Value] = {}
    flat: list[Value] = []
    for entry in cells:
        kind = type(entry)
        if kind is float or kind is int:
            number = cast("float", entry)
            answer = known.get(number)
            if answer is None:
                answer = known[number] = judge(entry)
            flat.append(answer)
        else:
            flat.append(judge(entry))
    return cast("list[Scalar]", flat)


def _rows(flat: list[Scalar], width: int) -> Rows:
    if width == 1:
        return [[cell] for cell in flat]
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def _stream(argument: Argued, height: int, width: int) -> Sequence[Entry]:
    """The cells that an argument puts into each place of a shape, row by row."""
    argument = _single(argument)
    if not isinstance(argument, list):
        return cast("Sequence[Entry]", [argument] * (height * width))
    rows = argument[:height] if len(argument) > 1 else argument * height
    if len(rows) == height and len(rows[0]) == width:
        together = list(chain.from_iterable(rows))
        if len(together) == height * width:
            return together
    cells: list[Entry] = []
    for row in rows:
        if len(row) == width:
            cells += row
        elif len(row) == 1:
            cells += row * width
        else:
            cells += [*row, *[ExcelError.NA] * (width - len(row))]
    cells += [ExcelError.NA] * (height * width - len(cells))
    return cells
