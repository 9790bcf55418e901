"""Pages that follow from the code, held to it."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

CODE = re.compile(r'(?:Finding\(|_note\([^"]*|Note\([^"]*)\s*"([a-z]+(?:-[a-z]+)+)"')


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="Python 3.13 lays help out differently")
def test_the_command_line_page_is_what_the_parser_says(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    spec = importlib.util.spec_from_file_location("make_cli", root / "docs" / "make_cli.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert (root / "docs" / "cli.md").read_text(encoding="utf-8") == made.page()


def test_every_finding_has_its_line(root: Path) -> None:
    sources = (root / "src" / "perf_addin").rglob("*.py")
    emitted = {code for path in sources for code in CODE.findall(path.read_text("utf-8"))}
    page = (root / "docs" / "findings.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    assert emitted == listed
