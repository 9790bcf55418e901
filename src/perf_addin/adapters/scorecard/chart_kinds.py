"""The kinds of charts on a scorecard, as Vega-Lite reads them; their data come later.

Sizes are in pixels of 1/96 inch. Nothing is laid out by the size of a text, so that a drawing does
not depend on the fonts of the machine that it is made on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

Spec = dict[str, Any]

CHART_SIZE = (200, 46)
BAR_HEIGHT = 16
_BAR_SIZE = (150, BAR_HEIGHT)
_CHART_PADDING = {"left": 40, "right": 8, "top": 8, "bottom": 18}
_BAR_PADDING = {"left": 8, "right": 8, "top": 5, "bottom": 5}
_BELOW = CHART_SIZE[1] + 13
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name; nothing is fetched
_TEXT, _MUTED, _BAND, _TRACK, _PAPER = "#1b1f24", "#4a525c", "#dbe3ec", "#c3cad3", "#ffffff"
_DOT: Spec = {"type": "point", "filled": True, "opacity": 1, "color": _TEXT}


class Kind(StrEnum):
    """What a chart shows."""

    SERIES = "figures over time"
    POSITION = "a figure beside its range and target"


def _scaled(field: str) -> Spec:
    """A field on its scale; from and to where the scale reaches is said with the data."""
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1], "zero": False}}


def _layer(name: str, mark: Spec, **encoding: Spec) -> Spec:
    return {"name": name, "mark": mark, "data": {"name": name}, "encoding": encoding}


def _label(name: str, align: str, x: float, y: Spec) -> Spec:
    mark = {"type": "text", "align": align, "baseline": "middle", "color": _MUTED, "fontSize": 10}
    return _layer(name, mark, text={"field": "text", "type": "nominal"}, x={"value": x}, y=y)


def _chart(size: tuple[int, int], padding: Spec, layers: Sequence[Spec]) -> Spec:
    return {
        "$schema": _SCHEMA,
        "width": size[0],
        "height": size[1],
        "padding": padding,
        "autosize": "none",
        "background": None,
        "config": {"view": {"stroke": None}, "axis": {"disable": True}, "font": "sans-serif"},
        "datasets": {layer["name"]: [] for layer in layers},
        "layer": list(layers),
    }


def _series() -> Spec:
    """Limits, mean and target across the whole width; the line; its points; what is written."""
    x, y, to = _scaled("x"), _scaled("y"), {"field": "to"}
    rule: Spec = {"type": "rule", "strokeWidth": 1.5}
    signals = {
        "improvement": {"shape": "triangle-up", "color": "#1d5fa8"},
        "concern": {"shape": "diamond", "color": "#b23c0a"},
        "change": {"shape": "square", "color": "#6b3fa0"},
    }
    part = {"field": "part", "type": "nominal"}
    layers = [
        _layer("limits", {"type": "rect", "color": _BAND}, y=y, y2=to),
        _layer("mean", rule | {"color": _PAPER}, y=y),
        _layer("aim", rule | {"color": _MUTED, "strokeDash": [5, 3]}, y=y),
        _layer(
            "figures", {"type": "line", "color": _TEXT, "strokeWidth": 1.75}, x=x, y=y, detail=part
        ),
        _layer("plain", _DOT | {"size": 18}, x=x, y=y),
        *(_layer(name, _DOT | look | {"size": 46}, x=x, y=y) for name, look in signals.items()),
        _label("level", "right", -6, {"field": "at", "type": "quantitative", "scale": None}),
        _label("since", "left", 0, {"value": _BELOW}),
        _label("until", "right", CHART_SIZE[0], {"value": _BELOW}),
    ]
    return _chart(CHART_SIZE, _CHART_PADDING, layers)


def _position() -> Spec:
    """A scale, on it the acceptable range, the target and the figure."""
    x, to, middle = _scaled("x"), {"field": "to"}, {"value": BAR_HEIGHT / 2}
    band = {"type": "rect", "color": _BAND, "stroke": _MUTED, "strokeWidth": 1}
    figure = _DOT | {"size": 75, "stroke": _PAPER, "strokeWidth": 1.5}
    layers = [
        _layer("track", {"type": "rule", "color": _TRACK, "strokeWidth": 2}, x=x, x2=to, y=middle),
        _layer("range", band, x=x, x2=to, y={"value": 2}, y2={"value": BAR_HEIGHT - 2}),
        _layer(
            "aim",
            {"type": "rule", "color": _MUTED, "strokeWidth": 2.5},
            x=x,
            y={"value": -3},
            y2={"value": BAR_HEIGHT + 3},
        ),
        _layer("figure", figure, x=x, y=middle),
    ]
    return _chart(_BAR_SIZE, _BAR_PADDING, layers)


KINDS: Mapping[Kind, Spec] = MappingProxyType({Kind.SERIES: _series(), Kind.POSITION: _position()})
