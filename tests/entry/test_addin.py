"""The command `addin`, from the options to what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin import __version__
from perf_addin.adapters.addin_file import building
from perf_addin.entry import addin
from perf_addin.entry.cli import main
from tests.adapters.xlsx.test_repairing import LOST, MENDED, ROWS, with_links
from tests.application.desktop.double import CONFIGURATION, PATHS, Double


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Double:
    made = Double()
    made.setup = made.setup._replace(version=__version__)
    monkeypatch.setattr(addin, "this_machine", lambda: made)
    return made


def test_build_writes_the_file_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["addin", "build", "-o", str(tmp_path)]) == 0
    made = tmp_path / "perf_addin.xlam"
    assert capsys.readouterr().out == f"{made}\n"
    assert building.version_of(made.read_bytes()) == __version__


def test_build_refuses_another_kind_of_file_and_a_place_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["addin", "build", "-o", str(tmp_path / "x.xlsx")]) == 2
    assert main(["addin", "build", "-o", str(tmp_path / "gone" / "x.xlam")]) == 4
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_install_doctor_and_uninstall_go_together(
    machine: Double, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["addin", "doctor"]) == 1
    assert capsys.readouterr().out.endswith("\nDo this: Run: perf-addin addin install\n")
    assert main(["addin", "install"]) == 0
    assert CONFIGURATION in capsys.readouterr().out
    assert main(["addin", "doctor"]) == 0
    assert "All is well" in capsys.readouterr().out
    assert main(["addin", "uninstall"]) == 0
    assert not machine.files.keys() & {CONFIGURATION, *PATHS.values()}


def test_install_takes_a_signed_file_but_no_other(
    machine: Double, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.xlam"
    file.write_bytes(b"no")
    assert main(["addin", "install", "--addin", str(file)]) == 3
    assert "is not an add-in that" in capsys.readouterr().err
    assert main(["addin", "install", "--addin", str(tmp_path / "gone.xlam")]) == 3
    file.write_bytes(building.build())
    assert main(["addin", "install", "--registered", "--addin", str(file)]) == 0
    assert file.read_bytes() in machine.files.values()


def test_install_elsewhere_says_what_to_do_instead(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["addin", "install"]) == 2
    assert "Windows only" in capsys.readouterr().err


def test_repair_writes_a_copy_and_leaves_the_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = with_links(tmp_path / "index.xlsx", ROWS)
    before = file.read_bytes()
    assert main(["addin", "repair", str(file)]) == 0
    assert file.read_bytes() == before
    shown = capsys.readouterr().out
    assert "3 formulas on 'Index'" in shown
    assert shown.endswith(f"{tmp_path / 'index_repaired.xlsx'}\n")


def test_repair_in_place_keeps_the_old_file(tmp_path: Path) -> None:
    file = with_links(tmp_path / "index.xlsx", ROWS)
    before = file.read_bytes()
    assert main(["addin", "repair", "--in-place", str(file)]) == 0
    assert (tmp_path / "index.xlsx.bak").read_bytes() == before
    assert file.read_bytes() != before


def test_repair_goes_on_after_a_file_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = with_links(tmp_path / "whole.xlsx", MENDED)
    lost = tmp_path / "lost.xlsx"
    assert main(["addin", "repair", str(lost), str(whole)]) == 3
    shown = capsys.readouterr()
    assert "nothing was written" in shown.out
    assert "lost.xlsx" in shown.err
    assert LOST not in MENDED
    assert [path.name for path in tmp_path.iterdir()] == ["whole.xlsx"]
