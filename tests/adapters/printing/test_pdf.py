"""A page as a PDF: by a browser, by LibreOffice, and where neither does it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from perf_addin.adapters.printing import pdf
from perf_addin.adapters.printing.pdf import print_page
from perf_addin.adapters.scorecard.rendering import render, render_plain
from perf_addin.domain.errors import OutputError
from tests import judge_programs, judges
from tests.adapters.scorecard.pages import every_kind
from tests.application.scorecard.cards import card

ARTEFACTS = Path(__file__).resolve().parents[3] / "demo"
BOX = re.compile(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]")
A4_POINTS = (841.9, 595.3)
SHORT = b"<!DOCTYPE html><html lang=en><title>Short</title><style>@page{size:A4}</style><p>Short."


def no_page() -> bytes:
    message = "LibreOffice is not asked where there is a browser"
    raise AssertionError(message)


def sizes(printed: bytes) -> list[tuple[float, float]]:
    """The paper of each page, in points."""
    return [(float(w), float(h)) for w, h in BOX.findall(printed)]


def test_a_browser_prints_it_on_a4(root: Path) -> None:
    judges.chromium()
    scorecard = card(root / "workbook" / "performance_index_2021-22.xlsx")
    printed = print_page(render(scorecard), no_page)
    pages = sizes(printed)
    assert 4 <= len(pages) <= 8
    assert all(page == pytest.approx(A4_POINTS, abs=0.5) for page in pages)
    assert b"/StructTreeRoot" in printed
    ARTEFACTS.mkdir(exist_ok=True)
    target = ARTEFACTS / "scorecard.pdf"
    target.write_bytes(printed)
    judges.pdf_to_png(target, ARTEFACTS / "scorecard-pages", dpi=75)


def test_the_same_page_gives_the_same_bytes() -> None:
    judges.chromium()
    first = print_page(SHORT, no_page)
    assert b"(D:20000101000000" in first
    assert print_page(SHORT, no_page) == first


def test_libreoffice_prints_it_where_no_browser_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if judge_programs.find_libreoffice() is None:
        judges._judge_is_missing("LibreOffice")
    scorecard = card(every_kind(tmp_path / "index.xlsx"))
    monkeypatch.setattr(pdf, "_browsers", lambda: iter(["no-such-browser"]))
    printed = print_page(render(scorecard), lambda: render_plain(scorecard))
    pages = sizes(printed)
    assert pages
    assert all(page == pytest.approx(A4_POINTS, abs=0.5) for page in pages)


def test_programs_that_do_not_do_it_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_browsers", lambda: iter(["no-such-browser"]))
    monkeypatch.setattr(pdf, "_OFFICES", ("no-such-office",))
    with pytest.raises(OutputError, match="no-such-browser: "):
        print_page(SHORT, no_page)


def test_a_program_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(command: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(command, 120)

    monkeypatch.setattr(pdf, "_browsers", lambda: iter(["slow-browser"]))
    monkeypatch.setattr(pdf, "_OFFICES", ())
    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(OutputError, match=r"slow-browser: .*timed out"):
        print_page(SHORT, no_page)


@pytest.mark.parametrize(
    ("platform", "places"),
    (
        ("darwin", ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]),
        ("win32", [r"P:\Google\Chrome\Application\chrome.exe"]),
    ),
)
def test_browsers_are_looked_for_where_they_are_installed(
    platform: str, places: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    monkeypatch.setattr("sys.platform", platform)
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PROGRAMFILES", "P:")
    monkeypatch.setattr(Path, "is_file", lambda path: str(path) in places)
    assert list(pdf._browsers()) == places
