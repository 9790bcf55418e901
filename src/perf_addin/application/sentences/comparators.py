"""What a benchmark column is about, by its heading: England, London, neighbours, an own year."""

from __future__ import annotations

import re
from typing import NamedTuple

from perf_addin.application.layout import Column
from perf_addin.application.vocabulary import Field, plain_words
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
_COUNT = lazily(r"(?:the )?(?:number|total|count|no\.?) (?:of )?.*", re.IGNORECASE)


class BenchmarkColumn(NamedTuple):
    """A column of benchmarks.

    Attributes:
        number: 1-based.
        name: whose figures it holds, as a sentence calls them.
        year: the starting year of the financial year that the heading states, or None.
        is_outturn: whether it holds a whole earlier year of one body, such as `Merton 2020/21`.
    """

    number: int
    name: str
    year: int | None
    is_outturn: bool


def benchmark_column(column: Column) -> BenchmarkColumn | None:
    """Tell whose figures a benchmark column holds; None where its heading does not say."""
    if column.field is not Field.BENCHMARK:
        return None
    heading = column.heading.rpartition(" / ")[2].strip() or column.heading
    words, year = plain_words(heading), read_financial_year(heading)
    known = _NAME_OF.get(words)
    if known is not None:
        return BenchmarkColumn(column.number, known, year, is_outturn=False)
    if words in _NOBODY or not words:
        return None
    return BenchmarkColumn(column.number, heading, year, is_outturn=year is not None)


def is_count(name: str) -> bool:
    """Whether an indicator counts something, so that part of a year is not held against a year."""
    return _COUNT.fullmatch(name.strip()) is not None
