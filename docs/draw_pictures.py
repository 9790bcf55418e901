"""Draw the pictures of the guide anew: `PYTHONPATH=src python -m docs.draw_pictures [NAME ...]`.

Pages of the guide are run as the tests run them, and what they wrote is drawn: workbooks as
LibreOffice prints them. Diagrams are pages beside their pictures, drawn by Chromium. Look at every
picture before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.doc_runs import run_page
from tests.judge_programs import find_chromium, find_pdftoppm
from tests.judges import libreoffice_convert

HERE = Path(__file__).resolve().parent
_MARGIN = 12  # pixels of white around what is drawn
_LARGEST = 150_000  # bytes
_COLOURS = 256


class Picture(NamedTuple):
    """A part of a page that LibreOffice prints.

    Attributes:
        page: the page of documentation that makes the file.
        file: the file, in the folder where that page is run.
        title: a text that stands on the page to be drawn and on no page before it.
        dpi: how large it is drawn.
        part: left, top, right and bottom of the part, as shares of what is printed.
    """

    page: str
    file: str
    title: str
    dpi: int
    part: tuple[float, float, float, float] = (0, 0, 1, 1)


_FIRST, _MONTH = "first-rating.md", "monthly-cycle.md"
PICTURES = {
    "exception-report": Picture(_FIRST, "index_rated.xlsx", "Exception report", 100),
    "first-report": Picture(_FIRST, "index_rated.xlsx", "Exception report", 100, (0, 0, 1, 0.402)),
    "rated-index": Picture(
        _FIRST, "index_rated.xlsx", "Performance Index", 170, (0, 0, 0.443, 0.429)
    ),
    "settings": Picture(
        _FIRST, "index_settings.xlsx", "Performance settings", 110, (0, 0, 1, 0.5545)
    ),
    "findings": Picture(_MONTH, "september.xlsx", "Findings of perf-addin", 120),
    "commentary-sheet": Picture(_MONTH, "sheets/commentary.xlsx", "Commentary for", 120),
    "monthly-report": Picture(
        _MONTH, "september.xlsx", "Exception report", 115, (0, 0, 0.865, 0.398)
    ),
}


# Width and height of each diagram.
DIAGRAMS = {"where-it-runs": (980, 356)}


def main(names: list[str]) -> int:
    """Draw some pictures, or all; gives 1 where one is too large."""
    os.environ.update(NO_COLOR="1", COLUMNS="100")
    for name, size in DIAGRAMS.items():
        if name in (names or DIAGRAMS):
            _draw_diagram(HERE / "images" / f"{name}.html", size)
    wanted = {name: PICTURES[name] for name in names or PICTURES if name in PICTURES}
    too_large = False
    with tempfile.TemporaryDirectory() as folder:
        for page in dict.fromkeys(picture.page for picture in wanted.values()):
            place = Path(folder, page)
            place.mkdir()
            os.chdir(place)
            run_page((HERE / page).read_text(encoding="utf-8"), place)
        for name, picture in wanted.items():
            drawn = _drawn(picture, Path(folder))
            (HERE / "images" / f"{name}.png").write_bytes(drawn)
            too_large |= len(drawn) > _LARGEST
            print(f"{name}.png: {len(drawn):,} bytes")
        os.chdir(HERE)
    return int(too_large)


def _draw_diagram(page: Path, size: tuple[int, int]) -> None:
    program = find_chromium()
    assert program, "Chromium is missing"
    target = page.with_suffix(".png")
    command = [str(program), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--window-size={size[0]},{size[1]}", f"--screenshot={target}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


def _drawn(picture: Picture, folder: Path) -> bytes:
    path = folder / picture.page / picture.file
    pdf = path.with_suffix(".pdf")
    if not pdf.exists():
        libreoffice_convert(path, "pdf", path.parent)
    number = next(_pages(pdf, picture.title))
    width, height, pixels = _pixels(pdf, number, picture.dpi)
    return _png(*_cut(width, height, pixels, picture.part))


def _pages(pdf: Path, title: str) -> Iterator[int]:
    """The pages that have a text, from the first one on."""
    program = shutil.which("pdftotext")
    assert program, "pdftotext is missing"
    said = subprocess.run([program, str(pdf), "-"], capture_output=True, check=True).stdout
    for number, page in enumerate(said.decode().split("\f"), start=1):
        if title in page:
            yield number


def _pixels(pdf: Path, number: int, dpi: int) -> tuple[int, int, bytes]:
    """A page as width, height, and three bytes for each pixel."""
    program = find_pdftoppm()
    assert program, "pdftoppm is missing"
    command = [str(program), "-f", str(number), "-l", str(number), "-r", str(dpi), str(pdf)]
    drawn = subprocess.run(command, capture_output=True, check=True).stdout
    match = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", drawn)
    assert match, "pdftoppm gave no pixels"
    return int(match[1]), int(match[2]), drawn[match.end() :]


def _cut(
    width: int, height: int, pixels: bytes, part: tuple[float, float, float, float]
) -> tuple[int, int, bytes]:
    """Cut off headers and footers, the white around, and what is not asked for."""
    top, bottom = int(height * 0.042), int(height * (0.92 if width > height else 0.945))
    rows = [pixels[y * width * 3 : (y + 1) * width * 3] for y in range(top, bottom)]
    inked = [y for y, row in enumerate(rows) if row.strip(b"\xff")]
    rows = rows[inked[0] : inked[-1] + 1]
    left = min((width * 3 - len(row.lstrip(b"\xff"))) // 3 for row in rows)
    right = max(-(-len(row.rstrip(b"\xff")) // 3) for row in rows)
    wide, high = right - left, len(rows)
    x = slice((left + int(wide * part[0])) * 3, (left + int(wide * part[2])) * 3)
    kept = [row[x] for row in rows[int(high * part[1]) : int(high * part[3])]]
    side = b"\xff" * 3 * _MARGIN
    within = [side + row + side for row in kept]
    edge = [b"\xff" * len(within[0])] * _MARGIN
    framed = [*edge, *within, *edge]
    return len(framed[0]) // 3, len(framed), b"".join(framed)


def _png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG with a palette of the commonest colours; the others take the nearest of them."""
    points = [pixels[at : at + 3] for at in range(0, len(pixels), 3)]
    counts = Counter(points)
    palette = [colour for colour, _ in counts.most_common(_COLOURS)]
    index = {colour: at for at, colour in enumerate(palette)}
    for colour in counts:
        if colour not in index:
            index[colour] = _nearest(colour, palette)
    lines = (points[y * width : (y + 1) * width] for y in range(height))
    data = b"".join(b"\0" + bytes(index[point] for point in line) for line in lines)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(data, 9)))
    chunks = b"".join(_chunk(name, content) for name, content in parts)
    return b"\x89PNG\r\n\x1a\n" + chunks + _chunk(b"IEND", b"")


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    def distance(at: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, palette[at], strict=True))

    return min(range(len(palette)), key=distance)


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
