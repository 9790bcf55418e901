"""Small indexes for tests, and the way to read and change them as the commands do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook as Book
from openpyxl import load_workbook

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.init_settings import init_settings
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult, rate_index
from perf_addin.application.settings import Settings
from perf_addin.application.write_ratings import write_ratings
from perf_addin.application.write_report import write_report

NOTHING_STATED = Settings()


def index(path: Path, *rows: Sequence[object], sheet: str = "Index") -> Path:
    """Save rows as a workbook with one sheet."""
    book = Book()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def opened(path: Path) -> XlsxWorkbook:
    """A workbook as the commands open it."""
    return XlsxWorkbook(Package.open(path))


def rated(path: Path, settings: Settings = NOTHING_STATED) -> IndexResult:
    """The index of a workbook, rated."""
    return rate_index(opened(path), settings)


def only(path: Path, settings: Settings = NOTHING_STATED) -> Rated:
    """The one indicator of a workbook, rated."""
    (item,) = rated(path, settings).rated
    return item


def with_ratings(result: IndexResult) -> IndexResult:
    """A result of which every indicator holds its rating."""
    items, others = (tuple(map(Rated.told, some)) for some in (result.rated, result.others))
    return result._replace(rated=items, others=others)


def reported(
    source: Path,
    target: Path,
    settings: Settings = NOTHING_STATED,
    *,
    charts: bool | None = None,
) -> IndexResult:
    """Do what `perf-addin report` does, with or without `--charts` or `--no-charts`."""
    workbook = opened(source)
    result = rate_index(workbook, settings)
    found = write_ratings(workbook, result)
    found += write_report(workbook, result, charts=charts)
    save(workbook.package, target, backup=False)
    return result._replace(findings=(*result.findings, *found))


def initialised(source: Path, target: Path, settings: Settings = NOTHING_STATED) -> None:
    """Do what `perf-addin init` does."""
    workbook = opened(source)
    init_settings(workbook, settings)
    save(workbook.package, target, backup=False)


def cells(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """A sheet's values by row, as openpyxl reads them."""
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))


def change(path: Path, sheet: str, values: Mapping[str, str | float | None]) -> Path:
    """Type into cells of a workbook, as a person would in Excel."""
    book = load_workbook(path)
    for address, value in values.items():
        book[sheet][address] = value
    book.save(path)
    return path


def codes(result: IndexResult) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in result.findings]
