"""Fuzz a target for a while, guided by the code that is reached, and keep what was interesting.

Not part of the checks: needs `pip install atheris` (Apache 2.0; Linux and macOS) too.
`PYTHONPATH=src:. python tests/fuzz/campaign.py TARGET SECONDS [FOLDER]` begins with the inputs in
corpus/TARGET, puts new ones into FOLDER, and stops at the first defect, whose input it leaves in a
file `crash-...` for the corpus.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["perf_addin"]):
    from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")


def main(name: str, seconds: str, folder: str | None = None) -> None:
    """Fuzz a target."""
    new = folder or tempfile.mkdtemp(prefix=f"fuzz-{name}-")
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=65536"]
    atheris.Setup([sys.argv[0], *limits, new, str(CORPUS / name)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:4])
