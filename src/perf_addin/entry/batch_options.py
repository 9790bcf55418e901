"""The options of `batch` and `watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perf_addin.entry.index_options import add_charts
from perf_addin.entry.options import add_formulas, add_rating, add_reading

if TYPE_CHECKING:
    import argparse


def add_batch(command: argparse.ArgumentParser) -> None:
    """Declare the options of `batch`."""
    command.set_defaults(runs="perf_addin.entry.batch")
    command.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="folder (with those below it), workbook, pattern such as '2021/**/*.xlsx', or an "
        "address that fsspec knows, such as s3://bucket/folder",
    )
    command.add_argument(
        "--out",
        metavar="DIR",
        required=True,
        help="folder of results, or its address; made where there is none",
    )
    command.add_argument(
        "--tables",
        choices=("all", "csv", "none"),
        help="tables of all ratings, findings and workbooks: all is CSV and Parquet, csv is CSV "
        "alone; with either the league, summary.html. By default Parquet where it is installed",
    )
    _add_doing(command)
    _add_running(command)


def _add_running(command: argparse.ArgumentParser) -> None:
    """Who works, and for how long."""
    group = command.add_argument_group("running")
    group.add_argument(
        "--force", action="store_true", help="do what was done before again, changed or not"
    )
    group.add_argument(
        "--workers",
        metavar="N",
        help="worker processes; by default one for each core, 0 works in this process",
    )
    group.add_argument(
        "--timeout", metavar="SECONDS", help="the most that one workbook may take; default no limit"
    )
    group.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="work on the Dask cluster at this address, such as tcp://host:8786",
    )
    group.add_argument(
        "--quiet", action="store_true", help="print neither progress nor what is done, only errors"
    )


def add_watch(command: argparse.ArgumentParser) -> None:
    """Declare the options of `watch`."""
    command.set_defaults(runs="perf_addin.entry.watch")
    command.add_argument("folder", metavar="DIR", help="folder to watch, with those below it")
    command.add_argument(
        "--out", metavar="DIR", help="folder of results; by default the folder rated in it"
    )
    _add_doing(command)
    group = command.add_argument_group("watching")
    group.add_argument(
        "--settle",
        metavar="SECONDS",
        help="for how long a workbook must stay as it is before it is worked on; default 2",
    )
    group.add_argument(
        "--poll", metavar="SECONDS", help="how often the folder is looked at; default 1"
    )


def _add_doing(command: argparse.ArgumentParser) -> None:
    """What is done to each workbook."""
    command.add_argument(
        "--only-ratings",
        action="store_true",
        help="write the ratings alone, as recalc does; by default the report too, as report does",
    )
    add_charts(command)
    command.add_argument(
        "--drop-signatures",
        action="store_true",
        help="drop digital signatures, which any change breaks, instead of refusing",
    )
    add_formulas(command)
    add_rating(command)
    add_reading(command)
