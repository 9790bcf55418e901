"""The command `eval`: formulas in, what they come to out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.application.evaluate import Evaluator, surroundings_of
from perf_addin.application.functions import Defaults, ExcelError, Scalar, Value
from perf_addin.domain.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.formulas.engine import FormulaEngine


DONE, USAGE = 0, 2


def run(options: argparse.Namespace) -> int:
    """Print what each formula comes to; the exit code says whether all could be read.

    Raises:
        UsageError: there is no formula.
        InputError: the workbook cannot be used.
    """
    if not options.formulas and not options.stdin:
        raise UsageError("found no formula, expected one such as 'RAG(88, 91)', or --stdin.")
    evaluator = _evaluator(options)
    all_read = True
    for formula in _formulas(options):
        try:
            _print(evaluator.evaluate(formula), as_json=options.json)
        except UsageError as error:
            all_read = False
            print(f"perf-addin: {error}", file=sys.stderr)
            if options.json:
                print(json.dumps({"failed": str(error)}, ensure_ascii=False))
    return DONE if all_read else USAGE


def _formulas(options: argparse.Namespace) -> Iterator[str]:
    yield from options.formulas
    if options.stdin:
        yield from (line for line in sys.stdin if line.strip())


def _evaluator(options: argparse.Namespace) -> Evaluator:
    if options.file is None:
        return Evaluator(None, _engine, Defaults())
    from perf_addin.adapters.xlsx.package import Package  # noqa: PLC0415 - only with --file
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook  # noqa: PLC0415
    from perf_addin.application.rating_index import settings_of  # noqa: PLC0415
    from perf_addin.application.settings import Settings  # noqa: PLC0415

    workbook = XlsxWorkbook(Package.open(Path(options.file)))
    stated = settings_of(workbook, Settings())
    defaults = Defaults(stated.tolerance, stated.polarity)
    return Evaluator(surroundings_of(workbook, options.sheet), _engine, defaults)


def _engine() -> FormulaEngine:
    from perf_addin.adapters.formula_engine.engine import (  # noqa: PLC0415 - many need none
        Formualizer,
    )

    return Formualizer()


def _print(value: Value, *, as_json: bool) -> None:
    if as_json:
        kind = "error" if isinstance(value, ExcelError) else "value"
        print(json.dumps({kind: value}, ensure_ascii=False))
        return
    rows = value if isinstance(value, list) else [[value]]
    for row in rows:
        print("\t".join(map(shown, row)))


def shown(value: Scalar) -> str:
    """A value as a cell shows it without a number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return format(value, ".15g")
    return str(value)
