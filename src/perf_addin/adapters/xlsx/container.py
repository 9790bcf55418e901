"""The zip container as stored bytes: members that are not touched are never unpacked.

Python's own zipfile would repack; here every member's local header, data and central record are
kept, so that an untouched member is copied as it is and only its offset changes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from perf_addin.adapters.xlsx.deflate import Overflow, inflate
from perf_addin.adapters.xlsx.limits import Limits
from perf_addin.domain.errors import InputError

_EOCD = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ZIP64_END = struct.Struct("<4sQ2H2L4Q")
_ZIP64_LOCATOR = struct.Struct("<4sLQL")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_UTF8 = 0x800
_DAMAGED = "is damaged or cut off: {}. Ask for a sound copy, or open it in Excel and save it again."


class Member(NamedTuple):
    """One member as the central directory has it, offsets counted in the file itself."""

    name: str
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    start: int
    central: bytes
    name_bytes: bytes


class Container:
    """A parsed zip file.

    Attributes:
        data: the file's bytes.
        members: in the order of the central directory.
        prefix: number of bytes before the archive begins; offsets are counted from there.
        directory_start: where the central directory begins.
        comment: the archive's comment.
    """

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        """Parse the end record and the central directory, and check them against the limits.

        Raises:
            InputError: the archive is damaged, or asks for more than the limits allow.
        """
        self.data = data
        self.file = file
        end = self._find_end()
        _, disk, first_disk, _, count, size, offset, comment_size = _EOCD.unpack_from(data, end)
        self.comment = data[end + _EOCD.size : end + _EOCD.size + comment_size]
        directory_end = end
        if _FULL16 in (disk, first_disk, count) or _FULL32 in (size, offset):
            count, size, offset, directory_end = self._zip64(end, (count, size, offset))
        elif disk or first_disk:
            raise self.damaged("it is one of several disks")
        self.prefix = directory_end - size - offset
        self.directory_start = directory_end - size
        if self.prefix < 0 or self.directory_start < 0:
            raise self.damaged("its directory lies outside the file")
        if count > limits.count:
            raise self.refused(f"holds {count} members; at most {limits.count} are read")
        self.members = list(self._read_directory(count, directory_end))
        self._check(limits)
        self.in_place = sorted(self.members, key=lambda m: m.start)
        self._check_overlaps()

    def damaged(self, what: str) -> InputError:
        """An error that says the file is damaged, and how."""
        return InputError(f"{self.file} {_DAMAGED.format(what)}")

    def refused(self, what: str) -> InputError:
        """An error that says why a file is not opened although it could be."""
        return InputError(
            f"{self.file} {what}. It does not look like a workbook that Excel made; ask for a "
            "sound copy."
        )

    def _find_end(self) -> int:
        data = self.data
        at = len(data)
        while (at := data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557), at)) >= 0:
            if at + _EOCD.size <= len(data):
                comment_size = _EOCD.unpack_from(data, at)[7]
                if at + _EOCD.size + comment_size <= len(data):
                    return at
        raise self.damaged("the end of the archive is missing")

    def _zip64(self, end: int, plain: tuple[int, int, int]) -> tuple[int, int, int, int]:
        at = end - _ZIP64_LOCATOR.size
        if at < 0 or self.data[at : at + 4] != b"PK\x06\x07":
            return (*plain, end)
        stated = _ZIP64_LOCATOR.unpack_from(self.data, at)[2]
        for start in (stated, at - _ZIP64_END.size):
            if 0 <= start <= at - _ZIP64_END.size and self.data[start : start + 4] == b"PK\x06\x06":
                fields = _ZIP64_END.unpack_from(self.data, start)
                return fields[7], fields[8], fields[9], start
        raise self.damaged("its zip64 end record is missing")

    def _read_directory(self, count: int, end: int) -> Iterator[Member]:
        at = self.directory_start
        for _ in range(count):
            if at + _CENTRAL.size > end or self.data[at : at + 4] != b"PK\x01\x02":
                raise self.damaged("its directory is incomplete")
            fields = _CENTRAL.unpack_from(self.data, at)
            flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
            name_size, extra_size, comment_size, offset = *fields[10:13], fields[16]
            name_at = at + _CENTRAL.size
            stop = name_at + name_size + extra_size + comment_size
            if stop > end:
                raise self.damaged("its directory is incomplete")
            raw = self.data[name_at : name_at + name_size]
            extra = self.data[name_at + name_size : name_at + name_size + extra_size]
            size, packed, offset = self._wide(extra, size, packed, offset)
            name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
            start = offset + self.prefix
            yield Member(name, flags, method, crc, packed, size, start, self.data[at:stop], raw)
            at = stop

    def _wide(self, extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
        values = [size, packed, offset]
        if _FULL32 not in values:
            return size, packed, offset
        at = 0
        while at + 4 <= len(extra):
            kind, length = struct.unpack_from("<2H", extra, at)
            if kind == 1:
                wide = extra[at + 4 : at + 4 + length]
                for i, value in enumerate(values):
                    if value == _FULL32 and len(wide) >= 8:  # noqa: PLR2004 - a 64-bit number
                        values[i] = struct.unpack_from("<Q", wide)[0]
                        wide = wide[8:]
            at += 4 + length
        return values[0], values[1], values[2]

    def _check(self, limits: Limits) -> None:
        total = 0
        for member in self.members:
            total += member.size
            what = f"holds a part {member.name!r} of {member.size:,} bytes"
            if member.flags & _ENCRYPTED:
                raise self.refused(f"holds an encrypted part {member.name!r}")
            if member.method not in {_STORED, _DEFLATED}:
                raise self.refused(f"holds a part {member.name!r} packed in an unknown way")
            if member.size > limits.member:
                raise self.refused(f"{what}; at most {limits.member:,} are read")
            large = member.size > limits.ratio_from
            if large and member.size > limits.ratio * max(1, member.packed_size):
                raise self.refused(f"{what} packed into {member.packed_size:,}")
        if total > limits.total:
            raise self.refused(f"unpacks to {total:,} bytes; at most {limits.total:,} are read")

    def _check_overlaps(self) -> None:
        reached = 0
        for member in self.in_place:
            data_start = self._data_start(member)
            if member.start < reached:
                raise self.refused(f"has parts that overlap ({member.name!r})")
            reached = data_start + member.packed_size
            if reached > self.directory_start:
                raise self.damaged(f"the part {member.name!r} is incomplete")

    def _data_start(self, member: Member) -> int:
        at = member.start
        if at < 0 or at + _LOCAL.size > len(self.data) or self.data[at : at + 4] != b"PK\x03\x04":
            raise self.damaged(f"the part {member.name!r} is not where the directory says")
        fields = _LOCAL.unpack_from(self.data, at)
        return int(at + _LOCAL.size + fields[9] + fields[10])

    def read(self, member: Member) -> bytes:
        """Unpack a member, never to more than it declares.

        Raises:
            InputError: it is damaged, or holds another number of bytes than it declares.
        """
        start = self._data_start(member)
        packed = memoryview(self.data)[start : start + member.packed_size]
        try:
            out = bytes(packed) if member.method == _STORED else inflate(packed, member.size)
        except Overflow:
            raise self.refused(
                f"holds a part {member.name!r} with another size than it declares"
            ) from None
        except zlib.error:
            raise self.damaged(f"the part {member.name!r} cannot be unpacked") from None
        if zlib.crc32(out) != member.crc or len(out) != member.size:
            raise self.damaged(f"the checksum of the part {member.name!r} is wrong")
        return out


class Packed(NamedTuple):
    """New content for a member: its checksum, size, and deflated bytes."""

    crc: int
    size: int
    data: tuple[bytes, ...]

    @property
    def packed_size(self) -> int:
        """How many bytes it takes up in the archive."""
        return sum(map(len, self.data))


def local_header(name: bytes, flags: int, when: bytes, packed: Packed) -> bytes:
    """A local header for new content; `when` is the date and time as the archive stores them."""
    return (
        struct.pack("<4s3H", b"PK\x03\x04", 20, flags, _DEFLATED)
        + when
        + struct.pack("<3L2H", packed.crc, packed.packed_size, packed.size, len(name), 0)
        + name
    )


def central_record(member: Member | None, name: bytes, packed: Packed, offset: int) -> bytes:
    """A central record for new content; the date and attributes are those of the old member."""
    old = _CENTRAL.unpack_from(member.central) if member else None
    flags = member.flags & _UTF8 if member else 0
    when = (old[5], old[6]) if old else (0, 0x21)
    made_by, internal, external = (old[1], old[14], old[15]) if old else (20, 0, 0)
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            made_by,
            20,
            flags,
            _DEFLATED,
            *when,
            packed.crc,
            packed.packed_size,
            packed.size,
            len(name),
            0,
            0,
            0,
            internal,
            external,
            offset,
        )
        + name
    )


def moved_record(member: Member, offset: int) -> bytes:
    """The central record of a member that was copied, with its new offset."""
    central = bytearray(member.central)
    old = _CENTRAL.unpack_from(central)[16]
    if old != _FULL32:
        struct.pack_into("<L", central, 42, offset)
        return bytes(central)
    name_size, extra_size = struct.unpack_from("<2H", central, 28)
    at = _CENTRAL.size + name_size
    end = at + extra_size
    fields = _CENTRAL.unpack_from(central)
    skip = 8 * sum(value == _FULL32 for value in fields[8:10])
    while at + 4 <= end:
        kind, length = struct.unpack_from("<2H", central, at)
        if kind == 1:
            struct.pack_into("<Q", central, at + 4 + skip, offset)
            break
        at += 4 + length
    return bytes(central)


def end_record(count: int, size: int, offset: int, comment: bytes) -> bytes:
    """The end of the archive."""
    return _EOCD.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, len(comment)) + comment
