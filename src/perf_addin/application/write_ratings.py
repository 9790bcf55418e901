"""The use case: write ratings into the index, and leave what a person typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter

from perf_addin.application.grid import CellWrite, LeftCell, Look
from perf_addin.application.layout import Layout
from perf_addin.application.rated import Place, Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.remarks import WORDS
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.findings import Finding, Severity

if TYPE_CHECKING:
    from perf_addin.application.ports import Workbook

RATING_HEADING = "Rating"
REASON_HEADING = "Rating reason"


_LOOKS: dict[str | None, Look] = {None: Look.PLAIN, **{look.value: look for look in Look}}
_new_write = tuple.__new__  # a third of the time of calling the class
_layout_of = attrgetter("grounds.layout")
_Blocks = dict[int, tuple[Layout, list[Rated]]]
_Added = tuple[int, int] | tuple[None, None]
"""Columns for a rating and its reason that are put behind those of a sheet; mostly none are."""


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
    stated, overwrite = result.settings.ratings_in_words, result.settings.overwrite_typed
    for layout in result.layouts:
        sheet = layout.sheet
        blocks = _by_block(result.rated, sheet)
        others = [item for item in result.others if item.sheet == sheet]
        words = _in_words(chain(*(items for _, items in blocks.values()), others), stated=stated)
        writes: list[CellWrite] = []
        last = max((block.last_column for block, _ in blocks.values()), default=layout.last_column)
        for block, items in blocks.values():
            added = _added_columns(block, last)
            writes += _headings(block, added)
            writes += _writes(items, added, words=words, overwrite=overwrite)
            unjudged = [item for item in others if item.typed is None]
            writes += _writes(unjudged, added, words=words, overwrite=False)
        left: list[LeftCell] = []
        workbook.write(sheet, writes, left)
        if left:
            rated = [item for item in result.rated if item.sheet == sheet]
            findings += (_not_written(cell, sheet, [*rated, *others]) for cell in left)
    return findings


def _by_block(rated: Iterable[Rated], sheet: str) -> _Blocks:
    """A sheet's indicators by the first header row of their block, each with its layout."""
    blocks: _Blocks = {}
    for layout, items in groupby(rated, _layout_of):  # those of a block follow each other
        if layout.sheet == sheet:
            _, held = blocks.get(layout.header_first, (layout, []))
            held += items
            blocks[layout.header_first] = layout, held
    return blocks


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


def _added_columns(layout: Layout, last: int) -> _Added:
    if any(column.field is Field.RATING for column in layout.columns):
        return None, None
    return last + 1, last + 2


def _headings(layout: Layout, added: _Added) -> Iterator[CellWrite]:
    row = layout.header_last
    like = (row, layout.last_column)
    for column, heading in zip(added, (RATING_HEADING, REASON_HEADING), strict=True):
        if column is not None:
            yield CellWrite(row, column, heading, like=like)


def _in_words(rated: Iterable[Rated], *, stated: bool | None) -> bool:
    """Whether ratings are written in words: as stated, else as the column has them already."""
    if stated is not None:
        return stated
    typed = [each for item in rated if (each := item.grounds.typed) is not None]
    texts = [each.text for each in typed if each.letter]
    return bool(texts) and sum(len(text) > 1 for text in texts) * 2 > len(texts)


def _writes(
    items: Sequence[Rated], added: _Added, *, words: bool, overwrite: bool
) -> Iterator[CellWrite]:
    added_rating, added_reason = added
    for item in items:
        row, grounds = item.row, item.grounds
        typed = grounds.typed
        if typed is None or (overwrite and typed.replaced):
            column = grounds.rating_column or added_rating
            if column is not None:
                letter = item.letter
                text = WORDS[letter] if words and letter else letter
                like = (row, grounds.actual_column or item.place.column)
                yield _new_write(CellWrite, (row, column, text, _LOOKS[letter], like))
        column = grounds.reason_column or added_reason
        if column is not None:
            yield CellWrite(row, column, item.rating.reason)
