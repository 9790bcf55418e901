"""The command `batch`, in this process and in worker processes."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from perf_addin.application.batch.records import Record, read_manifest
from perf_addin.application.batch.rows import counts_of
from perf_addin.entry.cli import main
from tests import batches, judges
from tests.application.build import index

HERE = ("--workers", "0", "--tables", "none")


def run(*arguments: object) -> int:
    return main(["batch", *map(str, arguments)])


def records(out: Path) -> dict[str, Record]:
    lines = (out / ".perf-addin" / "manifest.jsonl").read_text(encoding="ascii").splitlines()
    return read_manifest(lines).records


def test_every_workbook_is_what_report_makes_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = batches.folder_of(tmp_path / "in", 7)
    out = tmp_path / "out"
    assert run(folder, "--out", out, "--workers", 2) == 0
    shown, said = capsys.readouterr()
    assert shown == (
        f"7 done, 0 unchanged, 0 failed. Results in {out}\n"
        "The league of all of them is summary.html there.\n"
    )
    assert said == f"7 workbooks under {folder}.\n"
    single = tmp_path / "single.xlsx"
    source = result = folder
    for source in folder.rglob("*.xlsx"):
        assert main(["report", str(source), "-o", str(single)]) == 0
        result = out / source.relative_to(folder)
        assert result.read_bytes() == single.read_bytes()
    assert judges.new_errors(judges.validate(source), judges.validate(result)) == ()
    assert {key: record.state for key, record in records(out).items()} == dict.fromkeys(
        (path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx")), "done"
    )


def test_only_ratings_are_what_recalc_makes(tmp_path: Path) -> None:
    source = batches.workbook(tmp_path / "in" / "index.xlsx")
    assert run(tmp_path / "in", "--out", tmp_path / "out", "--only-ratings", *HERE) == 0
    assert main(["recalc", str(source), "-o", str(tmp_path / "single.xlsx")]) == 0
    result = tmp_path / "out" / "index.xlsx"
    assert result.read_bytes() == (tmp_path / "single.xlsx").read_bytes()


def test_options_reach_the_workers(tmp_path: Path) -> None:
    row = (1, "Visits in time", "High", 90, None, 85, "", "")
    (tmp_path / "in").mkdir()
    index(tmp_path / "in" / "index.xlsx", batches.HEADER, row)
    arguments = (tmp_path / "in", "--out", tmp_path / "out", "--tables", "none")
    assert run(*arguments, "--workers", 1, "--tolerance", "10%") == 0
    assert records(tmp_path / "out")["index.xlsx"].counts[:3] == (0, 1, 0)
    assert run(*arguments, "--workers", 1, "--tolerance", "1%") == 0
    assert records(tmp_path / "out")["index.xlsx"].counts[:3] == (1, 0, 0)


def test_one_bad_workbook_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = batches.folder_of(tmp_path / "in", 5)
    (folder / "bad.xlsx").write_text("no workbook", encoding="ascii")
    out = tmp_path / "out"
    assert run(folder, "--out", out, "--workers", 2, "--tables", "csv") == 1
    shown, said = capsys.readouterr()
    assert shown.startswith("5 done, 0 unchanged, 1 failed.")
    assert "failed: bad.xlsx is a text or CSV file" in said
    assert not (out / "bad.xlsx").exists()
    table = pd.read_csv(out / "workbooks.csv")
    (failed,) = table[table["State"] == "failed"].to_dict("records")
    assert failed["Workbook"] == "bad.xlsx"
    assert "is a text or CSV file" in failed["Reason"]
    assert "is a text or CSV file" in (out / "summary.html").read_text(encoding="utf-8")


def test_a_defect_of_ours_fails_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = batches.folder_of(tmp_path / "in", 3)
    monkeypatch.setattr(
        "perf_addin.entry.batch_task.counts_of",
        lambda result: 1 // 0 if result.file == "index 1.xlsx" else counts_of(result),
    )
    assert run(folder, "--out", tmp_path / "out", *HERE) == 1
    assert "An unexpected ZeroDivisionError" in capsys.readouterr().err
    assert records(tmp_path / "out")["team 0/index 2.xlsx"].state == "done"


class TestRefusals:
    """What is refused before any work."""

    def test_nothing_found(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "in").mkdir()
        assert run(tmp_path / "in", "--out", tmp_path / "out") == 3
        assert "No workbook was found" in capsys.readouterr().err
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        ("options", "said"),
        (
            (("--workers", "-1"), "--workers: found '-1'"),
            (("--workers", "many"), "--workers: found 'many'"),
            (("--timeout", "nan"), "--timeout: found 'nan'"),
            (("--scheduler", "tcp://127.0.0.1:1", "--workers", "2"), "Leave them out"),
            (("--workers", "0", "--timeout", "5"), "say --workers 1 or more"),
            (("--tolerance", "wide"), "--tolerance: found 'wide'"),
        ),
    )
    def test_options(
        self,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        options: tuple[str, ...],
        said: str,
    ) -> None:
        batches.workbook(tmp_path / "in" / "index.xlsx")
        assert run(tmp_path / "in", "--out", tmp_path / "out", *options) == 2
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize("out", (".", "in", "in/team"))
    def test_results_over_inputs(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str
    ) -> None:
        source = batches.workbook(tmp_path / "in" / "team" / "index.xlsx")
        before = source.read_bytes()
        assert run(source, "--out", tmp_path / out) == 2
        assert "holds the inputs" in capsys.readouterr().err
        assert source.read_bytes() == before

    def test_out_that_cannot_be_made(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        batches.workbook(tmp_path / "in" / "index.xlsx")
        (tmp_path / "file").touch()
        assert run(tmp_path / "in", "--out", tmp_path / "file" / "out") == 4
        assert "cannot be written" in capsys.readouterr().err

    def test_two_runs_at_once(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        from perf_addin.entry.batch_places import journal_at  # noqa: PLC0415

        batches.workbook(tmp_path / "in" / "index.xlsx")
        held = journal_at(str(tmp_path / "out"))
        assert run(tmp_path / "in", "--out", tmp_path / "out", *HERE) == 4
        assert "Another run is writing" in capsys.readouterr().err
        held.close()
        assert run(tmp_path / "in", "--out", tmp_path / "out", *HERE) == 0


def test_results_inside_the_inputs_are_not_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = batches.folder_of(tmp_path / "in", 3)
    for expected in ("3 done, 0 unchanged", "0 done, 3 unchanged"):
        assert run(folder, "--out", folder / "rated", *HERE) == 0
        assert capsys.readouterr().out.startswith(expected)


def test_a_link_in_the_results_leads_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batches.workbook(tmp_path / "in" / "team" / "index.xlsx")
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "team").symlink_to(outside)
    assert run(tmp_path / "in", "--out", tmp_path / "out", *HERE) == 1
    assert "leads out of the folder of results" in capsys.readouterr().err
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    (
        "שלום \u202exslx.xlsx",
        "=cmd|' /C calc'!A1.xlsx",
        "ünï\u0308.xlsx",
        "a\nb.xlsx",
        "..xlsx.xlsx",
    ),
)
def test_odd_names(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    batches.workbook(tmp_path / "in" / name)
    code = run(tmp_path / "in", tmp_path / "in", "--out", tmp_path / "out", "--workers", "0")
    hidden = name.startswith(".")
    assert code == (3 if hidden else 0)
    if hidden:
        return
    assert (tmp_path / "out" / name).exists()
    said = "".join(capsys.readouterr())
    assert "\u202e" not in said
    with (tmp_path / "out" / "ratings.csv").open(encoding="utf-8-sig", newline="") as file:
        cell = pd.read_csv(file)["Workbook"].iloc[0]
    assert cell == (f"'{name}" if name.startswith("=") else name)
    assert set(pd.read_parquet(tmp_path / "out" / "ratings.parquet")["Workbook"]) == {name}


def test_names_that_differ_in_case_only_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Index.xlsx", "index.xlsx", "other.xlsx"):
        batches.workbook(tmp_path / "in" / name)
    if len(list((tmp_path / "in").iterdir())) < 3:
        pytest.skip("on this disk such names are one file")
    assert run(tmp_path / "in", "--out", tmp_path / "out", *HERE) == 1
    assert capsys.readouterr().out.startswith("1 done, 0 unchanged, 2 failed.")
    assert {path.name for path in (tmp_path / "out").glob("*.xlsx")} == {"other.xlsx"}


def test_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batches.workbook(tmp_path / "in" / "index.xlsx")
    (tmp_path / "in" / "bad.xlsx").touch()
    assert run(tmp_path / "in", "--out", tmp_path / "out", *HERE, "--quiet") == 1
    shown, said = capsys.readouterr()
    assert shown == ""
    assert said.count("\n") == 1
    assert "bad.xlsx is empty" in said


def test_the_manifest_is_json_lines(tmp_path: Path) -> None:
    batches.workbook(tmp_path / "in" / "index.xlsx")
    assert run(tmp_path / "in", "--out", tmp_path / "out", *HERE) == 0
    manifest = tmp_path / "out" / ".perf-addin" / "manifest.jsonl"
    first, second = map(json.loads, manifest.read_text(encoding="ascii").splitlines())
    assert first == {"base": str(tmp_path / "in")}
    assert second["key"] == "index.xlsx"
    assert second["counts"] == {"green": 1, "red": 1}


@pytest.mark.parametrize(
    ("missing", "options", "code", "said"),
    (
        ("pyarrow", (), 0, 'pip install "perf-addin[tables]" adds Parquet'),
        ("pyarrow", ("--tables", "all"), 2, 'pip install "perf-addin[tables]"'),
        ("distributed", ("--scheduler", "tcp://x:1"), 2, 'pip install "perf-addin[cluster]"'),
        ("fsspec", ("--out", "memory://out"), 2, 'pip install "perf-addin[cluster]"'),
    ),
)
def test_what_is_not_installed_is_named(
    tmp_path: Path, missing: str, options: tuple[str, ...], code: int, said: str
) -> None:
    folder = batches.workbook(tmp_path / "in" / "index.xlsx").parent
    arguments = ["batch", str(folder), "--out", str(tmp_path / "out"), *options]
    program = (
        f"import sys; sys.modules[{missing!r}] = None; from perf_addin.entry.cli import main; "
        f"sys.exit(main({arguments!r} + {[] if '--scheduler' in options else ['--workers', '0']}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=batches.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "ratings.csv").exists() is (code == 0)


def test_a_plain_batch_loads_no_library_that_it_does_not_need(tmp_path: Path) -> None:
    folder = batches.workbook(tmp_path / "in" / "index.xlsx").parent
    arguments = ["batch", str(folder), "--out", str(tmp_path / "out"), "--tables", "csv"]
    program = (
        "import sys; from perf_addin.entry.cli import main; "
        f"main({[*arguments, '--workers', '0', '--quiet']!r}); print(sorted(sys.modules))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env=batches.environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    loaded = {name.partition(".")[0] for name in ast.literal_eval(shown)}
    assert not loaded & {"distributed", "fsspec", "numpy", "pandas", "pyarrow", "lxml", "openpyxl"}
