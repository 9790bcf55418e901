"""Whatever is put in, the command ends with a code and a sentence, never with a traceback."""

from __future__ import annotations

import io
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perf_addin.entry.cli import main
from tests.application.build import index

ROWS = (
    ["No", "Indicator", "Polarity", "Target", "RAG", "Apr 21", "May 21", "Commentary"],
    [1, "% done in time", "High", "91%", None, "85%", "84%", "late"],
    [2, "visits", "Low", 10, "A", 5, 6, None],
)
WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
LIKELY = st.sampled_from(
    (
        *("", "-", "0", "1", "5%", "5pp", "-5%", "1e9", "nan", "inf", "5:6", "1:1", "99:1"),
        *("\N{SUPERSCRIPT TWO}", "\N{ARABIC-INDIC DIGIT THREE}", "Apr 21", "Q5", "2021/22"),
        *("2021/99", "31/12", "Low", "Rating=RAG", "Target=D", "=", "A=A=A", "Actual=XFD"),
        *("Actual=XFE", "Indicator=", "Index", "'Index'!A1", "Direction", "*", "../x"),
    )
)
OPTIONS = ("--period", "--tolerance", "--green-tolerance", "--margin", "--polarity", "--rule")
PLACES = ("--sheet", "--header-row", "--column", "--year")
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small index."""
    return index(tmp_path / "index.xlsx", *ROWS)


def ends(*arguments: str) -> tuple[int, str]:
    """How the command ends, and what it says on the error stream."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as stopped:  # argparse ends so on usage errors
            code = stopped.code if isinstance(stopped.code, int) else 1
    return code, err.getvalue()


@quick
@given(
    option=st.sampled_from((*OPTIONS, *PLACES)),
    value=LIKELY | WORDS,
    command=st.sampled_from(("check", "report")),
)
def test_any_value_of_any_option(source: Path, option: str, value: str, command: str) -> None:
    out = source.with_name("out.xlsx")
    out.unlink(missing_ok=True)
    where = ["-o", str(out)] if command == "report" else []
    code, said = ends(command, str(source), *where, f"{option}={value}")
    assert code in {0, 1, 2, 3}
    assert (said == "") is (code in {0, 1})
    assert out.exists() is (code == 0 and command == "report")


@quick
@given(pairs=st.lists(st.tuples(st.sampled_from((*OPTIONS, *PLACES)), LIKELY), max_size=4))
def test_options_together(source: Path, pairs: list[tuple[str, str]]) -> None:
    code, said = ends("check", str(source), *(f"{option}={value}" for option, value in pairs))
    assert code in {0, 1, 2, 3}
    assert (said == "") is (code in {0, 1})


@quick
@given(arguments=st.lists(LIKELY | WORDS | st.sampled_from((*OPTIONS, "check", "--json"))))
def test_any_command_line(arguments: list[str], tmp_path: Path) -> None:
    missing = [a for a in arguments if not a.startswith(("-h", "--h", "--v"))]
    code, said = ends(*missing, "--output", str(tmp_path / "no" / "out.xlsx"))
    assert code in {2, 3, 4}
    assert said


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_files(root: Path, tmp_path: Path, data: st.DataObject) -> None:
    """A sample cut off, or with bytes changed anywhere, is used or refused."""
    whole = (root / "workbook" / "performance_index_2018-19.xlsx").read_bytes()
    content = bytearray(whole[: data.draw(st.integers(0, len(whole)), label="cut")])
    if data.draw(st.booleans(), label="whole"):
        content = bytearray(whole)
    changes = st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8)
    for at, byte in data.draw(changes, label="changes"):
        if at < len(content):
            content[at] = byte
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)
    code, said = ends("report", str(path), "-o", str(tmp_path / "out.xlsx"))
    assert code in {0, 3, 4}
    assert (said == "") is (code == 0)
    assert path.read_bytes() == bytes(content)


@pytest.mark.parametrize(
    ("part", "text"),
    (
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/workbook.xml", ""),
        ("xl/worksheets/sheet1.xml", "<worksheet/>"),
        ("xl/worksheets/sheet1.xml", "no markup"),
        ("xl/styles.xml", "<styleSheet/>"),
        ("xl/sharedStrings.xml", "<sst/>"),
        ("[Content_Types].xml", "<Types/>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships/>"),
    ),
)
def test_parts_that_hold_something_else(source: Path, part: str, text: str) -> None:
    path = source.with_name("odd.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    code, said = ends("report", str(path), "-o", str(source.with_name("out.xlsx")))
    assert code in {0, 3, 4}
    assert (said == "") is (code == 0)
    assert said.count("\n") <= 1


@pytest.mark.parametrize("name", ("", ".", "/", "nowhere/x.xlsx", "x" * 300 + ".xlsx"))
@pytest.mark.parametrize("command", ("check", "report", "recalc", "init"))
def test_names_that_are_no_workbook(
    command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = ends(command, name)
    assert code in {2, 3}
    assert said.startswith("perf-addin: ")
    assert list(tmp_path.iterdir()) == []


def test_an_output_name_that_is_too_long(source: Path) -> None:
    code, said = ends("report", str(source), "-o", str(source.with_name("x" * 300 + ".xlsx")))
    assert code == 4
    assert "cannot be written" in said


def test_an_output_below_a_file(source: Path) -> None:
    code, said = ends("report", str(source), "-o", str(source / "out.xlsx"))
    assert code == 4
    assert "is no folder" in said
