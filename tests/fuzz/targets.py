"""What is fuzzed: each takes any bytes, and raises only where the product has a defect.

A refusal (`PerfAddinError`) is an answer like any other. What is checked besides is said at each.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from perf_addin.adapters.xlsx.container import read_container
from perf_addin.adapters.xlsx.opening import Limits
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.evaluate import Evaluator
from perf_addin.application.formulas.engine import FormulaEngine
from perf_addin.application.formulas.references import references, shifted
from perf_addin.application.formulas.tokens import tokens
from perf_addin.application.functions import FUNCTIONS, Defaults, Value
from perf_addin.application.functions.values import Scalar
from perf_addin.application.grid import Look
from perf_addin.application.headings import read_column
from perf_addin.application.ports import CellWrite
from perf_addin.application.rating_index import rate_index
from perf_addin.application.settings import Settings
from perf_addin.application.vocabulary import read_heading
from perf_addin.application.write_ratings import write_ratings
from perf_addin.domain.errors import PerfAddinError
from perf_addin.domain.figures import Figure, read_figure
from perf_addin.domain.periods import read_financial_year, read_period
from perf_addin.domain.polarity import read_polarity
from perf_addin.domain.rules import read_rule
from perf_addin.domain.showing import show_number
from perf_addin.domain.standard_texts import read_range
from perf_addin.domain.targets import read_target
from perf_addin.domain.tolerances import read_tolerance
from tests.adapters.xlsx.small_workbook import MAIN, SHEET_PART, build

_SMALL = Limits(
    file_bytes=1 << 20, part_bytes=1 << 22, total_bytes=1 << 23, parts=200, ratio_from_bytes=1 << 20
)
_LONGEST = 4_000


def package(data: bytes) -> None:
    """Read a package, and every part of it; what is expanded stays within the limits."""
    with suppress(PerfAddinError):
        container = read_container(data, "fuzzed", _SMALL)
        container.by_name()
        for member in container.members:
            if member.data >= 0:
                container.stored(member)
    with TemporaryDirectory() as folder:
        path = Path(folder, "fuzzed.xlsx")
        path.write_bytes(data)
        with suppress(PerfAddinError):
            opened = Package.open(path, limits=_SMALL)
            for name in opened.part_names:
                with suppress(PerfAddinError):
                    assert len(opened.read(name)) <= _SMALL.part_bytes
            XlsxWorkbook(opened)
        assert path.read_bytes() == data


def sheet(data: bytes) -> None:
    """Read a sheet, rate it and write into it: all else of it stays, and the input too."""
    with TemporaryDirectory() as folder:
        path = build(Path(folder, "fuzzed.xlsx"), data)
        before = path.read_bytes()
        with suppress(PerfAddinError):
            workbook = XlsxWorkbook(Package.open(path, limits=_SMALL))
            workbook.write("Index", [CellWrite(9_999, 7, "R", Look.RED)], [])
            written = workbook.package.read(SHEET_PART)
            assert b">R<" in written
            result = rate_index(workbook, Settings())
            write_ratings(workbook, result)
            out = io.BytesIO(b"".join(workbook.package.chunks()))
            with zipfile.ZipFile(out) as judged:
                assert judged.testzip() is None
        assert path.read_bytes() == before


def headings(data: bytes) -> None:
    """Find the index among rows of any texts: lines are rows, tabs part their cells."""
    text = data.decode("utf-8", "replace")[:_LONGEST]
    rows = [line.split("\t")[:40] for line in text.split("\n")[:60]]
    made = "".join(
        f'<row r="{number}">{"".join(map(_cell, line))}</row>'
        for number, line in enumerate(rows, 1)
    )
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{made}</sheetData></worksheet>'
    sheet(xml.encode())


def _cell(text: str) -> str:
    with suppress(ValueError):
        float(text)
        if text.isascii():
            return f"<c><v>{text.strip()}</v></c>"
    shown = "".join(c if c.isprintable() else " " for c in text)
    shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c t="inlineStr"><is><t>{shown}</t></is></c>'


def texts(data: bytes) -> None:
    """Read any text as everything that a person may have meant by it, and show what was read."""
    text = data.decode("utf-8", "replace")[:_LONGEST]
    found = read_figure(text)
    if isinstance(found, Figure):
        shown = show_number(found.value, percent=found.percent)
        assert read_figure(shown) is not None, shown
    read_target(text)
    read_tolerance(text)
    for read in (read_range, read_period, read_financial_year, read_polarity, read_rule):
        read(text)
    read_heading(text)
    read_column([text, "2021/22"], 2021)


def calls(data: bytes) -> None:
    """Call every worksheet function with the lines of a text; each answers, whatever they are."""
    lines = data.decode("utf-8", "replace")[:_LONGEST].split("\n")[:6]
    for function in FUNCTIONS:
        most = len(function.arguments)
        found = function.call([_value(line) for line in lines[:most]], Defaults())
        assert isinstance(found, (str, bool, int, float, list)) or found is None


def _value(line: str) -> Value:
    """A line as an argument: numbers apart from texts, and a column where commas part them."""
    if "," in line:
        return [[_scalar(part)] for part in line.split(",")[:50]]
    return _scalar(line)


def _scalar(text: str) -> Scalar:
    if text in {"TRUE", "FALSE"}:
        return text == "TRUE"
    with suppress(ValueError):
        return float(text)
    return text or None


def formula(data: bytes) -> None:
    """Cut a formula into tokens that give it back, move it, and evaluate it without an engine."""
    text = data.decode("utf-8", "replace")[:_LONGEST]
    assert "".join(token.text for token in tokens(text)) == text
    references(text)
    shifted(text, 3, 2)
    with suppress(PerfAddinError):
        Evaluator(None, _no_engine, Defaults()).evaluate(text)


class _NoEngineError(PerfAddinError):
    """The formula wants the engine, which is not what is fuzzed."""


def _no_engine() -> FormulaEngine:
    raise _NoEngineError


TARGETS: dict[str, Callable[[bytes], None]] = {
    "package": package,
    "sheet": sheet,
    "headings": headings,
    "texts": texts,
    "calls": calls,
    "formula": formula,
}
"""Every target by the name of its folder in the corpus."""
