"""The exception report as data: sections of a committee paper, before anything is laid out.

The sections and their order are those of the performance reports that scrutiny panels publish
(see docs/glossary.md): amber and red indicators, indicators of note, particularly good
performance, breaches of the acceptable range, corrections, indicators that cannot be reported
accurately, and, so that every rating explains itself, the basis of the ratings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perf_addin.application.rated import Rated
from perf_addin.application.remarks import Highlight
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.periods import Period
from perf_addin.domain.showing import breach_sentence

EXCEPTIONS = "exceptions"
OF_NOTE = "of-note"
PERFORMING_WELL = "performing-well"
BREACHES = "breaches"
CORRECTIONS = "corrections"
UNREPORTABLE = "unreportable"
CHARTS = "charts"
BASIS = "basis"


_HIGHLIGHTS = {
    OF_NOTE: (
        Highlight.OF_NOTE,
        "Commentary",
        "The following indicators are of particular note.",
    ),
    PERFORMING_WELL: (
        Highlight.PERFORMING_WELL,
        "Particularly good performance",
        "Performance is particularly good against the following indicators.",
    ),
    CORRECTIONS: (
        Highlight.CORRECTION,
        "Amendments and corrections",
        "The following indicators were reported incorrectly before and have been corrected.",
    ),
}


class Entry(NamedTuple):
    """One row of a table in the report.

    Attributes:
        key: what a person's commentary is kept by: section, indicator and period.
        cells: the texts of the row; the last one is the commentary where `keeps` is true.
        keeps: whether the last cell belongs to the people who write commentary.
        no: the indicator's number or name.
        indicator: the indicator's name.
        period: the period's label, or an empty text.
        items: the indicators that the row is about.
    """

    key: str
    cells: tuple[str, str, str, str]
    keeps: bool
    no: str
    indicator: str
    period: str
    items: tuple[Rated, ...] = ()


class Section(NamedTuple):
    """A table of the report, or what stands in its place, under its heading and one sentence."""

    key: str
    heading: str | None
    intro: str
    columns: tuple[str, str, str, str]
    entries: tuple[Entry, ...]


class ExceptionReport(NamedTuple):
    """The whole report, section by section; a section without entries is left out."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


def build_report(
    rated: Sequence[Rated], period: Period | None, *, asked: bool = False
) -> ExceptionReport:
    """Build the report from the rated indicators of an index, in the order of the index.

    Args:
        rated: every indicator.
        period: the latest period of the index, or the one asked for; None where none is known.
        asked: whether it was asked for.
    """
    when = "For each indicator its latest figure."
    if period:
        when = f"Figures to {period.label}; for each indicator its latest period with a figure."
        if asked:
            when = f"Figures for {period.label}, or for the quarter or year last ended by then."
    exceptions = [item for item in rated if item.is_exception]
    sections = (
        _exceptions(exceptions, period),
        _highlights(rated, period, OF_NOTE),
        _highlights(rated, period, PERFORMING_WELL),
        _breaches(rated, period),
        _highlights(rated, period, CORRECTIONS),
        _unreportable(rated, period),
        _basis(exceptions, period),
    )
    kept = tuple(_told_apart(s) for s in sections if s.entries or s.key == EXCEPTIONS)
    return ExceptionReport("Exception report", when, kept)


def _told_apart(section: Section) -> Section:
    """Keys that are one row's alone, so that no commentary is taken for that of another row.

    Where a number stands for several indicators, their names are added; where names repeat too,
    the count.
    """
    if len({entry.key for entry in section.entries}) == len(section.entries):
        return section
    counts = Counter(entry.key for entry in section.entries)
    seen: Counter[str] = Counter()
    entries = []
    for entry in section.entries:
        key = entry.key
        if counts[key] > 1:
            head, _, when = key.rpartition("@")
            named = f"{head} {entry.indicator}"
            seen[f"{named}@{when}"] += 1
            count = seen[f"{named}@{when}"]
            key = f"{named} {count}@{when}" if count > 1 else f"{named}@{when}"
        entries.append(entry._replace(key=key))
    return section._replace(entries=tuple(entries))


def _exceptions(items: Sequence[Rated], period: Period | None) -> Section:
    entries = tuple(
        _entry(EXCEPTIONS, item, period, item.shown_rating, item.commentary) for item in items
    )
    intro = (
        "The following indicators are marked as amber or red."
        if entries
        else "No indicators are marked as amber or red."
    )
    columns = ("No", "Indicator", "Rating", "Service Commentary")
    return Section(EXCEPTIONS, None, intro, columns, entries)


def _highlights(rated: Sequence[Rated], period: Period | None, key: str) -> Section:
    """A list by reason; indicators with one and the same commentary share a row, as in papers."""
    highlight, heading, intro = _HIGHLIGHTS[key]
    groups: list[list[Rated]] = []
    for item in rated:
        if item.highlight is not highlight:
            continue
        text = _highlight_text(item)
        if groups and text and _highlight_text(groups[-1][0]) == text:
            groups[-1].append(item)
        else:
            groups.append([item])
    entries = tuple(_shared_entry(key, group, period) for group in groups)
    return Section(key, heading, intro, ("No", "Indicator", "Rating", "Commentary"), entries)


def _highlight_text(item: Rated) -> str | None:
    return item.highlight_commentary or item.commentary


def _shared_entry(key: str, group: Sequence[Rated], period: Period | None) -> Entry:
    if len(group) == 1:
        item = group[0]
        return _entry(key, item, period, item.shown_rating, _highlight_text(item))
    labels = " and ".join(
        part for part in (", ".join(i.label for i in group[:-1]), group[-1].label) if part
    )
    names = "; ".join(item.name for item in group)
    ratings = " / ".join(dict.fromkeys(item.shown_rating for item in group))
    first = _entry(key, group[0], period, ratings, _highlight_text(group[0]))
    joined = "+".join(item.label for item in group)
    when = first.period
    return Entry(
        f"{key}:{joined}@{when}",
        (labels, names, ratings, first.cells[3]),
        keeps=True,
        no=labels,
        indicator=names,
        period=when,
        items=tuple(group),
    )


def _breaches(rated: Sequence[Rated], period: Period | None) -> Section:
    entries = tuple(
        _entry(BREACHES, item, period, item.breach.side, _breach_text(item), keeps=False)
        for item in rated
        if item.breach is not None
    )
    return Section(
        BREACHES,
        "Outside the acceptable range",
        "The following indicators are above or below their acceptable range.",
        ("No", "Indicator", "Breach", "Figure and range"),
        entries,
    )


def _breach_text(item: Rated) -> str:
    """Say by how much an indicator breaches its range; empty where it does not."""
    if item.breach is None or item.actual is None or item.acceptable_range is None:
        return ""
    return breach_sentence(item.actual, item.acceptable_range, item.breach)


def _unreportable(rated: Sequence[Rated], period: Period | None) -> Section:
    entries = tuple(
        _entry(UNREPORTABLE, item, period, "Not rated", _highlight_text(item))
        for item in rated
        if item.is_unreportable
    )
    return Section(
        UNREPORTABLE,
        "Data caveats",
        "We are currently not able to report accurately against the following indicators.",
        ("Indicator Number", "Descriptor", "Rating", "Commentary"),
        entries,
    )


def _basis(items: Sequence[Rated], period: Period | None) -> Section:
    entries = tuple(
        _entry(BASIS, item, period, item.shown_rating, item.rating.reason, keeps=False)
        for item in items
    )
    return Section(
        BASIS,
        "Basis of the ratings",
        "How each amber or red rating was reached. This part is not printed.",
        ("No", "Period", "Rating", "Basis"),
        entries,
    )


def _entry(  # noqa: PLR0913 - an entry is its parts
    section: str,
    item: Rated,
    report_period: Period | None,
    third: str,
    text: str | None,
    *,
    keeps: bool = True,
) -> Entry:
    period = item.period or report_period
    when = period.label if period else ""
    label = item.label
    second = (when or "-") if section == BASIS else item.name
    return Entry(
        f"{section}:{label}@{when}",
        (label, second, third, text or ""),
        keeps,
        label,
        item.name,
        when,
        (item,),
    )
