"""The command `scorecard`: an index in, one self-contained page out, and a PDF where asked."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perf_addin.adapters.files.programs import ANY_PROGRAM
from perf_addin.adapters.files.saving import put_in_place
from perf_addin.application.ports import Workbook
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.scorecard.compose import compose_scorecard
from perf_addin.application.scorecard.model import Mark, Scorecard
from perf_addin.application.settings import Settings
from perf_addin.domain.errors import UsageError
from perf_addin.domain.findings import Severity
from perf_addin.entry.calculating import open_to_read
from perf_addin.entry.json_output import as_json, print_json
from perf_addin.entry.stated import settings_from

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

_LIBRARIES = frozenset({"jinja2", "markupsafe", "vl_convert"})


class ScorecardOutcome(NamedTuple):
    """What became of a scorecard.

    Attributes:
        path: where the page is.
        pdf: where the PDF is, or None where none was asked for.
        scorecard: what is on it.
        result: the index, rated, with everything that should be known before it is published.
    """

    path: Path
    pdf: Path | None
    scorecard: Scorecard
    result: IndexResult


def scorecard_of(
    workbook: Workbook, settings: Settings, target: Path, *, pdf: bool = False
) -> ScorecardOutcome:
    """Write the scorecard of any workbook, which is only read.

    Args:
        workbook: a file, or a copy of the workbook that is open in Excel.
        settings: what is stated besides the workbook's own Settings sheet.
        target: the page to write; one that is replaced is kept as `<name>.bak`.
        pdf: whether a PDF of it is written beside it, likewise.

    Raises:
        UsageError: the extra `scorecard` is not installed.
        InputError: there is no index.
        OutputError: a file cannot be written, or nothing here can make a PDF. Nothing has been
            written then, unless the page was and the PDF could not be put beside it.
    """
    composed = compose_scorecard(workbook, settings)
    page = _renderer()(composed.scorecard)
    printed = _printed(page, composed.scorecard) if pdf else None
    put_in_place(lambda: iter((page,)), target, backup=True, program=ANY_PROGRAM)
    beside = None
    if printed is not None:
        content = printed
        beside = target.with_suffix(".pdf")
        put_in_place(lambda: iter((content,)), beside, backup=True, program=ANY_PROGRAM)
    return ScorecardOutcome(target, beside, composed.scorecard, composed.result)


def _renderer() -> Callable[[Scorecard], bytes]:
    try:
        from perf_addin.adapters.scorecard.rendering import render  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise UsageError(
            f"The scorecard needs the Python package {error.name}, which is not installed. "
            'Install the extra with: python -m pip install "perf-addin[scorecard]"'
        ) from error
    return render


def _printed(page: bytes, scorecard: Scorecard) -> bytes:
    from perf_addin.adapters.printing.pdf import print_page  # noqa: PLC0415 - only for --pdf
    from perf_addin.adapters.scorecard.rendering import render_plain  # noqa: PLC0415

    return print_page(page, lambda: render_plain(scorecard))


def make_scorecard(options: argparse.Namespace) -> ScorecardOutcome:
    """Do what the options ask.

    Raises:
        UsageError: an option cannot be understood.
        InputError: the workbook cannot be used.
        OutputError: the page or the PDF cannot be written.
    """
    file = Path(options.files[0])
    target = _target(options.output, file)
    settings = settings_from(options)
    workbook, told = open_to_read(options, file, settings)
    outcome = scorecard_of(workbook, settings, target, pdf=options.pdf)
    findings = (*told, *outcome.result.findings)
    return outcome._replace(result=outcome.result._replace(findings=findings))


def _target(output: str | None, file: Path) -> Path:
    name = f"{file.stem}_scorecard.html"
    if output is None:
        return file.with_name(name) if file.name else Path(name)
    if os.path.isdir(output) or output.endswith(("/", "\\")):  # noqa: PTH112 - never raises
        return Path(output, name)
    target = Path(output)
    if target.suffix.lower() not in {".html", ".htm"}:
        also = " --pdf" if target.suffix.lower() == ".pdf" else ""
        raise UsageError(
            f"-o {output}: the scorecard is a page. Write -o {target.with_suffix('.html')}{also}"
        )
    return target


def run(options: argparse.Namespace) -> int:
    """Write the scorecard, and say where it is.

    Raises:
        PerfAddinError: see `make_scorecard`.
    """
    outcome = make_scorecard(options)
    if options.json:
        print_json([scorecard_json(outcome)], several=False)
        return 0
    from perf_addin.entry import show  # noqa: PLC0415 - not for --json

    if show.is_terminal():
        show.print_findings(outcome.result.findings, least=Severity.WARNING)
        show.print_summary(outcome.result)
    for row in outcome.scorecard.rows():
        if row.mark is Mark.WITHHELD:
            told = sys.stdout if show.is_terminal() else sys.stderr
            print(f"not published: indicator {row.label}", file=told)
    show.print_saved(outcome.path)
    if outcome.pdf is not None:
        show.print_saved(outcome.pdf)
    return 0


def scorecard_json(outcome: ScorecardOutcome) -> dict[str, object]:
    """Give an outcome as plain data; docs/json.md describes it."""
    rows = outcome.scorecard.rows()
    return {
        **as_json(outcome.result, outcome.path),
        "pdf": str(outcome.pdf) if outcome.pdf is not None else None,
        "not_published": [row.label for row in rows if row.mark is Mark.WITHHELD],
    }
