"""What a case of the parity table is, and how an answer is held against it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.functions import OMITTED, Example, ExcelError, Scalar, Value
from perf_addin.application.functions.values import Argued

BLANK = None
"""A blank cell. As a formula's argument it is `OMITTED`, which answers alike."""

DIV0, NA, NAME, NULL, NUM, REF, VALUE = (
    ExcelError.DIV0,
    ExcelError.NA,
    ExcelError.NAME,
    ExcelError.NULL,
    ExcelError.NUM,
    ExcelError.REF,
    ExcelError.VALUE,
)
_LETTERS: dict[str, Scalar] = {"G": "G", "A": "A", "R": "R", "-": "", "!": VALUE}


class Case(NamedTuple):
    """A call, its answer, and where that answer comes from.

    Every surface calls `function` with `arguments` in its own way and holds what it got against
    `expected` with `agrees`.
    """

    function: str
    arguments: tuple[Argued, ...]
    expected: Value
    source: str

    @property
    def formula(self) -> str:
        """The call as it is typed into a cell, ranges as array constants, no equals sign."""
        return Example(self.arguments, self.expected).formula(self.function)

    @property
    def is_scalar(self) -> bool:
        """Whether no argument is a range."""
        return not any(isinstance(argument, list) for argument in self.arguments)

    @property
    def fits_a_formula(self) -> bool:
        """Whether it can be typed: an array constant holds no blanks."""
        return not any(
            cell is None
            for argument in self.arguments
            if isinstance(argument, list)
            for row in argument
            for cell in row
        )


def agrees(expected: Value, got: Value) -> bool:
    """Whether an answer is the expected one: errors as errors, numbers to fourteen digits."""
    if isinstance(expected, list) or isinstance(got, list):
        return (
            isinstance(expected, list)
            and isinstance(got, list)
            and len(expected) == len(got)
            and all(
                len(here) == len(there) and all(map(agrees, here, there))
                for here, there in zip(expected, got, strict=True)
            )
        )
    if isinstance(expected, ExcelError) or isinstance(got, ExcelError):
        return expected is got
    if isinstance(expected, float) and isinstance(got, int | float):
        return math.isclose(expected, got, rel_tol=1e-14)
    return type(expected) is type(got) and expected == got


def rated(
    function: str, figures: Sequence[Argued] | str, rest: tuple[Argued, ...], letters: str, why: str
) -> Iterator[Case]:
    """Cases of one rule: figures, and a letter for each (`-` for "", `!` for #VALUE!).

    Figures in a text are numbers, separated by spaces.
    """
    numbers = [_number(text) for text in figures.split()] if isinstance(figures, str) else figures
    for figure, letter in zip(numbers, letters, strict=True):
        yield Case(function, (figure, *rest), _LETTERS[letter], why)


def told(
    function: str, calls: Sequence[tuple[tuple[Argued, ...], Value]], why: str
) -> Iterator[Case]:
    """Cases of one rule with an answer each."""
    for arguments, answer in calls:
        yield Case(function, arguments, answer, why)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


__all__ = [
    "BLANK",
    "DIV0",
    "NA",
    "NAME",
    "NULL",
    "NUM",
    "OMITTED",
    "REF",
    "VALUE",
    "Case",
    "agrees",
    "rated",
    "told",
]
