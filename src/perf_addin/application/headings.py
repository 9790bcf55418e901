"""What one heading, spread over one or more header rows, says about its column.

And which column is taken where several could be read for one field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from perf_addin.application.grid import Cell, CellValue, column_letters
from perf_addin.application.layout import Column, text_of
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.findings import Finding, Severity
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
_BEST_NAMES = frozenset({"performance indicator", "performance indicators", "indicator"})
_OF_ROWS = (Field.PERIOD, Field.YEAR)
_TOKENS_AT_MOST = 6
_ADDITION = lazily(r"\s*\([^()]*\)\s*|\s*[*\u2020]+$")
# What such an addition, or a day before a month, cannot be without; most headings have neither.
_OF_ADDITIONS = frozenset("(.*\u2020")
_BEFORE_DAYS = frozenset({"as", "at", "to", "end", "month", "quarter", "ending"})
_DAY = lazily(
    r"(?i)(?:(?:as at|at|to|end of|month ending|quarter ending|ending)\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?=[a-z])|(?:0?[1-9]|[12]\d|3[01])[/.](?=(?:0?[1-9]|1[0-2])[/.]20))?",
)

Meaning = tuple[Field, Period | None]


def heading_text(value: CellValue) -> str:
    """A heading as a person reads it: one line, dates as month and year."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return str(value)
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
    period = next(filter(None, reversed(periods)), None)
    together = read_heading(" ".join(texts)) if len(texts) > 1 else None
    known = together or next(filter(None, reversed(fields)), None)
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


def settle_duplicates(
    sheet: str, columns: Sequence[Column], financial_year: int | None
) -> tuple[list[Column], list[Finding]]:
    """Keep one column for each field and period; say which was taken.

    Of several columns for one undated field, a heading with the index's financial year wins, then
    the first. Fields that may repeat (benchmarks, others) are kept as they are.
    """
    kept: list[Column] = []
    taken: dict[tuple[Field, Period | None], Column] = {}
    findings: list[Finding] = []
    for column in columns:
        key = (column.field, column.period)
        if column.field in {Field.BENCHMARK, Field.OTHER} or key not in taken:
            taken.setdefault(key, column)
            kept.append(column)
            continue
        first = taken[key]
        better = _of_year(column, financial_year) and not _of_year(first, financial_year)
        winner, loser = (column, first) if better else (first, column)
        if better:
            kept[kept.index(first)] = column
            taken[key] = column
        findings.append(_two_readings(sheet, winner, loser))
    return kept, findings


def _of_year(column: Column, financial_year: int | None) -> bool:
    if financial_year is None:
        return False
    short = f"{(financial_year + 1) % 100:02d}"
    return any(
        f"{financial_year}{dash}{tail}" in column.heading
        for dash in "/-"
        for tail in (short, str(financial_year + 1))
    )


def _two_readings(sheet: str, winner: Column, loser: Column) -> Finding:
    return Finding(
        "two-readings",
        Severity.INFO,
        f"Columns {column_letters(winner.number)} ({winner.heading!r}) and "
        f"{column_letters(loser.number)} ({loser.heading!r}) both read as {winner.field.value}: "
        f"{column_letters(winner.number)} was taken. State the other with "
        f"--column '{winner.field.value}={column_letters(loser.number)}' or on the Settings sheet.",
        sheet,
    )


def settle_name(columns: list[Column], rows: Iterable[Mapping[int, Cell]]) -> list[Column]:
    """Of several columns that could name the indicator, take the one with the longest texts.

    `KPI` beside `Description` is the number then, where nothing else is.
    """
    names = [c for c in columns if c.field is Field.NAME]
    if len(names) < 2:  # noqa: PLR2004 - nothing to settle
        return columns
    read = list(rows)

    def length(column: Column) -> tuple[bool, float]:
        texts = [text_of(cells.get(column.number)) for cells in read]
        filled = [len(t) for t in texts if t]
        best = plain_words(column.heading) in _BEST_NAMES
        mean = sum(filled) / len(filled) if filled else 0
        return (best and mean > 0, mean)

    winner = max(names, key=length)
    has_number = any(c.field is Field.NO for c in columns)
    settled = []
    for column in columns:
        if column.field is Field.NAME and column is not winner:
            if has_number:
                continue
            has_number = True
            settled.append(Column(column.number, Field.NO, column.heading))
        else:
            settled.append(column)
    return settled


def prefer_periods(sheet: str, columns: list[Column]) -> tuple[list[Column], list[Finding]]:
    """With period columns on the sheet, an undated `YTD` or `Current` column is not read."""
    dated = [c for c in columns if c.field is Field.ACTUAL and c.period]
    undated = [c for c in columns if c.field is Field.ACTUAL and not c.period]
    if not dated or not undated:
        return columns, []
    findings = [
        Finding(
            "two-readings",
            Severity.INFO,
            f"The period columns were read for the actuals; column {column.heading!r}, which "
            "states no period, was not.",
            sheet,
        )
        for column in undated
    ]
    return [c for c in columns if c not in undated], findings


def notes_as_commentary(sheet: str, columns: list[Column]) -> tuple[list[Column], list[Finding]]:
    """Read the notes for the commentary, where nothing else is there for it."""
    notes = next((c for c in columns if c.field is Field.NOTES), None)
    if notes is None:
        return columns, []
    found = Finding(
        "two-readings",
        Severity.INFO,
        f"No commentary column was found; the column {notes.heading!r} was read for it.",
        sheet,
    )
    taken = Column(notes.number, Field.COMMENTARY, notes.heading)
    return [taken if c is notes else c for c in columns], [found]
