"""Versions of packages: what the folders beside them say, as the standard library reads them."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

import pytest

from perf_addin.entry.installed import version_of


@pytest.mark.parametrize("name", ("isal", "formualizer", "pytest"))
def test_versions_are_those_that_the_standard_library_finds(name: str) -> None:
    assert version_of(name) == importlib.metadata.version(name)


def test_the_first_place_counts_and_what_is_no_folder_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "isal-0.1.dist-info").mkdir()
    (tmp_path / "isalike-0.2.dist-info").mkdir()
    (tmp_path / "packed.zip").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packed.zip"), str(tmp_path), *sys.path])
    assert version_of("isal") == "0.1"


def test_what_keeps_no_such_folder_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    egg = tmp_path / "isal-0.3.egg-info"
    egg.mkdir()
    (egg / "PKG-INFO").write_text("Metadata-Version: 1.0\nName: isal\nVersion: 0.3\n", "ascii")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert version_of("isal") == "0.3"
    assert version_of("formualizer") is None
