"""Ratings and highlights as people type them into an index."""

from __future__ import annotations

from perf_addin.application.grid import Cell, Look
from perf_addin.application.layout import text_of
from perf_addin.domain.declaring import NamedTuple, StrEnum


class Highlight(StrEnum):
    """Why an indicator stands in the report for another reason than its rating."""

    OF_NOTE = "Of note"
    PERFORMING_WELL = "Performing well"
    CORRECTION = "Correction"
    NOT_REPORTABLE = "Not reportable"


class TypedRating(NamedTuple):
    """A rating that was in the index before: its text, its letter where it is one, its kind.

    `replaced` says that the computed one takes its place, as somebody asked.
    """

    text: str
    letter: str | None
    is_formula: bool
    replaced: bool = False


_LETTERS = {
    "r": "R",
    "red": "R",
    "a": "A",
    "amber": "A",
    "g": "G",
    "green": "G",
}
WORDS = {"R": "Red", "A": "Amber", "G": "Green"}
_NOT_REPORTABLE = frozenset(
    {"not reportable", "unreportable", "not reported", "nr", "n/r", "u/r", "cannot report"}
    | {"unable to report", "not able to report"}
)
_HIGHLIGHTS = {
    "of note": Highlight.OF_NOTE,
    "note": Highlight.OF_NOTE,
    "yes": Highlight.OF_NOTE,
    "y": Highlight.OF_NOTE,
    "x": Highlight.OF_NOTE,
    "\N{CHECK MARK}": Highlight.OF_NOTE,
    "performing well": Highlight.PERFORMING_WELL,
    "good": Highlight.PERFORMING_WELL,
    "particularly good": Highlight.PERFORMING_WELL,
    "good performance": Highlight.PERFORMING_WELL,
    "correction": Highlight.CORRECTION,
    "corrected": Highlight.CORRECTION,
    "amendment": Highlight.CORRECTION,
    **dict.fromkeys(_NOT_REPORTABLE, Highlight.NOT_REPORTABLE),
}


def read_letter(text: str) -> str | None:
    """The rating letter that a text names, in either case, or None where it names none."""
    return _LETTERS.get(text.strip().casefold())


def says_not_reportable(text: str) -> bool:
    """Whether a text in the rating column says that the indicator cannot be reported."""
    return text.strip().casefold() in _NOT_REPORTABLE


def read_highlight(cell: Cell | None) -> Highlight | None:
    """Why an indicator is to be reported besides its rating, as its row says."""
    return _HIGHLIGHTS.get(text_of(cell).casefold()) if cell is not None else None


def read_typed(cell: Cell | None, look: Look | None) -> TypedRating | None:
    """The rating that a person or a formula put into a cell.

    A cell that still has the look which we gave it, and the letter of that look, is ours: it is
    no typed rating, and may be replaced when the figure changes.
    """
    text = text_of(cell)
    if cell is None or not (text or cell.formula):
        return None
    letter = read_letter(text)
    if look is not None and letter == look.value and not cell.formula:
        return None
    return TypedRating(text, letter, cell.formula)
