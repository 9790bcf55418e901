"""Small charts as SVG: Vega-Lite draws them, so that nothing is drawn by hand here.

The drawings hold no identifier, no style and no script, so that any number of them stand in one
page. Their parts keep the names given here as classes, by which the page colours them in a dark
scheme; without the page's style they have the colours of the light one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import vl_convert
from markupsafe import Markup

from perf_addin.application.scorecard.model import Point, Position, Series

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # a name; nothing is fetched
_VEGA_LITE = "5.20"
_TEXT, _MUTED, _BAND, _TRACK = "#1b1f24", "#4a525c", "#dbe3ec", "#c3cad3"
_SIGNALS = {
    "improvement": ("triangle-up", "#1d5fa8"),
    "concern": ("diamond", "#b23c0a"),
    "change": ("square", "#6b3fa0"),
}
_CHART = (200, 46)
_CHART_PADDING = {"left": 40, "right": 8, "top": 8, "bottom": 18}
_BAR = (150, 16)
_BAR_PADDING = {"left": 8, "right": 8, "top": 5, "bottom": 5}
_LABEL_HEIGHT = 11
_NUMBERS = re.compile(r"-?\d+\.\d{3,}")
Spec = dict[str, Any]


def draw_series(series: Series, last_at: int, ends: tuple[str, str]) -> Markup:
    """Draw figures over time with their target and limits.

    Args:
        series: at least two figures.
        last_at: the position of the last period on the scorecard.
        ends: labels of the first and last period on the scorecard.
    """
    low, high = _domain(_levels(series))
    x = {"field": "x", "type": "quantitative", "scale": {"domain": [0, max(last_at, 1)]}}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [low, high], "zero": False}}
    layers = list(_backgrounds(series, y))
    drawn = [point for point in series.points if point.value is not None]
    lines = [_at(point) | {"part": part} for part, point in _stretches(series.points)]
    layers.append(
        _layer("figures", {"type": "line", "color": _TEXT, "strokeWidth": 1.75}, lines)
        | {"encoding": {"x": x, "y": y, "detail": {"field": "part"}}}
    )
    plain = [_at(point) for point in drawn if not point.signal]
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 18, "color": _TEXT}
    layers.append(_layer("plain", dot, plain) | {"encoding": {"x": x, "y": y}})
    for signal, (shape, colour) in _SIGNALS.items():
        found = [_at(point) for point in drawn if point.signal == signal]
        mark = dot | {"shape": shape, "color": colour, "size": 46}
        layers.append(_layer(signal, mark, found) | {"encoding": {"x": x, "y": y}})
    layers += _labels(drawn, (low, high), ends)
    return _svg(_spec(_CHART, _CHART_PADDING, layers), series.words)


def draw_position(position: Position) -> Markup:
    """Draw where a figure lies beside its acceptable range and its target."""
    levels = (position.value, position.lower, position.upper, *(position.target or ()))
    low, high = _domain([level for level in levels if level is not None])
    x = {"field": "x", "type": "quantitative", "scale": {"domain": [low, high], "zero": False}}
    middle = {"value": _BAR[1] / 2}
    layers = [
        _layer(
            "track", {"type": "rule", "color": _TRACK, "strokeWidth": 2}, [{"x": low, "to": high}]
        )
        | {"encoding": {"x": x, "x2": {"field": "to"}, "y": middle}}
    ]
    if position.lower is not None or position.upper is not None:
        band = {
            "x": low if position.lower is None else float(position.lower),
            "to": high if position.upper is None else float(position.upper),
        }
        mark = {"type": "rect", "color": _BAND, "stroke": _MUTED, "strokeWidth": 1}
        encoding = {"x": x, "x2": {"field": "to"}, "y": {"value": 2}, "y2": {"value": _BAR[1] - 2}}
        layers.append(_layer("range", mark, [band]) | {"encoding": encoding})
    if position.target is not None:
        mark = {"type": "rule", "color": _MUTED, "strokeWidth": 2.5}
        encoding = {"x": x, "y": {"value": -3}, "y2": {"value": _BAR[1] + 3}}
        edges = [{"x": float(edge)} for edge in dict.fromkeys(position.target)]
        layers.append(_layer("aim", mark, edges) | {"encoding": encoding})
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 75, "color": _TEXT}
    dot |= {"stroke": "#ffffff", "strokeWidth": 1.5}
    figure = [{"x": float(position.value)}]
    layers.append(_layer("figure", dot, figure) | {"encoding": {"x": x, "y": middle}})
    return _svg(_spec(_BAR, _BAR_PADDING, layers), position.words)


def _backgrounds(series: Series, y: Spec) -> Iterator[Spec]:
    """Limits, mean and target, across the whole width."""
    upper, mark = {"field": "to"}, Spec()
    if series.band is not None:
        band = {"y": float(series.band.lower), "to": float(series.band.upper)}
        mark = {"type": "rect", "color": _BAND}
        yield _layer("limits", mark, [band]) | {"encoding": {"y": y, "y2": upper}}
        mark = {"type": "rule", "color": "#ffffff", "strokeWidth": 1.5}
        mean = [{"y": float(series.band.mean)}]
        yield _layer("mean", mark, mean) | {"encoding": {"y": y}}
    if series.target is not None:
        mark = {"type": "rule", "color": _MUTED, "strokeWidth": 1.5, "strokeDash": [5, 3]}
        edges = [{"y": float(edge)} for edge in dict.fromkeys(series.target)]
        yield _layer("aim", mark, edges) | {"encoding": {"y": y}}


def _labels(
    drawn: Sequence[Point], domain: tuple[float, float], ends: tuple[str, str]
) -> Iterator[Spec]:
    """The highest and lowest figure at the left, the first and last period below."""
    width, height = _CHART
    low, high = domain

    def level(point: Point) -> float:
        return height * (high - float(point.value or 0)) / (high - low)

    top = max(drawn, key=lambda point: point.value or 0)
    bottom = min(drawn, key=lambda point: point.value or 0)
    places = [(level(top), top.shown), (level(bottom), bottom.shown)]
    apart = places[1][0] - places[0][0]
    if apart < _LABEL_HEIGHT and top.shown != bottom.shown:
        shift = (_LABEL_HEIGHT - apart) / 2
        places = [(places[0][0] - shift, top.shown), (places[1][0] + shift, bottom.shown)]
    figures = [(text, y) for y, text in dict.fromkeys(places)]
    below = height + 13
    for number, (text, y) in enumerate(figures):
        yield _text(f"level{number}", text, (-6, y), "right")
    yield _text("since", ends[0], (0, below), "left")
    if ends[1] != ends[0]:
        yield _text("until", ends[1], (width, below), "right")


def _text(name: str, text: str, place: tuple[float, float], align: str) -> Spec:
    mark = {"type": "text", "align": align, "baseline": "middle", "color": _MUTED, "fontSize": 10}
    x, y = place
    encoding = {"text": {"field": "text"}, "x": {"value": x}, "y": {"value": round(y, 2)}}
    return _layer(name, mark, [{"text": text}]) | {"encoding": encoding}


def _layer(name: str, mark: Spec, values: Sequence[Spec]) -> Spec:
    return {"name": name, "mark": mark, "data": {"values": list(values)}}


def _at(point: Point) -> Spec:
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


def _spec(size: tuple[int, int], padding: Spec, layers: Sequence[Spec]) -> Spec:
    return {
        "$schema": _SCHEMA,
        "width": size[0],
        "height": size[1],
        "padding": padding,
        "autosize": "none",
        "background": None,
        "config": {"view": {"stroke": None}, "axis": {"disable": True}, "font": "sans-serif"},
        "layer": list(layers),
    }


def _svg(spec: Spec, words: str) -> Markup:
    """Draw, and leave only what is drawn: one picture that is told in words."""
    drawn = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE))  # noqa: S314 - ours
    for parent in list(drawn.iter()):
        parent.tag = parent.tag.rpartition("}")[2]
        for name in ("role", "aria-roledescription", "aria-hidden", "aria-label"):
            parent.attrib.pop(name, None)
        for child in [c for c in parent if c.get("class") in {"background", "foreground"}]:
            parent.remove(child)
        for name, value in parent.attrib.items():
            parent.set(name, _NUMBERS.sub(lambda found: f"{float(found[0]):.2f}", value))
    box = drawn.get("viewBox", "")
    content = "".join(ET.tostring(child, encoding="unicode") for child in drawn)
    width, height = drawn.get("width", ""), drawn.get("height", "")
    return Markup(
        '<svg class="chart" role="img" aria-label="{}" viewBox="{}" width="{}" height="{}">{}</svg>'
    ).format(words, box, width, height, Markup(content))  # noqa: S704 - made by ElementTree, escaped
