"""The scorecard as an HTML page: one file, nothing fetched, readable without script or colour."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from perf_addin.adapters.scorecard.charts import draw_position, draw_series
from perf_addin.application.looks import PALETTE
from perf_addin.application.scorecard.model import Mark, Scorecard, ScorecardRow, Series

_FOLDER = Path(__file__).with_name("page")
_LETTERS = {Mark.NOT_RATED: "–", Mark.UNREPORTABLE: "?", Mark.WITHHELD: "c"}


class _Axis(NamedTuple):
    """The time scale that the charts of one kind of period share."""

    last_at: int
    ends: tuple[str, str]


def render(scorecard: Scorecard) -> bytes:
    """Give the page; the same scorecard gives the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["letter"] = lambda mark: _LETTERS.get(mark, str(mark))
    environment.globals["marks"] = Mark
    axes = _axes(scorecard)
    style = _colours() + _read("style.css")
    script = _read("filter.js")
    page = environment.get_template("scorecard.html").render(
        scorecard=scorecard,
        charts={row.anchor: _chart(row, axes) for row in scorecard.rows()},
        bars={row.anchor: draw_position(row.position) for row in scorecard.rows() if row.position},
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return page.encode()


def _axes(scorecard: Scorecard) -> dict[str, _Axis]:
    """The time scale of each kind of period, by the form of its labels."""
    found: dict[str, list[Series]] = {}
    for row in scorecard.rows():
        if row.series is not None:
            found.setdefault(row.series.rhythm, []).append(row.series)
    axes = {}
    for rhythm, several in found.items():
        points = sorted((p.at, p.period) for series in several for p in series.points)
        axes[rhythm] = _Axis(points[-1][0], (points[0][1], points[-1][1]))
    return axes


def _chart(row: ScorecardRow, axes: dict[str, _Axis]) -> Markup | None:
    if row.series is None:
        return None
    axis = axes[row.series.rhythm]
    return draw_series(row.series, axis.last_at, axis.ends)


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _colours() -> str:
    """The colours of ratings, from the one place that says them."""
    lines = "".join(
        f"  --{look.value}-fill: #{paint.fill};\n  --{look.value}-ink: #{paint.font};\n"
        for look, paint in PALETTE.items()
    )
    return f"\n:root {{\n{lines}}}\n"
