"""The command line: what it prints, where it writes, and how it ends."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.application.build import cells, index

ROWS = (
    ["No", "Indicator", "Polarity", "Target", "RAG", "Upper limit", "Apr 21", "Commentary"],
    [1, "% done in time", "High", "91%", None, "80%", "85%", "late"],
    [2, "visits", "Low", 10, "A", None, 5, None],
    [3, "quality", None, None, None, None, "u", None],
)
KEYS = ["period", "indicators", "exceptions", "unreportable", "findings", "output"]
INDICATOR_KEYS = [
    "no",
    "indicator",
    "sheet",
    "cell",
    "actual",
    "period",
    "target",
    "polarity",
    "rule",
    "rating",
    "reason",
    "typed_rating",
    "breach",
    "commentary",
    "status",
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small index."""
    return index(tmp_path / "index.xlsx", *ROWS)


def digest(path: Path) -> str:
    """A file's checksum."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*arguments: str | Path, code: int = 0) -> None:
    """Run the command and check how it ends."""
    assert main([str(a) for a in arguments]) == code


def test_the_json_object(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("report", source, "--tolerance", "5%", "--json")
    result = json.loads(capsys.readouterr().out)
    assert list(result) == KEYS
    first, second, third = result["indicators"]
    assert list(first) == INDICATOR_KEYS
    assert first == {
        "no": "1",
        "indicator": "% done in time",
        "sheet": "Index",
        "cell": "G2",
        "actual": 85,
        "period": "Apr 2021",
        "target": 91,
        "polarity": "High",
        "rule": "tolerance",
        "rating": "R",
        "reason": "Red: 85% against a target of 91% (High): missed by 6.6%; amber allows 5%",
        "typed_rating": None,
        "breach": "Above",
        "commentary": "late",
        "status": "rated",
    }
    assert (second["rating"], second["typed_rating"], second["status"]) == ("G", "A", "rated")
    assert (third["rating"], third["cell"], third["status"]) == (None, "B4", "unreportable")
    assert result["exceptions"] == ["1", "2"]
    assert result["unreportable"] == ["3"]
    assert result["period"] == "Apr 2021"
    assert result["output"] == str(source.with_name("index_rated.xlsx"))
    assert [f["code"] for f in result["findings"]] == ["range-breach", "typed-rating-differs"]
    assert set(result["findings"][0]) == {"code", "severity", "sheet", "cell", "message"}


def test_the_input_is_not_touched_and_the_copy_lies_beside_it(source: Path) -> None:
    before = digest(source)
    run("report", source)
    run("recalc", source, "-o", source.with_name("other.xlsx"))
    run("init", source)
    assert digest(source) == before
    assert sorted(p.name for p in source.parent.iterdir()) == [
        "index.xlsx",
        "index_rated.xlsx",
        "index_settings.xlsx",
        "other.xlsx",
    ]
    assert cells(source.with_name("index_rated.xlsx"), "Index")[1][4] == "A"


def test_charts_are_drawn_kept_and_taken_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ["No", "Indicator", "Target", "Apr 21", "May 21", "Highlight"]
    rows = ([1, "a", 5, 4, 3, "Of note"], [2, "b", 5, None, 6, "Of note"])
    source = index(tmp_path / "index.xlsx", head, *rows)
    made = [tmp_path / f"{name}.xlsx" for name in ("charts", "kept", "without")]
    run("report", source, "-o", made[0], "--charts", "--json")
    said = json.loads(capsys.readouterr().out)["findings"]
    assert [f["message"] for f in said if f["code"] == "chart-left-out"] == [
        "Indicator 2 is of note, but has no chart: only one period has a figure up to May 2021."
    ]
    run("report", made[0], "-o", made[1])
    assert digest(made[0]) == digest(made[1])
    run("report", made[0], "-o", made[2], "--no-charts")
    held = [any("charts/" in name for name in zipfile.ZipFile(m).namelist()) for m in made]
    assert held == [True, True, False]


def test_in_place_keeps_what_was_there(source: Path) -> None:
    before = digest(source)
    run("report", source, "--in-place")
    assert digest(source.with_name("index.xlsx.bak")) == before
    after = digest(source)
    run("report", source, "--in-place")
    assert digest(source) == after
    assert digest(source.with_name("index.xlsx.bak")) == before  # nothing changed, nothing written


def test_a_replaced_output_is_kept(source: Path) -> None:
    out = source.with_name("out.xlsx")
    out.write_bytes(b"what was there")
    run("report", source, "-o", out)
    assert out.with_name("out.xlsx.bak").read_bytes() == b"what was there"


def test_an_input_or_another_result_is_never_written_over_unasked(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digest(source)
    run("report", source, "-o", source, code=2)
    assert "use --in-place" in capsys.readouterr().err
    elsewhere = tmp_path / "elsewhere"
    out = tmp_path / "rated"
    for folder in (elsewhere, out):
        folder.mkdir()
    twin = index(elsewhere / "index.xlsx", *ROWS)
    run("recalc", source, twin, "-o", out, code=2)
    assert "would both be written to" in capsys.readouterr().err
    other = index(out / "index_rated.xlsx", *ROWS)
    run("recalc", source, other, "-o", out, code=2)
    assert "would be written over" in capsys.readouterr().err
    assert digest(source) == before
    assert list(out.iterdir()) == [other]


@pytest.mark.parametrize(
    ("output", "instead"),
    (("a.xlsm", "a.xlsx"), ("a.csv", "a.xlsx"), ("a", "a.xlsx"), ("v2.1", "v2.1.xlsx")),
)
@pytest.mark.parametrize("command", ("report", "recalc", "init"))
def test_a_result_named_as_another_kind_of_file_is_refused(
    command: str, output: str, instead: str, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = source.with_name(output)
    run(command, source, "-o", out, code=2)
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.endswith(f"is a .xlsx workbook, as {source} is. Write -o {out.with_name(instead)}\n")
    assert not out.exists()
    run(command, source, "-o", source.with_name("a.XLSX"))


def test_several_files_go_into_a_folder_and_one_bad_one_does_not_stop_the_rest(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_text("no,workbook")
    folder = tmp_path / "rated"
    folder.mkdir()
    run("recalc", bad, source, "-o", folder, "--json", code=3)
    out, err = capsys.readouterr()
    assert [Path(item["output"]).name for item in json.loads(out)] == ["index_rated.xlsx"]
    assert "bad.xlsx" in err
    run("recalc", source, source, "-o", tmp_path / "one.xlsx", code=2)


def test_check_says_what_was_read_and_ends_with_1_on_errors(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("check", source)
    shown = capsys.readouterr().out
    assert "Sheet 'Index': header rows 1 to 1" in shown
    assert "D  Target  (Target)" in shown
    assert "warning: Index!E3: Indicator 2: typed is A, computed is G" in shown
    assert "3 indicators to Apr 2021: 0 red, 1 amber, 1 green, 1 not rated." in shown
    unclear = index(tmp_path / "u.xlsx", ["No", "KPI", "Target", "Apr 21"], [1, "% x", 91, 0.88])
    run("check", unclear, code=1)


@pytest.mark.parametrize(
    ("arguments", "found"),
    (
        (["--tolerance", "much"], "--tolerance: found 'much', expected 10%"),
        (["--period", "soon"], "--period: found 'soon', expected a period such as 'Aug 2021'"),
        (["--polarity", "up and down"], "--polarity: found 'up and down'"),
        (["--rule", "dice"], "--rule: found 'dice'"),
        (["--year", "21"], "--year: found '21'"),
        (["--header-row", "a"], "--header-row: found 'a'"),
        (["--column", "Wish=F"], "--column: found 'Wish', expected FIELD=COLUMN"),
        (["--column", "Target"], "--column: found 'Target'"),
    ),
)
def test_usage_errors(
    source: Path, arguments: list[str], found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("report", source, *arguments, code=2)
    assert found in capsys.readouterr().err
    assert not source.with_name("index_rated.xlsx").exists()


@pytest.mark.parametrize("arguments", ([], ["dance"], ["report"], ["report", "a", "--what"]))
def test_the_parser_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_inputs_that_cannot_be_used(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = (root / "workbook" / "performance_index_2021-22.xlsx").read_bytes()
    cases = {
        "missing.xlsx": None,
        "empty.xlsx": b"",
        "text.xlsx": b"a,b,c\n1,2,3\n",
        "html.xlsx": b"<html><body>x</body></html>",
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        **{f"cut{n}.xlsx": sample[: len(sample) * n // 12] for n in range(1, 12)},
    }
    for name, data in cases.items():
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        run("report", path, "-o", tmp_path / "out.xlsx", code=3)
        message = capsys.readouterr().err
        assert name in message
        assert "Traceback" not in message
    run("report", tmp_path, code=3)
    assert not (tmp_path / "out.xlsx").exists()


def test_outputs_that_cannot_be_written(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("report", source, "-o", tmp_path / "no" / "folder.xlsx", code=4)
    (tmp_path / "~$index.xlsx").write_bytes(b"\x05Alice" + bytes(159))
    before = digest(source)
    run("report", source, "--in-place", code=4)
    assert "Alice" in capsys.readouterr().err
    assert digest(source) == before


def test_letters_that_the_terminal_lacks_are_no_failure(tmp_path: Path) -> None:
    rows = (
        ["No", "KPI", "Target", "Apr 21"],
        [1, "tr\N{EN DASH}end \N{CJK UNIFIED IDEOGRAPH-4E00}", 5, 4],
    )
    path = index(tmp_path / "a.xlsx", *rows)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for arguments, found in ((["check"], "tr?end"), (["check", "--json"], r"tr\u2013end \u4e00")):
        command = [sys.executable, "-m", "perf_addin", *arguments, str(path)]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        assert found in done.stdout.decode("ascii")


def process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as its own process."""
    command = [sys.executable, "-m", "perf_addin", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_piped_it_prints_just_where_the_result_is(source: Path) -> None:
    done = process("report", source)
    assert done.stdout == f"{source.with_name('index_rated.xlsx')}\n"
    assert done.stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize("colours", (True, False))
def test_a_terminal_gets_a_table_with_letters_and_colours(source: Path, *, colours: bool) -> None:
    import pty  # noqa: PLC0415 - not on Windows

    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100"} | ({} if colours else {"NO_COLOR": "1"})
    command = [sys.executable, "-m", "perf_addin", "report", str(source)]
    subprocess.run(command, stdout=theirs, env=environment, check=True)
    os.close(theirs)
    shown = os.read(ours, 20_000).decode()
    os.close(ours)
    assert "1   % done in time        Apr 2021  85%     91%     " in shown
    assert ("\x1b[30;43mA" in shown) is colours
    assert "Written to" in shown


def test_a_closed_pipe_is_no_traceback(source: Path) -> None:
    command = f"{sys.executable} -m perf_addin check {source} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stated", (False, True))
def test_no_workbook_of_the_corpus_ends_in_a_traceback(
    corpus_files: tuple[Path, ...], tmp_path: Path, *, stated: bool
) -> None:
    place = ["--sheet", "Sheet1", "--header-row", "1", "--column", "Actual=B"]
    options = [*place, "--column", "Indicator=A"] if stated else []
    ends: Counter[int] = Counter()
    for path in corpus_files:
        out = tmp_path / f"out{path.suffix}"
        out.unlink(missing_ok=True)
        code = main(["report", str(path), "-o", str(out), *options])
        assert out.exists() is (code == 0), path.name
        ends[code] += 1
    assert set(ends) <= {0, 3, 4}
    assert bool(ends[0]) is stated  # none of them is an index, unless one says so
