"""An index of months for tests of trends, and what the command does with it; figures made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from perf_addin.adapters.xlsx.saving import save
from perf_addin.application.settings import Settings
from perf_addin.application.trend.methods import Asked
from perf_addin.application.trend.reckon import Trend
from perf_addin.application.trend.trend import Trends, find_trends, put_trend
from tests.application.build import NOTHING_STATED, change, index, opened

NOTHING_ASKED = Asked()
MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
PERIODS = [
    *(f"{m} 20{20 + (m in MONTHS[9:])}" for m in MONTHS),
    *(f"{m} 20{21 + (m in MONTHS[9:])}" for m in MONTHS[:6]),
]
HEADER = ("No", "Indicator", "Polarity", "Target 2021/22", "Target 2020/21", *PERIODS)
STEADY = (*(80, 84) * 9,)
STEP = (*(80, 84) * 6, *(90, 94) * 3)


def row(
    no: str, figures: Sequence[object], name: str = "% seen", *standards: object
) -> list[object]:
    """A row of the index; standards are polarity and the two targets."""
    return [no, name, *(standards or ("High", 85, 80)), *figures]


def book(tmp_path: Path, *rows: Sequence[object]) -> Path:
    return index(tmp_path / "index.xlsx", HEADER, *rows)


def trends(path: Path, settings: Settings = NOTHING_STATED, asked: Asked = NOTHING_ASKED) -> Trends:
    return find_trends(opened(path), settings, asked)


def only(path: Path, settings: Settings = NOTHING_STATED, asked: Asked = NOTHING_ASKED) -> Trend:
    (trend,) = trends(path, settings, asked).trends
    return trend


def written(
    path: Path, target: Path, settings: Settings = NOTHING_STATED, asked: Asked = NOTHING_ASKED
) -> Path:
    """Do what `perf-addin trend` does."""
    workbook = opened(path)
    found = find_trends(workbook, settings, asked)
    put_trend(workbook, found, settings)
    save(workbook.package, target, backup=False)
    return target


def stated(path: Path, values: Mapping[str, str | float | None]) -> Path:
    """Type into the columns that people fill in, in the line of the first indicator."""
    columns = dict(zip(("fix", "rebase", "screening", "targets", "way"), "NOPQR", strict=True))
    return change(path, "Trend", {f"{columns[name]}6": text for name, text in values.items()})
