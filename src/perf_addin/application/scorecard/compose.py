"""The use case: a published scorecard from a performance index; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perf_addin.application.diff.picture import Picture, Pictured, take_picture
from perf_addin.application.exception_report import build_report
from perf_addin.application.paper.periods import index_title
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.scorecard.beside import Beside
from perf_addin.application.scorecard.groups import read_groups
from perf_addin.application.scorecard.model import Group, Scorecard, ScorecardRow
from perf_addin.application.scorecard.rows import build_row
from perf_addin.application.scorecard.series import Entry, shown_entries
from perf_addin.application.scorecard.withheld import withheld
from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Finding
from perf_addin.domain.periods import Period, PeriodKind
from perf_addin.domain.tolerances import DEFAULT_TOLERANCE

_WITHOUT_GROUP = "Other indicators"
_ALL = "All indicators"


class Composed(NamedTuple):
    """A scorecard, and the index that it was made from."""

    scorecard: Scorecard
    result: IndexResult


class _Shown(NamedTuple):
    """An indicator with what of its figures may be shown."""

    item: Rated
    entries: tuple[Entry, ...]
    withheld: bool


def compose_scorecard(workbook: Workbook, options: Settings) -> Composed:
    """Compose the scorecard of an index.

    A figure that the check of small numbers would suppress is left out with all that follows from
    it: rating, reason, breach, direction of travel and commentary.

    Raises:
        InputError: there is no index, it has no indicators, or what was stated does not fit.
    """
    picture = take_picture(workbook, options)
    result = picture.result
    suppressed = withheld(workbook, picture)
    hidden = frozenset((f.sheet or "", f.cell or "") for f in suppressed)
    shown = [_shown(known, hidden, result.period) for known in picture.indicators]
    firsts = _firsts(shown)
    beside = Beside(workbook, result)
    rows = [
        build_row(each.item, each.entries, firsts, beside, number, withheld=each.withheld)
        for number, each in enumerate(shown, 1)
    ]
    groups = read_groups(workbook, result.rated)
    names = [groups.get((item.sheet, item.row), "") for item in result.rated]
    findings = (*result.findings, *_published(picture, suppressed), *beside.findings)
    scorecard = Scorecard(
        _title(workbook, result),
        build_report((), result.period, asked=result.settings.period is not None).subtitle,
        _basis(result),
        result.file,
        tuple(_grouped(names, rows)),
        findings,
    )
    return Composed(scorecard, result._replace(findings=findings))


def _shown(known: Pictured, hidden: frozenset[tuple[str, str]], until: Period | None) -> _Shown:
    item = known.rated
    is_withheld = item.actual is not None and (item.sheet, item.place.name) in hidden
    entries = shown_entries(item, known.entries, hidden, until)
    return _Shown(item, tuple(entries), is_withheld)


def _published(picture: Picture, suppressed: Iterable[Finding]) -> Iterator[Finding]:
    """Of the figures that are left out, the findings about those that were rated."""
    places = {(item.rated.sheet, item.rated.place.name) for item in picture.indicators}
    return (found for found in suppressed if (found.sheet, found.cell) in places)


def _firsts(shown: Sequence[_Shown]) -> dict[PeriodKind, Period]:
    """The first period of each kind on the scorecard, so that all charts have one time scale."""
    firsts: dict[PeriodKind, Period] = {}
    for entry in (entry for each in shown for entry in each.entries):
        kind = entry.period.kind
        firsts[kind] = min(firsts.get(kind, entry.period), entry.period)
    return firsts


def _grouped(names: Sequence[str], rows: Sequence[ScorecardRow]) -> Iterator[Group]:
    """The groups in the order in which they first occur; a name that comes again joins its first.

    An index without groups is one group.
    """
    order = list(dict.fromkeys(names))
    pairs = sorted(zip(names, rows, strict=True), key=lambda pair: order.index(pair[0]))
    for number, (name, found) in enumerate(groupby(pairs, key=lambda pair: pair[0]), 1):
        title = name or (_ALL if len(order) == 1 else _WITHOUT_GROUP)
        yield Group(f"g{number}", title, tuple(row for _, row in found))


def _title(workbook: Workbook, result: IndexResult) -> str:
    """What stands above the index; a file's name is no title."""
    title = index_title(workbook, result)
    return title if title != workbook.name else "Performance scorecard"


def _basis(result: IndexResult) -> str:
    """Say which of the built-in defaults some rating rests on."""
    used = {name for item in result.rated for name in item.rating.defaults}
    told = []
    if "tolerance" in used:
        told.append(f"amber is a miss of up to {DEFAULT_TOLERANCE}")
    if "polarity" in used:
        told.append("higher is better")
    if not told:
        return ""
    return f"Where the index states nothing else, {' and '.join(told)}."
