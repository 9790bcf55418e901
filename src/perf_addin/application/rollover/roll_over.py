"""The use case: make next year's index out of this year's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from perf_addin.application.formulas.book import FormulaWorkbook, Key
from perf_addin.application.formulas.engine import FormulaEngine
from perf_addin.application.functions import Defaults
from perf_addin.application.own_sheets import ROLLOVER
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult, rate_index, settings_of
from perf_addin.application.recalculate import How, recalculate
from perf_addin.application.rollover import told
from perf_addin.application.rollover.blocks import Block, read_block
from perf_addin.application.rollover.carried import Target
from perf_addin.application.rollover.changes import Change, Changes, RichWorkbook
from perf_addin.application.rollover.formula_headings import (
    move_what_headings_come_from,
    refuse_old_headings,
)
from perf_addin.application.rollover.log_page import Logged, lay_out_log, read_log
from perf_addin.application.rollover.month_rows import find_month_rows, move_month_rows
from perf_addin.application.rollover.outturn import Taken, about_outturns
from perf_addin.application.rollover.paint import PaintedWorkbook, take_paint_away
from perf_addin.application.rollover.rows import Dropped, Moved, move_headings, move_rows
from perf_addin.application.rollover.scales import about_scales, bring_to_scale
from perf_addin.application.rollover.settings_rows import move_settings
from perf_addin.application.rollover.support import sheets_behind, support_block
from perf_addin.application.rollover.tables import renamed_headings
from perf_addin.application.rollover.texts import about_marks, put_texts_away, renew_own_sheets
from perf_addin.application.rollover.titles import (
    about_quoted_years,
    about_texts_beside_cells,
    is_ours,
    look_for_leftovers,
    move_titles,
)
from perf_addin.application.rollover.which_year import about_left, blocks_of, ending_year
from perf_addin.application.settings import Settings
from perf_addin.domain.declaring import NamedTuple, Protocol
from perf_addin.domain.errors import InputError
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.new_year import year_label

_LAST_ROW = 1_048_576
_KEPT = frozenset({"formula-not-calculated", "depends-on-uncalculated"})
"""What a calculation says of results that it kept; here those that matter are taken away."""


class YearWorkbook(FormulaWorkbook, RichWorkbook, PaintedWorkbook, Protocol):
    """A workbook whose formulas, tables and comments can be seen to when the year ends."""

    @property
    def has_charts(self) -> bool:
        """Whether it holds charts, which keep a copy of the figures that they draw."""

    def texts_beside_cells(self) -> Iterator[tuple[str, str]]:
        """Texts in charts, drawings, and headers and footers of pages, each with where it is."""

    def commented_cells(self, sheet: str) -> Collection[tuple[int, int]]:
        """The cells of a sheet that carry a comment, each by its row and column."""

    def rename_table_columns(self, renamed: Mapping[str, Mapping[int, str]]) -> None:
        """Rename columns of tables, and in every formula of the workbook that names them."""

    def ask_for_calculation(self) -> None:
        """Ask whatever opens the workbook to calculate all of it."""


class RolledOver(NamedTuple):
    """What became of an index when its year ended.

    Attributes:
        year: starting year of the financial year that ended.
        changes: every cell of the user's sheets that changed.
        taken: the outturn of every indicator.
        targets: the targets that were carried and wait to be confirmed.
        dropped: the figures of the oldest year, which has no column any more.
        log_sheet: the name of the sheet that keeps all this.
        result: the new index, rated.
        findings: everything that should be known.
    """

    year: int
    changes: tuple[Change, ...]
    taken: tuple[Taken, ...]
    targets: tuple[Target, ...]
    dropped: tuple[Dropped, ...]
    log_sheet: str
    result: IndexResult
    findings: tuple[Finding, ...]


def roll_over(
    workbook: YearWorkbook,
    options: Settings,
    to_year: int | None,
    engine: Callable[[], FormulaEngine],
) -> RolledOver:
    """Make next year's index: the workbook is changed in memory, and is to be saved elsewhere.

    Args:
        workbook: this year's index.
        options: what was stated about it.
        to_year: starting year of the year that begins; None for the one after the index's.
        engine: gives the formula engine.

    Raises:
        InputError: there is no index, it has one row for each period, its year is not known or
            not the one before, or its earlier years cannot be told apart.
        OutputError: a sheet cannot be written.
    """
    settings = settings_of(workbook, options)
    defaults = Defaults(settings.tolerance, settings.polarity)
    first = recalculate(workbook, How.AUTO, engine, defaults)
    before = rate_index(workbook, options)
    year = ending_year(before, to_year, options.financial_year)
    rollover = _Rollover(workbook, before, year)
    rollover.move()
    found = recalculate(workbook, How.AUTO, engine, defaults, rollover.changes.places())
    told_of = dict.fromkeys((*first.findings, *found.findings))
    rollover.findings += (finding for finding in told_of if finding.code not in _KEPT)
    if found.unsettled:
        _forget(workbook, found.unsettled)
        rollover.findings += told.about_unsettled(found.unsettled)
    return rollover.finish(options)


def _forget(workbook: YearWorkbook, cells: Sequence[Key]) -> None:
    """Take away results that hang on last year's figures, and ask for them to be worked out."""
    for sheet in {sheet for sheet, _, _ in cells}:
        here = [(row, column) for name, row, column in cells if name == sheet]
        workbook.put_results(sheet, dict.fromkeys(here))
    workbook.ask_for_calculation()


class _Rollover:
    """One rollover: what it moves, and what it has to tell."""

    def __init__(self, workbook: YearWorkbook, before: IndexResult, year: int) -> None:
        self._workbook = workbook
        self._before = before
        self._year = year
        self._sheets = {sheet.name: sheet for sheet in workbook.sheets}
        self._blocks = [
            (read_block(self._sheets[layout.sheet], layout, year, file=before.file), last)
            for layout, last in blocks_of(before, year)
        ]
        self._behind: list[Block] = []
        self._moved: list[Moved] = []
        self._headers: dict[str, int] = {}
        self.changes = Changes(from_1904=workbook.from_1904)
        self.findings: list[Finding] = about_left(before, year)

    def move(self) -> None:
        """Move everything on by a year and write it."""
        workbook, changes = self._workbook, self.changes
        below: dict[str, int] = {}
        for block, last in self._blocks:
            rated = {i.row: i for i in self._before.rated if i.layout == block.layout}
            first = below.get(block.layout.sheet, 0) + 1
            self._moved.append(self._move(block, (first, last), rated))
            below[block.layout.sheet] = max(rated, default=block.layout.header_last)
        for block in self._find_behind():
            self._behind.append(block)
            self._move(block, (1, _LAST_ROW), {})
        move_settings(workbook, changes, (block for block, _ in self._blocks), self._year)
        move_what_headings_come_from(workbook, changes, self._year)
        blocks = [*(block for block, _ in self._blocks), *self._behind]
        renamed = renamed_headings(workbook, changes, blocks)
        self.findings += changes.write(workbook)
        workbook.rename_table_columns(renamed)
        scaled = bring_to_scale(workbook, changes.made, changes.came_from)
        changes.correct({each.key: each.value for each in scaled})
        self.findings += about_scales(scaled)
        ratings = [place for moved in self._moved for place in moved.ratings]
        self.findings += take_paint_away(workbook, ratings, changes.made)

    def _move(self, block: Block, rows: tuple[int, int], rated: Mapping[int, Rated]) -> Moved:
        """Move a block on, given the first and the last row that may be its own."""
        sheet, changes = self._sheets[block.layout.sheet], self.changes
        move_titles(sheet, (rows[0], block.layout.header_first), self._year, changes)
        move_headings(sheet, block, changes)
        return move_rows(sheet, block, rows[1], rated, changes)

    def _find_behind(self) -> Iterator[Block]:
        """The sheets that the index takes its figures from; of others like them it is told."""
        index = {layout.sheet for layout in self._before.layouts}
        named = sheets_behind(self._workbook, [block for block, _ in self._blocks])
        for sheet in self._workbook.sheets:
            if sheet.name in index or is_ours(sheet):
                continue
            block = support_block(sheet, self._year)
            rows = find_month_rows(sheet, self._year) if block is None else None
            if block is not None and sheet.name in named:
                yield block
            elif rows is not None and sheet.name in named:
                move_month_rows(sheet, rows, self._year, self.changes)
                self._headers[sheet.name] = rows.first
            elif block is not None or rows is not None:
                self.findings.append(_unrelated(sheet.name, self._year))

    def finish(self, options: Settings) -> RolledOver:
        """Write the sheets of ours, and say what is to be known."""
        workbook, year = self._workbook, self._year
        result = self._rated_anew(options)
        refuse_old_headings(result, (block for block, _ in self._blocks), year)
        taken = [item for moved in self._moved for item in moved.taken]
        targets = [item for moved in self._moved for item in moved.targets]
        dropped = [item for moved in self._moved for item in moved.dropped]
        texts = [item for moved in self._moved for item in moved.texts]
        self.findings += renew_own_sheets(workbook, result)
        moved_blocks = [block for block, _ in self._blocks]
        self.findings += told.about_last_year(result, moved_blocks, year)
        put_texts_away(workbook, texts, year)
        existing = ROLLOVER.find(workbook.sheets)
        log = existing.name if existing is not None else ROLLOVER.free_name(workbook.sheets)
        earlier = read_log(existing)
        logged = Logged(year, taken, targets, dropped)
        workbook.put_sheet(lay_out_log(log, logged, earlier))
        self.findings += self._about_what_moved(logged, log)
        self.findings += about_marks(texts)
        self.findings += self._about_what_was_left()
        return RolledOver(
            year,
            tuple(self.changes.made),
            tuple(taken),
            tuple(targets),
            tuple(dropped),
            log,
            result,
            tuple(dict.fromkeys(self.findings)),
        )

    def _rated_anew(self, options: Settings) -> IndexResult:
        """The new index, rated; empty where nothing but figures told its rows from group rows."""
        stated = options._replace(financial_year=self._year + 1, period=None)
        try:
            return rate_index(self._workbook, stated)
        except InputError:
            return self._before._replace(rated=(), others=(), period=None, findings=())

    def _about_what_moved(self, logged: Logged, log: str) -> Iterator[Finding]:
        blocks = [block for block, _ in self._blocks]
        yield from told.about_columns(blocks, log)
        for block in blocks:
            yield from told.about_own_years(block)
        yield from about_outturns(logged.taken, self._year)
        yield from told.about_targets(logged.targets, self._year, log)
        yield from told.about_dropped(logged.dropped, log)

    def _about_what_was_left(self) -> Iterator[Finding]:
        workbook, made = self._workbook, self.changes.made
        commented = {name: workbook.commented_cells(name) for name in {c.sheet for c in made}}
        yield from told.about_formulas(self.changes.formulas_left)
        for block, _ in self._blocks:
            yield from told.about_figures_left(self._sheets[block.layout.sheet], block)
        yield from told.about_comments(made, commented)
        yield from told.about_caveats(self._moved)
        if workbook.has_charts:
            yield told.about_charts()
        blocks = [*(block for block, _ in self._blocks), *self._behind]
        headers = self._headers | {b.layout.sheet: b.layout.header_first for b in reversed(blocks)}
        yield from look_for_leftovers(workbook, self._year, self.changes.places(), headers)
        yield from about_quoted_years(workbook, self._year)
        yield from about_texts_beside_cells(workbook.texts_beside_cells(), self._year)


def _unrelated(sheet: str, year: int) -> Finding:
    return Finding(
        "sheet-left",
        Severity.WARNING,
        f"The sheet has months or quarters of {year_label(year)}, but no formula of the index "
        "refers to it, so it was left as it is.",
        sheet,
    )
