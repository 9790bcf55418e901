"""What a person may state about an index instead of leaving it to be detected or defaulted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rules import Basis, Rule
from perf_addin.domain.tolerances import Tolerance

if TYPE_CHECKING:
    from perf_addin.application.stated_values import Origin, StatedColumn, StatedSheet


Comparison = Basis


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
        our_area: the area of benchmark files that is ours, as they name it.
        england_area: what they call England, where it is not that.
        region_area: our region.
        neighbour_areas: our statistical neighbours.
        official_spc: whether control charts are reckoned as NHS England's Excel tool does.
        screening: whether very large moving ranges are left out of the limits; None follows the
            method.
        fix_after: how many points at the start settle the control limits; None for all.
        rebase_at: periods that start control limits of their own.
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
    our_area: str | None = None
    england_area: str | None = None
    region_area: str | None = None
    neighbour_areas: tuple[str, ...] = ()
    official_spc: bool = False
    screening: bool | None = None
    fix_after: int | None = None
    rebase_at: tuple[Period, ...] = ()
    period: Period | None = None
    sheets: tuple[StatedSheet, ...] = ()
    columns: tuple[StatedColumn, ...] = ()
    header_rows: tuple[int, int] | None = None
    origins: Mapping[str, Origin] = MappingProxyType({})
