"""Small indexes as scorecards, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perf_addin.application.scorecard.compose import Composed, compose_scorecard
from perf_addin.application.scorecard.model import Scorecard, ScorecardRow
from perf_addin.application.settings import Settings
from tests.application.build import NOTHING_STATED, index, opened


def composed(path: Path, settings: Settings = NOTHING_STATED) -> Composed:
    """The scorecard of a workbook, and the index behind it."""
    return compose_scorecard(opened(path), settings)


def card(path: Path, settings: Settings = NOTHING_STATED) -> Scorecard:
    """The scorecard of a workbook."""
    return composed(path, settings).scorecard


def rows_of(
    folder: Path, *lines: Sequence[object], settings: Settings = NOTHING_STATED
) -> list[ScorecardRow]:
    """The rows of the scorecard of an index of these lines."""
    return list(card(index(folder / "index.xlsx", *lines), settings).rows())
