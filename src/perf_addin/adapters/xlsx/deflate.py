"""Compress and expand parts: bounded, a block at a time, with isal where it is installed.

isal's first level needs a quarter of the time of zlib's first, and its result is smaller. Small
parts are left to zlib: for them, importing isal takes longer than all else. Workbooks of one origin
share small parts byte for byte, so that what they came to is remembered.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, islice

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.engines import Engine, Inflater

STORED, DEFLATED = 0, 8
_ISAL = "isal.isal_zlib"
RAW = -15
BLOCK = 1 << 16
"""Bytes at a time: memory of this size is used again, that of larger blocks is asked for anew."""
_WORTH_IMPORTING = 1 << 18
LEVEL = 1
_ALONE = 1 << 21
"""Bytes that take longer to share with a thread than to deflate."""
_SMALL, _PARTS_HELD = 1 << 14, 64


class BadDataError(Exception):
    """Stored bytes that do not give what their directory entry states; says why."""


class Packed(NamedTuple):
    """A part's new content: its checksum, its size, and its deflated bytes in pieces."""

    crc: int
    size: int
    pieces: tuple[bytes, ...]

    @property
    def packed_size(self) -> int:
        """How many bytes are stored."""
        return sum(map(len, self.pieces))


def engine_for(size: int) -> Engine:
    """The quicker of the two libraries for a part of a size."""
    return _quick_engine() if size >= _WORTH_IMPORTING else cast("Engine", zlib)


@cache
def _quick_engine() -> Engine:
    try:
        from isal import isal_zlib  # noqa: PLC0415 - only for large parts
    except ImportError:
        return cast("Engine", zlib)
    return cast("Engine", isal_zlib)


def prepare() -> None:
    """Import isal where it is installed, as pays in a process that reads many files."""
    _quick_engine()


def pack(data: bytes | Iterable[bytes]) -> Packed:
    """Deflate a part, given whole or in pieces; the same bytes always give the same result."""
    if isinstance(data, bytes):
        return _known_pack(data) if len(data) <= _SMALL else _pack((data,))
    return _pack(data)


def _pack(data: Iterable[bytes]) -> Packed:
    """Deflate a part; what it holds beyond a first stretch may be deflated by two threads."""
    blocks = _joined(data)
    head = list(islice(blocks, _WORTH_IMPORTING // BLOCK))
    engine = engine_for(sum(map(len, head)))
    blocks = chain(head, blocks)
    deflater = engine.compressobj(LEVEL, DEFLATED, RAW)
    crc = size = 0
    pieces = []
    for block in blocks:
        crc = engine.crc32(block, crc)
        size += len(block)
        pieces.append(deflater.compress(block))
        if size >= _ALONE:
            break
    following = next(blocks, None)
    pieces.append(deflater.flush(zlib.Z_FINISH if following is None else zlib.Z_SYNC_FLUSH))
    begun = Packed(crc, size, tuple(pieces))
    if following is None:
        return begun
    from perf_addin.adapters.xlsx.segments import continued  # noqa: PLC0415 - few parts are large

    return continued(begun, engine, chain((following,), blocks))


@lru_cache(_PARTS_HELD)
def _known_pack(data: bytes) -> Packed:
    return _pack((data,))


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces joined to blocks, each of them but the last of `BLOCK` at the least."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield piece if len(waiting) == 1 else b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def unpack(stored: bytes | memoryview, method: int, size: int, crc: int) -> bytes:
    """Expand a part, never beyond the size that it states.

    Raises:
        BadDataError: it is longer or shorter than stated, not deflated, or its checksum is wrong.
    """
    if size <= _SMALL and len(stored) <= _SMALL:
        return _known_unpack(bytes(stored), method, size, crc)
    return _unpack(stored, method, size, crc)


def _whole_inflater(engine: Engine) -> Inflater:
    """What expands a part at once: of isal's two, the one that asks for all the memory at once.

    The other doubles it as it goes, and wants the interpreter's lock each time.
    """
    if engine is cast("Engine", zlib):
        return engine.decompressobj(RAW)
    from isal import igzip_lib  # noqa: PLC0415 - only for large parts

    return cast("Inflater", igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_DEFLATE))


def _unpack(stored: bytes | memoryview, method: int, size: int, crc: int) -> bytes:
    # Whichever of the two expands it, the content is the same.
    engine = _quick_engine() if _ISAL in sys.modules else engine_for(size)
    if method == STORED:
        data = bytes(stored)
        complete = True
    else:
        inflater = _whole_inflater(engine)
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


_known_unpack = lru_cache(_PARTS_HELD)(_unpack)
