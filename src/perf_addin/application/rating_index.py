"""The use case: read an index, rate every indicator, say everything that was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter

from perf_addin.application.grid import column_letters
from perf_addin.application.indicators import Indicator, read_indicators
from perf_addin.application.layout import Layout
from perf_addin.application.locate import locate_index
from perf_addin.application.own_sheets import EVERY, SETTINGS
from perf_addin.application.quick_rating import QuickRater
from perf_addin.application.rated import Rated
from perf_addin.application.settings import Settings
from perf_addin.application.standards import StandardsReader
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.errors import InputError
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period

if TYPE_CHECKING:
    from perf_addin.application.acceptance import Accepted
    from perf_addin.application.general_rating import GeneralRater
    from perf_addin.application.ports import Workbook
    from perf_addin.application.sheets import Sheet

_period_of = attrgetter("grounds.period")


class Index(NamedTuple):
    """An index that was found: its workbook, the settings that hold, and how its sheets lie.

    The findings are about the settings.
    """

    workbook: Workbook
    settings: Settings
    layouts: tuple[Layout, ...]
    findings: tuple[Finding, ...] = ()


class IndexResult(NamedTuple):
    """What became of an index.

    Attributes:
        file: the workbook's name.
        period: the period asked for, or the latest that any indicator has; None where unknown.
        rated: every indicator, in the order of the index.
        layouts: how its sheets lie.
        settings: what was stated, by options and in the workbook.
        findings: everything that was noticed, in the order of the index.
        others: with one row for each indicator and period, the rows of other periods; only their
            ratings are wanted. None where a period was asked for.
        accepted: the findings that somebody accepted, which a check keeps apart.
    """

    file: str
    period: Period | None
    rated: tuple[Rated, ...]
    layouts: tuple[Layout, ...]
    settings: Settings
    findings: tuple[Finding, ...]
    others: tuple[Rated, ...] = ()
    accepted: tuple[Accepted, ...] = ()

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

    def summary(self) -> str:
        """Say how many indicators have each rating, for the period that was rated."""
        letters: list[str | None] = [item.letter for item in self.rated]
        counts = ", ".join(
            f"{letters.count(letter)} {word}"
            for letter, word in (("R", "red"), ("A", "amber"), ("G", "green"), (None, "not rated"))
        )
        when = f" to {self.period.label}" if self.period else ""
        return f"{len(letters)} indicators{when}: {counts}."


def settings_of(workbook: Workbook, options: Settings) -> Settings:
    """The settings that hold for a workbook: by option, else those of its Settings sheet.

    Raises:
        InputError: the Settings sheet states what cannot be understood.
    """
    sheet = SETTINGS.find(workbook.sheets)
    if sheet is None:
        return options
    from perf_addin.application.settings_sheet import (  # noqa: PLC0415 - few have one
        read_settings,
    )

    return read_settings(sheet, workbook.name, options)


def open_index(workbook: Workbook, options: Settings) -> Index:
    """Find the index of a workbook, with the settings that hold for it.

    Raises:
        InputError: there is no index, or what was stated does not fit.
    """
    settings = settings_of(workbook, options)
    own = [kind.find(workbook.sheets) for kind in EVERY]
    findings: tuple[Finding, ...] = ()
    if own[0] is not None:
        from perf_addin.application.settings_sheet import (  # noqa: PLC0415 - few have one
            unknown_settings,
        )

        findings = tuple(unknown_settings(own[0]))
    names = {sheet.name for sheet in own if sheet is not None}
    return Index(workbook, settings, tuple(locate_index(workbook, settings, names)), findings)


def without_index(workbook: Workbook, options: Settings) -> IndexResult:
    """The result of a workbook in which formulas were calculated but that holds no index."""
    text = "No performance index was found, so nothing was rated; the formulas were calculated."
    return IndexResult(
        workbook.name, None, (), (), options, (Finding("no-index", Severity.INFO, text),)
    )


def rate_index(workbook: Workbook, options: Settings) -> IndexResult:
    """Rate every indicator of a workbook's index; nothing is written.

    Raises:
        InputError: there is no index, it has no indicators, or what was stated does not fit.
    """
    index = open_index(workbook, options)
    sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in workbook.sheets}
    stated_sheets = {s.name for s in index.settings.sheets if s.columns}
    rater = Rater(index.settings)
    rated: list[Rated] = []
    others: list[Rated] = []
    passed_over: list[Finding] = []
    for layout in index.layouts:
        stated = bool(index.settings.columns) or layout.sheet in stated_sheets
        sheet = sheets[layout.sheet]
        indicators = read_indicators(sheet, layout, stated=stated, findings=passed_over)
        if layout.is_long and index.settings.period is None:
            for indicator in indicators:
                rated.append(rater.rate(indicator))
                others += rater.rate_others(indicator, rated[-1])
        else:
            rated += rater.rate_all(indicators)
    if not rated:
        first = index.layouts[0]
        message = (
            f"{workbook.name}, sheet {first.sheet!r}: a header was found in rows "
            f"{first.header_first} to {first.header_last}, but no indicator below it. State "
            "another header row with --header-row, or another sheet with --sheet."
        )
        raise InputError(message, name=workbook.name)
    dated = [period for period in map(_period_of, rated) if period]
    period = index.settings.period or max(dated, default=None)
    findings = list(index.findings)
    findings += [f for layout in index.layouts for f in layout.findings]
    findings += passed_over
    findings += [f for item in rated for f in item.findings]
    findings += _about_repeated(rated)
    done = (tuple(rated), index.layouts, index.settings, tuple(findings), tuple(others))
    result = IndexResult(workbook.name, period, *done)
    if index.settings.period is None:
        return result
    from perf_addin.application.earlier_commentary import settle_commentary  # noqa: PLC0415 - rare

    return settle_commentary(workbook, result)


def _about_repeated(rated: Sequence[Rated]) -> Iterator[Finding]:
    """The indicators that share their number with another one."""
    numbers = [no for item in rated if (no := item[1])]
    if len(set(numbers)) == len(numbers):
        return
    counts = Counter(numbers)
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


class Rater:
    """Rates the indicators of one index, one after the other."""

    def __init__(self, settings: Settings) -> None:
        """Bind what was stated for the whole index."""
        self._settings = settings
        self._standards = StandardsReader(settings)
        self._quick = QuickRater(settings, self._standards)

    @cached_property
    def _general(self) -> GeneralRater:
        from perf_addin.application.general_rating import (  # noqa: PLC0415 - some have plain rows only
            GeneralRater,
        )

        return GeneralRater(self._settings, self._standards)

    def rate(self, indicator: Indicator) -> Rated:
        """Rate one indicator, compare it with a typed rating, and look for a breach."""
        return self._quick.rate(indicator) or self._general.rate(indicator)

    def rate_all(self, indicators: Iterable[Indicator]) -> list[Rated]:
        """Rate one indicator after the other."""
        quick = self._quick.rate
        return [quick(indicator) or self._general.rate(indicator) for indicator in indicators]

    def rate_any(self, indicator: Indicator) -> Rated:
        """Rate an indicator of whatever kind."""
        return self._general.rate(indicator)

    def rate_others(self, indicator: Indicator, rated: Rated) -> Iterator[Rated]:
        """Rate the rows of an indicator's other periods, each by its own figure and standards."""
        return self._general.rate_others(indicator, rated)
