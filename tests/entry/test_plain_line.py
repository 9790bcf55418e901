"""Plain command lines are read as argparse reads them, and all others are left to it."""

from __future__ import annotations

import argparse
import ast
import itertools
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import perf_addin
from perf_addin.application.settings import Settings
from perf_addin.entry.commands import build_parser
from perf_addin.entry.plain_line import plain_options, states_nothing
from perf_addin.entry.stated import settings_from
from perf_addin.entry.targets import target_names
from tests.application.build import cells, change, index, opened

WORDS = ("recalc", "report", "a.xlsx", "b c.xlsx", "", "-o", "--output", "--in-place", "--json")
OTHERS = ("--period", "-", "--", "--jso", "-oout.xlsx", "--output=x", "--year", "-1", "check")


def by_argparse(arguments: Sequence[str]) -> dict[str, object] | None:
    try:
        return vars(build_parser().parse_args(arguments))
    except SystemExit:
        return None


@pytest.mark.parametrize(
    "line",
    (
        "recalc a.xlsx",
        "recalc a.xlsx b.xlsx -o folder",
        "recalc -o out.xlsx a.xlsx",
        "recalc --in-place --json a.xlsx b.xlsx",
        "report a.xlsx --output out.xlsx --period 2020/21",
    ),
)
def test_plain_lines_need_no_argparse(line: str) -> None:
    options = plain_options(line.split())
    assert options is not None
    assert vars(options) == by_argparse(line.split())


def test_no_line_is_read_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    parser = build_parser()
    read = 0
    for length in range(4):
        for rest in itertools.product((*WORDS, *OTHERS), repeat=length):
            for command in ("recalc", "report"):
                options = plain_options((command, *rest))
                if options is None:
                    continue
                read += 1
                assert vars(options) == vars(parser.parse_args((command, *rest))), rest
    assert read > 100
    assert capsys.readouterr().err == ""
    assert plain_options(()) is None
    assert plain_options(("check", "a.xlsx")) is None


BESIDE_THE_INDEX = frozenset(
    {"files", "output", "in_place", "json", "verbose", "charts", "recalc", "calculate_on_open"}
    | {"drop_signatures"}
)


@pytest.mark.parametrize("line", ("recalc a.xlsx b.xlsx --json", "report a.xlsx -o out.xlsx"))
def test_a_line_that_states_nothing_is_known_without_reading_it(line: str) -> None:
    options = build_parser().parse_args(line.split())
    assert states_nothing(options)
    assert settings_from(options) == Settings()
    for name in vars(options).keys() - BESIDE_THE_INDEX:
        for stated in ("", "x"):
            other = argparse.Namespace(**{**vars(options), name: stated})
            assert not states_nothing(other), name


HEADER = ("No", "Indicator", "Polarity", "Target", "Tolerance", "Apr 2021", "May 2021", "RAG")
STANDARD = (
    *("argparse", "gettext", "typing", "json", "pathlib", "urllib.parse", "contextlib"),
    *("array", "datetime", "xml.parsers", "zipfile", "dataclasses", "logging", "threading"),
    *("re", "enum"),
)
OF_OTHER_COMMANDS = (
    *("application.ports", "application.rating_styles", "entry.commands", "entry.options"),
    *("entry.stated", "entry.init", "application.sheets"),
    *("adapters.xlsx.relation_edits", "adapters.xlsx.page_xml", "adapters.xlsx.drawings"),
    *("adapters.xlsx.workbook_edits", "adapters.xlsx.workbook_parts", "adapters.xlsx.calculation"),
    *("adapters.xlsx.page_styles", "adapters.xlsx.cell_spans", "adapters.xlsx.encodings"),
    *("adapters.xlsx.string_offsets", "adapters.xlsx.number_formats"),
)
OF_OTHER_INDEXES = (
    *("application.general_rating", "application.rating_inputs", "application.choose"),
    *("application.long_rows", "application.settings_sheet", "application.stated_columns"),
    *("application.not_located", "domain.earlier", "domain.reasons", "domain.days"),
    *("domain.direction", "domain.against_limits", "application.rating_findings"),
    *("adapters.xlsx.dates", "adapters.xlsx.rich_text", "adapters.xlsx.signatures"),
    *("adapters.xlsx.tables", "adapters.xlsx.row_patterns", "application.formulas", "entry.table"),
    *("adapters.xlsx.ahead", "adapters.xlsx.segments", "adapters.xlsx.comparing"),
    *("adapters.files.replacing", "adapters.xlsx.other_files", "adapters.xlsx.fresh_styles"),
    "entry.show",
    *("domain.showing", "application.stated_values"),
)
OF_TEXTS = ("domain.figure_texts", "domain.standard_texts")


def _imported(arguments: Sequence[str], unwanted: Sequence[str]) -> list[str]:
    """Which of some modules a run of the command imports; the run has to end well."""
    code = (
        "import sys; from perf_addin.entry.cli import main; code = main(sys.argv[1:]);"
        f"print([name for name in {list(unwanted)!r} if name in sys.modules]); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        env={"PYTHONPATH": str(Path(perf_addin.__path__[0]).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    names: list[str] = ast.literal_eval(done.stdout.splitlines()[-1])
    return names


@pytest.mark.parametrize(("tolerance", "of_texts"), (("5%", ()), (0.5, OF_TEXTS)))
def test_a_plain_run_imports_only_what_it_needs(
    tmp_path: Path, tolerance: str | float, of_texts: Sequence[str]
) -> None:
    """Each of these takes long to import, beside what forty indicators take to rate."""
    rows = [
        (1, "Visits in time", "High", 90, tolerance, 88, 91, ""),
        (2, "Waiting, days", "Low", 10, tolerance, 9, 14, ""),
    ]
    file = index(tmp_path / "index.xlsx", HEADER, *rows)
    names = (*OF_OTHER_COMMANDS, *OF_OTHER_INDEXES, *of_texts)
    ours = [f"perf_addin.{name}" for name in names]
    arguments = ("recalc", str(file), "-o", str(tmp_path / "out.xlsx"))
    assert _imported(arguments, (*STANDARD, *ours)) == []
    assert [row[-1] for row in cells(tmp_path / "out.xlsx", "Index")] == ["RAG", "G", "R"]
    # The same names, so that a module that is called something else by now is noticed.
    source = Path(perf_addin.__path__[0])
    for name in names:
        place = source.joinpath(*name.split("."))
        assert place.is_dir() or place.with_suffix(".py").exists(), name


def test_calls_of_ours_need_nothing_of_other_formulas(tmp_path: Path) -> None:
    file = index(tmp_path / "index.xlsx", HEADER)
    change(file, "Index", {"A2": 1, "B2": "Visits", "C2": "High", "D2": 90, "E2": "5%", "G2": 88})
    change(file, "Index", {"H2": "=RAG(G2,D2,C2,E2)"})
    arguments = ("recalc", str(file), "-o", str(tmp_path / "out.xlsx"))
    native = [f"perf_addin.application.formulas.{n}" for n in ("native_values", "one_by_one")]
    assert _imported(arguments, ("datetime", "contextlib", "importlib", *native)) == []
    assert opened(tmp_path / "out.xlsx").sheets[0].name == "Index"


@pytest.mark.parametrize(
    ("before", "behind"), (("", ""), ("import atexit; atexit.register(print, 'end'); ", "end\n"))
)
def test_a_process_ends_with_all_that_was_to_be_done(
    tmp_path: Path, before: str, behind: str
) -> None:
    file = index(tmp_path / "index.xlsx", HEADER, (1, "Visits", "High", 90, "5%", 88, 91, ""))
    code = f"{before}import sys; from perf_addin.entry.cli import command; sys.exit(command())"
    missing = str(tmp_path / "none.xlsx")
    for arguments, expected in (((str(file),), 0), ((missing,), 3), ((missing, str(file)), 3)):
        done = subprocess.run(
            [sys.executable, "-c", code, "recalc", *arguments, "-o", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
        shown = f"{tmp_path / 'index_rated.xlsx'}\n" if str(file) in arguments else ""
        assert (done.returncode, done.stdout) == (expected, shown + behind)
        assert ("does not exist" in done.stderr) == (missing in arguments)


@pytest.mark.parametrize("command", ("recalc", "check"))
def test_an_interrupted_process_says_so(tmp_path: Path, command: str) -> None:
    """Ctrl-C while an index is rated: no traceback, and no file."""
    file = index(tmp_path / "index.xlsx", HEADER, (1, "Visits", "High", 90, "5%", 88, 91, ""))
    code = (
        "import signal, sys; from perf_addin.application.indicators import Indicator; "
        "Indicator.__init__ = lambda *_: signal.raise_signal(signal.SIGINT); "
        "from perf_addin.entry.cli import command; sys.exit(command())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, command, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "perf-addin: interrupted; a file that was not done is as it was.\n"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("output", (None, "out.xlsx", "./b/../out.xlsx", "out//x.xlsx", ".", "./"))
@pytest.mark.parametrize(
    "file",
    (
        "a.xlsx",
        "./a.xlsx",
        "b//c.d/a.xlsx",
        "/a.tar.xlsx",
        "..xlsx",
        ".xlsx",
        "a",
        "b.d/..",
        "a.x.",
    ),
)
def test_targets_are_spelt_as_pathlib_spells_them(file: str, output: str | None) -> None:
    line = ["recalc", file, *([] if output is None else ["-o", output])]
    options = plain_options(line)
    assert options is not None
    path = Path(file)
    beside = path.with_name(f"{path.stem}_rated{path.suffix}")
    asked = beside if output is None else Path(output)
    wanted = asked / beside.name if output in {".", "./"} else asked
    assert target_names(options) == [(str(path), str(wanted))]
