"""How large a workbook may be; beyond that it is taken for an attack, and refused."""

from __future__ import annotations

from perf_addin.domain.declaring import NamedTuple

_MIB = 1 << 20


class Limits(NamedTuple):
    """The most that a package may hold. Sizes are in bytes.

    Excel itself compresses a sheet 5 to 30 times. `ratio` is looked at only where a part is larger
    than `ratio_from_bytes`, since a small part of blanks harms nobody.
    """

    file_bytes: int = 512 * _MIB
    part_bytes: int = 512 * _MIB
    total_bytes: int = 2048 * _MIB
    parts: int = 20_000
    ratio: int = 200
    ratio_from_bytes: int = 48 * _MIB


DEFAULT_LIMITS = Limits()
