"""The league as a page for browsers and printers: one file, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from perf_addin.adapters.tables.league_style import STYLE
from perf_addin.application.batch.league import Across, League, Standing
from perf_addin.application.batch.names import shown
from perf_addin.application.batch.records import Counts, Record

# A page with more rows is slow to open and read by nobody; the tables have them all.
_MOST_ROWS = 2_000
_RATINGS = (("R", "Red"), ("A", "Amber"), ("G", "Green"), ("N", "Not rated"))


def league_page(league: League, base: str, *, most_rows: int = _MOST_ROWS) -> Iterator[bytes]:
    """The page, piece by piece.

    Args:
        league: the summary.
        base: the folder that the workbooks came from, as a person would write it.
        most_rows: the most rows that a table of the page has.
    """
    for piece in _pieces(league, base, most_rows):
        yield piece.encode("utf-8", "xmlcharrefreplace")


def _pieces(league: League, base: str, most_rows: int) -> Iterator[str]:
    yield (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Performance league</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Performance league</h1>\n<p>Workbooks of {_path(base)}</p>\n"
    )
    yield from _sums(league)
    if league.failures:
        yield from _failures(league.failures, most_rows)
    if league.standings:
        yield from _standings(league.standings, most_rows)
    if league.across:
        yield from _indicators(league.across, most_rows)
    yield "</main>\n</body>\n</html>\n"


def _sums(league: League) -> Iterator[str]:
    total = league.total
    figures = (
        ("Workbooks rated", len(league.standings), ""),
        ("Not worked on", len(league.failures), ""),
        ("Indicators", total.indicators, ""),
        *zip((word for _, word in _RATINGS), total[:4], ("R", "A", "G", "N"), strict=True),
        ("Breaches", total.breaches, ""),
        ("Findings", total.errors + total.warnings + total.notes, ""),
    )
    yield '<dl class="sums">\n'
    for word, number, letter in figures:
        kind = f' class="{letter}"' if letter else ""
        yield f"<div{kind}><dt>{word}</dt><dd>{number:,}</dd></div>\n"
    yield "</dl>\n"


def _failures(failures: Sequence[Record], most_rows: int) -> Iterator[str]:
    yield (
        f'<section>\n<h2 id="failures">Not worked on</h2>\n{_table("failures")}\n'
        '<thead><tr><th scope="col">Workbook</th><th scope="col">Why</th></tr></thead>\n<tbody>\n'
    )
    for record in failures[:most_rows]:
        yield (
            f'<tr><th scope="row">{_path(record.key)}</th>'
            f'<td class="text">{escape(shown(record.reason))}</td></tr>\n'
        )
    yield _end(len(failures), most_rows, "workbooks.csv")


def _standings(standings: Sequence[Standing], most_rows: int) -> Iterator[str]:
    yield (
        '<section>\n<h2 id="league">Workbooks</h2>\n<p>The highest share of green among the '
        "indicators that were rated comes first. Each workbook is rated against its own targets, "
        "so that a place says little without them.</p>\n"
        f'{_table("league")}\n<thead><tr><th scope="col" class="number">Place</th>'
        '<th scope="col">Workbook</th><th scope="col">Period</th>'
        f'{_rating_heads()}<th scope="col" class="share">Share</th>'
        '<th scope="col" class="number">Green&nbsp;%</th>'
        '<th scope="col" class="number">Breaches</th>'
        '<th scope="col" class="number">Errors</th><th scope="col" class="number">Warnings</th>'
        "</tr></thead>\n<tbody>\n"
    )
    for record, place, share in standings[:most_rows]:
        link = f'<a href="./{quote(record.key, errors="surrogateescape")}">{_path(record.key)}</a>'
        yield (
            f'<tr><td class="number">{place or ""}</td><th scope="row">{link}</th>'
            f'<td class="period">{escape(record.period)}</td>{_ratings(record.counts)}'
            f'<td class="share">{_bar(record.counts)}</td>'
            f'<td class="number">{"" if share is None else f"{share:.1f}"}</td>'
            + _numbers(record.counts.breaches, record.counts.errors, record.counts.warnings)
            + "</tr>\n"
        )
    yield _end(len(standings), most_rows, "workbooks.csv")


def _indicators(across: Sequence[Across], most_rows: int) -> Iterator[str]:
    yield (
        '<section>\n<h2 id="indicators">Indicators across workbooks</h2>\n<p>Indicators whose '
        "number and name agree in more than one workbook.</p>\n"
        f'{_table("indicators")}\n<thead><tr><th scope="col">No</th>'
        '<th scope="col">Indicator</th><th scope="col" class="number">Workbooks</th>'
        f'{_rating_heads()}<th scope="col" class="share">Share</th>'
        '<th scope="col" class="number">Breaches</th></tr></thead>\n<tbody>\n'
    )
    for one in across[:most_rows]:
        yield (
            f'<tr><td>{escape(one.no)}</td><th scope="row">{_name(one.name)}</th>'
            f"{_numbers(one.workbooks)}{_ratings(one.counts)}"
            f'<td class="share">{_bar(one.counts)}</td>{_numbers(one.counts.breaches)}</tr>\n'
        )
    yield _end(len(across), most_rows, "ratings.csv")


def _table(heading: str) -> str:
    """The begin of a table in a region of its own, which a narrow screen can move sideways."""
    return (
        f'<div class="scroll" role="region" aria-labelledby="{heading}" tabindex="0">\n'
        f'<table aria-labelledby="{heading}">'
    )


def _end(rows: int, most_rows: int, table: str) -> str:
    left = f"<p>{rows - most_rows:,} more are in {table}.</p>\n" if rows > most_rows else ""
    return f"</tbody>\n</table>\n</div>\n{left}</section>\n"


def _rating_heads() -> str:
    return "".join(
        f'<th scope="col" class="number"><span class="{letter}">{word}</span></th>'
        for letter, word in _RATINGS
    )


def _ratings(counts: Counts) -> str:
    return _numbers(*counts[:4])


def _numbers(*numbers: int) -> str:
    return "".join(f'<td class="number">{number:,}</td>' for number in numbers)


def _bar(counts: Counts) -> str:
    """The shares as a picture, for eyes only: the numbers stand beside it."""
    parts = [
        f'<i class="{letter}" style="flex-grow:{number}"></i>'
        for (letter, _), number in zip(_RATINGS, counts[:4], strict=True)
        if number
    ]
    return f'<span class="bar" aria-hidden="true">{"".join(parts)}</span>'


def _name(text: str) -> str:
    """A name that somebody chose, in whatever script, kept apart from what stands around it."""
    return f"<bdi>{escape(shown(text))}</bdi>"


def _path(text: str) -> str:
    """A path; its parts stand from left to right, whatever script they are in."""
    return f'<bdi dir="ltr">{escape(shown(text))}</bdi>'
