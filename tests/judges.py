"""The judges, as tests use them: validate a file, convert it, draw its pages.

    before = validate(original)
    after = validate(result)
    assert new_errors(before, after) == ()

A missing judge skips the test, and fails it where `CI=true` or `PERF_ADDIN_REQUIRE_JUDGES=1`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from tests import judge_programs

VALIDATOR_TIMEOUT_SECONDS = 120
LIBREOFFICE_TIMEOUT_SECONDS = 180
PDF_TIMEOUT_SECONDS = 120

# The validator lives for half a second; without garbage collection it needs a quarter less.
VALIDATOR_ENVIRONMENT = {"DOTNET_gcConcurrent": "0", "DOTNET_GCgen0size": "0x8000000"}


class JudgeError(Exception):
    """A judge did not do its work, so that nothing can be said about the file."""


@dataclass(frozen=True, slots=True)
class ValidatorError:
    """One complaint of the Open XML SDK validator.

    Attributes:
        id: the rule that is broken, for example `Sch_UnexpectedElementContentExpectingComplex`;
            `Unreadable` where the file could not be opened at all.
        description: what is wrong, in the validator's words.
        part: the part of the package, for example `/xl/styles.xml`; empty where not known.
        xpath: the element within the part; empty where not known.
    """

    id: str
    description: str
    part: str
    xpath: str

    @property
    def kind(self) -> tuple[str, str, str]:
        """Rule, description and part, without what shifts when a row or sheet is added.

        Cell addresses in a description become `A1` and element indices `[n]`; the description's
        other numbers stay.
        """
        description = _CELL_ADDRESS.sub("A1", self.description)
        return self.id, _ELEMENT_INDEX.sub("[n]", description), self.part


_CELL_ADDRESS = re.compile(r"\b[A-Z]{1,3}[1-9][0-9]{0,6}\b")
_ELEMENT_INDEX = re.compile(r"\[[0-9]+\]")

# A file's verdict depends on its bytes and its kind only; many tests judge the same inputs.
_verdicts: dict[tuple[str, str], tuple[ValidatorError, ...]] = {}


def validate(path: Path) -> tuple[ValidatorError, ...]:
    """What the Open XML SDK validator says of a workbook or document; empty means sound.

    Raises:
        JudgeError: the validator itself failed.
    """
    return validate_many([path])[path]


def validate_many(paths: Iterable[Path]) -> dict[Path, tuple[ValidatorError, ...]]:
    """Validate several files at once; the same bytes are judged only once in a test run.

    The validator takes one file at a time, so this runs one process for each different file, as
    many together as there are processors.

    Raises:
        JudgeError: the validator itself failed.
    """
    program = judge_programs.find_validator()
    if not program:
        _judge_is_missing("the Open XML SDK validator")
    keys = {path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.suffix) for path in paths}
    unknown = {key: path for path, key in keys.items() if key not in _verdicts}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = pool.map(lambda path: _run_validator(program, path), unknown.values())
        _verdicts.update(zip(unknown, verdicts, strict=True))
    return {path: _verdicts[key] for path, key in keys.items()}


def new_errors(
    before: Iterable[ValidatorError], after: Iterable[ValidatorError]
) -> tuple[ValidatorError, ...]:
    """The errors after a change that were not there before it, each counted as often as it occurs.

    Cell addresses and element indices may shift: errors are matched by `ValidatorError.kind`.
    """
    known = Counter(error.kind for error in before)
    new = []
    for error in after:
        if known[error.kind]:
            known[error.kind] -= 1
        else:
            new.append(error)
    return tuple(new)


def libreoffice_convert(path: Path, fmt: str, outdir: Path) -> Path:
    """Let LibreOffice open a file and save it in another format, for example `pdf`.

    Safe to use from several tests at once: each call has a user profile of its own.

    Raises:
        JudgeError: LibreOffice could not open or save the file, or took too long.
    """
    program = judge_programs.find_libreoffice()
    if not program:
        _judge_is_missing("LibreOffice")
    outdir.mkdir(parents=True, exist_ok=True)
    result = outdir / f"{path.stem}.{fmt.partition(':')[0]}"
    result.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [str(program), f"-env:UserInstallation={Path(profile).as_uri()}"]
        command += ["--headless", "--norestore", "--convert-to", fmt, "--outdir", str(outdir)]
        done = _run([*command, str(path)], LIBREOFFICE_TIMEOUT_SECONDS)
    if not result.is_file():
        message = f"LibreOffice gave no {result.name} for {path.name}. {_said(done)}"
        raise JudgeError(message)
    return result


def paste_into_writer(workbook: Path, sheet: str, area: str, target: Path) -> None:
    """Copy a range in LibreOffice Calc and paste it into a new Writer document.

    Args:
        workbook: the file to copy from.
        sheet: its sheet.
        area: the range, such as `A5:D8`.
        target: the document to write (.odt); a PDF of it is written beside it.

    Raises:
        JudgeError: LibreOffice did not do it.
    """
    office, python = judge_programs.find_libreoffice(), judge_programs.find_uno_python()
    if office is None or python is None:
        _judge_is_missing("LibreOffice with its uno module")
    with socket.socket() as free, tempfile.TemporaryDirectory() as profile:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        listening = f"--accept=socket,host=127.0.0.1,port={port};urp;"
        own_profile = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [str(office), "--headless", "--norestore", own_profile, listening]
        script = Path(__file__).with_name("paste_into_writer.py")
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            try:
                wanted = [str(workbook), sheet, area, str(target)]
                done = _run([str(python), str(script), port, *wanted], LIBREOFFICE_TIMEOUT_SECONDS)
            finally:
                run.terminate()
    if not target.is_file():
        message = f"nothing was pasted: {_said(done)}"
        raise JudgeError(message)


def pdf_to_png(pdf: Path, outdir: Path, dpi: int = 100) -> list[Path]:
    """Draw each page of a PDF; the pictures are in page order.

    Raises:
        JudgeError: the PDF could not be drawn.
    """
    program = judge_programs.find_pdftoppm()
    if not program:
        _judge_is_missing("pdftoppm")
    outdir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=outdir) as scratch:
        command = [str(program), "-png", "-r", str(dpi), str(pdf), str(Path(scratch, "page"))]
        done = _run(command, PDF_TIMEOUT_SECONDS)
        # pdftoppm pads page numbers to equal width, so names sort in page order.
        drawn = sorted(Path(scratch).iterdir())
        if not drawn:
            message = f"pdftoppm drew nothing for {pdf.name}. {_said(done)}"
            raise JudgeError(message)
        return [
            page.replace(outdir / f"{pdf.stem}-{number}.png")
            for number, page in enumerate(drawn, start=1)
        ]


def _run_validator(program: Path, path: Path) -> tuple[ValidatorError, ...]:
    done = _run([str(program), str(path.resolve())], VALIDATOR_TIMEOUT_SECONDS)
    try:
        verdict = json.loads(done.stdout)
        errors = tuple(_error_from_json(error) for error in verdict["errors"])
    except (ValueError, KeyError) as problem:
        message = f"The validator gave no verdict on {path.name}. {_said(done)}"
        raise JudgeError(message) from problem
    if verdict["ok"] != (not errors):
        message = f"The validator contradicts itself on {path.name}. {_said(done)}"
        raise JudgeError(message)
    return errors


def _error_from_json(error: dict[str, str | None]) -> ValidatorError:
    rule = "Unreadable" if error["errorType"] == "Exception" else error["id"]
    return ValidatorError(
        id=rule or "",
        description=error["description"] or "",
        part=error["path"] or "",
        xpath=error["xPath"] or "",
    )


def _run(command: list[str], timeout_seconds: int) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            env={**os.environ, **VALIDATOR_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        message = f"{Path(command[0]).name} took over {timeout_seconds} s on {command[-1]}"
        raise JudgeError(message) from problem


def _said(done: subprocess.CompletedProcess[str]) -> str:
    return f"It said: {(done.stdout + done.stderr).strip()[:500]}"


def chromium() -> Path:
    """The browser's program."""
    return judge_programs.find_chromium() or _judge_is_missing("Chromium")


def axe() -> Path:
    """The script of axe-core, which looks for what keeps people from using a page."""
    return judge_programs.find_axe() or _judge_is_missing("axe-core")


def _judge_is_missing(name: str) -> NoReturn:
    reason = f"{name} is not installed; `python run.py test` says how to get it"
    if os.environ.get("CI") == "true" or os.environ.get("PERF_ADDIN_REQUIRE_JUDGES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
