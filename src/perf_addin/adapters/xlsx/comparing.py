"""Stored bytes compared with content, a block at a time: is a part still what the file holds?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perf_addin.adapters.xlsx.deflate import BLOCK, RAW, STORED, BadDataError, engine_for


def unpack_blocks(stored: bytes | memoryview, method: int) -> Iterator[bytes]:
    """Expand a part block by block, so that a large one is never held whole; checks nothing."""
    engine = engine_for(len(stored))
    inflater = engine.decompressobj(RAW)
    for at in range(0, len(stored), BLOCK):
        block: bytes | memoryview = stored[at : at + BLOCK]
        if method == STORED:
            yield bytes(block)
            continue
        while block:
            try:
                yield inflater.decompress(block, BLOCK)
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
