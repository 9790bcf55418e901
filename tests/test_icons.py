"""The pictures of the icons are what their drawings say, and every button has one."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from perf_addin.application.buttons import BUTTONS

pytest.importorskip("resvg_py")


@pytest.fixture(scope="module")
def drawer(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("icons", root / "xlsx_macros" / "draw_icons.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_pictures_are_what_the_drawings_say(drawer: ModuleType) -> None:
    drawings = sorted(drawer.ICONS.glob("*.svg"))
    assert {d.stem for d in drawings} == {"perf-addin", *(b.id.value for b in BUTTONS)}
    for drawing in drawings:
        for pixels in drawer.PIXELS:
            stored = drawing.with_name(f"{drawing.stem}-{pixels}.png").read_bytes()
            assert stored == drawer.picture(drawing, pixels), f"{drawing.stem}-{pixels}"
            assert struct.unpack(">II", stored[16:24]) == (pixels, pixels)


def test_drawings_hold_shapes_only_so_that_they_look_alike_everywhere(drawer: ModuleType) -> None:
    for drawing in drawer.ICONS.glob("*.svg"):
        kinds = {element.tag.partition("}")[2] for element in ET.parse(drawing).iter()}
        assert kinds <= {"svg", "title", "path", "circle", "rect"}, drawing.name
