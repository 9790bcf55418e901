"""Parts compressed and expanded, with either library, in whatever pieces they come."""

from __future__ import annotations

import _thread
import sys
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.adapters.xlsx import ahead, deflate, segments
from perf_addin.adapters.xlsx.comparing import holds, same, unpack_blocks
from perf_addin.adapters.xlsx.deflate import BadDataError, pack, unpack
from perf_addin.domain.errors import OutputError
from tests.adapters.xlsx.threads import ended, running

LARGE = b"".join(b'<c r="A%d"><v>%d</v></c>' % (n, n * 7) for n in range(40_000))


@pytest.fixture(params=["isal", "zlib"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each library in turn; isal is one that need not be installed."""
    if request.param == "zlib":
        monkeypatch.setitem(sys.modules, "isal", None)
    else:
        pytest.importorskip("isal")
    deflate._quick_engine.cache_clear()
    yield str(request.param)
    deflate._quick_engine.cache_clear()


@pytest.mark.parametrize("data", (b"", b"<a/>", LARGE), ids=["empty", "small", "large"])
def test_what_is_packed_is_unpacked(engine: str, data: bytes) -> None:
    packed = pack(data)
    stored = b"".join(packed.pieces)
    assert (packed.size, packed.crc, packed.packed_size) == (
        len(data),
        zlib.crc32(data),
        len(stored),
    )
    assert zlib.decompress(stored, -15) == data, engine
    assert unpack(stored, deflate.DEFLATED, packed.size, packed.crc) == data
    assert b"".join(unpack_blocks(stored, deflate.DEFLATED)) == data
    assert b"".join(unpack_blocks(data, deflate.STORED)) == data
    assert pack(data) == packed


def test_pieces_give_what_the_whole_gives(engine: str) -> None:
    pieces = [LARGE[at : at + 5000] for at in range(0, len(LARGE), 5000)]
    packed = pack(pieces)
    assert zlib.decompress(b"".join(packed.pieces), -15) == LARGE, engine
    assert pack(iter(pieces)) == packed


def test_damaged_data_is_never_given_out(engine: str) -> None:
    packed = pack(LARGE)
    stored = b"".join(packed.pieces)
    for bad, size in ((stored, len(LARGE) - 1), (stored[:-9], len(LARGE)), (stored[99:], 300_000)):
        with pytest.raises(BadDataError):
            unpack(bad, deflate.DEFLATED, size, packed.crc)
    with pytest.raises(BadDataError, match="checksum"):
        unpack(stored, deflate.DEFLATED, len(LARGE), 1)
    assert engine


CUTS = st.lists(st.binary(max_size=6), max_size=6)


@given(CUTS, CUTS)
def test_blocks_are_the_same_however_they_are_cut(one: list[bytes], other: list[bytes]) -> None:
    joined = b"".join(one)
    assert same(one, other) == (joined == b"".join(other))
    assert same(one, [joined])
    assert same([joined, b""], one)
    assert not same(one, [joined, b"x"])
    assert not same([*one, b"x"], [joined])


PIECES = [LARGE[at : at + 50_000] for at in range(0, len(LARGE), 50_000)] * 4
"""A part of several segments."""


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """The threads that were begun; none is left at the end."""
    every: list[object] = []
    before = running()

    def noted(run: Callable[..., object], arguments: tuple[object, ...]) -> int:
        every.append(run)
        return _thread.start_new_thread(run, arguments)

    monkeypatch.setattr(ahead, "start_new_thread", noted)
    yield every
    assert ended(before)


def _no_thread(*_: object) -> int:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize("free", (True, False, None), ids=["always", "never", "as it comes"])
def test_segments_come_out_the_same_whoever_deflates_them(
    engine: str, begun: list[object], monkeypatch: pytest.MonkeyPatch, free: object
) -> None:
    if free is not None:
        monkeypatch.setattr(ahead.Ahead, "done", free)
    packed = pack(PIECES)
    assert begun
    monkeypatch.setattr(ahead, "start_new_thread", _no_thread)
    assert pack(iter(PIECES)) == packed, engine
    content, stored = b"".join(PIECES), b"".join(packed.pieces)
    assert zlib.decompress(stored, -15) == content
    assert unpack(stored, deflate.DEFLATED, packed.size, packed.crc) == content
    assert holds(stored, deflate.DEFLATED, PIECES)


@pytest.mark.parametrize("beyond", (-1, 0, 1, 1 << 19))
def test_up_to_one_segment_beyond_2_mib_needs_no_thread(
    engine: str, begun: list[object], beyond: int
) -> None:
    content = b"".join(PIECES)[: (1 << 21) + beyond]
    packed = pack(content[at : at + 9_999] for at in range(0, len(content), 9_999))
    assert zlib.decompress(b"".join(packed.pieces), -15) == content, engine
    assert (packed.size, packed.crc) == (len(content), zlib.crc32(content))
    assert begun == []


def test_an_error_on_the_way_ends_the_thread_too(engine: str, begun: list[object]) -> None:
    def broken() -> Iterator[bytes]:
        yield from PIECES
        raise OutputError("a cell cannot be written")

    with pytest.raises(OutputError, match="cannot be written"):
        pack(broken())
    assert begun, engine


def test_an_error_in_the_thread_comes_up(
    begun: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise MemoryError("no room")

    monkeypatch.setattr(segments, "_deflated", fail)
    with pytest.raises(MemoryError, match="no room"):
        pack(PIECES)
    assert begun
