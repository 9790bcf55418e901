"""Small charts as SVG: Vega-Lite draws them, so that nothing is drawn by hand here.

Each kind of chart is declared once, compiled once to what Vega itself reads, and then filled with
the figures of one indicator after the other.

The drawings hold no identifier, no style and no script, so that any number of them stand in one
page. Their parts keep the names given here as classes, by which the page colours them in a dark
scheme; without the page's style they have the colours of the light one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import vl_convert
from markupsafe import Markup

from perf_addin.adapters.scorecard.chart_kinds import CHART_SIZE, KINDS, Kind
from perf_addin.application.scorecard.model import Point, Position, Series

_VEGA_LITE = "6.4"
_LABEL_HEIGHT = 11
_NUMBERS = re.compile(r"-?\d+\.\d{3,}")

Values = list[dict[str, Any]]


class _Filling(NamedTuple):
    """What is drawn: the data of each layer, and what the scales reach from and to."""

    data: Mapping[str, Values]
    scales: Mapping[str, tuple[float, float]]


def draw_series(series: Series, last_at: int, ends: tuple[str, str]) -> Markup:
    """Draw figures over time with their target and limits.

    Args:
        series: at least two figures.
        last_at: the position of the last period on the scorecard.
        ends: labels of the first and last period on the scorecard.
    """
    domain = _domain(_levels(series))
    drawn = [point for point in series.points if point.value is not None]
    data: dict[str, Values] = {
        "aim": [{"y": float(edge)} for edge in dict.fromkeys(series.target or ())],
        "figures": [_at(point) | {"part": part} for part, point in _stretches(series.points)],
        "plain": [_at(point) for point in drawn if not point.signal],
        "level": list(_level_labels(drawn, domain)),
        "since": [{"text": ends[0]}],
        "until": [{"text": ends[1]}] if ends[1] != ends[0] else [],
    }
    for signal in ("improvement", "concern", "change"):
        data[signal] = [_at(point) for point in drawn if point.signal == signal]
    if series.band is not None:
        lower, upper = float(series.band.lower), float(series.band.upper)
        data["limits"] = [{"y": lower, "to": upper}]
        data["mean"] = [{"y": float(series.band.mean)}]
    filling = _Filling(data, {"x": (0, max(last_at, 1)), "y": domain})
    return _drawn(Kind.SERIES, filling, series.words)


def draw_position(position: Position) -> Markup:
    """Draw where a figure lies beside its acceptable range and its target."""
    levels = (position.value, position.lower, position.upper, *(position.target or ()))
    low, high = _domain([level for level in levels if level is not None])
    data: dict[str, Values] = {
        "track": [{"x": low, "to": high}],
        "aim": [{"x": float(edge)} for edge in dict.fromkeys(position.target or ())],
        "figure": [{"x": float(position.value)}],
    }
    if position.lower is not None or position.upper is not None:
        lower = low if position.lower is None else float(position.lower)
        upper = high if position.upper is None else float(position.upper)
        data["range"] = [{"x": lower, "to": upper}]
    return _drawn(Kind.POSITION, _Filling(data, {"x": (low, high)}), position.words)


def _level_labels(drawn: Sequence[Point], domain: tuple[float, float]) -> Iterator[dict[str, Any]]:
    """The highest and the lowest figure at their heights, moved apart where they would touch."""
    low, high = domain
    height = CHART_SIZE[1]
    top = max(drawn, key=lambda point: point.value or 0)
    bottom = min(drawn, key=lambda point: point.value or 0)
    places = [height * (high - float(point.value or 0)) / (high - low) for point in (top, bottom)]
    if top.shown == bottom.shown:
        yield {"text": top.shown, "at": places[0]}
        return
    shift = max(0, _LABEL_HEIGHT - (places[1] - places[0])) / 2
    yield {"text": top.shown, "at": places[0] - shift}
    yield {"text": bottom.shown, "at": places[1] + shift}


def _at(point: Point) -> dict[str, Any]:
    return {"x": point.at, "y": float(point.value or 0)}


def _stretches(points: Sequence[Point]) -> Iterator[tuple[int, Point]]:
    """The points with the stretch that each belongs to: where no figure can be given, one ends."""
    part = 0
    for point in points:
        if point.value is None:
            part += 1
        else:
            yield part, point


def _levels(series: Series) -> list[Decimal]:
    found = [point.value for point in series.points if point.value is not None]
    if series.band is not None:
        found += [series.band.lower, series.band.upper]
    return found + list(series.target or ())


def _domain(levels: Sequence[Decimal]) -> tuple[float, float]:
    """A scale with all levels on it and some air around them; never below 0 where none is."""
    low, high = min(levels), max(levels)
    air = (high - low) * Decimal("0.12") or abs(high) / 10 or Decimal(1)
    bottom = low - air
    return float(bottom if low < 0 else max(bottom, Decimal(0))), float(high + air)


@cache
def _compiled(kind: Kind) -> dict[str, Any]:
    return vl_convert.vegalite_to_vega(KINDS[kind], vl_version=_VEGA_LITE)


def _drawn(kind: Kind, filling: _Filling, words: str) -> Markup:
    """Fill a kind of chart, and leave only what is drawn: one picture that is told in words."""
    compiled = _compiled(kind)
    filled = compiled | {
        "data": [
            each if "source" in each else each | {"values": filling.data.get(each["name"], [])}
            for each in compiled["data"]
        ],
        "scales": [each | {"domain": filling.scales[each["name"]]} for each in compiled["scales"]],
    }
    drawn = ET.fromstring(vl_convert.vega_to_svg(filled))  # noqa: S314 - made by Vega, here
    return _picture(drawn, words)


def _picture(drawn: ET.Element, words: str) -> Markup:
    for parent in list(drawn.iter()):
        parent.tag = parent.tag.rpartition("}")[2]
        for name in ("role", "aria-roledescription", "aria-hidden", "aria-label"):
            parent.attrib.pop(name, None)
        for name, value in parent.attrib.items():
            parent.set(name, _NUMBERS.sub(lambda found: f"{float(found[0]):.2f}", value))
    for parent in list(drawn.iter()):
        for child in [child for child in parent if _is_empty(child)]:
            parent.remove(child)
    content = "".join(ET.tostring(child, encoding="unicode") for child in drawn)
    width, height = drawn.get("width", ""), drawn.get("height", "")
    return Markup(
        '<svg class="chart" role="img" aria-label="{}" viewBox="{}" width="{}" height="{}">{}</svg>'
    ).format(
        words,
        drawn.get("viewBox", ""),
        width,
        height,
        Markup(content),  # noqa: S704 - ElementTree escapes
    )


def _is_empty(part: ET.Element) -> bool:
    """Whether an element draws nothing: a frame without a line, a layer without data."""
    if part.get("class") in {"background", "foreground"}:
        return True
    return part.tag == "g" and len(part) == 0
