"""What a benchmark column is about, by its heading: England, London, neighbours, an own year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perf_addin.application.detect import find_heads
from perf_addin.application.grid import CellValue
from perf_addin.application.headings import heading_text, read_column
from perf_addin.application.layout import Layout
from perf_addin.application.lines import top_lines
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import Field, plain_words, read_heading
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import read_financial_year

_NAMES = {
    "the national average": "england|england average|national|national average",
    "London": "london|london average",
    "the regional average": "regional|regional average|region|region average",
    "its statistical neighbours": (
        "statistical neighbours|statistical neighbour|stat neighbours|statistical neighbour average"
        "|sn|sn average|stat neighbour average|statistical neighbours average"
    ),
}
_NAME_OF = {words: name for name, listed in _NAMES.items() for words in listed.split("|")}
_NOBODY = frozenset(
    (
        *("benchmark", "benchmarks", "benchmarking", "comparator", "comparators", "comparison"),
        *("comparisons", "history", "previous years", "earlier years", "previous outturn"),
        *("outturn", "outturns", "baseline", "own earlier years", "average"),
    )
)
_OF_MANY = frozenset(
    (
        *("average", "averages", "mean", "median", "rank", "ranking", "quartile", "range", "group"),
        *("best", "worst", "top", "bottom", "highest", "lowest", "minimum", "maximum"),
        *("england", "national", "neighbour", "neighbours", "region", "regional"),
    )
)
_YEAR_OF_BODY = lazily(r"[A-Z][A-Za-z .,&'-]* 20\d\d\s*[/-]\s*(?:20)?\d\d")
_COUNT = lazily(r"(?:the )?(?:number|total|count|no\.?) (?:of )?.*", re.IGNORECASE)


class BenchmarkColumn(NamedTuple):
    """A column of benchmarks.

    Attributes:
        number: 1-based.
        name: whose figures it holds, as a sentence calls them.
        year: the starting year of the financial year that the heading states, or None.
        is_outturn: whether it holds a whole earlier year of one body, such as `Merton 2020/21`.
        is_body: whether its figures may be those of one other body, and not an average of many.
    """

    number: int
    name: str
    year: int | None
    is_outturn: bool
    is_body: bool = False


def benchmark_columns(sheet: Sheet, layout: Layout) -> list[BenchmarkColumn]:
    """The columns of an index whose headings say whose figures they hold.

    Read from the headings themselves: where a person stated the columns of an index, its layout
    leaves these out. A heading such as `Merton 2020/21` says so only beside a benchmark, since
    a year stands above many other things too.
    """
    rows = layout.header_last - layout.header_first + 1
    lines = top_lines(sheet, layout.header_first, rows)
    heads = find_heads(lines, sheet.merged(), (layout.header_first, layout.header_last))
    head = next(heads, None)
    if head is None:
        return []
    used = {c.number for c in layout.columns if c.field is not Field.BENCHMARK}
    parts = {number: texts for number, texts in head.parts.items() if number not in used}
    known = {number for number, texts in parts.items() if _is_benchmark(texts, layout)}
    beside: set[int] = set()
    for step in (1, -1):
        for number in known:
            at = number + step
            while at in parts and at not in known and _is_outturn(_last(parts[at])):
                beside.add(at)
                at += step
    columns = (_column(number, _last(parts[number])) for number in sorted(known | beside))
    return [column for column in columns if column is not None]


def _is_benchmark(parts: Sequence[CellValue], layout: Layout) -> bool:
    meaning = read_column(parts, layout.financial_year)
    return meaning is not None and meaning[0] is Field.BENCHMARK


def _is_outturn(heading: str) -> bool:
    """Whether a heading is somebody's name and a year, and no field such as `Rank 2020/21`."""
    return _YEAR_OF_BODY.fullmatch(heading) is not None and read_heading(heading) is None


def _last(parts: Sequence[CellValue]) -> str:
    return heading_text(parts[-1])


def _column(number: int, heading: str) -> BenchmarkColumn | None:
    """Tell whose figures a column holds; None where its heading does not say."""
    words, year = plain_words(heading), read_financial_year(heading)
    known = _NAME_OF.get(words)
    if known is not None:
        return BenchmarkColumn(number, known, year, is_outturn=False)
    if words in _NOBODY or not words:
        return None
    is_body = not _OF_MANY & frozenset(words.split())
    return BenchmarkColumn(number, heading, year, is_outturn=year is not None, is_body=is_body)


def is_count(name: str) -> bool:
    """Whether an indicator counts something, so that part of a year is not held against a year."""
    return _COUNT.fullmatch(name.strip()) is not None
