"""What can go wrong, as a caller would tell it apart."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class PerfAddinError(Exception):
    """Root of every error that this package raises on purpose.

    The message names the sheet and cell where they are known, what was found, what was expected
    and what to do next. It names its file too where the sentence is about that, as in "a.xlsx does
    not exist", and says so by `file` or `name`. All others leave it to whoever opened the file to
    say which it is (`about`); as text, the error begins with it then.

    Attributes:
        file: the file that it is about, as messages call it; None where nobody has said.
        names_file: whether the message itself names it.
    """

    file: str | None = None
    names_file = False
    _name = ""

    def __init__(self, message: str = "", *, file: object = None, name: str | None = None) -> None:
        """Bind the message, and the file that it names itself, if any.

        Args:
            message: what went wrong.
            file: the file that the message names, a text or a path.
            name: its name without a folder, where no more is known and the message begins with it.
        """
        super().__init__(message)
        if file is not None or name is not None:
            self.file, self.names_file = str(name if file is None else file), True
            self._name = name or ""

    def about(self, file: object) -> Self:
        """Say which file it is about, or in which folder that is; the first that says so holds."""
        if self.file is None:
            self.file = str(file)
        elif self._name and str(file).endswith((f"/{self._name}", f"\\{self._name}")):
            message = super().__str__()
            self.args = (f"{file}{message.removeprefix(self._name)}",)
            self.file = str(file)
        self._name = ""
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
