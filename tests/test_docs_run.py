"""What the documents show is so: their commands are run, their formulas reckoned."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doc_pages import ROOT, SHELLS, blocks, difference, lines, spans
from tests.doc_runs import PageError, run_page

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"))
    if any(block.language in SHELLS for block in blocks(path.read_text(encoding="utf-8")))
)
GUIDE = ("docs/first-rating.md", "docs/monthly-cycle.md", "docs/for-it.md")


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_does_what_its_page_says(page: str, tmp_path: Path) -> None:
    text = _text(page)
    wanted = sum(len(list(lines(block.code))) for block in blocks(text) if block.is_run)
    assert run_page(text, tmp_path) == wanted
