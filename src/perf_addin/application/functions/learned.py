"""Between two figures with the same rating, every figure has that rating.

With one target and one tolerance a rating only ever improves with the figure (or only ever
worsens). So once two figures are rated the same, what lies between them need not be rated. Every
rating that is answered from here was given by the rules to a figure on either side.
"""

from __future__ import annotations

from perf_addin.domain.rating import Letter

_NOTHING = (float("inf"), float("-inf"))


class Learned:
    """For each letter, the smallest and the largest figure that the rules gave it."""

    __slots__ = ("_amber", "_green", "_red")

    def __init__(self) -> None:
        """Start with nothing known."""
        self._green = self._amber = self._red = _NOTHING

    def find(self, number: float) -> Letter | None:
        """The rating of a number between two that were rated the same, or None."""
        smallest, largest = self._green
        if smallest <= number <= largest:
            return "G"
        smallest, largest = self._red
        if smallest <= number <= largest:
            return "R"
        smallest, largest = self._amber
        return "A" if smallest <= number <= largest else None

    def add(self, number: float, letter: Letter) -> None:
        """Take note of a number and the letter that the rules gave it."""
        if letter == "G":
            self._green = _widened(self._green, number)
        elif letter == "A":
            self._amber = _widened(self._amber, number)
        else:
            self._red = _widened(self._red, number)


def _widened(span: tuple[float, float], number: float) -> tuple[float, float]:
    return min(span[0], number), max(span[1], number)
