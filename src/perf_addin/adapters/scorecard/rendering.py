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
from perf_addin.application.scorecard.model import Mark, Scorecard, Series
from perf_addin.domain.periods import PeriodKind

_FOLDER = Path(__file__).with_name("page")
_LETTERS = {Mark.NOT_RATED: "–", Mark.UNREPORTABLE: "?", Mark.WITHHELD: "c"}


class _Axis(NamedTuple):
    """The time scale that the charts of one kind of period share."""

    last_at: int
    ends: tuple[str, str]


def render(scorecard: Scorecard) -> bytes:
    """Give the page; the same scorecard gives the same bytes."""
    style = _colours() + _read("style.css")
    script = _read("filter.js")
    charts, bars = _pictures(scorecard)
    page = (
        _environment()
        .get_template("scorecard.html")
        .render(
            scorecard=scorecard,
            charts=charts,
            bars=bars,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )
    return page.encode()


def render_plain(scorecard: Scorecard) -> bytes:
    """Give the same content as a page for a word processor, which knows little of styles."""
    charts, bars = (
        {name: _embedded(drawn) for name, drawn in found.items()} for found in _pictures(scorecard)
    )
    paints = {look.value: paint for look, paint in PALETTE.items()}
    template = _environment().get_template("plain.html")
    page = template.render(scorecard=scorecard, charts=charts, bars=bars, paints=paints)
    return page.encode()


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["letter"] = lambda mark: _LETTERS.get(mark, str(mark))
    return environment


def _pictures(scorecard: Scorecard) -> tuple[dict[str, Markup], dict[str, Markup]]:
    """Charts over time, and bars of positions, by the anchor of their row."""
    axes = _axes(scorecard)
    charts, bars = {}, {}
    for row in scorecard.rows():
        if row.series is not None:
            axis = axes[row.series.rhythm]
            charts[row.anchor] = draw_series(row.series, axis.last_at, axis.ends)
        if row.position is not None:
            bars[row.anchor] = draw_position(row.position)
    return charts, bars


def _embedded(drawn: Markup) -> str:
    """A drawing as an image that stands in the page itself."""
    picture = str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


def _axes(scorecard: Scorecard) -> dict[PeriodKind, _Axis]:
    """The time scale of each kind of period."""
    found: dict[PeriodKind, list[Series]] = {}
    for row in scorecard.rows():
        if row.series is not None:
            found.setdefault(row.series.rhythm, []).append(row.series)
    axes = {}
    for rhythm, several in found.items():
        points = sorted((p.at, p.period) for series in several for p in series.points)
        axes[rhythm] = _Axis(points[-1][0], (points[0][1], points[-1][1]))
    return axes


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
