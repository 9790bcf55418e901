"""The use case: write ratings into the index, and leave what a person typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.grid import CellWrite, LeftCell, Look
from perf_addin.application.layout import Layout
from perf_addin.application.rated import Place, Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.typed import WORDS
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple
from perf_addin.domain.findings import Finding, Severity

if TYPE_CHECKING:
    from perf_addin.application.ports import Workbook

RATING_HEADING = "Rating"
REASON_HEADING = "Rating reason"


_LOOKS: dict[str | None, Look] = {None: Look.PLAIN, **{look.value: look for look in Look}}
_new_write = tuple.__new__  # a third of the time of calling the class


class _Columns(NamedTuple):
    """Where the ratings of a sheet go when it has no column for them."""

    rating: int
    reason: int


def write_ratings(workbook: Workbook, result: IndexResult) -> list[Finding]:
    """Write every rating into the rating column of its sheet.

    A typed rating, and one that a formula gives, is left as it is unless overwriting was asked
    for (formulas are never overwritten). A sheet without a rating column gets two columns after
    its last one: the rating and its reason. A cell that cannot be written without damage is left.
    With one row for each indicator and period every row gets its own rating; rows of other
    periods than the rated one stay as they are where their rating is typed.

    Returns:
        What was left, and why.

    Raises:
        OutputError: a sheet cannot be written at all.
    """
    findings: list[Finding] = []
    for layout in result.layouts:
        sheet = layout.sheet
        rated = [item for item in result.rated if item[0].sheet == sheet]
        others = [item for item in result.others if item[0].sheet == sheet]
        words = _in_words([*rated, *others], stated=result.settings.ratings_in_words)
        writes: list[CellWrite] = []
        blocks = {block.header_first: block for block in (item[0] for item in rated)}
        last = max((block.last_column for block in blocks.values()), default=layout.last_column)
        for block in blocks.values():
            added = _added_columns(block, last)
            if added is not None:
                writes += _headings(block, added)
            first = block.header_first
            items = [item for item in rated if item[0].header_first == first]
            overwrite = result.settings.overwrite_typed
            writes += _writes(items, added, words=words, overwrite=overwrite)
            unjudged = [item for item in others if item.typed is None]
            writes += _writes(unjudged, added, words=words, overwrite=False)
        left: list[LeftCell] = []
        workbook.write(layout.sheet, writes, left)
        findings += (_not_written(cell, layout.sheet, [*rated, *others]) for cell in left)
    return findings


def _not_written(cell: LeftCell, sheet: str, rated: Sequence[Rated]) -> Finding:
    """Say which rating, reason or heading was left out."""
    label = next((item.label for item in rated if item.row == cell.row), None)
    whose = "A heading" if label is None else f"Indicator {label}: its rating or reason"
    return Finding(
        "cell-not-written",
        Severity.WARNING,
        f"{whose} was not written. {cell.why}",
        sheet,
        Place(cell.row, cell.column).name,
    )


def _added_columns(layout: Layout, last: int) -> _Columns | None:
    if any(column.field is Field.RATING for column in layout.columns):
        return None
    return _Columns(last + 1, last + 2)


def _headings(layout: Layout, added: _Columns) -> Iterator[CellWrite]:
    row = layout.header_last
    like = (row, layout.last_column)
    yield CellWrite(row, added.rating, RATING_HEADING, like=like)
    yield CellWrite(row, added.reason, REASON_HEADING, like=like)


def _in_words(rated: Sequence[Rated], *, stated: bool | None) -> bool:
    """Whether ratings are written in words: as stated, else as the column has them already."""
    if stated is not None:
        return stated
    texts = [item.typed.text for item in rated if item.typed and item.typed.letter]
    return bool(texts) and sum(len(text) > 1 for text in texts) * 2 > len(texts)


def _writes(
    items: Sequence[Rated], added: _Columns | None, *, words: bool, overwrite: bool
) -> Iterator[CellWrite]:
    for item in items:
        letter = item.rating.letter
        place = item.rating_place or (Place(item.row, added.rating) if added else None)
        typed = item.typed
        if place is not None and (typed is None or (overwrite and typed.replaced)):
            text = WORDS[letter] if letter and words else letter
            like = (item.row, (item.actual_place or item.place).column)
            yield _new_write(CellWrite, (*place, text, _LOOKS[letter], like))
        reason = item.reason_place or (Place(item.row, added.reason) if added else None)
        if reason is not None:
            yield CellWrite(reason.row, reason.column, item.rating.reason)
