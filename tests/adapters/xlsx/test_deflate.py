"""Parts compressed and expanded, with either library, in whatever pieces they come."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.adapters.xlsx import deflate
from perf_addin.adapters.xlsx.deflate import BadDataError, pack, same, unpack, unpack_blocks

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
