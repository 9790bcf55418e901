"""Install a wheel where nothing else is, and do the main job with it: `clean_wheel.py WHEEL`.

Standard library only: it is run by whatever Python runs `run.py`. Exits with 1, saying why, where
something is not as a user would expect it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "workbook" / "performance_index_2021-22.xlsx"
_WITHOUT = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PERF_ADDIN_TEST_WHEEL"}
# What only an extra brings, and how a command without it ends.
_EXTRAS = {("paper", str(SAMPLE)): "paper", ("serve",): "web", ("completion", "bash"): "completion"}
_CHEAP = (
    "import sys, perf_addin; print(len([m for m in sys.modules if m.startswith('perf_addin')]))"
)


def main(wheel: Path) -> int:
    """Try the wheel; give the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        python, ours = str(scripts / "python"), str(scripts / "perf-addin")
        lock = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
        for what in (lock, ["--no-deps", str(wheel)]):
            _expect(0, [python, "-m", "pip", "install", "-q", "--no-input", *what], folder)
        told = _expect(0, [ours, "--version", "--verbose"], folder)
        _must("not all of it is installed" in told, "the extras that are lacking are not told")
        _must(_expect(0, [python, "-c", _CHEAP], folder).strip() == "1", "the import is not cheap")
        source = shutil.copyfile(SAMPLE, folder / "index.xlsx")
        _expect(0, [ours, "report", str(source)], folder)
        _must((folder / "index_rated.xlsx").is_file(), "report wrote no workbook")
        _expect(0, [ours, "recalc", str(source), "--recalc", "always", "--in-place"], folder)
        answer = _expect(0, [ours, "eval", 'RAG(88, 91, "High", "5%")'], folder)
        _must(answer.strip() == "A", f"eval gave {answer!r}")
        for arguments, extra in _EXTRAS.items():
            said = _expect(2, [ours, *arguments], folder)
            _must(f"perf-addin[{extra}]" in said, f"{arguments[0]} does not name its extra: {said}")
    sys.stdout.write("The wheel works where nothing else is installed.\n")
    return 0


def _must(holds: bool, why: str) -> None:
    if not holds:
        sys.exit(f"{why}.")


def _expect(code: int, command: list[str], folder: Path) -> str:
    """Run a program that must end with a code; gives what it printed and said."""
    without = {name: value for name, value in os.environ.items() if name not in _WITHOUT}
    done = subprocess.run(
        command, cwd=folder, env=without, capture_output=True, text=True, check=False
    )
    said = done.stdout + "".join(x for x in done.stderr.splitlines(True) if "WARNING" not in x)
    if done.returncode != code:
        sys.exit(f"{command} ended with {done.returncode}, expected {code}:\n{said}")
    return said


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
