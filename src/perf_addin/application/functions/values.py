"""What goes into a worksheet function and what comes out, in the words of a worksheet."""

from __future__ import annotations

from enum import Enum

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum
from perf_addin.domain.figures import Figure, Unreadable, exact, read_figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.tolerances import Tolerance

if TYPE_CHECKING:
    from typing import Final


_new = tuple.__new__  # a third of the time of calling the class


class ExcelError(StrEnum):
    """An error value of a cell. Its text alone, as a plain `str`, is not an error."""

    NULL = "#NULL!"
    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    REF = "#REF!"
    NAME = "#NAME?"
    NUM = "#NUM!"
    NA = "#N/A"
    SPILL = "#SPILL!"
    CALC = "#CALC!"

    __hash__ = object.__hash__  # what is kept for an error is never found under its text


class Omitted(Enum):
    """The type of `OMITTED`."""

    OMITTED = "omitted"

    __hash__ = object.__hash__  # an enumeration's own is slow, and every call needs several


OMITTED: Final = Omitted.OMITTED
"""Stands for an argument that was left out: `RAG(88, 91, , "5%")` leaves out the third."""

Scalar = None | bool | int | float | str | ExcelError
"""What one cell holds; None is a blank."""

Value = Scalar | list[list[Scalar]]
"""One cell, or a range or array as rows of cells; every row is equally long."""

Entry = Scalar | Omitted
Argued = Value | Omitted


class Defaults(NamedTuple):
    """What the workbook's settings state for every call; None is the built-in default.

    Attributes:
        tolerance: amber tolerance, and margin around a range, of a call that states none.
        polarity: polarity of a call that states none.
    """

    tolerance: Tolerance | None = None
    polarity: Polarity | None = None


BUILT_IN = Defaults()


def figure_of(entry: Entry) -> Figure | ExcelError | None:
    """Read a cell as a figure.

    Returns:
        The figure; None for a blank, an empty text or a symbol for a missing figure; an Excel
        error as it is; #VALUE! for what is no figure; #NUM! for a number that is not finite.
    """
    kind = type(entry)
    if kind is float or kind is int:
        try:
            return _new(Figure, (exact(entry), False))  # type: ignore[arg-type]
        except ValueError:
            return ExcelError.NUM
    if entry is None or entry is OMITTED:
        return None
    if isinstance(entry, ExcelError):
        return entry
    found = read_figure(entry if isinstance(entry, str) else str(entry))
    if isinstance(found, Unreadable):
        return ExcelError.VALUE
    return found if isinstance(found, Figure) else None
