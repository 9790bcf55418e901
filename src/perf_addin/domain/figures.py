"""Figures as an index holds them: exact numbers, symbols for missing ones, and what is neither.

Those that are written as texts are read apart (`figure_texts`), since few indexes have such.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

_new = tuple.__new__  # a third of the time of calling a class
EXCEL_DIGITS = 15
EXCEL = Context(prec=EXCEL_DIGITS, rounding=ROUND_HALF_EVEN)
HUNDRED = Decimal("1E2")
"""Makes points of a ratio as `scaleb(2)` does, in two thirds of the time."""


class Figure(NamedTuple):
    """A usable figure. A percentage is in points: 88% is `Figure(Decimal(88), True)`."""

    value: Decimal
    percent: bool = False


class Missing(NamedTuple):
    """A symbol that stands for a missing figure; never a zero."""

    symbol: str
    meaning: str


class Unreadable(NamedTuple):
    """An entry that is neither a figure nor a symbol for a missing one."""

    text: str


def exact(number: float | Decimal | str) -> Decimal:
    """Give a number exactly, cut to the 15 significant digits that Excel itself compares.

    A sum that binary floating point leaves at 0.30000000000000004 is 0.3 here.

    Raises:
        ValueError: a text that is no plain number, or a number that is not finite.
    """
    try:
        value = Decimal(repr(number) if isinstance(number, float) else number)
    except InvalidOperation:
        message = f"{number!r} is no number"
        raise ValueError(message) from None
    if not value.is_finite():
        message = f"{number!r} is no finite number"
        raise ValueError(message)
    return EXCEL.plus(value)


def read_figure(
    value: Decimal | str | bool | date | None, *, percent: bool = False
) -> Figure | Missing | Unreadable | None:
    """Read the content of a cell as a figure.

    Args:
        value: what the cell holds; an Excel error arrives as its text.
        percent: whether the cell is shown with a per cent format, its number being a ratio.

    Returns:
        A figure (percentages in points), a symbol for a missing one, None for a blank, or what
        cannot be read: other text, dates, truth values, errors other than #N/A.
    """
    if isinstance(value, Decimal):
        figure: Figure = _new(Figure, (value * HUNDRED if percent else value, percent))
        return figure
    if value is None or isinstance(value, str):
        text = value.strip() if value else ""
        if not text:
            return None
        from perf_addin.domain.figure_texts import (  # noqa: PLC0415 - most figures are numbers
            read_figure_text,
        )

        return read_figure_text(text)
    return Unreadable(str(value))
