"""The use case: read an index, rate every indicator, say everything that was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perf_addin.application.choose import Choice, choose_reading
from perf_addin.application.grid import Cell, Sheet, column_letters
from perf_addin.application.history import HISTORY_SHEET
from perf_addin.application.indicators import Indicator, read_indicators
from perf_addin.application.layout import Layout, text_of
from perf_addin.application.locate import locate_index
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Highlight, Place, Rated, Status, TypedRating
from perf_addin.application.rating_inputs import Gathered, InputGatherer
from perf_addin.application.report_sheet import report_name
from perf_addin.application.settings import Settings
from perf_addin.application.settings_sheet import find_settings_sheet, read_settings
from perf_addin.application.typed import read_highlight, read_typed, says_not_reportable
from perf_addin.application.vocabulary import Field
from perf_addin.domain.errors import InputError
from perf_addin.domain.figures import Missing
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.ranges import Breach, find_breach
from perf_addin.domain.rate import rate
from perf_addin.domain.rating import Rating, RatingInputs, not_rated
from perf_addin.domain.targets import NotArithmetic


@dataclass(frozen=True, slots=True)
class Index:
    """An index that was found: its workbook, the settings that hold, and how its sheets lie."""

    workbook: Workbook
    settings: Settings
    layouts: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class IndexResult:
    """What became of an index.

    Attributes:
        file: the workbook's name.
        period: the period asked for, or the latest that any indicator has; None where unknown.
        rated: every indicator, in the order of the index.
        layouts: how its sheets lie.
        settings: what was stated, by options and in the workbook.
        findings: everything that was noticed, in the order of the index.
    """

    file: str
    period: Period | None
    rated: tuple[Rated, ...]
    layouts: tuple[Layout, ...]
    settings: Settings
    findings: tuple[Finding, ...]

    def where(self) -> Iterator[str]:
        """Say in lines what was read from where."""
        for layout in self.layouts:
            rows = f"{layout.header_first} to {layout.header_last}"
            kind = "one row for each period" if layout.is_long else "one row for each indicator"
            yield f"Sheet {layout.sheet!r}: header rows {rows}, {kind}"
            for column in layout.columns:
                if column.field in {Field.BENCHMARK, Field.OTHER, Field.NOTES}:
                    continue
                when = f" {column.period.label}" if column.period else ""
                yield (
                    f"  {column_letters(column.number):>3}  {column.field.value}{when}  "
                    f"({column.heading})"
                )
        for name, origin in sorted(self.settings.origins.items()):
            value = getattr(self.settings, name)
            yield f"{name.replace('_', ' ')}: {value} ({origin.value})"


def open_index(workbook: Workbook, options: Settings) -> Index:
    """Find the index of a workbook, with the settings that hold for it.

    Raises:
        InputError: there is no index, or what was stated does not fit.
    """
    settings_sheet = find_settings_sheet(workbook.sheets)
    settings = options
    if settings_sheet is not None:
        settings = read_settings(settings_sheet, workbook.name, options)
    report = report_name(workbook.sheets)[1]
    own = {HISTORY_SHEET} | {s.name for s in (settings_sheet, report) if s is not None}
    return Index(workbook, settings, tuple(locate_index(workbook, settings, own)))


def rate_index(workbook: Workbook, options: Settings) -> IndexResult:
    """Rate every indicator of a workbook's index; nothing is written.

    Raises:
        InputError: there is no index, it has no indicators, or what was stated does not fit.
    """
    index = open_index(workbook, options)
    sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in workbook.sheets}
    stated_sheets = {s.name for s in index.settings.sheets if s.columns}
    rated: list[Rated] = []
    for layout in index.layouts:
        stated = bool(index.settings.columns) or layout.sheet in stated_sheets
        for indicator in read_indicators(sheets[layout.sheet], layout, stated=stated):
            rated.append(rate_indicator(indicator, index.settings))  # noqa: PERF401 - one at a time
    if not rated:
        first = index.layouts[0]
        message = (
            f"{workbook.name}, sheet {first.sheet!r}: a header was found in rows "
            f"{first.header_first} to {first.header_last}, but no indicator below it. State "
            "another header row with --header-row, or another sheet with --sheet."
        )
        raise InputError(message)
    dated = [item.period for item in rated if item.period]
    period = index.settings.period or max(dated, default=None)
    findings = [f for layout in index.layouts for f in layout.findings]
    findings += [f for item in rated for f in item.findings]
    findings += _repeated(rated)
    return IndexResult(
        workbook.name, period, tuple(rated), index.layouts, index.settings, tuple(findings)
    )


def rate_indicator(indicator: Indicator, settings: Settings) -> Rated:
    """Rate one indicator, compare it with a typed rating, and look for a breach."""
    choice = choose_reading(indicator, settings.period)
    gathered = InputGatherer(indicator, settings, choice).gather()
    reading = choice.reading
    period = reading.period if reading else settings.period
    rating_place = _place(indicator, Field.RATING, period, choice)
    rating_cell = indicator.cell(Field.RATING, period)
    highlight = read_highlight(indicator.cell(Field.HIGHLIGHT, period))
    look = indicator.looks.get(rating_place) if rating_place else None
    typed = read_typed(rating_cell, look)
    if typed and typed.letter is None and says_not_reportable(typed.text):
        highlight = Highlight.NOT_REPORTABLE
    rating, status = _rate(indicator, gathered, choice, highlight)
    breach = None
    if gathered.actual and gathered.limits and not gathered.unclear:
        breach = find_breach(gathered.actual, gathered.limits)
    findings = [*choice.findings, *gathered.findings]
    findings += _about_rating(indicator, rating, typed, rating_place)
    findings += _about_breach(indicator, breach, choice)
    return Rated(
        layout=indicator.layout,
        row=reading.row if reading else indicator.row,
        no=indicator.no,
        name=indicator.name,
        group=indicator.group,
        period=reading.period if reading else None,
        actual=gathered.actual,
        actual_place=Place(reading.row, reading.column) if reading else None,
        target=gathered.target,
        polarity=rating.polarity,
        rating=rating,
        typed=typed,
        rating_place=rating_place,
        reason_place=_place(indicator, Field.REASON, period, choice),
        acceptable_range=gathered.limits,
        breach=breach,
        highlight=highlight,
        commentary=_text(indicator.cell(Field.COMMENTARY, period)),
        highlight_commentary=_text(indicator.cell(Field.HIGHLIGHT_COMMENTARY, period)),
        status=status,
        findings=tuple(findings),
    )


def _rate(
    indicator: Indicator, gathered: Gathered, choice: Choice, highlight: Highlight | None
) -> tuple[Rating, Status]:
    inputs = gathered.inputs
    if highlight is Highlight.NOT_REPORTABLE:
        why = "it is marked as not reportable"
        return not_rated(inputs, why, polarity=inputs.polarity), Status.UNREPORTABLE
    if choice.reading is None:
        status = Status.UNREPORTABLE if choice.unreportable else Status.NOT_RATED
        return _no_figure(inputs, choice), status
    why = gathered.stops or gathered.unclear or _word_in_place_of_target(indicator, gathered)
    if why:
        return not_rated(inputs, why, polarity=inputs.polarity), Status.NOT_RATED
    rating = rate(inputs)
    return rating, Status.RATED if rating.letter else Status.NOT_RATED


def _no_figure(inputs: RatingInputs, choice: Choice) -> Rating:
    rating = rate(inputs)
    if rating.rule is not None and rating.why_not == "information only":
        return replace(rating, why_not=f"information only; {choice.reason}")
    return replace(rating, why_not=choice.reason)


def _word_in_place_of_target(indicator: Indicator, gathered: Gathered) -> str:
    """A target that is `TBC` or `-` is no target, and says so."""
    if isinstance(gathered.target, Missing) and indicator.cells.get(Field.AMBER) is None:
        if gathered.inputs.polarity is not None and gathered.inputs.polarity.value == "Info":
            return ""
        return f"the target is '{gathered.target.symbol}' ({gathered.target.meaning})"
    return ""


def _place(
    indicator: Indicator, field: Field, period: Period | None, choice: Choice
) -> Place | None:
    column = indicator.layout.column_of(field, period)
    if column is None:
        return None
    return Place(choice.reading.row if choice.reading else indicator.row, column)


def _text(cell: Cell | None) -> str | None:
    return text_of(cell) or None


def _about_rating(
    indicator: Indicator, rating: Rating, typed: TypedRating | None, place: Place | None
) -> Iterator[Finding]:
    label = indicator.no or indicator.name
    sheet, cell = indicator.layout.sheet, place.name if place else None
    if typed is not None and typed.letter is None and not says_not_reportable(typed.text):
        yield Finding(
            "unknown-rating",
            Severity.WARNING,
            f"Indicator {label}: found {typed.text!r} in the rating column, expected R, A, G, "
            "Red, Amber or Green; it was left as it is.",
            sheet,
            cell,
        )
    elif typed is not None and typed.letter != rating.letter and rating.letter is not None:
        how = "a formula gives" if typed.is_formula else "typed is"
        yield Finding(
            "typed-rating-differs",
            Severity.WARNING,
            f"Indicator {label}: {how} {typed.letter}, computed is {rating.letter} "
            f"({rating.reason}). The cell was left as it is.",
            sheet,
            cell,
        )
    if isinstance(rating.inputs.target, NotArithmetic):
        yield Finding(
            "target-in-words",
            Severity.WARNING,
            f"Indicator {label}: the target {rating.inputs.target.text!r} cannot be reckoned "
            "with. State a figure, or the polarity Info.",
            sheet,
            cell,
        )


def _about_breach(
    indicator: Indicator, breach: Breach | None, choice: Choice
) -> Iterator[Finding]:
    if breach is None or choice.reading is None:
        return
    reading = choice.reading
    yield Finding(
        "range-breach",
        Severity.INFO,
        f"Indicator {indicator.no or indicator.name}: {breach.side.lower()} its acceptable range.",
        indicator.layout.sheet,
        indicator.place_name(reading.column, reading),
    )


def _repeated(rated: Sequence[Rated]) -> Iterator[Finding]:
    counts = Counter(item.no for item in rated if item.no)
    for item in rated:
        if item.no and counts[item.no] > 1:
            yield Finding(
                "repeated-number",
                Severity.WARNING,
                f"The number {item.no} stands for {counts[item.no]} indicators; commentary is "
                "kept by number and period, so give each its own.",
                item.sheet,
                item.place.name,
            )

