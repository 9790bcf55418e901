"""Time whole processes, open to saved, beside their peers in the same run, and print ratios.

Run it with the Python of the environment that holds perf-addin:
`python benchmarks/run_benchmarks.py`.
The base of every ratio is what Python needs to unzip the same package and zip it again at level 6.
Every round runs every command once, in an order of its own: what slows the machine down slows all
of them, and none always finds the caches as the same one left them. Ratios are those of the
quickest runs, and of the medians beside them.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
# As for a user: Python keeps what it compiled.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

_REZIP = """
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    for item in old.infolist():
        new.writestr(item, old.read(item), zipfile.ZIP_DEFLATED, 6)
"""
_PEERS = ("openpyxl", "LibreOffice")
_SHORT, _MORE_ROUNDS = 1_000, 3
"""Up to so many indicators a run is short: whatever else the machine does is more of it."""
# What the installed command does.
OURS = "import sys; from perf_addin.entry.cli import command; sys.exit(command())"
_OPENPYXL = """
import sys
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill
fill, font = PatternFill("solid", fgColor="B3111F"), Font(color="FFFFFE")
book = load_workbook(sys.argv[1])
sheet = book.worksheets[0]
for row in range(2, sheet.max_row + 1):
    actual = next(v for c in range(24, 12, -1) if (v := sheet.cell(row, c).value) is not None)
    target = sheet.cell(row, 6).value
    cell = sheet.cell(row, 9)
    cell.value = "G" if actual >= target else "A" if actual >= 0.9 * target else "R"
    cell.fill, cell.font = fill, font
book.save(sys.argv[2])
"""


class Run(NamedTuple):
    """One run of a whole process: wall time and CPU time in seconds, peak memory in MiB."""

    wall: float
    cpu: float
    peak_mib: float


def measure(command: Sequence[str]) -> Run:
    """Run a command.

    Raises:
        RuntimeError: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{command} ended with exit code {process.returncode}"
        raise RuntimeError(message)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


_LOAD_AND_SAVE = """
import sys
from openpyxl import load_workbook
load_workbook(sys.argv[1]).save(sys.argv[2])
"""


def _formula_commands(source: Path, folder: Path) -> dict[str, list[str]]:
    python = [sys.executable, "-c"]
    recalc = [*python, OURS, "recalc", str(source)]
    out = ["-o", str(folder / "recalc.xlsx")]
    commands = {
        "python -c pass": [*python, "pass"],
        "unzip and zip, level 6": [*python, _REZIP, str(source), str(folder / "out.xlsx")],
        "recalc, cached first": [*recalc, *out],
        "recalc --recalc always": [*recalc, "--recalc", "always", *out],
        "openpyxl, load and save": [*python, _LOAD_AND_SAVE, str(source), str(folder / "o.xlsx")],
    }
    if office := shutil.which("soffice"):
        convert = [office, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "lo")]
        commands["LibreOffice, convert"] = [*convert, str(source)]
    return commands


def _commands(source: Path, folder: Path) -> dict[str, list[str]]:
    out = folder / "out.xlsx"
    python = [sys.executable, "-c"]
    ours = [*python, OURS]
    return {
        "python -c pass": [*python, "pass"],
        "import perf_addin": [*python, "import perf_addin"],
        "unzip and zip, level 6": [*python, _REZIP, str(source), str(out)],
        "perf-addin recalc": [*ours, "recalc", str(source), "-o", str(folder / "recalc.xlsx")],
        "perf-addin report": [*ours, "report", str(source), "-o", str(folder / "report.xlsx")],
        # What it finds goes nowhere, and it writes no workbook.
        "perf-addin check": [*ours, "check", str(source), "--format", "csv"],
        "openpyxl, same edits": [*python, _OPENPYXL, str(source), str(out)],
    }


def _fresh(folder: Path) -> Callable[[], None]:
    def remove() -> None:
        for name in ("recalc.xlsx", "report.xlsx", "recalc.xlsx.bak", "report.xlsx.bak"):
            (folder / name).unlink(missing_ok=True)

    return remove


def _interleaved(
    commands: dict[str, list[str]], repeats: int, fresh: Callable[[], None], *, peers: bool
) -> dict[str, list[Run]]:
    """Run every command in every round, but peers once; the first round is for the caches."""
    runs: dict[str, list[Run]] = {title: [] for title in commands}
    order, shuffle = list(commands.items()), random.Random(repeats).shuffle  # the same every time
    for number in range(repeats + 1):
        shuffle(order)
        for title, command in order:
            is_peer = title.startswith(_PEERS)
            if is_peer and (number or not peers):
                continue
            fresh()
            run = measure(command)
            if number or is_peer:
                runs[title].append(run)
    return {title: each for title, each in runs.items() if each}


def run(rows: int, repeats: int, *, peers: bool, formulas: bool) -> None:
    """Print the table for an index of `rows` indicators, with or without formulas."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "index.xlsx"
        # Made by another process: a child's peak memory begins at that of its parent.
        call = f"make_index({str(source)!r}, {rows}, formulas={formulas})"
        maker = f"from make_index import make_index; {call}"
        subprocess.run([sys.executable, "-c", maker], cwd=HERE, check=True)
        with zipfile.ZipFile(source) as package:
            largest = max(item.file_size for item in package.infolist()) / 2**20
        commands = (_formula_commands if formulas else _commands)(source, folder)
        rounds = repeats * _MORE_ROUNDS if rows <= _SHORT else repeats
        runs = _interleaved(commands, rounds, _fresh(folder), peers=peers)
        _print(f"{rows} indicators" + ", with formulas" * formulas, largest, runs)


def _print(what: str, largest_mib: float, runs: dict[str, list[Run]]) -> None:
    print(f"\n{what}, 30 columns, largest sheet {largest_mib:.1f} MiB of XML")
    print(
        f"{'':26}{'ms':>8}{'median':>8}{'CPU ms':>8}{'x bare':>10}{'median':>8}{'CPU':>7}"
        f"{'x re-zip':>10}{'median':>8}{'CPU':>7}{'MiB':>8}{'x sheet':>9}"
    )
    best = {title: min(run.wall for run in each) for title, each in runs.items()}
    middle = {title: median(run.wall for run in each) for title, each in runs.items()}
    cpu = {title: min(run.cpu for run in each) for title, each in runs.items()}
    bare, base = "python -c pass", "unzip and zip, level 6"
    for title in sorted(runs, key=lambda title: title.startswith(_PEERS)):
        peak = max(run.peak_mib for run in runs[title])
        print(
            f"{title:26}{best[title] * 1000:8.0f}{middle[title] * 1000:8.0f}"
            f"{cpu[title] * 1000:8.0f}{best[title] / best[bare]:10.1f}"
            f"{middle[title] / middle[bare]:8.1f}{cpu[title] / cpu[bare]:7.1f}"
            f"{best[title] / best[base]:10.2f}{middle[title] / middle[base]:8.2f}"
            f"{cpu[title] / cpu[base]:7.2f}{peak:8.1f}{peak / largest_mib:9.2f}"
        )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[40, 1000, 20000])
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--no-peers", action="store_true", help="leave the slow peers out")
    parser.add_argument("--no-formulas", action="store_true", help="leave those indexes out")
    parser.add_argument("--batch", action="store_true", help="many workbooks; see run_batch.py")
    options = parser.parse_args()
    if options.batch:
        from run_batch import main as run_batch  # noqa: PLC0415 - which imports this

        run_batch(["--no-peers"] * options.no_peers)
        return
    for formulas in (False, True)[: 1 if options.no_formulas else 2]:
        for rows in options.rows:
            run(rows, options.repeats, peers=not options.no_peers, formulas=formulas)


if __name__ == "__main__":
    main()
