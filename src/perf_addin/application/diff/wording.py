"""What changed, in sentences: for a terminal, and for the corrections paragraph of a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.diff.compare import Altered, Difference, Rerated
from perf_addin.application.diff.picture import Held
from perf_addin.application.rated import Rated
from perf_addin.domain.figures import Figure
from perf_addin.domain.showing import show_all_apart

_NAMES = {"G": "green", "A": "amber", "R": "red", None: "not rated"}


def tell(found: Difference) -> Iterator[str]:
    """Say in lines what changed, section by section; sections with nothing in them are left out."""
    old, new = found.old.result, found.new.result
    yield f"From {old.file}: {old.summary()}"
    yield f"To   {new.file}: {new.summary()}"
    exceptions = found.exceptions
    sections: Sequence[tuple[str, Sequence[str]]] = (
        ("Ratings that changed", [_rerated(item) for item in found.rerated]),
        ("New exceptions", [_exception(item) for item in exceptions.new]),
        ("Resolved exceptions", [_exception(item) for item in exceptions.resolved]),
        ("Exceptions without a rating now", [_exception(item) for item in exceptions.unrated]),
        ("Exceptions before and now", [_exception(item) for item in exceptions.continuing]),
        ("Past figures that were altered", [_altered(item) for item in found.altered]),
        (
            "Definitions that changed",
            [f"{i.label}: {what} was {was}, is {now}" for i, what, was, now in found.redefined],
        ),
        ("Indicators added", [_named(item) for item in found.added]),
        ("Indicators dropped", [_named(item) for item in found.dropped]),
        ("Draft of the corrections paragraph", list(corrections(found))),
    )
    told = [(heading, lines) for heading, lines in sections if lines]
    for heading, lines in told:
        yield f"\n{heading}"
        yield from (f"  {line}" for line in lines)
    if not told:
        yield "\nNothing changed."


def corrections(found: Difference) -> Iterator[str]:
    """Draft the corrections paragraph of a paper: a sentence for each figure that was altered.

    Figures that were only filled in later are no corrections. Small numbers are not told, since a
    paper is published.
    """
    for item in found.altered:
        indicator, period, old, new = item
        if old is None:
            continue
        start = f"Indicator {indicator.label} ({' '.join(indicator.name.split())}): the figure for "
        if found.hidden.has(item):
            yield f"{start}{period.label} has been corrected. It is too small to be published."
        elif new is None:
            yield f"{start}{period.label} was reported as {old.shown} and has been withdrawn."
        else:
            was, now = _apart(old, new)
            yield f"{start}{period.label} was reported as {was} and has been corrected to {now}."


def _apart(old: Held, new: Held) -> tuple[str, str]:
    """Two entries that differ, as texts that differ."""
    one, two = old.content, new.content
    if isinstance(one, Figure) and isinstance(two, Figure) and one.percent is two.percent:
        was, now = show_all_apart((one.value, two.value), percent=one.percent)
        return was, now
    return old.shown, new.shown


def _rerated(item: Rerated) -> str:
    old, new = item
    was, now = _NAMES[old.letter], _NAMES[new.letter]
    return f"{new.label}: {was}{_when(old)} to {now}{_when(new)}. {new.rating.reason}"


def _when(item: Rated) -> str:
    return f" ({item.period.label})" if item.period else ""


def _exception(item: Rated) -> str:
    return f"{_named(item)}: {item.shown_rating}{_when(item)}"


def _named(item: Rated) -> str:
    name = " ".join(item.name.split())
    return f"{item.no}: {name}" if item.no else name


def _altered(item: Altered) -> str:
    shown = _apart(item.old, item.new) if item.old and item.new else None
    was, now = shown or tuple(held.shown if held else "blank" for held in item[2:])
    was += f" ({item.old.sheet}!{item.old.cell})" if item.old else ""
    now += f" ({item.new.sheet}!{item.new.cell})" if item.new else ""
    return f"{item.indicator.label}, {item.period.label}: was {was}, is {now}"
