"""The general way to a rating, for whatever an indicator's row holds."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.choose import Choice, choose_others, choose_reading
from perf_addin.application.indicators import Indicator
from perf_addin.application.layout import REMARKS, text_of
from perf_addin.application.rated import Grounds, Place, Rated, Status, about_breach
from perf_addin.application.rating_findings import about_rating, about_words
from perf_addin.application.rating_inputs import Gathered, InputGatherer
from perf_addin.application.remarks import (
    Highlight,
    read_highlight,
    read_typed,
    says_not_reportable,
)
from perf_addin.application.settings import Settings
from perf_addin.application.standards import StandardsReader
from perf_addin.domain.findings import Finding
from perf_addin.domain.ranges import find_breach
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import Rating, RatingInputs, not_rated

_RATED, _NOT_REPORTABLE = Status.RATED, Highlight.NOT_REPORTABLE  # members are slow to look up
_new = tuple.__new__  # a third of the time of calling the class


class GeneralRater:
    """Rates indicators of whatever kind."""

    def __init__(self, settings: Settings, standards: StandardsReader) -> None:
        """Bind what was stated for the whole index, and what reads the standards."""
        self._wanted = settings.period
        self._overwrites = settings.overwrite_typed
        self._inputs = InputGatherer(settings, standards)

    def rate(self, indicator: Indicator) -> Rated:
        """Rate one indicator, compare it with a typed rating, and look for a breach."""
        return self._decide(indicator, choose_reading(indicator, self._wanted))

    def rate_others(self, indicator: Indicator, rated: Rated) -> Iterator[Rated]:
        """Rate the rows of an indicator's other periods, each by its own figure and standards."""
        for choice in choose_others(indicator, rated.row):
            yield self._decide(indicator, choice)

    def _decide(self, indicator: Indicator, choice: Choice) -> Rated:
        reading = choice.reading
        period = reading.period if reading else self._wanted
        gathered = self._inputs.gather(indicator, choice, period)
        row = reading.row if reading else indicator.row
        rating_column, reason_column = indicator.columns.place(REMARKS, period).columns[:2]
        place = _place(row, rating_column)
        cell, _, marked, commentary, praise = indicator.cells(REMARKS, period)
        typed = None
        if cell is not None and place is not None:
            typed = read_typed(cell, indicator.look(place.column, row))
        highlight = read_highlight(marked)
        if typed and typed.letter is None and says_not_reportable(typed.text):
            highlight = Highlight.NOT_REPORTABLE
        rating, status = _rate(gathered, choice, highlight)
        breach = None
        if gathered.actual and gathered.limits and not gathered.stops:
            breach = find_breach(gathered.actual, gathered.limits)
        findings: list[Finding] = choice.findings + gathered.findings
        if typed and self._overwrites and not typed.is_formula and rating.letter is not None:
            typed = typed._replace(replaced=True)
        if typed is not None:
            wanted = None if reading else self._wanted
            findings += about_rating(indicator, rating, typed, place, wanted)
        findings += about_words(indicator, rating, reading, self._wanted)
        if breach is not None and reading is not None:
            where = indicator.place_name(reading.column, reading)
            label = indicator.no or indicator.name
            findings.append(about_breach(label, breach, indicator.layout.sheet, where))
        grounds = (
            indicator.layout,
            reading.period if reading else None,
            gathered.target,
            rating.polarity,
            rating,
            typed,
            reading.column if reading else None,
            rating_column,
            reason_column,
            gathered.limits,
            highlight,
            status,
            gathered.stated,
        )
        decided = (
            row,
            indicator.no,
            indicator.name,
            gathered.actual,
            rating.letter,
            breach,
            text_of(commentary) or None,
            text_of(praise) or None,
            tuple(findings),
            _new(Grounds, grounds),
            False,
        )
        return _new(Rated, decided)


def _rate(gathered: Gathered, choice: Choice, highlight: Highlight | None) -> tuple[Rating, Status]:
    inputs = gathered.inputs
    if highlight is _NOT_REPORTABLE:
        why = "it is marked as not reportable"
        return not_rated(inputs, why, polarity=inputs.polarity), Status.UNREPORTABLE
    if choice.reading is None:
        status = Status.UNREPORTABLE if choice.unreportable else Status.NOT_RATED
        return _no_figure(inputs, choice), status
    if gathered.stops:
        return not_rated(inputs, gathered.stops, polarity=inputs.polarity), Status.NOT_RATED
    rating = rate(inputs)
    return rating, _RATED if rating.letter else Status.NOT_RATED


def _no_figure(inputs: RatingInputs, choice: Choice) -> Rating:
    rating = rate(inputs)
    if rating.rule is not None and rating.why_not == "information only":
        return rating._replace(why_not=f"information only; {choice.reason}")
    return rating._replace(why_not=choice.reason)


def _place(row: int, column: int | None) -> Place | None:
    return None if column is None else _new(Place, (row, column))
