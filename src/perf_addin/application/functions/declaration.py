"""How a worksheet function is declared: once, for every surface that offers it.

And what the help of several functions shares: sentences and arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perf_addin.application.functions.plain_judges import always, own_error_or, present_is
from perf_addin.application.functions.reading import RefusedArgumentError
from perf_addin.application.functions.spreading import Judge, down, spread
from perf_addin.application.functions.values import (
    BUILT_IN,
    OMITTED,
    Argued,
    Defaults,
    Entry,
    ExcelError,
    Scalar,
    Value,
)
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, StrEnum, cast

if TYPE_CHECKING:
    from typing import Any


class Kind(StrEnum):
    """How an argument takes a range: EACH cell by itself (the answer spills), or as a WHOLE."""

    EACH = "each cell"
    WHOLE = "whole range"


class Argument(NamedTuple):
    """An argument.

    Attributes:
        name: as the function wizard shows it.
        help: what it is, one sentence of plain English.
        default: what is taken where it is left out or blank, in words; empty where it is required.
        kind: whether a range is taken cell by cell or whole.
    """

    name: str
    help: str
    default: str = ""
    kind: Kind = Kind.EACH

    @property
    def optional(self) -> bool:
        """Whether it may be left out."""
        return self.default != ""


class Example(NamedTuple):
    """A call, its arguments as Python values, and what it gives."""

    arguments: tuple[Argued, ...]
    answer: Value

    def formula(self, name: str) -> str:
        """The call as it is typed into a cell, without the equals sign."""
        return f"{name}({','.join(typed(argument) for argument in self.arguments)})"


class Range(NamedTuple):
    """The cells of a whole range that hold something, row by row."""

    cells: tuple[Scalar, ...]


Prepare = Callable[["tuple[Any, ...]", Defaults], Judge]


class WorksheetFunction(NamedTuple):
    """A worksheet function: what people read about it, and how it is reckoned.

    Attributes:
        name: as it is typed into a cell.
        arguments: in order, the optional ones last.
        category: where the function wizard files it.
        summary: what it gives, in one sentence.
        help: the rest that a user should know: blanks, errors, boundaries, the rule's source.
        examples: calls with their answers; every one of them is tested.
        prepare: makes what answers for one cell. It gets every argument but the first that is
            taken cell by cell, and the defaults; so what is common to many cells is settled once.
            It may raise `RefusedArgumentError`.
    """

    name: str
    arguments: tuple[Argument, ...]
    category: str
    summary: str
    help: str
    examples: tuple[Example, ...]
    prepare: Prepare

    @property
    def required(self) -> int:
        """How many arguments may not be left out."""
        return sum(not argument.optional for argument in self.arguments)

    @property
    def signature(self) -> str:
        """The call as documents show it, optional arguments in brackets."""
        names = (f"[{a.name}]" if a.optional else a.name for a in self.arguments)
        return f"{self.name}({', '.join(names)})"

    def call(self, arguments: Sequence[Argued], defaults: Defaults = BUILT_IN) -> Value:
        """Reckon the function.

        Args:
            arguments: in order; `OMITTED` for one that is left out. Trailing ones may be absent.
            defaults: what the workbook's settings state.

        Returns:
            One answer where no argument that is taken cell by cell is a range, else rows of
            answers in the shape that Excel would give. Too few or too many arguments are #VALUE!.
        """
        if not self._takes(arguments):
            return ExcelError.VALUE
        given = (*arguments, *(OMITTED,) * (len(self.arguments) - len(arguments)))
        if not any(isinstance(argument, list) for argument in given) and not self.takes_ranges:
            entries = cast("tuple[Entry, ...]", given)
            return self._known_judge(entries[1:], defaults)(entries[0])
        ranges, cells = [], []
        for argument, value in zip(self.arguments, given, strict=True):
            if argument.kind is Kind.WHOLE:
                ranges.append(_whole(value))
            else:
                cells.append(value)

        def judge_for(rest: tuple[Entry, ...]) -> Judge:
            return self._judge(rest, defaults, ranges)

        return spread(judge_for, cells)

    def call_down(
        self, arguments: Sequence[Entry | list[Scalar]], size: int, defaults: Defaults
    ) -> list[Scalar]:
        """Reckon the function row by row, where each argument is one cell or a column of so many.

        That is `call` with such ranges, for a function that takes none as a whole.
        """
        if not any(isinstance(argument, list) for argument in arguments):
            return [cast("Scalar", self.call(cast("Sequence[Entry]", arguments), defaults))] * size
        if not self._takes(arguments):
            return [ExcelError.VALUE] * size
        given = (*arguments, *(OMITTED,) * (len(self.arguments) - len(arguments)))
        return down(lambda rest: self._judge(rest, defaults, ()), given, size)

    def _takes(self, arguments: Sequence[object]) -> bool:
        return self.required <= len(arguments) <= len(self.arguments)

    @property
    def takes_ranges(self) -> bool:
        """Whether any argument is taken as a whole range."""
        return any(argument.kind is Kind.WHOLE for argument in self.arguments)

    def _known_judge(self, rest: tuple[Entry, ...], defaults: Defaults) -> Judge:
        """The judge for the same arguments as in an earlier call, where there was one."""
        key = (self.name, rest, tuple(map(type, rest)), defaults)
        judge = _known.get(key)
        if judge is None:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            judge = _known[key] = self._judge(rest, defaults, ())
        return judge

    def _judge(
        self, rest: tuple[Entry, ...], defaults: Defaults, ranges: Sequence[Range | ExcelError]
    ) -> Judge:
        """What answers for one cell, or passes on the first error among the arguments."""
        if not ranges and ExcelError not in map(type, rest):
            return self._prepared(rest, defaults)
        entries: list[Entry | Range] = []
        before: ExcelError | None = None
        after: ExcelError | None = None
        waiting, left, seen = iter(ranges), iter(rest), False
        for argument in self.arguments:
            if argument.kind is Kind.EACH and not seen:
                seen = True
                continue
            entry = next(waiting) if argument.kind is Kind.WHOLE else next(left)
            if isinstance(entry, ExcelError):
                if seen:
                    after = after or entry
                else:
                    before = before or entry
            else:
                entries.append(entry)
        if before is not None:
            return always(before)
        if after is not None:
            return own_error_or(after)
        return self._prepared(tuple(entries), defaults)

    def _prepared(self, entries: tuple[Entry | Range, ...], defaults: Defaults) -> Judge:
        try:
            return self.prepare(entries, defaults)
        except RefusedArgumentError as refused:
            starts_with_cell = self.arguments[0].kind is Kind.EACH
            return (present_is if starts_with_cell else own_error_or)(refused.error)


_MOST_KNOWN = 4096
_known: dict[tuple[object, ...], Judge] = {}


def _whole(value: Argued) -> Range | ExcelError:
    """The cells of a range that hold something, or the first error among them."""
    rows = value if isinstance(value, list) else [[None if value is OMITTED else value]]
    cells = tuple(cell for row in rows for cell in row if cell is not None)
    return next((cell for cell in cells if isinstance(cell, ExcelError)), Range(cells))


def typed(argument: Argued) -> str:
    """A value as it is typed into a formula."""
    if isinstance(argument, list):
        rows = (",".join(typed(cell) for cell in row) for row in argument)
        return "{" + ";".join(rows) + "}"
    if argument is None or argument is OMITTED:
        return ""
    if isinstance(argument, bool):
        return "TRUE" if argument else "FALSE"
    if isinstance(argument, str) and not isinstance(argument, ExcelError):
        quoted = argument.replace('"', '""')
        return f'"{quoted}"'
    return str(argument)


BLANKS = (
    "A blank cell or a symbol for a missing figure (z, x, :, c, low, k, ~, u, .., -, *, N/A, TBC) "
    'gives an empty text "". An Excel error passes through, the first argument\'s first. A text '
    "that is no figure gives #VALUE!, and so does a polarity, direction or tolerance that is not "
    "known."
)
SERIES_BLANKS = (
    "Blank cells and symbols for a missing figure are left out of the series; where no figure is "
    'left, or another argument is missing, the answer is an empty text "". An Excel error passes '
    "through, the first argument's first. A text that is no figure gives #VALUE!, and so does a "
    "direction that is not known."
)
SPILLS = (
    "Ranges and whole columns are answered cell by cell: one cell goes with all, a column with a "
    "row, and cells without a partner are #N/A."
)
SCALES = (
    "The text 88%, and 0.88 in a cell that shows 88%, are one figure; a number without a sign is "
    "compared as it is. Where one number seems to be a ratio and the other to be in per cent, such "
    "as 88 and 0.91, the answer is #VALUE!, because either reading might be wrong."
)
EXACT = "Numbers are compared unrounded, to Excel's 15 digits; 0.1+0.2 equals 0.3."

VALUE = Argument("value", "The figure: a number, or a text such as 88%.")
POLARITY = Argument(
    "polarity", 'Which way is good: "High" or "Low".', 'the settings\' polarity, else "High"'
)
SERIES = Argument(
    "values",
    "The figures in order of time, in one row or column; blanks and symbols are left out.",
    kind=Kind.WHOLE,
)


def paragraphs(*parts: str) -> str:
    """Join the paragraphs of a help text."""
    return "\n\n".join(parts)
