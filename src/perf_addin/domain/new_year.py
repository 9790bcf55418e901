"""Headings and titles that move on to another year, in the spelling that they had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from perf_addin.domain.lazy_patterns import lazily

_PAIR = lazily(
    r"(?<![\d/])(?P<first>20\d\d|\d\d)(?P<gap>\s*[/_\-\N{EN DASH}]\s*)"
    r"(?P<second>20\d\d|\d\d)(?![\d/])"
)
_FULL_YEAR = lazily(r"(?<!\d)20\d\d(?!\d)")
_SHORT_YEAR = lazily(r"(?<!\d)\d\d(?!\d)")
_CENTURY = 100


def year_label(year: int) -> str:
    """A financial year as a person writes it, from its starting year: `2021/22`."""
    return f"{year}/{(year + 1) % _CENTURY:02d}"


def years_named(text: str) -> set[int]:
    """The financial years that a text names, as their starting years: `2021/22`, `2021-22`."""
    return {year for year, _ in _pairs(text)}


def moved_years(text: str, years: int = 1) -> str:
    """A text with every financial year in it so many years later: `Target 2021/22`, 2022/23."""
    moved, at = "", 0
    for _, found in _pairs(text):
        first, second = (_later(found[name], years) for name in ("first", "second"))
        moved += f"{text[at : found.start()]}{first}{found['gap']}{second}"
        at = found.end()
    return moved + text[at:]


def spellings_a_year_later(text: str) -> Iterator[str]:
    """How a heading may read a year later, the likeliest first; the caller sees which one does.

    `Q1 2021/22`, `Apr 2021`, `2021-08`, `Apr 21`, `Jan 21 - Mar 21`, `30 Jun 21`.
    """
    pairs = moved_years(text)
    if pairs != text:
        yield pairs
    full = _FULL_YEAR.sub(lambda found: _later(found[0], 1), text)
    if full != text:
        yield full
    short = _SHORT_YEAR.sub(lambda found: _later(found[0], 1), text)
    if short != text:
        yield short
        last = list(_SHORT_YEAR.finditer(text))[-1]
        yield f"{text[: last.start()]}{_later(last[0], 1)}{text[last.end() :]}"


def day_a_year_later(day: date) -> date:
    """The same day a year later; the last day of a month stays the last."""
    if (day + timedelta(days=1)).day == 1:
        first = day + timedelta(days=1)
        return first.replace(year=first.year + 1) - timedelta(days=1)
    return day.replace(year=day.year + 1)


def _pairs(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for found in _PAIR.finditer(text):
        first, second = _full(found["first"]), _full(found["second"])
        if second == first + 1:
            yield first, found


def _full(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)  # noqa: PLR2004 - two digits


def _later(year: str, by: int) -> str:
    """A year of four or two digits, so many years later, with as many digits."""
    return f"{(int(year) + by) % 10 ** len(year):0{len(year)}d}"
