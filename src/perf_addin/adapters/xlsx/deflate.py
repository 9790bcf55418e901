"""Compress and expand parts: bounded, a block at a time, with isal where it is installed.

isal's first level needs a quarter of the time of zlib's first, and its result is smaller. Small
parts are left to zlib: for them, importing isal takes longer than all else. Workbooks of one origin
share small parts byte for byte, so that what they came to is remembered.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from itertools import chain, islice

from perf_addin.adapters.xlsx.ahead import Ahead
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from perf_addin.domain.declaring import Protocol

    class _Inflater(Protocol):
        @property
        def eof(self) -> bool: ...
        @property
        def unconsumed_tail(self) -> bytes: ...
        def decompress(self, data: bytes | memoryview, max_length: int, /) -> bytes: ...

    class _Deflater(Protocol):
        def compress(self, data: bytes, /) -> bytes: ...
        def flush(self, mode: int = ..., /) -> bytes: ...

    class _Engine(Protocol):
        error: type[Exception]

        def crc32(self, data: bytes | memoryview, value: int = 0, /) -> int: ...
        def compressobj(self, level: int, method: int, wbits: int) -> _Deflater: ...
        def decompressobj(self, wbits: int) -> _Inflater: ...


STORED, DEFLATED = 0, 8
_ISAL = "isal.isal_zlib"
_RAW = -15
_BLOCK = 1 << 16
"""Bytes at a time: memory of this size is used again, that of larger blocks is asked for anew."""
_WORTH_IMPORTING = 1 << 18
_LEVEL = 1
_ALONE = 1 << 21
"""Bytes that take longer to share with a thread than to deflate."""
_TOGETHER = 8
"""Blocks of a segment: more cost memory, and fewer some thousandths of the size."""
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


def _engine(size: int) -> _Engine:
    """The quicker of the two libraries for a part of a size."""
    return _quick_engine() if size >= _WORTH_IMPORTING else cast("_Engine", zlib)


@cache
def _quick_engine() -> _Engine:
    try:
        from isal import isal_zlib  # noqa: PLC0415 - only for large parts
    except ImportError:
        return cast("_Engine", zlib)
    return cast("_Engine", isal_zlib)


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
    head = list(islice(blocks, _WORTH_IMPORTING // _BLOCK))
    engine = _engine(sum(map(len, head)))
    blocks = chain(head, blocks)
    deflater = engine.compressobj(_LEVEL, DEFLATED, _RAW)
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
    return begun if following is None else _continued(begun, engine, chain((following,), blocks))


def _continued(begun: Packed, engine: _Engine, blocks: Iterator[bytes]) -> Packed:
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


def _deflated(engine: _Engine, blocks: list[bytes], end: int) -> bytes:
    """Blocks deflated; each is let go at once, so that the list is empty afterwards."""
    deflater = engine.compressobj(_LEVEL, DEFLATED, _RAW)
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


@lru_cache(_PARTS_HELD)
def _known_pack(data: bytes) -> Packed:
    return _pack((data,))


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces joined to blocks, each of them but the last of `_BLOCK` at the least."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
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


def _whole_inflater(engine: _Engine) -> _Inflater:
    """What expands a part at once: of isal's two, the one that asks for all the memory at once.

    The other doubles it as it goes, and wants the interpreter's lock each time.
    """
    if engine is cast("_Engine", zlib):
        return engine.decompressobj(_RAW)
    from isal import igzip_lib  # noqa: PLC0415 - only for large parts

    return cast("_Inflater", igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_DEFLATE))


def _unpack(stored: bytes | memoryview, method: int, size: int, crc: int) -> bytes:
    # Whichever of the two expands it, the content is the same.
    engine = _quick_engine() if _ISAL in sys.modules else _engine(size)
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


def unpack_blocks(stored: bytes | memoryview, method: int) -> Iterator[bytes]:
    """Expand a part block by block, so that a large one is never held whole; checks nothing."""
    engine = _engine(len(stored))
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


def holds(stored: bytes | memoryview, method: int, content: bytes | Iterable[bytes]) -> bool:
    """Whether stored bytes expand to just this content."""
    try:
        pieces = (content,) if isinstance(content, bytes) else content
        return same(unpack_blocks(stored, method), pieces)
    except BadDataError:
        return False


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
            # As bytes: views are compared one element at a time.
            if view[:size].tobytes() != left[:size].tobytes():
                return False
            view, left = view[size:], left[size:]
    return not left and not any(blocks)
