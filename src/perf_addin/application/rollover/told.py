"""What a person should know after a rollover."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from perf_addin.application.choose import read_cell
from perf_addin.application.grid import cell_name
from perf_addin.application.headings import heading_text
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.rollover.blocks import OWN_WORDS, Block, year_of_period
from perf_addin.application.rollover.carried import Target
from perf_addin.application.rollover.changes import Change, What, grouped
from perf_addin.application.rollover.rows import Dropped, Moved
from perf_addin.application.sheets import Sheet
from perf_addin.application.vocabulary import plain_words
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.new_year import year_label

_EMPTIED = frozenset({What.CLEARED, What.TEXT, What.RATING, What.OUTTURN, What.SHIFTED})


def about_figures_left(sheet: Sheet, block: Block) -> Iterator[Finding]:
    """Say where formulas in the months or quarters of the new year give figures already."""
    columns = [c for c, slot in block.slots.items() if slot.year == block.year]
    cells = []
    for row in sheet.rows(block.layout.header_last + 1):
        for column in columns:
            cell = row.get(column)
            if cell is not None and cell.formula and isinstance(read_cell(cell), Figure):
                cells.append(cell_name(row.number, column))
    if cells:
        yield Finding(
            "formula-gives-figure",
            Severity.WARNING,
            f"{grouped(cells)}: a formula gives a figure for the new year already: 0 of an empty "
            "cell, or one from where last year's figures still stand. It will be rated: see to it "
            'that the formula gives "" until there is a figure.',
            sheet.name,
            cells[0],
        )


def about_columns(blocks: Iterable[Block], log: str) -> Iterator[Finding]:
    """Say where a block has no column that its outturn could go to."""
    for block in blocks:
        if block.outturn is None:
            yield Finding(
                "no-earlier-column",
                Severity.WARNING,
                f"No column is headed {year_label(block.year - 1)}, so none took the outturn of "
                f"{year_label(block.year)}; it is on the sheet {log!r}.",
                block.layout.sheet,
            )


def _by_sheet(cells: Sequence[tuple[str, int, int]]) -> dict[str, list[str]]:
    """The addresses of cells, by sheet."""
    found: dict[str, list[str]] = {}
    for sheet, row, column in cells:
        found.setdefault(sheet, []).append(cell_name(row, column))
    return found


def about_unsettled(cells: Sequence[tuple[str, int, int]]) -> Iterator[Finding]:
    """Say which formulas hang on last year's figures and could not be calculated here."""
    for sheet, names in _by_sheet(cells).items():
        yield Finding(
            "result-taken-away",
            Severity.WARNING,
            f"{grouped(names)}: the formula may hang on last year's figures and cannot be "
            "calculated here. Its last result was taken away; Excel calculates the workbook when "
            "it opens it.",
            sheet,
            names[0],
        )


def about_last_year(result: IndexResult, blocks: Iterable[Block], year: int) -> Iterator[Finding]:
    """Say which indicators a check would rate on figures of the year that has ended."""
    moved = {(block.layout.sheet, block.layout.header_first) for block in blocks}
    old = [
        item
        for item in result.rated
        if item.period is not None
        and year_of_period(item.period) <= year
        and (item.sheet, item.layout.header_first) in moved
    ]
    if old:
        yield Finding(
            "rated-on-last-year",
            Severity.WARNING,
            f"{grouped((item.label for item in old), 8)}: the index keeps figures of "
            f"{year_label(year)} as figures to rate, so until one of {year_label(year + 1)} is "
            "entered they are rated on the latest of these, against the new year's target. State "
            "--period.",
            old[0].sheet,
            old[0].place.name,
        )


def about_own_years(block: Block) -> Iterator[Finding]:
    """Say which columns were taken for the index's own years, where their headings name a body."""
    columns = [c for c, slot in block.slots.items() if slot.year < block.year]
    taken = [c for c in columns if c not in block.fields or block.fields[c].period is None]
    texts = {c: heading_text(block.head.parts[c][-1]) for c in sorted(taken)}
    named = {c: text for c, text in texts.items() if plain_words(text) not in OWN_WORDS}
    if named:
        first = next(iter(named))
        yield Finding(
            "own-years-taken",
            Severity.INFO,
            f"{grouped(map(repr, named.values()))}: taken for the index's own earlier years. If "
            "it is another body's, state the column of the year before with "
            "--column 'Previous=COLUMN'.",
            block.layout.sheet,
            cell_name(block.layout.header_last, first),
        )


def about_targets(targets: Sequence[Target], year: int, log: str) -> Iterator[Finding]:
    """Say how many targets wait to be confirmed."""
    if targets:
        first = targets[0]
        labels = grouped((item.no or item.name for item in targets), 8)
        yield Finding(
            "target-unconfirmed",
            Severity.WARNING,
            f"{labels}: the target of {year_label(year)} was carried into {year_label(year + 1)}. "
            f"Confirm each on the sheet {log!r}, or change it in the index.",
            first.sheet,
            cell_name(first.row, first.column),
        )


def about_dropped(dropped: Sequence[Dropped], log: str) -> Iterator[Finding]:
    """Say which column of the oldest year dropped out, and where its figures are kept."""
    by_sheet: dict[str, list[Dropped]] = {}
    for item in dropped:
        by_sheet.setdefault(item.sheet, []).append(item)
    for sheet, items in by_sheet.items():
        headings = grouped(dict.fromkeys(repr(item.heading) for item in items), 3)
        yield Finding(
            "oldest-year-dropped",
            Severity.INFO,
            f"{headings}: the oldest year has no column any more. What stood there is on the "
            f"sheet {log!r}, cell by cell ({len(items)} in all).",
            sheet,
            items[0].cell,
        )


def about_formulas(left: Sequence[tuple[str, int, int]]) -> Iterator[Finding]:
    """Say where a formula stands in a cell that a figure or an emptied cell was due in."""
    for sheet, cells in _by_sheet(left).items():
        yield Finding(
            "formula-left",
            Severity.WARNING,
            f"{grouped(cells)}: a formula stands there, and was left. See that it gives what its "
            "column is headed now.",
            sheet,
            cells[0],
        )


def about_comments(
    changes: Iterable[Change], commented: Mapping[str, Collection[tuple[int, int]]]
) -> Iterator[Finding]:
    """Say which comments stand on figures that are gone."""
    by_sheet: dict[str, list[str]] = {}
    for change in changes:
        if change.what in _EMPTIED and (change.row, change.column) in commented[change.sheet]:
            by_sheet.setdefault(change.sheet, []).append(change.cell)
    for sheet, cells in by_sheet.items():
        yield Finding(
            "comment-left",
            Severity.INFO,
            f"{grouped(cells)}: the comment was left, though its figure has gone. Delete it where "
            "it no longer holds.",
            sheet,
            cells[0],
        )


def about_charts() -> Finding:
    """Say that charts keep what they drew last until somebody opens the workbook."""
    return Finding(
        "chart-shows-last-year",
        Severity.INFO,
        "Charts draw the same cells as before. They keep a picture of last year's figures until "
        "the workbook is opened and saved in Excel.",
    )


def about_caveats(moved: Iterable[Moved]) -> Iterator[Finding]:
    """Say which data caveats were carried."""
    by_sheet: dict[str, list[str]] = {}
    for item in (item for each in moved for item in each.caveats):
        by_sheet.setdefault(item.sheet, []).append(item.label)
    for sheet, labels in by_sheet.items():
        yield Finding(
            "caveat-carried",
            Severity.INFO,
            f"{grouped(labels, 8)}: the data caveat was carried. Take it away where it no longer "
            "holds.",
            sheet,
        )
