"""Under which formats the numbers of a row are: per cent, or bare; where no row before tells it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perf_addin.adapters.xlsx.quick_cells import NOT_SIMPLE, NotSimple, QuickCells
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.rows import XlsxRow


def number_formats(
    row: XlsxRow, quick: QuickCells, pieces: Sequence[bytes], columns: Sequence[int]
) -> tuple[bool, bool]:
    """Whether any of the cells holds a number under a per cent format, and any a bare one.

    Args:
        row: the row.
        quick: what reads its simple cells.
        pieces: the row cut at its cells, one for each column; none where it cannot be so cut.
        columns: the 1-based columns of the cells.
    """
    if isinstance(columns, range) and columns and columns.step == 1:
        side_by_side = pieces[columns.start : columns.stop]
        if len(side_by_side) == len(columns):
            alike = _alike_shown(quick, side_by_side)
            if alike is not None:
                return alike, not alike
    percent = bare = False
    for column in columns:
        piece = row.piece(column)
        shown = None if piece is None else _number_shown(quick, piece.partition(b'"')[2])
        if shown is None:
            cell = row.get(column)
            shown = cell.percent if cell and isinstance(cell.value, Decimal) else NOT_SIMPLE
        if shown is True:
            percent = True
        elif shown is False:
            bare = True
    return percent, bare


def _number_shown(quick: QuickCells, rest: bytes) -> bool | NotSimple | None:
    """Whether a simple cell's number is shown as per cent; None where that takes reading it.

    What is no number, and what holds nothing, is `NOT_SIMPLE`.
    """
    head, found, _ = rest.partition(quick.value_tag)
    if not found:
        return (
            NOT_SIMPLE if head.endswith((b"/>", quick.closing)) and b"<" not in head[:-4] else None
        )
    kind = quick.kinds.get(head)
    if kind is None or not kind.type:  # under a format of dates, what is no day is a number
        return None
    return kind.percent if kind.type == b"n" else NOT_SIMPLE


def _alike_shown(quick: QuickCells, pieces: Sequence[bytes]) -> bool | None:
    """Whether cells that hold numbers under one and the same start tag are shown as per cent.

    None where they are not so much alike, or hold something else.
    """
    head, found, _ = pieces[0].partition(b'"')[2].partition(quick.value_tag)
    kind = quick.kinds.get(head) if found else None
    if kind is None or kind.type != b"n":
        return None
    cells, number = b"<".join(pieces), len(pieces)
    # The quotes are those around the address's end and the shared attributes, no others.
    same = cells.count(b'"%b%b' % (head, quick.value_tag)) == number
    alike = same and cells.count(b'"') == number * (1 + head.count(b'"'))
    return kind.percent if alike else None
