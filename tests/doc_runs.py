"""Runs the commands that a page shows, in order, in a folder of the page's own."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.grid import column_number
from perf_addin.application.ports import CellWrite
from perf_addin.entry.cli import main
from tests.doc_pages import ROOT, Block, Line, blocks, difference, lines

_SAMPLE = "performance_index_2021-22.xlsx"
_EXIT_CODE = re.compile(r"\bexit code (\d)\b")
_WRITES = re.compile(r"\bwrites (.+)")
_FILE = re.compile(
    r"[\w./-]+\.(?:bak|csv|docx|html|json|parquet|pdf|xlam|xls[mx]|xml)\b|[\w./-]+/(?=\s|$)"
)
_TYPED = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]+)(?P<row>\d+): (?P<text>.+)")
_OUTPUTS = frozenset({"-o", "--output", "--out"})


class PageError(AssertionError):
    """A page says what is not so; the message names the line."""


class Terminal(io.StringIO):
    """A terminal, as far as a program can tell."""

    def isatty(self) -> bool:
        """A person is reading along."""
        return True


def run_page(text: str, folder: Path) -> int:
    """Run every block of a page that can be run; give how many commands there were.

    Raises:
        PageError: a command ends otherwise, writes other files or prints other words.
    """
    shown = "".join(block.code if block.is_run else block.typed_into for block in blocks(text))
    for name, supply in _SUPPLIES.items():
        if name in shown:
            supply(folder / name)
    for block in reversed(list(blocks(text))):
        _write(block, folder)
    count, printed = 0, ""
    for block in blocks(text):
        _write(block, folder)
        if block.typed_into:
            _type(block, folder / block.typed_into)
        elif block.is_run:
            found = list(lines(block.code))
            printed = "".join(_run(line, folder, block) for line in found)
            count += len(found)
        elif block.prints and (problem := difference(block.code, printed)):
            raise PageError(f"line {block.line_number}: {problem}")
    return count


def _write(block: Block, folder: Path) -> None:
    if block.file_name:
        (folder / block.file_name).write_text(block.code, encoding="utf-8")


def _run(line: Line, folder: Path, block: Block) -> str:
    """Run one command; give what a terminal would have shown of it."""
    said = _EXIT_CODE.search(line.comment)
    code, printed = _program(line)(_expanded(line, folder))
    where = f"block of line {block.line_number}: {line.raw}"
    if code != int(said[1] if said else 0):
        raise PageError(f"{where}: exit code {code}\n{printed}")
    for name in _promised(line):
        if not (folder / name).exists():
            raise PageError(f"{where}: no {name}\n{printed}")
    if "eval" in line.words[:2] and line.comment and printed.strip() != line.comment:
        raise PageError(f"{where}: it gives {printed}")
    return printed


def _promised(line: Line) -> list[str]:
    """The files that a command, or the comment behind it, says it writes."""
    writes = _WRITES.search(line.comment)
    names = _FILE.findall(writes[1]) if writes else []
    if not _EXIT_CODE.search(line.comment):
        pairs = zip(line.words, line.words[1:], strict=False)
        names += [value for option, value in pairs if option in _OUTPUTS]
    return names


def _expanded(line: Line, folder: Path) -> list[str]:
    """The arguments, with patterns outside quotes replaced by the files that they match."""
    given: list[str] = []
    for word in line.words:
        bare = "*" in word and word in re.sub(r"'[^']*'|\"[^\"]*\"", "", line.raw)
        found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(word)) * bare
        given += found or [word]
    return given


def _program(line: Line) -> Callable[[list[str]], tuple[int, str]]:
    try:
        return _PROGRAMS[line.words[0]]
    except KeyError:
        message = f"{line.raw}: cannot be run here; say `not run: REASON` behind the language"
        raise PageError(message) from None


def _perf_addin(words: list[str]) -> tuple[int, str]:
    screen = Terminal()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        try:
            code = main(words[1:])
        except SystemExit as stop:
            code = int(stop.code or 0)
    # Some commands print whole paths, which differ from run to run.
    return code, screen.getvalue().replace(str(Path.cwd()), "...")


def _copy(words: list[str]) -> tuple[int, str]:
    shutil.copy(words[1], words[2])
    return 0, ""


def _move(words: list[str]) -> tuple[int, str]:
    target = Path(words[-1])
    for word in words[1:-1]:
        path = Path(word)
        path.replace(target / path.name if target.is_dir() else target)
    return 0, ""


def _make_folders(words: list[str]) -> tuple[int, str]:
    for word in words[1:]:
        Path(word).mkdir()
    return 0, ""


_PROGRAMS: dict[str, Callable[[list[str]], tuple[int, str]]] = {
    "perf-addin": _perf_addin,
    "cp": _copy,
    "mv": _move,
    "mkdir": _make_folders,
}


def _type(block: Block, path: Path) -> None:
    """Do what a person does who types texts into cells and saves."""
    package = Package.open(path)
    workbook = XlsxWorkbook(package)
    for line in block.code.splitlines():
        match = _TYPED.fullmatch(line)
        if match is None:
            message = f"line {block.line_number}: expected SHEET!CELL: TEXT, found {line!r}"
            raise PageError(message)
        write = CellWrite(int(match["row"]), column_number(match["column"]), match["text"])
        workbook.write(match["sheet"], [write])
    save(package, path, backup=False)


def _copied(source: str) -> Callable[[Path], None]:
    def supply(target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, target)

    return supply


def _folder_of_samples(target: Path) -> None:
    target.mkdir()
    for path in (ROOT / "workbook").iterdir():
        if path.suffix in {".csv", ".xlsx"}:
            shutil.copyfile(path, target / path.name)


def _several(target: Path) -> None:
    """The indexes of two services."""
    _copied(f"workbook/{_SAMPLE}")(target / "north.xlsx")
    _copied("workbook/performance_index_2018-19.xlsx")(target / "south.xlsx")


def _several_years(target: Path) -> None:
    """A file that the pattern matches."""
    _copied(f"workbook/{_SAMPLE}")(target.parents[1] / "north" / "2021-08.xlsx")


def _returned(target: Path) -> None:
    """What came back from a service: a sheet with a text in its first empty box."""
    index = target.with_name("asked.xlsx")
    _copied(f"workbook/{_SAMPLE}")(index)
    _perf_addin(["", "commentary", "export", str(index), "-o", str(target)])
    index.unlink()
    (sheet,) = target.iterdir()
    _type(Block("text", "", "Commentary!I5: Illustrative text.", 0, prints=False), sheet)


def _text(*lines: str) -> Callable[[Path], None]:
    def supply(target: Path) -> None:
        target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    return supply


def _a_month_later(target: Path) -> None:
    """The sample with some figures more."""
    index, extract = target.with_name("before.xlsx"), target.with_name("figures.csv")
    _copied(f"workbook/{_SAMPLE}")(index)
    _EXTRACT(extract)
    _perf_addin(["", "import", str(index), str(extract), "-o", str(target)])
    index.unlink()
    extract.unlink()


def _broken(target: Path) -> None:
    """A workbook with a formula that looks for the add-in where it is no longer."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "='C:\\old\\perf_addin.xlam'!RAG(88,91)"
    book.save(target)


# Illustrative, as is all that is supplied here.
_EXTRACT = _text("No,Period,Value", "1,Sep 2021,566", "16,Sep 2021,27")


# Files that pages name and do not make; each is supplied where its name is in the text.
_SUPPLIES: dict[str, Callable[[Path], None]] = {
    "workbook": _folder_of_samples,
    "index.xlsx": _copied(f"workbook/{_SAMPLE}"),
    _SAMPLE: _copied(f"workbook/{_SAMPLE}"),
    "april.xlsx": _copied(f"workbook/{_SAMPLE}"),
    "broken.xlsx": _broken,
    "extract.csv": _EXTRACT,
    "september.csv": _EXTRACT,
    "amounts.csv": _text("Measure,Month,Amount", "Children in need,Sep 2021,151"),
    "assessments.csv": _text("Authorised on,In time", "02/09/2021,Yes", "03/09/2021,No"),
    "indexes": _several,
    "archive/*/2021-*.xlsx": _several_years,
    "published.csv": _copied("workbook/benchmarks_illustrative.csv"),
    "may.xlsx": _a_month_later,
    "my_template.docx": _copied("templates/committee_paper.docx"),
    "returned": _returned,
}
