"""Small extracts for tests."""

from __future__ import annotations

from pathlib import Path

from perf_addin.adapters.extracts.csv_sheet import open_csv
from perf_addin.application.importing.extract import Extract


def csv_extract(folder: Path, text: str, encoding: str = "utf-8") -> Extract:
    """A CSV file as the command opens it."""
    path = folder / "extract.csv"
    path.write_bytes(text.encode(encoding))
    return open_csv(path)
