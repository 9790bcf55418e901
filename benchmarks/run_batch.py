"""Time batches of many workbooks beside the floor and openpyxl, and print ratios.

`python benchmarks/run_benchmarks.py --batch` runs it too. The floor is one process that unzips
every workbook and zips it again at level 6; openpyxl makes the same edits in one warm process. A
batch is a whole process with its workers: started, every result and its line of the manifest on the
disk, ended. Commands take turns, and the quickest round of each counts. Wall time is that of a
machine at rest only if it is at rest; processor time (of all processes together) is the surer one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from run_benchmarks import HERE, OURS, Run, measure

_INDICATORS = 40
_FLOOR = """
import sys, zipfile
from pathlib import Path
out = Path(sys.argv[2])
out.mkdir(exist_ok=True)
for source in Path(sys.argv[1]).iterdir():
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out / source.name, "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item), zipfile.ZIP_DEFLATED, 6)
"""
_OPENPYXL = """
import sys
from pathlib import Path
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill
fill, font = PatternFill("solid", fgColor="B3111F"), Font(color="FFFFFE")
out = Path(sys.argv[2])
out.mkdir(exist_ok=True)
for source in Path(sys.argv[1]).iterdir():
    book = load_workbook(source)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        actual = next(v for c in range(24, 12, -1) if (v := sheet.cell(row, c).value) is not None)
        target = sheet.cell(row, 6).value
        cell = sheet.cell(row, 9)
        cell.value = "G" if actual >= target else "A" if actual >= 0.9 * target else "R"
        cell.fill, cell.font = fill, font
    book.save(out / source.name)
"""
# Works on many workbooks in memory, each another one, and prints the least milliseconds of
# processor time for one: the floor, ratings, and ratings with report.
_WARM = """
import gc, io, sys, time, zipfile
from pathlib import Path
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.rating_index import rate_index
from perf_addin.application.settings import Settings
from perf_addin.application.write_ratings import write_ratings
from perf_addin.application.write_report import write_report
sources = [(path, path.read_bytes()) for path in sorted(Path(sys.argv[1]).iterdir())]
settings = Settings()
def floor(path, raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(io.BytesIO(), "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item), zipfile.ZIP_DEFLATED, 6)
def ratings(path, raw, report=False):
    workbook = XlsxWorkbook(Package.open(path, content=raw))
    result = rate_index(workbook, settings)
    write_ratings(workbook, result)
    if report:
        write_report(workbook, result)
    return b"".join(workbook.package.chunks())
def both(path, raw):
    return ratings(path, raw, report=True)
gc.disable()  # as in a worker, which collects between workbooks
best = {}
for round_ in range(int(sys.argv[2]) + 1):
    for work in (floor, ratings, both):
        gc.collect()
        started = time.process_time()
        for path, raw in sources:
            work(path, raw)
        taken = (time.process_time() - started) / len(sources) * 1000
        if round_:
            best[work] = min(taken, best.get(work, taken))
print(*(best[work] for work in (floor, ratings, both)))
"""


class Best(NamedTuple):
    """The least wall time and processor time (seconds), and the most memory of one process."""

    wall: float
    cpu: float
    peak_mib: float


def _best(runs: Sequence[Run]) -> Best:
    return Best(
        min(run.wall for run in runs),
        min(run.cpu for run in runs),
        max(run.peak_mib for run in runs),
    )


def make_folder(folder: Path, count: int, indicators: int) -> None:
    """Write workbooks that differ in figures and targets, by another process."""
    folder.mkdir()
    call = f"make_index(f'{folder}/index {{n:05d}}.xlsx', {indicators}, seed=n)"
    maker = f"from make_index import make_index\nfor n in range({count}): {call}"
    subprocess.run([sys.executable, "-c", maker], cwd=HERE, check=True)


def _commands(source: Path, folder: Path, *, peers: bool) -> dict[str, list[str]]:
    """What is run, by its title; each puts its results into a folder of its own."""
    python = [sys.executable, "-c"]
    batch = [*python, OURS, "batch", str(source), "--quiet", "--out"]
    ratings = ["--only-ratings", "--tables", "none", "--workers"]
    commands = {
        "unzip and zip, level 6": [*python, _FLOOR, str(source), str(folder / "zipped")],
        **{
            f"batch, ratings, {n} worker{'s' * (n != 1)}": [
                *(*batch, str(folder / f"ratings {n}"), *ratings, str(n))
            ]
            for n in (0, 1, 2)
        },
        "batch, with report, 2 workers": [
            *(*batch, str(folder / "report"), "--tables", "none", "--workers", "2")
        ],
        "batch, all of it, 2 workers": [*batch, str(folder / "all"), "--workers", "2"],
    }
    if peers:
        results = str(folder / "openpyxl")
        commands["openpyxl, same edits"] = [*python, _OPENPYXL, str(source), results]
    return commands


def run_folders(counts: Sequence[int], repeats: int, *, peers: bool) -> None:
    """Print a table for each number of workbooks."""
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            source = Path(name) / "in"
            make_folder(source, count, _INDICATORS)
            runs: dict[str, list[Run]] = {}
            for number in range(repeats):
                # Nothing is deleted meanwhile: after that, some disks make new files more slowly.
                folder = Path(name) / f"round {number}"
                folder.mkdir()
                for title, command in _commands(source, folder, peers=peers).items():
                    if title.startswith("openpyxl") and number:
                        continue
                    runs.setdefault(title, []).append(measure(command))
            _print_folders(count, {title: _best(each) for title, each in runs.items()})


def _print_folders(count: int, best: dict[str, Best]) -> None:
    print(f"\n{count:,} workbooks of {_INDICATORS} indicators")
    print(
        f"{'':32}{'wall s':>9}{'CPU s':>9}{'ms each':>9}{'CPU ms':>8}{'x floor':>9}{'CPU':>7}"
        f"{'each s':>8}{'each CPU s':>11}{'MiB':>7}"
    )
    floor = best["unzip and zip, level 6"]
    for title, (wall, cpu, peak) in best.items():
        print(
            f"{title:32}{wall:9.2f}{cpu:9.2f}{wall / count * 1000:9.2f}{cpu / count * 1000:8.2f}"
            f"{wall / floor.wall:9.2f}{cpu / floor.cpu:7.2f}{count / wall:8.0f}{count / cpu:11.0f}"
            f"{peak:7.1f}"
        )
    one, two = best["batch, ratings, 1 worker"], best["batch, ratings, 2 workers"]
    print(f"speed-up from 1 to 2 workers: {one.wall / two.wall:.2f}; CPU {two.cpu / one.cpu:.2f} x")


def run_warm(indicators: Sequence[int], repeats: int) -> None:
    """Print what one workbook more costs in a process that is warm, by its indicators."""
    print("\na workbook more in a warm process, in memory, CPU ms (and x floor)")
    print(f"{'indicators':>10}{'floor':>9}{'ratings':>9}{'':>7}{'report':>9}{'':>7}{'us each':>9}")
    for rows in indicators:
        with tempfile.TemporaryDirectory() as name:
            source = Path(name) / "in"
            make_folder(source, max(2, min(20, 4000 // rows)), rows)
            command = [sys.executable, "-c", _WARM, str(source), str(max(3, repeats))]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            floor, ratings, report = map(float, done.stdout.split())
            print(
                f"{rows:10,}{floor:9.2f}{ratings:9.2f}{ratings / floor:7.2f}{report:9.2f}"
                f"{report / floor:7.2f}{ratings / rows * 1000:9.1f}"
            )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbooks", type=int, nargs="*", default=[1, 100, 2000])
    parser.add_argument("--indicators", type=int, nargs="*", default=[40, 200, 1000, 5000, 20000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true", help="leave openpyxl out")
    options = parser.parse_args(arguments)
    run_warm(options.indicators, options.repeats)
    run_folders(options.workbooks, options.repeats, peers=not options.no_peers)


if __name__ == "__main__":
    main()
