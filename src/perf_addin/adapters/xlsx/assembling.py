"""A changed package put together: untouched members byte for byte, in their places."""

from __future__ import annotations

import struct
from collections.abc import Container as Collected
from collections.abc import Iterator, Mapping

from perf_addin.adapters.xlsx.container import (
    CENTRAL,
    LOCAL,
    LOCAL_MARK,
    ZIP64,
    Container,
    Member,
)
from perf_addin.adapters.xlsx.deflate import DEFLATED, Packed
from perf_addin.adapters.xlsx.end_record import (
    CENTRAL_MARK,
    END,
    END64,
    END64_MARK,
    FULL16,
    FULL32,
    LOCATOR,
    LOCATOR_MARK,
    End,
)
from perf_addin.domain.declaring import NamedTuple

_VERSION = 20
# Bits that tell of the old compression level and of sizes that follow the data.
_OF_OLD_DATA = 0x000E
_FIRST_OF_1980 = (1 << 5) | 1
_NAME_IS_UTF8 = 0x0800


class Changes(NamedTuple):
    """What becomes of a package: members by their place in its directory, and new ones by name."""

    replaced: Mapping[int, Packed]
    removed: Collected[int]
    added: Mapping[str, Packed]


def assemble(container: Container, changes: Changes) -> Iterator[bytes]:
    """Give the new package in pieces.

    A replaced member keeps its place, name, date and attributes. Bytes before the first member and
    between members stay, but for what follows a replaced one up to the next. New members come
    last, dated 1980-01-01 so that the same input always gives the same output.
    """
    raw, members, end, _ = container
    order = sorted(range(len(members)), key=lambda index: members[index].start)
    offsets: dict[int, int] = {}
    copied_to = 0
    copied_from = 0
    stops = [members[index].start for index in order[1:]] + [end.directory]
    for index, stop in zip(order, stops, strict=True):
        member = members[index]
        offsets[index] = copied_to + member.start - copied_from
        packed = changes.replaced.get(index)
        if packed is None and index not in changes.removed:
            continue
        yield raw[copied_from : member.start]
        copied_to, copied_from = offsets[index], stop
        if packed is not None and index not in changes.removed:
            header = _local_header(raw, member, packed)
            yield header
            yield from packed.pieces
            copied_to += len(header) + packed.packed_size
    yield raw[copied_from : end.directory]
    at = copied_to + end.directory - copied_from
    new_offsets = {}
    for name, packed in changes.added.items():
        new_offsets[name] = at
        header = _new_local_header(name, packed)
        yield header
        yield from packed.pieces
        at += len(header) + packed.packed_size
    yield from _directory(container, changes, offsets, new_offsets, at)


def _directory(
    container: Container,
    changes: Changes,
    offsets: Mapping[int, int],
    new_offsets: Mapping[str, int],
    at: int,
) -> Iterator[bytes]:
    """The directory and what follows it, beginning at byte `at` of the new file."""
    raw, members, end, _ = container
    kept = (index for index in range(len(members)) if index not in changes.removed)
    entries = [
        _entry(raw, members[index], changes.replaced.get(index), offsets[index] - end.shift)
        for index in kept
    ]
    entries += [
        _new_entry(name, packed, new_offsets[name] - end.shift)
        for name, packed in changes.added.items()
    ]
    directory = b"".join(entries)
    yield directory
    behind = end.directory + end.size
    size, stated = len(directory), at - end.shift
    if end.end64 >= 0:
        end64 = at + size + end.end64 - behind
        yield raw[behind : end.end64] + _end64(raw, end, len(entries), size, stated)
        yield LOCATOR.pack(LOCATOR_MARK, 0, end64 - end.shift, 1)
    else:
        yield raw[behind : end.at]
    yield _end(raw, end, len(entries), size, stated)


def _local_header(raw: bytes, member: Member, packed: Packed) -> bytes:
    old = LOCAL.unpack_from(raw, member.start)
    name_end = member.start + LOCAL.size + old[9]
    extra = _without_zip64(raw[name_end : member.data])
    fields = LOCAL.pack(
        LOCAL_MARK,
        _VERSION,
        old[2] & ~_OF_OLD_DATA,
        DEFLATED,
        old[4],
        old[5],
        packed.crc,
        packed.packed_size,
        packed.size,
        old[9],
        len(extra),
    )
    return fields + raw[member.start + LOCAL.size : name_end] + extra


def _new_local_header(name: str, packed: Packed) -> bytes:
    stored = name.encode()
    flags = 0 if name.isascii() else _NAME_IS_UTF8
    sizes = (packed.crc, packed.packed_size, packed.size, len(stored), 0)
    return LOCAL.pack(LOCAL_MARK, _VERSION, flags, DEFLATED, 0, _FIRST_OF_1980, *sizes) + stored


def _entry(raw: bytes, member: Member, packed: Packed | None, offset: int) -> bytes:
    old = raw[member.entry : member.entry_end]
    if packed is None:
        place = (member.offset64 or member.entry + CENTRAL.size - 4) - member.entry
        layout = "<Q" if member.offset64 else "<L"
        return old[:place] + struct.pack(layout, offset) + old[place + struct.calcsize(layout) :]
    fields = list(CENTRAL.unpack_from(old))
    extra_at = CENTRAL.size + fields[10]
    comment_at = extra_at + fields[11]
    extra = _without_zip64(old[extra_at:comment_at])
    fields[2:5] = _VERSION, fields[3] & ~_OF_OLD_DATA, DEFLATED
    fields[7:10] = packed.crc, packed.packed_size, packed.size
    fields[11] = len(extra)
    fields[13] = 0
    fields[16] = offset
    return CENTRAL.pack(*fields) + old[CENTRAL.size : extra_at] + extra + old[comment_at:]


def _new_entry(name: str, packed: Packed, offset: int) -> bytes:
    stored = name.encode()
    flags = 0 if name.isascii() else _NAME_IS_UTF8
    times = (0, _FIRST_OF_1980)
    sizes = (packed.crc, packed.packed_size, packed.size, len(stored))
    versions = (_VERSION, _VERSION, flags, DEFLATED)
    return CENTRAL.pack(CENTRAL_MARK, *versions, *times, *sizes, 0, 0, 0, 0, 0, offset) + stored


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields without the 64-bit sizes, which a part within our limits never needs."""
    kept = b""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept + extra[at:]


def _end64(raw: bytes, end: End, count: int, size: int, stated: int) -> bytes:
    """The 64-bit end record with what follows it up to its locator."""
    old = END64.unpack_from(raw, end.end64)
    fields = END64.pack(END64_MARK, *old[1:6], count, count, size, stated)
    return fields + raw[end.end64 + END64.size : end.at - LOCATOR.size]


def _end(raw: bytes, end: End, count: int, size: int, stated: int) -> bytes:
    """The end record; what is left to the 64-bit record stays so. The comment is kept."""
    fields = list(END.unpack_from(raw, end.at))
    for index, value, full in (
        (3, count, FULL16),
        (4, count, FULL16),
        (5, size, FULL32),
        (6, stated, FULL32),
    ):
        if fields[index] != full or end.end64 < 0:
            fields[index] = value
    return END.pack(*fields) + raw[end.at + END.size :]
