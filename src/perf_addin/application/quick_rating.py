"""The short way to a rating, for a row like thousands of others.

Rows of an index repeat their standards. What the cells that hold them come to is worked out once,
by the same code as for any row, and remembered for all rows that hold the same there. Whatever is
out of the ordinary (a text for a figure, a typed rating that differs) is left to the general way.
"""

from __future__ import annotations

from collections.abc import Hashable

from perf_addin.application.grid import PlainRow, cell_name
from perf_addin.application.in_common import keep
from perf_addin.application.indicators import Indicator
from perf_addin.application.layout import BASIS, REMARKS, Columns
from perf_addin.application.rated import Grounds, Judged, Rated, Status, about_breach
from perf_addin.application.remarks import read_highlight, read_typed
from perf_addin.application.settings import Settings
from perf_addin.application.standards import (
    Settled,
    Standards,
    StandardsReader,
    leaves_green_out,
    unclear_tolerance,
)
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.figures import HUNDRED, Figure
from perf_addin.domain.findings import Finding
from perf_addin.domain.ranges import AcceptableRange, find_breach
from perf_addin.domain.rate import prepare
from perf_addin.domain.rating import Letter
from perf_addin.domain.rules import Rule
from perf_addin.domain.scales import says_percentage
from perf_addin.domain.targets import NotArithmetic

_DIRECTIONS = (Rule.DIRECTION, Rule.DIRECTION_MAINTAINED)
_RATED, _NOT_RATED = Status.RATED, Status.NOT_RATED  # members are slow to look up
_new = tuple.__new__  # a third of the time of calling a class


if TYPE_CHECKING:
    Prepared = tuple[Settled, Judged]
    # What all rows come to that hold the same standards and remarks: what is decided about them
    # besides their figures, what rates their figures, their acceptable range, and the letter of
    # the rating that they state. A record would take longer to take apart, for every row.
    Alike = tuple[Grounds, Judged, AcceptableRange | None, str | None]

_ROWS_HELD, _STANDARDS_HELD, _INDEXES_HELD = 2_048, 512, 8
_known: dict[Hashable, tuple[Columns, dict[Hashable, Alike | None] | None]] = {}


def _rows_in_common(columns: Columns, stated: str) -> dict[Hashable, Alike | None] | None:
    """What rows came to in earlier indexes with the same columns and settings.

    None for the first such index: most processes read no second one.
    """
    key = (id(columns), stated)
    known = _known.get(key)
    if known is None or known[0] is not columns:
        return keep(_known, key, (columns, None), _INDEXES_HELD)[1]
    if known[1] is None:
        known = keep(_known, key, (columns, {}), _INDEXES_HELD)
    return known[1]


class QuickRater:
    """Rates the plain rows of one index."""

    def __init__(self, settings: Settings, standards: StandardsReader) -> None:
        """Bind what was stated for the whole index, and what reads the standards."""
        self._is_wanted_stated = settings.period is not None
        self._standards = standards
        self._columns: Columns | None = None
        self._known: dict[Hashable, Alike | None] = {}
        self._prepared: dict[tuple[Standards, bool], Prepared | None] = {}
        self._in_common: dict[Hashable, Alike | None] | None = None
        self._rating: int | None = None
        self._reason: int | None = None

    def rate(self, indicator: Indicator) -> Rated | None:
        """Rate one indicator just as the general way does; None where only that can do it."""
        plain = indicator.plain
        if plain is None or self._is_wanted_stated:
            return None
        texts, column, number, percent, formatted, bare, key = plain
        if formatted is bare or (bare and says_percentage(indicator.name)):
            return None
        if indicator.columns is not self._columns:
            self._turn_to(indicator.columns)
        alike = self._known.get(key)
        if alike is None:
            if key in self._known:
                return None
            alike = self._known[key] = self._work_out(indicator, plain)
            if alike is None:
                return None
        grounds, judged, limits, typed = alike
        figure: Figure = _new(Figure, (number * HUNDRED if percent else number, percent))
        judge = judged[0]
        if judge is not None:
            letter: Letter | None = judge.letter(figure)
        else:
            rating = judged.rating_of(figure)
            letter, status = rating.letter, _RATED if rating.letter else _NOT_RATED
            grounds = grounds._replace(polarity=rating.polarity, rating=rating, status=status)
        if typed is not None and typed != letter:
            return None
        row, no, name = indicator.row, indicator.no, indicator.name
        breach = find_breach(figure, limits) if limits is not None else None
        findings: tuple[Finding, ...] = ()
        if breach is not None:
            cell = cell_name(row, column)
            findings = (about_breach(no or name, breach, grounds.layout.sheet, cell),)
        said, noted = texts[2] or None, texts[3] or None
        decided = (row, no, name, figure, letter, breach, said, noted, findings, grounds, False)
        return _new(Rated, decided)

    def _turn_to(self, columns: Columns) -> None:
        self._columns = columns
        self._known = {}
        self._in_common = _rows_in_common(columns, self._standards.stated)
        self._rating, self._reason = columns.place(REMARKS, None).columns[:2]

    def _work_out(self, indicator: Indicator, plain: PlainRow) -> Alike | None:
        """What a row and all with the same key come to; None where it is out of the ordinary."""
        known = self._in_common
        key = indicator.alike_anywhere() if known is not None else None
        if known is None or key is None:
            return self._settle(indicator, plain)
        if key not in known:
            return keep(known, key, self._settle(indicator, plain), _ROWS_HELD)
        return known[key]

    def _settle(self, indicator: Indicator, plain: PlainRow) -> Alike | None:
        period = indicator.columns.period_of[plain.column]
        *stated, cell, marked = indicator.cells(BASIS, period)
        standards = self._standards.of(stated)
        key = (standards, plain.any_percent)
        if key in self._prepared:
            prepared = self._prepared[key]
        else:
            prepared = _prepare(standards, formatted=plain.any_percent)
            keep(self._prepared, key, prepared, _STANDARDS_HELD)
        if prepared is None or (marked is not None and read_highlight(marked) is not None):
            return None
        look = None  # that of a formula tells nothing
        if cell is not None and self._rating is not None and not cell.formula:
            look = indicator.look(self._rating, indicator.row)
        typed = read_typed(cell, look)
        if typed is not None and typed.letter is None:
            return None
        settled, judged = prepared
        grounds = (
            indicator.layout,
            period,
            settled.target,
            None if judged.judge is None else judged.judge.polarity,
            judged,
            typed,
            plain.column,
            self._rating,
            self._reason,
            settled.limits,
            None,
            _RATED,
            standards.stated,
        )
        return _new(Grounds, grounds), judged, settled.limits, typed.letter if typed else None


def _prepare(standards: Standards, *, formatted: bool) -> Prepared | None:
    """What rows are rated by; None where it is out of the ordinary.

    Args:
        standards: what they state.
        formatted: whether their figures are shown as per cent.
    """
    settled = standards.settle(named_percentage=False, formatted=formatted, largest_bare=None)
    if (
        (standards.notes or standards.stops or standards.rule in _DIRECTIONS)
        or (standards.says_percentage and not formatted)
        or isinstance(settled.target, NotArithmetic)
        or (not formatted) in [percent for _, percent in standards.shown]
        or leaves_green_out(settled)
        or unclear_tolerance(settled)
    ):
        return None
    inputs = settled.inputs  # whose figures are none
    return settled, _new(Judged, (prepare(inputs, percent=formatted), inputs))
