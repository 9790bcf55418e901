"""Sentences and arguments that the help of several functions shares."""

from __future__ import annotations

from perf_addin.application.functions.declaration import Argument, Kind

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
