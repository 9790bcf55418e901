"""The options of `perf-addin import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perf_addin.entry.options import add_json, add_output, add_reading, add_recalc

if TYPE_CHECKING:
    import argparse


def add_import(command: argparse.ArgumentParser) -> None:
    """Declare the options of `import`."""
    command.set_defaults(runs="perf_addin.entry.import_data")
    command.add_argument("files", metavar="FILE", nargs=1, help="workbook (.xlsx, .xlsm)")
    command.add_argument(
        "extract", metavar="EXTRACT", help="extract with the figures (.csv, .txt, .xlsx, .xlsm)"
    )
    command.add_argument(
        "--dry-run",
        action="store_true",
        help="show every cell that would change, old and new; write nothing",
    )
    command.add_argument(
        "--overwrite", action="store_true", help="replace figures that differ from the extract's"
    )
    _add_extract(command)
    add_output(command)
    add_recalc(command)
    add_json(command)
    add_reading(command)


def _add_extract(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group(
        "extract (--map, --indicator and --count may stand on the Settings sheet)"
    )
    group.add_argument(
        "--period",
        metavar="P",
        help="period of figures whose rows state none, such as 'Aug 2021'; of those that do, only "
        "this period is taken",
    )
    group.add_argument("--extract-sheet", metavar="NAME", help="sheet of a workbook with figures")
    group.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="column of the extract, by heading or letter, for No, Indicator, Period, Year, Value, "
        "Numerator or Denominator; may be repeated",
    )
    group.add_argument(
        "--indicator",
        metavar="NAME=NO",
        action="append",
        default=[],
        help="what the extract calls an indicator, and its number or name in the index; may be "
        "repeated",
    )
    group.add_argument(
        "--count",
        metavar="NO=RULE",
        action="append",
        default=[],
        help='count the rows of a list, such as \'2=rows where "In time" = "Yes" of all rows by '
        'month of "Closed on"\'; may be repeated',
    )
    group.add_argument(
        "--save-mapping",
        action="store_true",
        help="keep --map, --indicator and --count on the Settings sheet for the next import",
    )
