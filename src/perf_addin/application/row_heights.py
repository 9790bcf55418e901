"""How high a row must be so that wrapped text is not clipped, where Excel is not there to fit it.

Widths are those of a sans-serif office font (Calibri and its kin), in thousandths of its size,
rounded up, so that a row is rather a little too high than one line short.
"""

from __future__ import annotations

from functools import lru_cache

_CAPITAL_WIDTH, _USUAL_WIDTH, _SPACE_WIDTH = 590, 505, 230
_WIDEST = 840
_REPEATED = 200  # characters; longer texts repeat seldom


class _Widths(dict[str, int]):
    """The widths of characters; of one that is not listed, by whether it is a capital."""

    def __missing__(self, character: str) -> int:
        """Give such a character's width, and remember it."""
        width = self[character] = _CAPITAL_WIDTH if character.isupper() else _USUAL_WIDTH
        return width


_WIDTHS = _Widths(
    {
        **dict.fromkeys("ijl.,;:'|!I", 245),
        **dict.fromkeys("frt()[]-", 350),
        **dict.fromkeys("cszvxyk", 425),
        **dict.fromkeys("mwMW%@&", _WIDEST),
        " ": _SPACE_WIDTH,
    }
)
_PIXELS_PER_POINT = 96 / 72
_DIGIT_PIXELS = 7.0
_PADDING_PIXELS = 8.0
_LINE_FACTOR = 1.26
_EXTRA_POINTS = 3.0
HIGHEST_POINTS = 409.0


@lru_cache(maxsize=4096)
def _width(word: str) -> int:
    return sum(map(_WIDTHS.__getitem__, word))


@lru_cache(maxsize=256)
def _room(column_width: float, size: float) -> tuple[float, float, int]:
    """The pixels of a column, those of a thousandth of a font's size, and letters that must fit."""
    room = column_width * _DIGIT_PIXELS + 5 - _PADDING_PIXELS
    scale = size * _PIXELS_PER_POINT / 1000
    return room, scale, int(room / (_WIDEST * scale))


def lines_needed(text: str, column_width: float, size: float) -> int:
    """How many lines a text takes when it is wrapped.

    Args:
        text: the text; a line break in it begins a new line.
        column_width: width of the column in characters, as Excel states it.
        size: size of the font in points.
    """
    room, scale, surely = _room(column_width, size)
    if len(text) <= surely and "\n" not in text:
        return 1
    return (_known_lines if len(text) <= _REPEATED else _lines)(text, room, scale)


def _lines(text: str, room: float, scale: float) -> int:
    lines = 0
    space = _SPACE_WIDTH * scale
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for thousandths in map(_width, paragraph.split(" ")):
            width = thousandths * scale
            if used and used + width > room:
                lines += 1
                used = 0.0
            if width < room:
                used += width + space
                continue
            lines += int(width // room) if width > room else 0
            used += width % room + space
    return lines


_known_lines = lru_cache(maxsize=512)(_lines)


def row_height(cells: list[tuple[str, float]], size: float) -> float:
    """The height in points that a row needs for its texts, each with its column's width."""
    lines = max([lines_needed(text, width, size) for text, width in cells], default=1)
    return _height_of(lines, size)


@lru_cache(maxsize=256)
def _height_of(lines: int, size: float) -> float:
    """The height in points of a row of so many lines."""
    return min(HIGHEST_POINTS, round(lines * size * _LINE_FACTOR + _EXTRA_POINTS, 1))
