"""Between two figures with the same rating, every figure has that rating.

With one target and one tolerance a rating only ever improves with the figure (or only ever
worsens). So once two figures are rated the same, what lies between them need not be rated. Every
rating that is answered from here was given by the rules to a figure on either side.
"""

from __future__ import annotations

from perf_addin.domain.rating import Letter

_NEVER = float("inf")


class Learned:
    """For each letter, the smallest and the largest figure that the rules gave it."""

    __slots__ = ("_spans",)

    def __init__(self) -> None:
        """Start with nothing known."""
        self._spans: dict[Letter, tuple[float, float]] = dict.fromkeys(
            ("G", "A", "R"), (_NEVER, -_NEVER)
        )

    def find(self, number: float) -> Letter | None:
        """The rating of a number between two that were rated the same, or None."""
        for letter, (smallest, largest) in self._spans.items():
            if smallest <= number <= largest:
                return letter
        return None

    def add(self, number: float, letter: Letter) -> None:
        """Take note of a number and the letter that the rules gave it."""
        smallest, largest = self._spans[letter]
        self._spans[letter] = (min(smallest, number), max(largest, number))
