"""How the bytes of a CSV file are read: their encoding and their delimiter, neither guessed at.

What was found is said to the user, since a wrong guess would bring wrong names or figures.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from perf_addin.domain.errors import InputError

LONGEST_LINE = 1_000_000
_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLED_RECORDS = 40
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


class Encoding(NamedTuple):
    """An encoding: as Python names it, and as people do."""

    codec: str
    name: str


class Dialect(NamedTuple):
    """What separates the fields: the character, its name, and lines at the top that only say so."""

    delimiter: str
    name: str
    skipped: int = 0


def fingerprint(file: BinaryIO, name: str) -> tuple[str, Encoding]:
    """Read a file through once: its SHA-256 in hexadecimal digits, and its encoding.

    UTF-8 and UTF-16 are known by their mark, UTF-16 without one by its zero bytes, UTF-8 without
    one by being valid throughout; what is left is Windows-1252, unless it has bytes that are no
    character there.

    Raises:
        InputError: the file is no text.
    """
    digest = hashlib.sha256()
    file.seek(0)
    start = file.read(_SAMPLE)
    stated = next((Encoding(c, n) for mark, c, n in _BOMS if start.startswith(mark)), None)
    candidates = [stated] if stated else _candidates(start)
    decoders = [(each, codecs.getincrementaldecoder(each.codec)()) for each in candidates]
    block = start
    while block or decoders:
        digest.update(block)
        decoders = [pair for pair in decoders if _accepts(pair[1], block)]
        if not block:
            break
        block = file.read(_BLOCK)
    if not decoders:
        raise InputError(
            f"{name} is no text that can be read: neither UTF-8, UTF-16 nor Windows-1252. Export "
            "it again as CSV UTF-8.",
            file=name,
        )
    return digest.hexdigest(), decoders[0][0]


def _candidates(start: bytes) -> list[Encoding]:
    """The encodings that a file without a mark may have, the likeliest first."""
    if b"\0" in start:
        low, high = start[1::2].count(0), start[::2].count(0)
        half = len(start) // 4
        wide = {"utf-16-le": low, "utf-16-be": high}
        return [Encoding(codec, "UTF-16") for codec, zeros in wide.items() if zeros > half]
    return [Encoding("utf-8", "UTF-8"), Encoding("cp1252", "Windows-1252")]


def _accepts(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        return "\0" not in decoder.decode(block, final=not block)
    except UnicodeDecodeError:
        return False


def find_dialect(lines: list[str]) -> Dialect:
    """Find what separates the fields: said by a line `sep=;`, else what gives the steadiest rows.

    Args:
        lines: the first lines, with their line ends.
    """
    first = lines[0].strip() if lines else ""
    if first.lower().startswith("sep=") and first[4:5] in _DELIMITERS:
        return Dialect(first[4], _DELIMITERS[first[4]], skipped=1)
    if lines and first.lower() == "sep=" and lines[0][4:5] == "\t":
        return Dialect("\t", _DELIMITERS["\t"], skipped=1)
    best = max(_DELIMITERS, key=lambda mark: _steadiness(lines, mark))
    return Dialect(best, _DELIMITERS[best])


def _steadiness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many of the first records have the commonest number of fields, and what number it is."""
    counts: dict[int, int] = {}
    try:
        for number, record in enumerate(csv.reader(lines, delimiter=delimiter)):
            if number >= _SAMPLED_RECORDS:
                break
            if len(record) > 1:
                counts[len(record)] = counts.get(len(record), 0) + 1
    except csv.Error:
        return (0, 0)
    return max(((often, fields) for fields, often in counts.items()), default=(0, 0))


def lines_of(stream: Iterator[str], name: str) -> Iterator[str]:
    """Lines as they come, refused where one is beyond any use.

    Raises:
        InputError: a line is longer than a million characters.
    """
    for number, line in enumerate(stream, 1):
        if len(line) > LONGEST_LINE:
            raise InputError(
                f"{name}, line {number:,}: it has more than {LONGEST_LINE:,} characters, so this "
                "is no table of rows. Export the extract again, a row a line.",
                file=name,
            )
        yield line
