"""Run commands one after the other, each in a process with little memory and little time.

Run as a program: reads a JSON list of argument lists from standard input, prints a JSON list of
`{"code", "said", "printed"}`. The code is negative where the system had to end the process.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from perf_addin.entry.cli import main

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
TRACEBACK = 99


def run(arguments: Sequence[str]) -> dict[str, object]:
    """Run one command in a forked process, within the limits."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        child = os.fork()
        if child == 0:
            _become(arguments, out, err)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        said, printed = (path.read_text(errors="replace") for path in (err, out))
    return {"code": code, "said": said, "printed": printed[-2000:]}


def _become(arguments: Sequence[str], out: Path, err: Path) -> None:
    """Be the command; does not return. What goes wrong here goes to the error stream too."""
    os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT), 1)
    os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT), 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        code = main(arguments)
    except BaseException:  # noqa: BLE001 - whatever it is, the test wants to see it
        traceback.print_exc()
        code = TRACEBACK
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    json.dump([run(arguments) for arguments in json.load(sys.stdin)], sys.stdout)
