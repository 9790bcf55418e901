"""How a rating looks on a sheet: one place for the colours, so that every sheet agrees.

Each fill has a contrast of at least 4.5:1 with its font colour (WCAG 2.1, level AA). Red and green
also differ from amber in lightness and font colour, so that they are told apart without seeing
hue; the letter in the cell says the rest. The exact values are in no palette that Excel offers, so
a fill that a person chose is not mistaken for ours.
"""

from __future__ import annotations

from perf_addin.application.grid import Look
from perf_addin.domain.declaring import NamedTuple


class Paint(NamedTuple):
    """Fill and font colour, as RRGGBB."""

    fill: str
    font: str


PALETTE = {
    Look.RED: Paint("B3111F", "FFFFFE"),
    Look.AMBER: Paint("FFC247", "1A1A18"),
    Look.GREEN: Paint("1B6F3A", "FFFFFE"),
}

_LOOKS = {paint.fill: look for look, paint in PALETTE.items()}


def look_of(fill: str) -> Look | None:
    """The rating that a solid fill (RRGGBB or AARRGGBB, either case) stands for, or None."""
    return _LOOKS.get(fill[-6:].upper())
