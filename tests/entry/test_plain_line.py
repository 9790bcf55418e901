"""Plain command lines are read as argparse reads them, and all others are left to it."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import perf_addin
from perf_addin.entry.commands import build_parser
from perf_addin.entry.plain_line import plain_options
from perf_addin.entry.targets import target_names

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


def test_a_plain_run_imports_no_argparse(tmp_path: Path) -> None:
    """Nor anything else that takes longer to import than forty indicators take to rate."""
    code = (
        "import sys; from perf_addin.entry.cli import main; main(sys.argv[1:]);"
        "slow = 'argparse', 'gettext', 'typing', 'json', 'pathlib', 'urllib.parse';"
        "print([name for name in slow if name in sys.modules])"
    )
    source = str(Path(perf_addin.__path__[0]).parent)
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, "recalc", str(tmp_path / "none.xlsx")],
        env={"PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "does not exist" in done.stderr


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
