"""The names that are put into a workbook: public functions, and the hidden helpers under them."""

from __future__ import annotations

from perf_addin.application.functions import FUNCTIONS, WorksheetFunction
from perf_addin.application.lambdas import comparing, rating, reading
from perf_addin.application.ports import FunctionName

OWNER = "perf-addin"
"""Every comment of a name of ours ends with this."""


_HELPERS = (
    ("PERF_AT", reading.AT, "One cell of an argument; a single row or column serves all."),
    ("PERF_EXPONENT", reading.EXPONENT, "The exponent of a number in scientific notation."),
    ("PERF_ROUND", reading.ROUND, "A number to the 15 digits that Excel shows."),
    ("PERF_PLAIN", reading.PLAIN, "A text in lower case without surplus spaces."),
    ("PERF_MISSING", reading.MISSING, "Whether an entry is blank or a missing-data symbol."),
    ("PERF_PREFIX", reading.PREFIX, "Length of the longest phrase that a text begins with."),
    ("PERF_SUFFIX", reading.SUFFIX, "Length of the longest phrase that a text ends with."),
    ("PERF_NUMBER", reading.NUMBER, "Number in a text, and whether it is a percentage."),
    ("PERF_FIGURE", reading.FIGURE, "Number in a cell, and whether it is a text percentage."),
    ("PERF_TARGET", reading.TARGET, "Target: sense, lower, upper, strict, percentage."),
    ("PERF_WORDS", reading.WORDS, "Target in words: sense, lower, upper, strict, percentage."),
    ("PERF_RANGE", reading.RANGE, "Range in words: sense, lower, upper, strict, percentage."),
    ("PERF_POLARITY", reading.POLARITY, "1 High, -1 Low, 2 Range, 0 Info."),
    ("PERF_TOLERANCE", reading.TOLERANCE, "Tolerance: amount, and what it is measured in."),
    ("PERF_STATED", reading.STATED, "An argument, or a setting in place of a blank one."),
    ("PERF_LIMIT", reading.LIMIT, "Number in a cell that may be blank."),
    ("PERF_RATIOS", rating.RATIOS, "Whether bare numbers beside a percentage are ratios."),
    ("PERF_SCALE", rating.SCALE, "A number on the scale of percentages in points."),
    ("PERF_NEAR", rating.NEAR, "Whether a number is between a quarter and four times another."),
    ("PERF_UNCLEAR", rating.UNCLEAR, "Whether two numbers may be a ratio and points."),
    ("PERF_SETTLE", rating.SETTLE, "A tolerance on the scale of its figure."),
    ("PERF_ALLOWED", rating.ALLOWED, "A tolerance as an amount."),
    ("PERF_EXACT", rating.EXACT, "A difference to the digits that decimals have."),
    ("PERF_WITHIN", rating.WITHIN, "Whether a miss is within a tolerance."),
    ("PERF_BAND", rating.BAND, "The letter for a miss."),
    ("PERF_INSIDE", rating.INSIDE, "The letter for a figure held against a range."),
    ("PERF_FAULT", rating.FAULT, "The first of some parts that is an error."),
    ("PERF_AGAINST_TARGET", rating.AGAINST_TARGET, "The letter for a figure that was read."),
    ("PERF_OPEN", comparing.OPEN, "A limit that may be blank, on the scale of its figure."),
    ("PERF_CROSSED", comparing.CROSSED, "#VALUE! for a lower limit above the upper one."),
    ("PERF_OUTSIDE", comparing.OUTSIDE, "How far a number lies outside limits."),
    ("PERF_THRESHOLDS", comparing.THRESHOLDS, "The letter for a figure and two thresholds."),
    ("PERF_TRAVEL", comparing.TRAVEL, "The direction from one figure to another."),
    ("PERF_STANDING", comparing.STANDING, "How a figure stands beside a benchmark."),
)
_SCALARS = {
    "RAG": rating.RAG,
    "RAGBAND": comparing.RAGBAND,
    "RAGRANGE": comparing.RAGRANGE,
    "BREACH": comparing.BREACH,
    "DOT": comparing.DOT,
    "AGAINST": comparing.AGAINST,
}
"""Each public function for one cell, every argument given."""


def lambda_names(settings_sheet: str | None = None) -> tuple[FunctionName, ...]:
    """Every name with its formula as a person would type it, helpers first.

    Args:
        settings_sheet: the Settings sheet, whose defaults the functions take; or None.
    """
    setting = reading.NO_SETTING
    if settings_sheet is not None:
        quoted = "'" + settings_sheet.replace("'", "''") + "'"
        setting = reading.SETTING.format(sheet=quoted)
    helpers = [("PERF_SETTING", setting, "What the Settings sheet states."), *_HELPERS]
    helpers += [(f"PERF_{name}", text, f"{name} for one cell.") for name, text in _SCALARS.items()]
    hidden = (
        FunctionName(name, formula, f"{comment} {OWNER}", hidden=True)
        for name, formula, comment in helpers
    )
    public = (
        FunctionName(
            function.name,
            _spilling(function),
            f"{function.signature}: {function.summary} {OWNER}",
        )
        for function in FUNCTIONS
        if function.name in _SCALARS
    )
    return (*hidden, *public)


def _spilling(function: WorksheetFunction) -> str:
    """A function over its helper for one cell: a range gives as many answers as it has cells.

    An argument of one row or column goes with every row or column of the others.
    """
    names = [argument.name for argument in function.arguments]
    left_out = {argument.name for argument in function.arguments if argument.optional}
    given = [f"{name}_given" if name in left_out else name for name in names]
    parameters = ", ".join(f"[{name}]" if name in left_out else name for name in names)
    steps = [
        f'{name}_given, IF(ISOMITTED({name}), "", {name}),' for name in names if name in left_out
    ]
    for size, of in (("tall", "ROWS"), ("wide", "COLUMNS")):
        sizes = ", ".join(f"IFERROR({of}({name}), 1)" for name in given)
        steps.append(f"{size}, MAX({sizes}),")
    one = ", ".join(given)
    each = ", ".join(f"PERF_AT({name}, down, along)" for name in given)
    scalar = f"PERF_{function.name}"
    return (
        f"LAMBDA({parameters}, LET({' '.join(steps)} IF(tall*wide=1, {scalar}({one}), "
        f"MAKEARRAY(tall, wide, LAMBDA(down, along, {scalar}({each}))))))"
    )
