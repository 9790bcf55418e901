"""The options of `perf-addin benchmark`."""

from __future__ import annotations

import argparse

from perf_addin.entry.options import (
    add_areas,
    add_formulas,
    add_json,
    add_output,
    add_rating,
    add_reading,
)


def add_benchmark(command: argparse.ArgumentParser) -> None:
    """Declare the options of `benchmark`."""
    command.set_defaults(runs="perf_addin.entry.benchmark")
    command.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    command.add_argument(
        "data",
        metavar="DATA",
        help="published figures (.csv, .xlsx): one row for each measure, area and period",
    )
    command.add_argument(
        "--measure",
        metavar="NO=NAME",
        action="append",
        default=[],
        help="the measure of DATA that an indicator is, where their names differ; may be "
        "repeated; kept on the sheet Benchmarks",
    )
    command.add_argument(
        "--overwrite",
        action="store_true",
        help="replace benchmarks that were typed and differ; formulas never are",
    )
    add_areas(command)
    add_output(command)
    add_formulas(command)
    add_json(command)
    add_rating(command)
    add_reading(command)
