"""What the libraries that compress and expand have in common; only type checkers import this."""

from __future__ import annotations

from perf_addin.domain.declaring import Protocol


class Inflater(Protocol):
    """What expands one stream."""

    @property
    def eof(self) -> bool:
        """Whether the stream has come to its end."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was given and not looked at yet, since the result has its most length."""

    def decompress(self, data: bytes | memoryview, max_length: int, /) -> bytes:
        """Expand some more, to so many bytes at the most."""


class Deflater(Protocol):
    """What compresses one stream."""

    def compress(self, data: bytes, /) -> bytes:
        """Compress some more; it may be given out later."""

    def flush(self, mode: int = ..., /) -> bytes:
        """Give out what is held back, and end the stream or go on."""


class Engine(Protocol):
    """A library."""

    error: type[Exception]

    def crc32(self, data: bytes | memoryview, value: int = 0, /) -> int:
        """The checksum of data behind data whose checksum is `value`."""

    def compressobj(self, level: int, method: int, wbits: int) -> Deflater:
        """Begin to compress."""

    def decompressobj(self, wbits: int) -> Inflater:
        """Begin to expand."""
