"""Several processes on one workbook, people who save meanwhile, and clocks that are set back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.domain.errors import OutputError

SAMPLE = Path("workbook", "performance_index_2021-22.xlsx")
PART = "docProps/app.xml"


def recalc(source: Path, *more: str) -> subprocess.Popen[str]:
    """Start the command; who waits for it reads what it said."""
    command = [sys.executable, "-m", "perf_addin", "recalc", str(source), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_processes_on_one_file_leave_one_whole_result(root: Path, tmp_path: Path) -> None:
    """Each wants something else of it; the last whole save stands, and the others say so."""
    alone = {}
    for tolerance in ("1%", "20%"):
        path = shutil.copyfile(root / SAMPLE, tmp_path / f"alone{tolerance[:-1]}.xlsx")
        process = recalc(path, "--in-place", "--tolerance", tolerance)
        assert process.wait(60) == 0
        alone[tolerance] = path.read_bytes()
        process.communicate()
    original = (root / SAMPLE).read_bytes()
    for _ in range(3):
        folder = tmp_path / "one"
        folder.mkdir()
        path = shutil.copyfile(root / SAMPLE, folder / "index.xlsx")
        processes = [recalc(path, "--in-place", "--tolerance", t) for t in alone for _ in "ab"]
        ended = [(process.communicate(timeout=60)[1], process.returncode) for process in processes]
        assert {code for _, code in ended} <= {0, 4}
        assert any(code == 0 for _, code in ended)
        for said, code in ended:
            assert code == 0 or "somebody else" in said
            assert "Traceback" not in said
        left = {p.name: p.read_bytes() for p in folder.iterdir()}
        assert set(left) == {"index.xlsx", "index.xlsx.bak"}
        # Whoever came later read either the original or a whole result of another.
        assert Package.open(path).part_names
        assert left["index.xlsx.bak"] in {original, *alone.values()}
        shutil.rmtree(folder)


@pytest.mark.parametrize("same_size", (True, False))
def test_what_somebody_saved_meanwhile_is_seen_without_a_clock(
    root: Path, tmp_path: Path, *, same_size: bool
) -> None:
    source = shutil.copyfile(root / SAMPLE, tmp_path / "index.xlsx")
    read = Package.open(source)
    read.replace(PART, read.read(PART) + b"\n")
    date = source.stat()
    theirs = bytearray(source.read_bytes())
    theirs[theirs.index(b"PK\3\4") + 10] ^= 1  # the time that the first member states
    source.write_bytes(theirs if same_size else theirs + b"\0")
    os.utime(source, ns=(date.st_atime_ns, date.st_mtime_ns))  # its clock says that nothing was
    with pytest.raises(OutputError, match="saved by somebody else"):
        save(read, source, backup=True)
    assert source.read_bytes() == (theirs if same_size else theirs + b"\0")
    assert [path.name for path in tmp_path.iterdir()] == ["index.xlsx"]


@pytest.mark.parametrize("date", (0, 4_102_444_800))
def test_a_file_from_another_time_is_saved_as_any_other(
    root: Path, tmp_path: Path, date: int
) -> None:
    source = shutil.copyfile(root / SAMPLE, tmp_path / "index.xlsx")
    os.utime(source, (date, date))
    process = recalc(source, "--in-place")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert source.read_bytes() != (root / SAMPLE).read_bytes()
