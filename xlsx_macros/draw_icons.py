"""Draw the icons: `python xlsx_macros/draw_icons.py` makes the pictures from the drawings.

Each `icons/<name>.svg` is drawn by hand on a grid of 32, of which two units are one pixel of the
smallest picture; the pictures are `icons/<name>-<pixels>.png`. `tests/test_icons.py` holds that
they are what this script makes.
"""

from __future__ import annotations

from pathlib import Path

import resvg_py

ICONS = Path(__file__).with_name("icons")
PIXELS = (16, 32, 64, 80)


def picture(drawing: Path, pixels: int) -> bytes:
    """Draw an SVG file as a PNG of so many pixels each way."""
    return bytes(resvg_py.svg_to_bytes(svg_path=str(drawing), width=pixels, height=pixels))


def main() -> None:
    """Draw every icon in every size."""
    for drawing in sorted(ICONS.glob("*.svg")):
        for pixels in PIXELS:
            drawing.with_name(f"{drawing.stem}-{pixels}.png").write_bytes(picture(drawing, pixels))


if __name__ == "__main__":
    main()
