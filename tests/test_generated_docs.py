"""Pages that follow from the code, held to it."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from perf_addin.application.finding_kinds import KINDS

CODE = re.compile(
    r'(?:Finding(?:\(|, \()|[._]finding\(|_note\([^"]*|Note\([^"]*)\s*"([a-z]+(?:-[a-z]+)+)"'
)


def sources_of(root: Path) -> list[Path]:
    """Every module of the package."""
    return sorted((root / "src" / "perf_addin").rglob("*.py"))


def made_page(root: Path, name: str) -> str:
    """What the script of a generated page would write."""
    spec = importlib.util.spec_from_file_location(name, root / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    page = made.page()
    assert isinstance(page, str)
    return page


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="Python 3.13 lays help out differently")
def test_the_command_line_page_is_what_the_parser_says(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert (root / "docs" / "cli.md").read_text(encoding="utf-8") == made_page(root, "make_cli")


def test_the_functions_page_is_what_the_declarations_say(root: Path) -> None:
    page = (root / "docs" / "functions.md").read_text(encoding="utf-8")
    assert page == made_page(root, "make_functions")


def test_the_page_of_the_paper_lists_its_fields(root: Path) -> None:
    page = (root / "docs" / "paper.md").read_text(encoding="utf-8")
    assert page == made_page(root, "make_paper")


def test_every_finding_has_its_one_line(root: Path) -> None:
    emitted = {code for path in sources_of(root) for code in CODE.findall(path.read_text("utf-8"))}
    listing = re.compile(r"_CODES = \(([^)]*)\)")
    for path in sources_of(root):
        for codes in listing.findall(path.read_text("utf-8")):
            emitted.update(re.findall(r'"([a-z-]+)"', codes))
    assert sorted(emitted) == list(KINDS)
    page = (root / "docs" / "findings.md").read_text(encoding="utf-8")
    assert page == made_page(root, "make_findings")
