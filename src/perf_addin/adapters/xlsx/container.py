"""The zip file around a workbook: its directory, read strictly, and where each member's bytes lie.

Python's own reader is not used: it takes longer to import than a small workbook takes to rate,
and it cannot copy a member without expanding it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from perf_addin.adapters.xlsx.deflate import DEFLATED, STORED
from perf_addin.adapters.xlsx.end_record import (
    CENTRAL_MARK,
    FULL16,
    FULL32,
    End,
    damaged,
    read_end,
)
from perf_addin.adapters.xlsx.opening import Limits
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL_MARK = b"PK\x03\x04"
ZIP64 = 1
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_UTF8 = 0x0800
_new = tuple.__new__  # a third of the time of calling the class


class Member(NamedTuple):
    """A file in the package. Offsets count from the first byte of the file that holds it.

    Attributes:
        name: with forward slashes and no leading one; ends in a slash where it is a folder.
        flags: the zip format's general purpose bits.
        method: 0 stored, 8 deflated.
        crc: checksum of the content, as stated.
        packed: stored bytes.
        size: bytes of content, as stated.
        start: where its local header begins.
        data: where its content begins; -1 where the local header is damaged.
        entry: where its entry in the directory begins.
        entry_end: where that entry ends.
        offset64: where the entry holds its offset with 64 bits; 0 where it holds 32.
    """

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int
    data: int
    entry: int
    entry_end: int
    offset64: int


class Container(NamedTuple):
    """A package's bytes and their directory, members in the directory's order.

    `where` is what messages call it.
    """

    raw: bytes
    members: list[Member]
    end: End
    where: str

    def stored(self, member: Member) -> memoryview:
        """A member's bytes as they are stored.

        Raises:
            InputError: they cannot be found.
        """
        if member.data < 0:
            raise self.damaged(f"the part {member.name} has no header")
        return memoryview(self.raw)[member.data : member.data + member.packed]

    def by_name(self) -> dict[str, list[int]]:
        """Where each part is listed, by its name in lower case; twice where it is stored twice.

        Raises:
            InputError: two parts of one name differ, so that programs would read one or the other.
        """
        found: dict[str, list[int]] = {}
        for index, member in enumerate(self.members):
            if member.name.endswith("/"):
                continue
            places = found.setdefault(member.name.casefold(), [])
            if places and not self._same(self.members[places[0]], member):
                raise self.refused(f"holds two different parts named {member.name}")
            places.append(index)
        return found

    def _same(self, one: Member, other: Member) -> bool:
        """Whether two members are stored alike; a checksum alone is easily forged."""
        if (one.method, one.size, one.crc) != (other.method, other.size, other.crc):
            return False
        # As bytes: views are compared one element at a time.
        return bytes(self.stored(one)) == bytes(self.stored(other))

    def damaged(self, why: str) -> InputError:
        """The refusal of a package that is broken."""
        return damaged(self.where, why)

    def refused(self, what: str) -> InputError:
        """The refusal of a package that holds what no spreadsheet program writes."""
        return InputError(
            f"{self.where} {what}. Ask its sender for a copy saved in Excel.", file=self.where
        )


def read_container(raw: bytes, where: str, limits: Limits) -> Container:
    """Read the directory and check that it is safe to work with; nothing is expanded.

    Raises:
        InputError: it is cut off, encrypted, split, larger than the limits, or its members
            overlap or have unsafe names. The message begins with `where`.
    """
    try:
        end = read_end(raw, where)
        _check_prefix(raw, end, where)
        if end.entries > limits.parts:
            raise InputError(
                f"{where} holds {end.entries:,} files; a workbook holds {limits.parts:,} at most. "
                "Ask its sender for a copy saved in Excel.",
                file=where,
            )
        members = list(_read_members(raw, end, where))
    except (struct.error, IndexError) as error:
        raise damaged(where, "its directory is cut off") from error
    _check_sizes(members, where, limits)
    _check_overlaps(members, end, where)
    return Container(raw, members, end, where)


def _check_prefix(raw: bytes, end: End, where: str) -> None:
    """Refuse a file cut off behind a workbook embedded in it, whose end would be taken for its own.

    What was found is then the embedded one, and all that stands before it is the file itself.
    """
    if end.shift > 0 and raw.find(LOCAL_MARK, 0, end.shift) >= 0:
        raise damaged(where, "its end is missing, as after a download or a copy that was cut short")


def _read_members(raw: bytes, end: End, where: str) -> Iterator[Member]:
    at = end.directory
    for _ in range(end.entries):
        fields = CENTRAL.unpack_from(raw, at)
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_length, extra_length, comment_length, disk = fields[10:14]
        extra = at + CENTRAL.size + name_length
        entry_end = extra + extra_length + comment_length
        if fields[0] != CENTRAL_MARK or entry_end > end.directory + end.size:
            raise damaged(where, "its directory is cut off")
        name = _name(raw[at + CENTRAL.size : extra], flags, where)
        wide = _wide(raw, extra, extra + extra_length, (size, packed, fields[16], disk))
        size, packed, stated = wide[0][0], wide[1][0], wide[2][0]
        if wide[3][0]:
            raise damaged(where, f"{name} lies in another piece of a split archive")
        _check_method(name, flags, method, where)
        start = stated + end.shift
        data = _data(raw, start)
        places = (start, data, at, entry_end, wide[2][1])
        member: Member = _new(Member, (name, flags, method, crc, packed, size, *places))
        yield member
        at = entry_end


def _data(raw: bytes, start: int) -> int:
    """Where content begins behind a local header, or -1."""
    if start < 0 or not raw.startswith(LOCAL_MARK, start) or start + LOCAL.size > len(raw):
        return -1
    name_length, extra_length = LOCAL.unpack_from(raw, start)[9:11]
    return int(start + LOCAL.size + name_length + extra_length)


def _wide(
    raw: bytes, at: int, stop: int, narrow: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Size, stored size, offset and disk, and where each stands as 64 bits (0 if it does not)."""
    found = [(value, 0) for value in narrow]
    while at + 4 <= stop:
        kind, length = struct.unpack_from("<2H", raw, at)
        at += 4
        if kind == ZIP64:
            place = at
            for index, full, layout in ((0, FULL32, "<Q"), (1, FULL32, "<Q"), (2, FULL32, "<Q"),
                                        (3, FULL16, "<L")):  # fmt: skip
                step = struct.calcsize(layout)
                if narrow[index] == full and place + step <= min(at + length, stop):
                    found[index] = (struct.unpack_from(layout, raw, place)[0], place)
                    place += step
        at += length
    return found


def _name(stored: bytes, flags: int, where: str) -> str:
    """A member's name in one spelling.

    Raises:
        InputError: the name points outside the package, or cannot be shown.
    """
    try:
        name = stored.decode("ascii" if stored.isascii() else "utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        name = stored.decode("latin-1")
    name = name.replace("\\", "/").removeprefix("/")
    if not name or _is_unsafe(name):
        raise InputError(
            f"{where} holds a file with the unsafe name {name!r}, as no spreadsheet program writes "
            "it. Ask its sender for a copy saved in Excel.",
            file=where,
        )
    return name


def _is_unsafe(name: str) -> bool:
    """Whether a name would lead out of a folder, or hides what it says."""
    leads_out = name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")
    return leads_out or min(name) < " " or "\x7f" in name


def _check_method(name: str, flags: int, method: int, where: str) -> None:
    if flags & _ENCRYPTED:
        raise InputError(
            f"{where} is encrypted ({name} cannot be read). Save it without a password, then try "
            "again.",
            file=where,
        )
    if method not in {STORED, DEFLATED}:
        raise InputError(
            f"{where} is compressed in a way that Excel cannot read ({name} uses method {method}; "
            "expected 0 or 8). Open it in the program that wrote it and save it as Excel Workbook "
            "(.xlsx).",
            file=where,
        )


def _check_sizes(members: list[Member], where: str, limits: Limits) -> None:
    for member in members:
        _check_size(member, where, limits)
    total = sum(member.size for member in members)
    if total > limits.total_bytes:
        raise InputError(
            f"{where} would expand to {total:,} bytes; {limits.total_bytes:,} is the most that is "
            "accepted. Ask its sender for a smaller copy saved in Excel.",
            file=where,
        )


def _check_size(member: Member, where: str, limits: Limits) -> None:
    if member.size > limits.part_bytes:
        raise InputError(
            f"{where}: {member.name} states {member.size:,} bytes; {limits.part_bytes:,} is the "
            "most that is accepted. Ask its sender for a smaller copy saved in Excel.",
            file=where,
        )
    if member.size > limits.ratio_from_bytes and member.size > member.packed * limits.ratio:
        raise InputError(
            f"{where}: {member.name} would expand {member.size // max(member.packed, 1):,} times, "
            f"to {member.size:,} bytes; {limits.ratio} times is the most that is accepted. Ask its "
            "sender for a copy saved in Excel.",
            file=where,
        )


def _check_overlaps(members: list[Member], end: End, where: str) -> None:
    """Refuse members that share bytes: the trick behind the densest zip bombs."""
    free = max(0, end.shift)
    last = ""
    for member in sorted(members, key=lambda member: member.start):
        close = max(member.data, member.start + LOCAL.size) + member.packed
        if member.start < free:
            raise damaged(where, f"{member.name} overlaps {last or 'what precedes the archive'}")
        if close > end.directory:
            raise damaged(where, f"{member.name} is cut off")
        free, last = close, member.name
