"""Reads the arguments that hold for many cells: targets, polarities, tolerances, limits."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.functions.values import OMITTED, Entry, ExcelError, figure_of
from perf_addin.domain.errors import PerfAddinError
from perf_addin.domain.figures import Figure, Missing, exact
from perf_addin.domain.polarity import Polarity, read_polarity
from perf_addin.domain.targets import NotArithmetic, Target, read_target
from perf_addin.domain.tolerances import Tolerance, read_tolerance


class RefusedArgumentError(PerfAddinError):
    """An argument that holds for many cells cannot be understood; carries what they show."""

    def __init__(self, entry: object, error: ExcelError = ExcelError.VALUE) -> None:
        """Bind the argument and the error value that stands for it."""
        super().__init__(f"found {entry!r}, which gives {error}")
        self.error = error


def is_blank(entry: Entry) -> bool:
    """Whether an argument was left out, or is a blank cell or an empty text."""
    return entry is None or entry is OMITTED or (isinstance(entry, str) and not entry.strip())


def polarity_of(entry: Entry) -> Polarity | None:
    """The polarity that an argument names; None where it is blank.

    Raises:
        RefusedArgumentError: a text that names no polarity, or no text.
    """
    if is_blank(entry):
        return None
    found = read_polarity(entry) if isinstance(entry, str) else None
    if found is None:
        raise RefusedArgumentError(entry)
    return found


def tolerance_of(entry: Entry) -> Tolerance | None:
    """The tolerance that an argument states; None where it is blank.

    A number is in the figure's own unit, since nothing tells a formula how its cell is formatted.

    Raises:
        RefusedArgumentError: no tolerance, or a negative one.
    """
    if is_blank(entry):
        return None
    found = read_tolerance(_content(entry))
    if not isinstance(found, Tolerance):
        raise RefusedArgumentError(entry)
    return found


def target_of(entry: Entry) -> Target | NotArithmetic | None:
    """The target that an argument states; None for a blank or a symbol for a missing figure.

    Raises:
        RefusedArgumentError: neither a number nor a text.
    """
    found = None if is_blank(entry) else read_target(_content(entry))
    return None if isinstance(found, Missing) else found


def limit_of(entry: Entry) -> Figure | None:
    """The figure that an argument states; None for a blank or a symbol for a missing figure.

    Raises:
        RefusedArgumentError: what is no figure.
    """
    found = figure_of(entry)
    if isinstance(found, ExcelError):
        raise RefusedArgumentError(entry, found)
    return found


def _content(entry: Entry) -> Decimal | str:
    if isinstance(entry, str):
        return entry
    if isinstance(entry, bool) or not isinstance(entry, int | float):
        raise RefusedArgumentError(entry)
    try:
        return exact(entry)
    except ValueError:
        raise RefusedArgumentError(entry, ExcelError.NUM) from None
