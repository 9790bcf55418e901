"""Compress and expand parts: bounded, a block at a time, with isal where it is installed.

isal's first level needs a quarter of the time of zlib's first, and its result is smaller.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, Protocol, cast

STORED, DEFLATED = 0, 8
_RAW = -15
_BLOCK = 1 << 18


class BadDataError(Exception):
    """Stored bytes that do not give what their directory entry states; says why."""


class Packed(NamedTuple):
    """A part's new content: its checksum, its size, and its deflated bytes in pieces."""

    crc: int
    size: int
    pieces: list[bytes]

    @property
    def packed_size(self) -> int:
        """How many bytes are stored."""
        return sum(map(len, self.pieces))


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes | memoryview, max_length: int, /) -> bytes: ...


class _Deflater(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Engine(Protocol):
    error: type[Exception]

    def crc32(self, data: bytes | memoryview, value: int = 0, /) -> int: ...
    def compressobj(self, level: int, method: int, wbits: int) -> _Deflater: ...
    def decompressobj(self, wbits: int) -> _Inflater: ...


@cache
def _engine() -> _Engine:
    """The quicker of the two libraries; looked for only when a part is read."""
    try:
        from isal import isal_zlib  # noqa: PLC0415 - 2 ms that only a package needs
    except ImportError:
        return cast("_Engine", zlib)
    return cast("_Engine", isal_zlib)


def pack(data: bytes | Iterable[bytes]) -> Packed:
    """Deflate a part, given whole or in pieces; the same bytes always give the same result."""
    engine = _engine()
    deflater = engine.compressobj(1, DEFLATED, _RAW)
    crc = size = 0
    pieces = []
    for block in (data,) if isinstance(data, bytes) else data:
        crc = engine.crc32(block, crc)
        size += len(block)
        pieces.append(deflater.compress(block))
    pieces.append(deflater.flush())
    return Packed(crc, size, [piece for piece in pieces if piece])


def unpack(stored: bytes | memoryview, method: int, size: int, crc: int) -> bytes:
    """Expand a part, never beyond the size that it states.

    Raises:
        BadDataError: it is longer or shorter than stated, not deflated, or its checksum is wrong.
    """
    engine = _engine()
    if method == STORED:
        data = bytes(stored)
        complete = True
    else:
        inflater = engine.decompressobj(_RAW)
        try:
            data = inflater.decompress(stored, size + 1)
        except engine.error as error:
            raise BadDataError(f"its compressed data is damaged ({error})") from error
        complete = inflater.eof
    if len(data) > size:
        raise BadDataError(f"it holds more than the {size:,} bytes that it states")
    if len(data) < size or not complete:
        raise BadDataError("its data ends too early")
    if engine.crc32(data) != crc:
        raise BadDataError("its checksum is wrong")
    return data


def unpack_blocks(stored: bytes | memoryview, method: int) -> Iterator[bytes]:
    """Expand a part block by block, so that a large one is never held whole; checks nothing."""
    engine = _engine()
    inflater = engine.decompressobj(_RAW)
    for at in range(0, len(stored), _BLOCK):
        block: bytes | memoryview = stored[at : at + _BLOCK]
        if method == STORED:
            yield bytes(block)
            continue
        while block:
            try:
                yield inflater.decompress(block, _BLOCK)
            except engine.error as error:
                raise BadDataError(f"its compressed data is damaged ({error})") from error
            block = inflater.unconsumed_tail


def same(one: Iterable[bytes], other: Iterable[bytes]) -> bool:
    """Whether two sequences of blocks, cut in different places, are the same bytes."""
    blocks = iter(other)
    left = memoryview(b"")
    for block in one:
        view = memoryview(block)
        while view:
            if not left:
                following = next(blocks, None)
                if following is None:
                    return False
                left = memoryview(following)
                continue
            size = min(len(view), len(left))
            if view[:size] != left[:size]:
                return False
            view, left = view[size:], left[size:]
    return not left and not any(blocks)
