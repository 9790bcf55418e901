"""The end of a zip file, which says where its directory is; with 32 or with 64 bits."""

from __future__ import annotations

import struct

from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError

END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
CENTRAL_MARK = b"PK\x01\x02"
END_MARK, END64_MARK, LOCATOR_MARK = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
# A field of 16 or 32 bits that holds this is to be looked up among those of 64 bits.
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF
_LONGEST_COMMENT = 0xFFFF


class End(NamedTuple):
    """The records behind the directory.

    Attributes:
        directory: where the directory begins.
        size: its bytes.
        entries: how many there are.
        shift: what stands before the archive, where offsets do not count it.
        end64: where the 64-bit end record begins; -1 without one.
        at: where the end record begins.
    """

    directory: int
    size: int
    entries: int
    shift: int
    end64: int
    at: int


def read_end(raw: bytes, where: str) -> End:
    """Find the end records.

    Raises:
        InputError: there are none, or the file is one piece of several.
    """
    lowest = max(0, len(raw) - END.size - _LONGEST_COMMENT)
    at = raw.rfind(END_MARK, lowest)
    while at >= 0:
        if at + END.size <= len(raw):
            end = _end_at(raw, at, where)
            if end is not None:
                return end
        at = raw.rfind(END_MARK, lowest, at + len(END_MARK) - 1)
    raise damaged(where, "its end is missing, as after a download or a copy that was cut short")


def _end_at(raw: bytes, at: int, where: str) -> End | None:
    """The end records, if the one found here has a directory that belongs to it."""
    _, disk, first_disk, here, count, size, stated, comment = END.unpack_from(raw, at)
    if at + END.size + comment > len(raw):
        return None
    end64 = -1
    if FULL16 in (disk, here, count) or FULL32 in (size, stated):
        end64 = _find_end64(raw, at)
    if end64 >= 0:
        _, _, _, _, disk, first_disk, here, count, size, stated = END64.unpack_from(raw, end64)
    if disk or first_disk or here != count:
        raise InputError(
            f"{where} is one piece of a split archive. Join the pieces, or save the workbook in "
            "Excel.",
            file=where,
        )
    close = at if end64 < 0 else end64
    for directory in (close - size, stated):
        if 0 <= directory <= close - size and raw.startswith(CENTRAL_MARK, directory):
            return End(directory, size, count, directory - stated, end64, at)
    return None


def _find_end64(raw: bytes, at: int) -> int:
    locator = at - LOCATOR.size
    if locator < 0 or not raw.startswith(LOCATOR_MARK, locator):
        return -1
    stated: int = LOCATOR.unpack_from(raw, locator)[2]
    for place in (locator - END64.size, stated):
        if 0 <= place <= locator - END64.size and raw.startswith(END64_MARK, place):
            return place
    return -1


def damaged(where: str, why: str) -> InputError:
    """The refusal of a package that is broken."""
    return InputError(
        f"{where} is damaged: {why}. Fetch it again from where it came, or open it in Excel, let "
        "Excel repair it, and save it anew.",
        file=where,
    )
