"""The command `paper`: an index in, the committee paper as a Word document out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perf_addin.adapters.files.programs import WORD
from perf_addin.adapters.files.saving import put_in_place
from perf_addin.application.paper.compose import compose
from perf_addin.application.paper.content import Drafted, Paper
from perf_addin.application.ports import Workbook
from perf_addin.application.pressing import Told
from perf_addin.application.rating_index import IndexResult, rate_index
from perf_addin.application.scorecard.withheld import SMALL_NUMBERS
from perf_addin.application.settings import Settings
from perf_addin.domain.errors import UsageError
from perf_addin.domain.findings import Finding, Severity
from perf_addin.entry.calculating import open_to_read
from perf_addin.entry.json_output import as_json, print_json
from perf_addin.entry.stated import settings_from

if TYPE_CHECKING:
    import argparse

    from perf_addin.adapters.word.rendering import Rendered

_LIBRARIES = frozenset({"docx", "docxtpl", "jinja2", "lxml"})
TABLES, NARRATIVE = "tables", "narrative"


class PaperOutcome(NamedTuple):
    """What became of a paper.

    Attributes:
        path: where it is.
        changed: whether the file there was written; it is not where it already held this paper.
        placeholders: what it leaves open, as it shows it, in the order of the paper.
        drafted: the draft sentences that the index supports, with their cells.
        findings: what should be known about the index and before the paper is published.
        result: the index, rated.
    """

    path: Path
    changed: bool
    placeholders: tuple[str, ...]
    drafted: tuple[Drafted, ...]
    findings: tuple[Finding, ...]
    result: IndexResult


def paper_of(
    workbook: Workbook,
    settings: Settings,
    target: Path,
    template: Path | None = None,
    form: str = TABLES,
) -> PaperOutcome:
    """Write the committee paper of any workbook, which is only read.

    Args:
        workbook: a file, or a copy of the workbook that is open in Excel.
        settings: what is stated besides the workbook's own Settings sheet.
        target: the document to write; one that is replaced is kept as `<name>.bak`.
        template: a template of the user's own, or None for the one that `form` names.
        form: `tables` or `narrative`.

    Raises:
        UsageError: the extra `paper` is not installed.
        InputError: there is no index, or the template cannot be filled.
        OutputError: the document cannot be written.
    """
    result = rate_index(workbook, settings)
    paper = compose(workbook, result)
    rendered = _rendered(paper, template, form)
    saved = put_in_place(lambda: iter((rendered.content,)), target, backup=True, program=WORD)
    return PaperOutcome(
        target,
        saved.changed,
        rendered.placeholders,
        paper.drafted,
        (*result.findings, *paper.findings),
        result,
    )


def paper_told(outcome: PaperOutcome) -> Told:
    """What a person in Excel is told of a paper: where it is, and what it leaves open."""
    lines = [f"The paper is {outcome.path}", outcome.result.summary()]
    if outcome.placeholders:
        lines += ["", "To complete in Word, or on the Settings sheet:"]
        lines += [f"- {text}" for text in outcome.placeholders]
    return Told("Word paper written", "\n".join(lines))


def _rendered(paper: Paper, template: Path | None, form: str) -> Rendered:
    try:
        from perf_addin.adapters.word.built_in import Form, built_in  # noqa: PLC0415 - an extra
        from perf_addin.adapters.word.rendering import render  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise UsageError(
            f"The committee paper needs the Python package {error.name}, which is not installed. "
            'Install the extra with: python -m pip install "perf-addin[paper]"'
        ) from error
    return render(paper, template if template is not None else built_in(Form(form)))


def make_paper(options: argparse.Namespace) -> PaperOutcome:
    """Do what the options ask.

    Raises:
        UsageError: an option cannot be understood, or would destroy a file.
        InputError: the workbook or the template cannot be used.
        OutputError: the document cannot be written.
    """
    file = Path(options.files[0])
    template = Path(options.template) if options.template is not None else None
    target = _target(options.output, file, template)
    settings = settings_from(options)
    workbook, told = open_to_read(options, file, settings)
    outcome = paper_of(workbook, settings, target, template, options.form)
    return outcome._replace(findings=(*told, *outcome.findings))


def _target(output: str | None, file: Path, template: Path | None) -> Path:
    name = f"{file.stem}_paper.docx"
    if output is None:
        target = file.with_name(name) if file.name else Path(name)
    elif os.path.isdir(output) or output.endswith(("/", "\\")):  # noqa: PTH112 - never raises
        target = Path(output, name)
    else:
        target = Path(output)
    if target.suffix.lower() != ".docx":
        raise UsageError(
            f"-o {output}: the paper is a Word document. Write -o {target.with_suffix('.docx')}"
        )
    if template is not None and os.path.realpath(template) == os.path.realpath(target):
        raise UsageError(f"-o {output} is the template itself. Name another document.")
    return target


def run(options: argparse.Namespace) -> int:
    """Write the paper, and say where it is and what it leaves open.

    Raises:
        PerfAddinError: see `make_paper`.
    """
    outcome = make_paper(options)
    if options.json:
        print_json([paper_json(outcome)], several=False)
        return 0
    from perf_addin.entry import show  # noqa: PLC0415 - not for --json

    told = sys.stdout if show.is_terminal() else sys.stderr
    if show.is_terminal():
        show.print_findings(outcome.findings, least=Severity.WARNING)
        show.print_summary(outcome.result)
    else:
        small = [finding for finding in outcome.findings if finding.code in SMALL_NUMBERS]
        show.print_findings(small, to=sys.stderr)
    for text in outcome.placeholders:
        print(f"to complete: {text}", file=told)
    show.print_saved(outcome.path)
    return 0


def paper_json(outcome: PaperOutcome) -> dict[str, object]:
    """Give an outcome as plain data; docs/json.md describes it."""
    result = outcome.result._replace(findings=outcome.findings)
    return {
        **as_json(result, outcome.path),
        "placeholders": list(outcome.placeholders),
        "drafts": [
            {
                "no": drafted.no,
                "sheet": drafted.sheet,
                "sentences": [
                    {"text": each.text, "cells": list(each.cells)} for each in drafted.sentences
                ],
            }
            for drafted in outcome.drafted
        ],
    }
