"""Commentary held against the figures: what is missing, stale, contradicted or not to be published.

The commentary of an indicator is what people typed into the exception report; without a report, or
with an empty cell there, what the index holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.commentary_texts import Commentary, Texts, place_of, plain
from perf_addin.application.diff.picture import Held
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.report_sheet import COMMENTARY_WIDTH
from perf_addin.application.row_heights import HIGHEST_POINTS, row_height
from perf_addin.domain.commentary import (
    Claim,
    claims,
    personal_data,
    quoted_percentages,
    says_see_below,
)
from perf_addin.domain.direction import Direction, direction_of_travel
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period

_TEXT_SIZE = 10.0


def check_commentary(workbook: Workbook, rows: Sequence[IndexRow]) -> Iterator[Finding]:
    """Hold every commentary against the figures.

    Args:
        workbook: the workbook, for its report and its history.
        rows: the indicators of its index with all that their rows hold.

    Yields:
        What a person should look at; each sentence says what was read, and nothing is changed.
    """
    texts = Texts(workbook)
    for row in rows:
        item = row.item
        commentary = texts.of(item)
        if commentary is None:
            if item.is_exception:
                yield _missing(item)
            continue
        yield from _about(row, commentary, texts.earlier(item))
    for item in (row.item for row in rows):
        if item.highlight_commentary and item.highlight_commentary != item.commentary:
            place = Commentary(item.highlight_commentary, item.sheet, place_of(item))
            yield from _not_to_be_published(item, place)


def _about(row: IndexRow, found: Commentary, earlier: Mapping[str, str]) -> Iterator[Finding]:
    item = row.item
    yield from _unchanged(item, found, earlier)
    yield from _contradicted(row, found)
    yield from _unknown_figures(row, found)
    if says_see_below(found.text) and item.highlight is None and not item.highlight_commentary:
        yield _finding(
            "nothing-below",
            item,
            found,
            "points to a text below, but the index has none for it. Give it a highlight (Of note) "
            "and highlight commentary, or write the commentary itself.",
        )
    if row_height([(found.text, COMMENTARY_WIDTH)], _TEXT_SIZE) >= HIGHEST_POINTS:
        yield _finding(
            "commentary-too-long",
            item,
            found,
            f"is {len(found.text):,} characters long, more than a row of the report's table can "
            "show. Shorten it, or move it to a paragraph of its own.",
        )
    yield from _not_to_be_published(item, found)


def _missing(item: Rated) -> Finding:
    return Finding(
        "commentary-missing",
        Severity.WARNING,
        f"Indicator {item.label}: it is {item.shown_rating} and has no commentary. Ask the service "
        "for one.",
        item.sheet,
        place_of(item) or item.place.name,
    )


def _unchanged(item: Rated, found: Commentary, earlier: Mapping[str, str]) -> Iterator[Finding]:
    for period, text in earlier.items():
        if plain(text) == plain(found.text):
            yield _finding(
                "commentary-unchanged",
                item,
                found,
                f"is word for word that of {period or 'an earlier period'}. Ask the service "
                "whether it still holds.",
            )
            return


def _contradicted(row: IndexRow, found: Commentary) -> Iterator[Finding]:
    """Claims that neither the figure before nor that of a year before bears out."""
    item = row.item
    if item.actual is None or item.period is None:
        return
    before = _before(row.entries, item.period)
    for claim in sorted(claims(found.text)):
        verdicts = {_bears_out(claim, item, value) for _, value in before}
        if before and verdicts == {False}:
            shown = " and ".join(f"{held.shown} in {p.label}" for p, held in _shown(row, before))
            yield _finding(
                "commentary-contradicted",
                item,
                found,
                f"says that something has {claim.value}, but the figure for {item.period.label} "
                f"does not show it against {shown}. Check which of the two is right.",
            )


def _before(entries: Mapping[Period, Held], period: Period) -> list[tuple[Period, Decimal]]:
    """The figure before, and that of the same period last year, where there are any."""
    earlier = {
        p: held.content.value
        for p, held in entries.items()
        if p < period and p.kind is period.kind and isinstance(held.content, Figure)
    }
    wanted = [p for p in (max(earlier, default=None), period.same_period_last_year()) if p]
    return [(p, earlier[p]) for p in dict.fromkeys(wanted) if p in earlier]


def _shown(
    row: IndexRow, before: Sequence[tuple[Period, Decimal]]
) -> Iterator[tuple[Period, Held]]:
    return ((period, row.entries[period]) for period, _ in before)


def _bears_out(claim: Claim, item: Rated, before: Decimal) -> bool:
    """Whether a figure, against an earlier one, can be what a claim is about; unclear is yes."""
    if item.actual is None:
        return True
    if claim in {Claim.RISEN, Claim.FALLEN}:
        gain = item.actual.value - before
        return gain > 0 if claim is Claim.RISEN else gain < 0
    if item.polarity is None:
        return True
    travel = direction_of_travel(item.actual.value, before, item.polarity, *item.range_of_travel)
    wanted = Direction.BETTER if claim is Claim.IMPROVED else Direction.WORSE
    return travel in {None, wanted}


def _unknown_figures(row: IndexRow, found: Commentary) -> Iterator[Finding]:
    """Percentages that stand in no cell of the indicator's row, as shown with as many decimals."""
    beside = list(_in_points(row))
    unknown = [
        quoted.text
        for quoted in quoted_percentages(found.text)
        if not any(quoted.is_of(value) for value in beside)
    ]
    if unknown:
        yield _finding(
            "commentary-quotes-unknown",
            row.item,
            found,
            f"quotes {', '.join(dict.fromkeys(unknown))}, which is in no cell of the indicator's "
            "row. Check the figure, or say where it comes from.",
        )


def _not_to_be_published(item: Rated, found: Commentary) -> Iterator[Finding]:
    personal = personal_data(found.text)
    if personal is not None:
        kind, text = personal
        yield _finding(
            "personal-data",
            item,
            found,
            f"holds what looks like {kind} ({text!r}). Take it out before anything is published.",
        )


def _finding(code: str, item: Rated, found: Commentary, what: str) -> Finding:
    return Finding(
        code,
        Severity.WARNING,
        f"Indicator {item.label}: the commentary {what}",
        found.sheet,
        found.cell,
    )


def _in_points(row: IndexRow) -> Iterator[Decimal]:
    """Every number in the row, and as points, since it may be a ratio."""
    for cell in row.cells.values():
        if isinstance(cell.value, Decimal):
            yield cell.value
            yield cell.value.scaleb(2)
