"""What a person may state about an index instead of leaving it to be detected or defaulted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rules import Rule
from perf_addin.domain.tolerances import Tolerance


class Origin(StrEnum):
    """Where an input of a rating came from, when it came from no cell of the index."""

    OPTION = "option"
    SETTINGS = "Settings sheet"
    DEFAULT = "built-in default"


class Comparison(StrEnum):
    """Which earlier figure says whether an indicator improved."""

    PREVIOUS = "Previous period"
    LAST_YEAR = "Same period last year"


class StatedColumn(NamedTuple):
    """A column that a person stated for a field.

    Attributes:
        field: the field.
        column: 1-based column, or None where only the heading was stated.
        heading: the heading as stated, or None where only the column was.
        period: the period of an actual, target or rating column, where it has one.
        cell: the address on the Settings sheet where this stands, for messages.
        bare_period: the period where it is stated without a year, such as `Apr`; it is of the
            index's own year.
    """

    field: Field
    column: int | None
    heading: str | None = None
    period: Period | None = None
    cell: str | None = None
    bare_period: str | None = None


class StatedSheet(NamedTuple):
    """What was stated for one sheet: its header rows (first, last; 1-based) and columns."""

    name: str
    header_rows: tuple[int, int] | None = None
    columns: tuple[StatedColumn, ...] = ()


class Settings(NamedTuple):
    """Everything that a person stated; what is None or empty is detected or defaulted.

    Attributes:
        polarity: for indicators whose row states none.
        tolerance: amber tolerance, for indicators whose row states none.
        green_tolerance: green tolerance, likewise.
        rule: rating rule, likewise.
        margin: amber margin around a range, likewise.
        comparison: which earlier figure a direction-sensitive rule looks at.
        financial_year: starting year that completes headings such as `Apr`.
        ratings_in_words: whether ratings are written as Red, Amber, Green instead of letters;
            None follows what is in the column already.
        overwrite_typed: whether ratings that a person typed are replaced.
        period: the only period to rate, where one was asked for.
        sheets: the sheets that hold the index, with what was stated for each; where empty, every
            sheet is searched.
        columns: columns stated for every sheet (by option).
        header_rows: header rows stated for every sheet (by option).
        origins: for each setting that was stated, by its name here, who stated it.
    """

    polarity: Polarity | None = None
    tolerance: Tolerance | None = None
    green_tolerance: Tolerance | None = None
    rule: Rule | None = None
    margin: Tolerance | None = None
    comparison: Comparison = Comparison.PREVIOUS
    financial_year: int | None = None
    ratings_in_words: bool | None = None
    overwrite_typed: bool = False
    period: Period | None = None
    sheets: tuple[StatedSheet, ...] = ()
    columns: tuple[StatedColumn, ...] = ()
    header_rows: tuple[int, int] | None = None
    origins: Mapping[str, Origin] = MappingProxyType({})
