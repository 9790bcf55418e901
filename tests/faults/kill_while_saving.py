"""Kill processes while they save a workbook in place, and look at what is left each time.

Run as a program, so that what is forked is small and warm:
`kill_while_saving.py FOLDER KILLS SEED`. Prints one JSON object that counts what was found.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save

PART = "docProps/app.xml"
NAME = "index.xlsx"


def toggle(path: Path, marks: tuple[bytes, bytes]) -> None:
    """Save a workbook in place with its one part changed from one content to the other."""
    package = Package.open(path)
    now = package.read(PART)
    package.replace(PART, marks[1] if now == marks[0] else marks[0])
    save(package, path, backup=True)


def states(path: Path) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    """The two contents of the part, and the two files that belong to them."""
    package = Package.open(path)
    original = package.read(PART)
    marks = (original, original.replace(b"</Properties>", b"<!-- changed --></Properties>"))
    files = [path.read_bytes()]
    toggle(path, marks)
    files.append(path.read_bytes())
    toggle(path, marks)
    return marks, (path.read_bytes(), files[1])


def killed(path: Path, marks: tuple[bytes, bytes], delay: float | None) -> bool:
    """Save in a process of its own and kill it after a while; whether the kill came in time."""
    child = os.fork()
    if child == 0:
        toggle(path, marks)
        os._exit(0)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(folder: Path, kills: int, seed: int) -> None:
    """Do it often, and count."""
    path = folder / NAME
    marks, files = states(path)
    path.write_bytes(files[0])
    started = time.perf_counter()
    for _ in range(10):
        killed(path, marks, None)
    usual = (time.perf_counter() - started) / 10
    found: Counter[str] = Counter()
    moments = random.Random(seed)
    while found["kills"] < kills and found["tries"] < 10 * kills:
        found["tries"] += 1
        before = path.read_bytes()
        in_time = killed(path, marks, moments.uniform(0, usual))
        # Other work on the machine makes saving slower or faster than it was.
        usual *= 1.01 if in_time else 0.95
        found["kills"] += in_time
        after = path.read_bytes()
        found["torn"] += after not in files
        found["replaced"] += after != before
        kept = path.with_name(f"{NAME}.bak")
        found["torn backups"] += kept.exists() and kept.read_bytes() not in files
        left = [p for p in folder.iterdir() if p not in {path, kept}]
        found["half-way"] += bool(left)
        found["strange files"] += any(not p.name.startswith(".perf-addin-") for p in left)
        for leftover in left:
            leftover.unlink()
    toggle(path, marks)  # and after all that it still can be saved
    found["sound"] = int(path.read_bytes() in files)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
