"""A small index and small extracts, as tests of the command `import` use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perf_addin.entry.cli import main

HEADER = ("No", "Indicator", "Frequency", "Polarity", "Target", "Jul 2021", "Aug 2021", "Sep 2021")
ROWS = (
    ("1", "Contacts", "Monthly", "Info", None, 612, 655),
    ("2", "% assessed in 45 days", "Monthly", "High", 95, 93, 91),
    ("3", "Number of children with a plan", "Monthly", "Info", None, 3, "x"),
    ("4", "Placement moves", "Quarterly", "Low", 10, None, None, 12),
)
LONG = ("No,Indicator,Period,Value", "1,Contacts,Sep 2021,702", "2,,2021-09-30,88%")


def extract_of(folder: Path, *lines: str) -> Path:
    """A CSV file with some lines."""
    path = folder / "extract.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def imported(book: Path, extract: Path, *options: str) -> tuple[int, Path]:
    """Run the command; its exit code, and where its result is by default."""
    code = main(["import", str(book), str(extract), *options])
    return code, book.with_name("index_imported.xlsx")


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What the command prints with --json."""
    main(["import", *arguments, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found
