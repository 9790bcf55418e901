"""The rest of a large part deflated in segments, by two threads where a second one is free."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import partial

from perf_addin.adapters.xlsx.ahead import Ahead
from perf_addin.adapters.xlsx.deflate import DEFLATED, LEVEL, RAW, Packed
from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.engines import Engine

_TOGETHER = 8
"""Blocks of a segment: more cost memory, and fewer some thousandths of the size."""


def continued(begun: Packed, engine: Engine, blocks: Iterator[bytes]) -> Packed:
    """Deflate the rest of a part in segments; each that finds a second thread free is left to it.

    The result is the same whoever deflates which: a segment ends by its length alone, and is
    deflated without a look at those before it.
    """
    crc, size = begun.crc, begun.size
    made: list[bytes | Ahead] = []
    helper: Ahead | None = None
    try:
        for segment, is_last in _segments(blocks):
            for block in segment:
                crc = engine.crc32(block, crc)
                size += len(block)
            work = partial(
                _deflated, engine, segment, zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH
            )
            if is_last or not (helper is None or helper.done):
                made.append(work())
            else:
                helper = Ahead(work)
                made.append(helper)
        pieces = [each if isinstance(each, bytes) else each.take() for each in made]
    finally:
        if helper is not None:
            helper.wait()
    return Packed(crc, size, (*begun.pieces, *pieces))


def _deflated(engine: Engine, blocks: list[bytes], end: int) -> bytes:
    """Blocks deflated; each is let go at once, so that the list is empty afterwards."""
    deflater = engine.compressobj(LEVEL, DEFLATED, RAW)
    pieces = []
    blocks.reverse()
    while blocks:
        pieces.append(deflater.compress(blocks.pop()))
    pieces.append(deflater.flush(end))
    return b"".join(pieces)


def _segments(blocks: Iterator[bytes]) -> Iterator[tuple[list[bytes], bool]]:
    """So many blocks at a time, and whether they are the last; one at least."""
    held = [next(blocks, b"")]
    for block in blocks:
        if len(held) == _TOGETHER:
            yield held, False
            held = []
        held.append(block)
    yield held, True
