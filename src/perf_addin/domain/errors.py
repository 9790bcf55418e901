"""What can go wrong, as a caller would tell it apart."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class PerfAddinError(Exception):
    """Root of every error that this package raises on purpose.

    The message names the sheet and cell where they are known, what was found, what was expected
    and what to do next. It names its file too where the sentence is about that, as in "a.xlsx does
    not exist", and says so by `file`. All others leave it to whoever opened the file to say which
    it is (`about`); as text, the error begins with it then.

    Attributes:
        file: the file that it is about, as messages call it; None where nobody has said.
        names_file: whether the message itself names it.
    """

    file: str | None = None
    names_file = False

    def __init__(self, message: str, *, file: object = None) -> None:
        """Bind the message, and the file that it names itself, if any: a text or a path."""
        super().__init__(message)
        if file is not None:
            self.file, self.names_file = str(file), True

    def about(self, file: object) -> Self:
        """Say which file it is about; the first that says so holds."""
        if self.file is None:
            self.file = str(file)
        return self

    def __str__(self) -> str:
        """The message with its file, which stands in front unless the message names it."""
        message = super().__str__()
        return message if self.file is None or self.names_file else f"{self.file}: {message}"


class UsageError(PerfAddinError):
    """An option or a setting cannot be understood."""


class InputError(PerfAddinError):
    """The input cannot be used: damaged, encrypted, unsafe, or no index found in it."""


class OutputError(PerfAddinError):
    """The result cannot be written where it was asked for."""


class NoIndexError(InputError):
    """The workbook holds no performance index, as far as can be seen."""
