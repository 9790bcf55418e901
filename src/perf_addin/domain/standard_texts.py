"""Targets, tolerances and ranges that are written as texts: "95% or above", "5pp", "10-15".

The texts are those of published scorecards (Rotherham's council plan among them).
"""

from __future__ import annotations

from perf_addin.domain.figure_texts import read_missing, read_number
from perf_addin.domain.figures import Missing, Unreadable, exact
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.ranges import AcceptableRange
from perf_addin.domain.targets import Comparison, NotArithmetic, Target
from perf_addin.domain.tolerances import Tolerance, ToleranceUnit

_BETWEEN = lazily(
    r"(?i)(?:(?:between|from)\s+)?(.+?)\s*(?:-|\N{EN DASH}|\N{EM DASH}|\bto\b|\band\b)\s*(.+)",
)
_AT_LEAST = lazily(
    r"(?i)(?:>=|=>|\N{GREATER-THAN OR EQUAL TO}|at least|minimum(?: of)?|min|from|at or above"
    r"|no(?:t)? (?:less|fewer|lower) than|(?:more|greater|higher) than or equal to)\s*(.+)",
)
_AT_MOST = lazily(
    r"(?i)(?:<=|=<|\N{LESS-THAN OR EQUAL TO}|at most|up to|maximum(?: of)?|max|at or below"
    r"|no(?:t)? (?:more|greater|higher) than|not exceeding|(?:less|fewer|lower) than or equal to)"
    r"\s*(.+)",
)
_OVER = lazily(r"(?i)(?:>|(?:more|greater|higher) than|above|over)\s*(.+)")
_UNDER = lazily(r"(?i)(?:<|(?:less|fewer|lower) than|below|under)\s*(.+)")
_OR_ABOVE = lazily(r"(?i)(.+?)\s*(?:\+|(?:or|and) (?:above|more|over|higher))")
_OR_BELOW = lazily(r"(?i)(.+?)\s*(?:or|and) (?:below|less|under|fewer|lower)")


def read_range(text: str) -> AcceptableRange | None:
    """Read a range in one text: `12% - 20%`, `12-20`, `10 to 15`, `up to 20%`, `>= 5`.

    A per cent sign on one side holds for both. `<5`, `below 5` and the like leave 5 itself out, as
    they do in a target; every other wording includes its limits.

    Returns:
        The range, or None where the text states none, or its lower limit is above the upper.
    """
    words = " ".join(text.split())
    for pattern, is_lower, strict in (
        (_OR_ABOVE, True, False),
        (_OR_BELOW, False, False),
        (_AT_LEAST, True, False),
        (_AT_MOST, False, False),
        (_OVER, True, True),
        (_UNDER, False, True),
    ):
        found = pattern.fullmatch(words)
        number = read_number(found[1]) if found else None
        if number is not None:
            value, percent = number
            lower, upper = (value, None) if is_lower else (None, value)
            return AcceptableRange(lower, upper, percent, strict)
    found = _BETWEEN.fullmatch(words)
    if found is None:
        return None
    first, second = read_number(found[1]), read_number(found[2])
    if first is None or second is None or first[0] > second[0]:
        return None
    return AcceptableRange(first[0], second[0], first[1] or second[1])


_LEADING = lazily(r"(?i)(?:maintain(?: at)?|achieve|target(?: of)?|keep(?: at)?)\s+")
_BEFORE = (
    (
        Comparison.AT_LEAST,
        (
            ">=|=>|\N{GREATER-THAN OR EQUAL TO}|at least|minimum(?: of)?|no less than|not less than"
            "|no fewer than|min\\.?|at or above|(?:greater|more|higher) than or equal to"
        ),
    ),
    (
        Comparison.AT_MOST,
        (
            "<=|=<|\N{LESS-THAN OR EQUAL TO}|at most|maximum(?: of)?|no more than|not more than"
            "|up to|no greater than|not exceeding|no higher than|max\\.?|at or below"
            "|(?:less|fewer|lower) than or equal to"
        ),
    ),
    (Comparison.MORE_THAN, ">|more than|greater than|higher than|above|over|exceed(?:ing)?"),
    (Comparison.FEWER_THAN, "<|fewer than|less than|lower than|below|under"),
)
_AFTER = (
    (
        Comparison.AT_LEAST,
        r"\+|(?:or|and) (?:above|more|over|higher|greater|better)|minimum|at least",
    ),
    (Comparison.AT_MOST, "(?:or|and) (?:below|less|under|fewer|lower)|maximum|at most"),
)


def read_target_text(text: str) -> Target | NotArithmetic | Missing:
    """Read a target in words, single spaces between them; what is no target is not arithmetic."""
    missing = read_missing(text)
    if missing is not None:
        return missing
    words = _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
    number = read_number(words)
    if number is not None:
        return Target(Comparison.PLAIN, number[0], number[1])
    import re  # noqa: PLC0415 - some texts are tolerances alone

    for comparison, pattern in _BEFORE:
        found = re.fullmatch(rf"(?:{pattern})\s*(.+)", words, re.IGNORECASE)
        if found is not None and (number := read_number(found[1])) is not None:
            return Target(comparison, number[0], number[1])
    for comparison, pattern in _AFTER:
        found = re.fullmatch(rf"(.+?)\s*\(?(?:{pattern})\)?", words, re.IGNORECASE)
        if found is not None and (number := read_number(found[1])) is not None:
            return Target(comparison, number[0], number[1])
    limits = read_range(words)
    if limits is not None and limits.lower is not None and limits.upper is not None:
        return Target(Comparison.BETWEEN, None, limits.percent, limits.lower, limits.upper)
    return NotArithmetic(text)


_POINTS = lazily(
    r"(?i)(\d+(?:\.\d+)?)\s*(?:pp|ppts?|pts?|points?|%\s*points?|percentage points?|%pts?)",
)


def read_tolerance_text(entry: str) -> Tolerance | Unreadable | None:
    """Read a tolerance such as `5%`, `5pp` or `+/-5`; None for a blank text."""
    text = entry.lstrip("\N{PLUS-MINUS SIGN}").removeprefix("+/-").strip()
    if not text:
        return Unreadable(entry) if entry else None
    points = _POINTS.fullmatch(text) if text[-1].isalpha() else None
    if points is not None:
        return Tolerance(exact(points[1]), ToleranceUnit.POINTS)
    number = read_number(text)
    if number is None or number[0] < 0:
        return Unreadable(entry)
    return Tolerance(number[0], ToleranceUnit.RELATIVE if number[1] else ToleranceUnit.OWN)
