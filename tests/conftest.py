"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import perf_addin

ROOT = Path(__file__).resolve().parent.parent

# In tests only: xlwings' engine for the web, so that what it would send to Excel can be looked at.
os.environ.setdefault("XLWINGS_LICENSE_KEY", "noncommercial")


def pytest_report_header() -> str:
    """Say which copy of the package is under test."""
    return f"perf_addin: {Path(perf_addin.__file__).parent}"


def pytest_configure() -> None:
    """Refuse to test the sources where the built wheel was promised (as `run.py` does)."""
    tested = Path(perf_addin.__file__).resolve()
    if os.environ.get("PERF_ADDIN_TEST_WHEEL") == "1" and tested.is_relative_to(ROOT / "src"):
        message = f"The tests would run against {tested.parent}, not against the built wheel."
        raise pytest.UsageError(message)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is not ours to copy: beside the checkout, or named by us.

    `PERF_ADDIN_SHARED` names another place. A test that needs it is skipped where it is absent.
    """
    folder = Path(os.environ.get("PERF_ADDIN_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no shared material at {folder}; PERF_ADDIN_SHARED can name another place")
    return folder


@pytest.fixture(scope="session")
def corpus_files(shared: Path) -> tuple[Path, ...]:
    """Every workbook of the corpus, odd and hostile ones too, in a fixed order."""
    corpus = shared / "corpus"
    if not corpus.is_dir():
        pytest.skip(f"no corpus at {corpus}")
    own_files = {corpus / "INDEX.csv", corpus / "README.md"}
    files = sorted(path for path in corpus.rglob("*") if path.is_file() and path not in own_files)
    assert files, f"the corpus at {corpus} is empty"
    return tuple(files)
