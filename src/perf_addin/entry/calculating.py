"""Formulas worked out before an index is rated, as the options ask."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection
    from pathlib import Path

    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
    from perf_addin.application.formulas.cells import Recalculated
    from perf_addin.application.formulas.engine import FormulaEngine
    from perf_addin.application.settings import Settings
    from perf_addin.domain.findings import Finding
    from perf_addin.entry.rating_work import RatingWork


def calculate(
    options: argparse.Namespace | RatingWork,
    workbook: XlsxWorkbook,
    settings: Settings,
    altered: Collection[tuple[str, int, int]] = (),
) -> Recalculated | None:
    """Work out the formulas that need it; None where nothing did. Excel is asked to, if wanted.

    Cells that were written are given as `altered`, by sheet, row and column.
    """
    found = _work_out(options, workbook, settings, altered)
    _ask_excel(options, workbook)
    return found


def _ask_excel(options: argparse.Namespace | RatingWork, workbook: XlsxWorkbook) -> None:
    """Ask Excel to calculate, where that is wanted; sooner, no stored result would be trusted."""
    if getattr(options, "calculate_on_open", False):
        workbook.ask_for_calculation()


def _work_out(
    options: argparse.Namespace | RatingWork,
    workbook: XlsxWorkbook,
    settings: Settings,
    altered: Collection[tuple[str, int, int]],
) -> Recalculated | None:
    if options.recalc == "never" or not workbook.any_formula():
        return None
    from perf_addin.application.functions.values import Defaults  # noqa: PLC0415 - few need it
    from perf_addin.application.rating_index import settings_of  # noqa: PLC0415
    from perf_addin.application.recalculate import How, recalculate  # noqa: PLC0415

    stated = settings_of(workbook, settings)
    defaults = Defaults(stated.tolerance, stated.polarity)
    found = recalculate(workbook, How(options.recalc), _engine, defaults, altered)
    return found if found.calculated else None


def open_to_read(
    options: argparse.Namespace, file: Path, settings: Settings
) -> tuple[XlsxWorkbook, tuple[Finding, ...]]:
    """Open a workbook that is only read, its formulas worked out as the options ask.

    The results are held in memory, so a digital signature does not stand in the way. Whatever is
    to be written belongs into a workbook that is opened anew.

    Returns:
        The workbook, and what should be known of the calculation.

    Raises:
        InputError: the workbook cannot be used.
    """
    from perf_addin.adapters.xlsx.package import Package  # noqa: PLC0415 - not for --help
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook  # noqa: PLC0415

    workbook = XlsxWorkbook(Package.open(file, drop_signatures=True))
    return workbook, calculate_first(options, workbook, settings)


def calculate_first(
    options: argparse.Namespace, workbook: XlsxWorkbook, settings: Settings
) -> tuple[Finding, ...]:
    """Work out the formulas that need it before anything is rated; give what should be known."""
    calculated = _work_out(options, workbook, settings, ())
    return calculated.findings if calculated is not None else ()


def calculate_last(
    options: argparse.Namespace,
    workbook: XlsxWorkbook,
    settings: Settings,
    cells: Collection[tuple[str, int, int]],
) -> tuple[Finding, ...]:
    """Work out what depends on cells that were filled meanwhile; give what should be known.

    Excel is asked to calculate the workbook, if that is wanted, whether or not any cell was.
    """
    calculated = _work_out(options, workbook, settings, cells) if cells else None
    _ask_excel(options, workbook)
    return calculated.findings if calculated is not None else ()


def _engine() -> FormulaEngine:
    """The engine; loaded only where a formula needs it."""
    from perf_addin.adapters.formula_engine.engine import Formualizer  # noqa: PLC0415

    return Formualizer()
