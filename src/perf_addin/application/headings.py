"""What one heading, spread over one or more header rows, says about its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from perf_addin.application.grid import CellValue
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import Period, PeriodKind, read_period

_BANNER_WORDS: tuple[tuple[str, Field], ...] = (
    ("target", Field.TARGET),
    ("plan", Field.TARGET),
    ("rag", Field.RATING),
    ("rating", Field.RATING),
    ("status", Field.RATING),
    ("numerator", Field.OTHER),
    ("denominator", Field.OTHER),
    ("comment", Field.COMMENTARY),
    ("benchmark", Field.BENCHMARK),
    ("compar", Field.BENCHMARK),
    ("england", Field.BENCHMARK),
    ("national", Field.BENCHMARK),
    ("london", Field.BENCHMARK),
    ("region", Field.BENCHMARK),
    ("neighbour", Field.BENCHMARK),
    ("previous", Field.BENCHMARK),
    ("earlier", Field.BENCHMARK),
    ("prior", Field.BENCHMARK),
    ("forecast", Field.OTHER),
    ("trend", Field.OTHER),
    ("direction", Field.OTHER),
)
_OF_ROWS = (Field.PERIOD, Field.YEAR)
_TOKENS_AT_MOST = 6
_ADDITION = lazily(r"\s*\([^()]*\)\s*|\s*[*\u2020]+$")
# What such an addition, or a day before a month, cannot be without; most headings have neither.
_OF_ADDITIONS = frozenset("(.*\u2020")
_BEFORE_DAYS = frozenset({"as", "at", "to", "end", "month", "quarter", "ending"})
_DAY = lazily(
    r"(?:(?:as at|at|to|end of|month ending|quarter ending|ending)\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?=[a-z])|(?:0?[1-9]|[12]\d|3[01])[/.](?=(?:0?[1-9]|1[0-2])[/.]20))?",
    re.IGNORECASE,
)

Meaning = tuple[Field, Period | None]


def heading_text(value: CellValue) -> str:
    """A heading as a person reads it: one line, dates as month and year."""
    if isinstance(value, str | bool):
        return " ".join(str(value).split())
    return format(value.normalize(), "f") if isinstance(value, Decimal) else f"{value:%b %Y}"


def read_period_heading(value: CellValue, financial_year: int | None) -> Period | None:
    """The period that a heading states, or None where it states none."""
    if isinstance(value, bool):
        return None
    if not isinstance(value, str | Decimal):
        return read_period(value)
    text = heading_text(value)
    return read_period(text, financial_year=financial_year) or _undressed(text, financial_year)


def _undressed(text: str, financial_year: int | None) -> Period | None:
    """A period with an addition or a day: `Q1 (Apr-Jun)`, `Aug 21 (provisional)`, `31 Mar 2021`."""
    first = text.partition(" ")[0]
    is_day = first[:1].isdigit() or first.casefold() in _BEFORE_DAYS
    if not is_day and _OF_ADDITIONS.isdisjoint(text):
        return None
    bare = _ADDITION.sub(" ", text).strip()
    bare = _DAY.sub("", bare, count=1).replace(".", "/")
    return read_period(bare, financial_year=financial_year) if bare != text else None


def means(value: CellValue) -> bool:
    """Whether a cell alone reads as a heading: a known field, or a period of any year."""
    if isinstance(value, str) and read_heading(value) is not None:
        return True
    return read_period_heading(value, 2000) is not None


def read_column(parts: Sequence[CellValue], financial_year: int | None) -> Meaning | None:
    """Settle what a column holds from the texts above it, topmost first.

    Args:
        parts: the header cells above the column, merged cells spread over their columns.
        financial_year: starting year that completes a bare `Apr` or `Q1`, where known.

    Returns:
        The field and its period (None for an undated field), or None where nothing is known.
    """
    year = financial_year
    for part in parts[:-1]:
        stated = read_period_heading(part, None)
        if stated is not None and stated.kind is PeriodKind.YEAR:
            year = stated.year
    periods = [read_period_heading(part, year) for part in parts]
    texts = [heading_text(part) for part in parts]
    fields = [read_heading(text) for text in texts]
    if Field.BENCHMARK in fields:
        return Field.BENCHMARK, None
    period = next((p for p in reversed(periods) if p is not None), None)
    together = read_heading(" ".join(texts)) if len(texts) > 1 else None
    known = together or next((f for f in reversed(fields) if f is not None), None)
    if known is None and period is None:
        return _split(texts[-1], year)
    if known is None:
        return _banner(texts) or Field.ACTUAL, period
    if known is Field.ACTUAL and period is None:
        return _split(texts[-1], year) or (known, None)
    if period is not None and (len(texts) == 1 or (known in _OF_ROWS and periods[-1] == period)):
        return Field.ACTUAL, period
    return known, _finest(period, known)


def _finest(period: Period | None, known: Field) -> Period | None:
    """A year over a single field (`2021/22` above `Target`) dates nothing, nor does `Period`."""
    if known in _OF_ROWS:
        return None
    if period is not None and period.kind is PeriodKind.YEAR and known is not Field.ACTUAL:
        return None
    return period


def _banner(texts: Sequence[str]) -> Field | None:
    """What a banner that is no heading of its own says: `Monthly targets` above `Apr`."""
    for text in texts:
        words = plain_words(text)
        for word, known in _BANNER_WORDS:
            if word in words:
                return known
    return None


def _split(text: str, year: int | None) -> Meaning | None:
    """A field and a period in one heading: `Aug 21 RAG`, `Actual Q1 2021/22`."""
    tokens = text.split()
    if len(tokens) > _TOKENS_AT_MOST:
        return None
    found: list[tuple[int, Field, Period]] = []
    for cut in range(1, len(tokens)):
        left, right = " ".join(tokens[:cut]), " ".join(tokens[cut:])
        for words, when in ((left, right), (right, left)):
            known = read_heading(words)
            period = read_period(when.strip("()-:"), financial_year=year)
            if known is not None and period is not None:
                found.append((when.count(" "), known, period))
    if not found:
        return None
    # The most of it that is a period: `Q4 2020/21 RAG` is not the Q4 of whatever year is usual.
    _, known, period = max(found, key=lambda each: each[0])
    return known, None if known is Field.BENCHMARK else _finest(period, known)
