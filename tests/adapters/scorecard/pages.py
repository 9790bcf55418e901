"""Scorecards as pages, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from perf_addin.adapters.scorecard.rendering import render
from tests.application.build import index
from tests.application.scorecard.cards import card

MONTHS = tuple(f"{name} 2021" for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"))
HEADER = (
    *("No", "Indicator", "Polarity", "Target", "Acceptable range", "RAG", *MONTHS),
    *("England", "Commentary", "Data caveat"),
)
HOSTILE = "</script></style></title><script>document.title = 'taken'</script>"
BRACES = "{{ 7 * 7 }} {% raw %} {# gone #} &amp; <img src=x onerror=\"document.title='taken'\">"


def page_of(path: Path) -> str:
    """The page of a workbook's index."""
    return render(card(path)).decode()


def every_kind(path: Path) -> Path:
    """An index with an indicator of every kind, and with texts that would like to be more."""
    rising = (88, 87, 86, 85, 84, 83, 82, 75)
    rows: list[Sequence[object]] = [
        (f"Index of {HOSTILE}",),
        (),
        HEADER,
        (None, f"Group {HOSTILE}"),
        (1, f"Visits {BRACES}", "High", 90, "80 - 95", None, *rising, 91, HOSTILE, BRACES),
        (2, "Number of children missing", "Low", 10, None, None, *(12, 11, 4, 9, 9, 8, 9, 3)),
        (3, "Plans", "High", 80, None, "G", *(80, 81, 80, 79, 80, 81, 80, 79), 70),
        (None, "Second group"),
        (4, "Rate per 10,000", "Info", None, "25 - 40", None, *(30, 31, 32, 33, 34, 35, 36, 41)),
        (5, "Cost", "Low", 100, None, None, *(90, 91, 90, 91, 90, 91, 90, 80)),
        (6, "Nothing yet", "High", "Top quartile"),
        (7, "Unsure", "High", 5, None, None, *("u",) * 8),
    ]
    return index(path, *rows)


class Outline(HTMLParser):
    """What is in a page: its elements with their attributes, and its text outside of code."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in {"style", "script"}:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]
