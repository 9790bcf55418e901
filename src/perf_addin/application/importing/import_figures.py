"""The use case: bring the figures of an extract into the index of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perf_addin.application.about_file import about_file
from perf_addin.application.importing.columns import Shape, Stated, find_columns
from perf_addin.application.importing.decide import Change, Outcome
from perf_addin.application.importing.extract import Extract, Reported
from perf_addin.application.importing.index_entries import Entries, Entry
from perf_addin.application.importing.list_counts import count_list
from perf_addin.application.importing.log_page import Source, log_import
from perf_addin.application.importing.mapping import ImportMapping, read_mapping
from perf_addin.application.importing.matching import Matcher
from perf_addin.application.importing.plan import Planner
from perf_addin.application.importing.reading import ExtractReader
from perf_addin.application.importing.told import Told
from perf_addin.application.importing.writing import write_changes
from perf_addin.application.own_sheets import SETTINGS
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import Index, open_index
from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Finding


class Wanted(NamedTuple):
    """What is asked of an import.

    Attributes:
        settings: what options state about the index; its period is that of the figures whose rows
            state none, and of others the only one that is taken.
        mapping: what options state about the extract; it comes before the Settings sheet.
        overwrite: whether a figure that differs is replaced.
    """

    settings: Settings
    mapping: ImportMapping = ImportMapping()
    overwrite: bool = False


class Imported(NamedTuple):
    """What an import changes, or in a dry run would change.

    Attributes:
        found_in: the index.
        mapping: the mapping that was used.
        extract: the extract.
        shape: how it lies.
        rows: how many of its rows were read.
        changes: what becomes of every cell that a figure was meant for, in the order of the index.
        findings: what else there is to say.
    """

    found_in: Index
    mapping: ImportMapping
    extract: Extract
    shape: Shape
    rows: int
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]

    @property
    def written(self) -> list[Change]:
        """The cells that get another content."""
        return [change for change in self.changes if change.is_written]

    def counts(self) -> dict[Outcome, int]:
        """How many cells have each outcome."""
        outcomes = [change.outcome for change in self.changes]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}


def plan_import(workbook: Workbook, extract: Extract, wanted: Wanted) -> Imported:
    """Work out what an import changes; nothing is written.

    Raises:
        InputError: there is no index, or the extract has no headings that can be understood.
    """
    index = open_index(workbook, wanted.settings)
    mapping = wanted.mapping.over(read_mapping(SETTINGS.find(workbook.sheets), workbook.name))
    entries = Entries(index)
    year = index.settings.financial_year or entries.financial_year
    stated = Stated(mapping.columns, index.settings.period, year)
    listed = [rule.headings() for rule in mapping.counts.values()]
    told = Told(extract.file)
    matcher = Matcher(entries.all, mapping.aliases)
    with about_file(extract.file):
        found = find_columns(extract, stated, listed)
        if found.shape is Shape.LIST:
            counts, rows = count_list(extract, found, stated, mapping.counts, told)
            matched = _matched(counts, matcher, told)
        else:
            reader = ExtractReader(extract, found, stated)
            matched = _matched(reader.read(), matcher, told)
            rows = reader.rows
            told.about_reading(reader)
    in_order = {entry: matched[entry] for entry in entries.all if entry in matched}
    changes = Planner(entries, told, overwrite=wanted.overwrite).plan(in_order)
    if found.sheet.name != extract.file:
        extract = extract._replace(read_as=f"{extract.read_as}, sheet {found.sheet.name!r}")
    return Imported(
        index, mapping, extract, found.shape, rows, tuple(changes), tuple(told.findings)
    )


def _matched(
    reported: Iterable[Reported], matcher: Matcher, told: Told
) -> Mapping[Entry, list[Reported]]:
    """The figures of each indicator; of what has none only its rows are remembered."""
    matched: dict[Entry, list[Reported]] = {}
    for each in reported:
        entry = matcher.find(each)
        if isinstance(entry, Finding):
            told.unplaced(each, entry)
        else:
            told.named(entry, each, stated=matcher.is_stated(each))
            matched.setdefault(entry, []).append(each)
    return matched


def carry_out(workbook: Workbook, planned: Imported, time: str) -> Imported:
    """Write what was planned, and log it; gives it with what could not be written.

    Args:
        workbook: the workbook.
        planned: the plan.
        time: the local time, as it is to stand in the log.

    Raises:
        OutputError: a sheet cannot be written.
    """
    changes, left = write_changes(workbook, planned.changes)
    done = planned._replace(changes=changes, findings=(*planned.findings, *left))
    if done.written:
        source = Source(time, planned.extract.file, planned.extract.sha256, planned.rows)
        log_import(workbook, source, done.written)
    return done
