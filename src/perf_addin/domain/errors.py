"""What can go wrong, as a caller would tell it apart."""

from __future__ import annotations


class PerfAddinError(Exception):
    """Root of every error that this package raises on purpose.

    The message is complete in itself: it names the file, sheet and cell where they are known,
    what was found, what was expected and what to do next.
    """


class UsageError(PerfAddinError):
    """An option or a setting cannot be understood."""


class InputError(PerfAddinError):
    """The input cannot be used: damaged, encrypted, unsafe, or no index found in it."""


class OutputError(PerfAddinError):
    """The result cannot be written where it was asked for."""


class NoIndexError(InputError):
    """The workbook holds no performance index, as far as can be seen."""
