"""Rate workbooks one after the other in one process, and say what each came to.

Run as `python -m tests.adapters.xlsx.rate_in_turn ROUNDS WORKBOOK ...`; prints a line for each
workbook of the last round. A workbook named `low` first is rated with polarity Low.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.application.rating_index import rate_index
from perf_addin.application.settings import Settings
from perf_addin.application.write_ratings import write_ratings
from perf_addin.application.write_report import write_report
from perf_addin.domain.errors import PerfAddinError
from perf_addin.domain.polarity import Polarity
from tests.application.build import with_ratings


def rated(path: Path) -> bytes:
    """The file with ratings and report, and all that was found; or why there is nothing."""
    polarity = Polarity.LOW if path.name.startswith("low") else None
    try:
        workbook = XlsxWorkbook(Package.open(path))
        result = rate_index(workbook, Settings(polarity=polarity))
        left = [*write_ratings(workbook, result), *write_report(workbook, result)]
    except PerfAddinError as error:
        return str(error).encode()
    return b"".join(workbook.package.chunks()) + repr((with_ratings(result), left)).encode()


def main() -> None:
    """Print the name of each workbook and a digest of what it came to."""
    rounds, paths = int(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    made: list[bytes] = []
    for _ in range(rounds):
        made = [rated(path) for path in paths]
    for path, content in zip(paths, made, strict=True):
        sys.stdout.write(f"{hashlib.sha256(content).hexdigest()} {path.name}\n")


if __name__ == "__main__":
    main()
