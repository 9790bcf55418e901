"""Bytes with edits that are put in only when they are read, a block at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.adapters.xlsx.part_tree import Edit

_BLOCK = 1 << 16


class Spliced:
    """A part with edits; may be iterated any number of times, each block a fresh `bytes`.

    The edits are in rising order and do not overlap. Holding the old bytes and the edits costs
    less than a joined copy of a large sheet.
    """

    def __init__(self, xml: bytes, edits: Sequence[Edit]) -> None:
        """Bind the old bytes and their edits."""
        self._xml = xml
        self._edits = edits

    def __iter__(self) -> Iterator[bytes]:
        """Give the new bytes in blocks."""
        xml, at, size = self._xml, 0, 0
        pieces: list[bytes] = []
        for start, end, replacement in self._edits:
            pieces += (xml[at:start], replacement)
            size += start - at + len(replacement)
            at = end
            if size >= _BLOCK:
                yield b"".join(pieces)
                pieces, size = [], 0
        pieces.append(xml[at : at + _BLOCK])
        yield b"".join(pieces)
        for block in range(at + _BLOCK, len(xml), _BLOCK):
            yield xml[block : block + _BLOCK]
