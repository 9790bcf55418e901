"""What changed, in sentences: for a terminal, and for the corrections paragraph of a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_addin.application.diff.compare import Altered, Difference, Rerated
from perf_addin.application.rated import Rated

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

    Figures that were only filled in later are no corrections.
    """
    for indicator, period, old, new in found.altered:
        if old is None:
            continue
        start = f"Indicator {indicator.label} ({' '.join(indicator.name.split())}): the figure for "
        if new is None:
            yield f"{start}{period.label} was reported as {old.shown} and has been withdrawn."
        else:
            yield (
                f"{start}{period.label} was reported as {old.shown} and has been corrected to "
                f"{new.shown}."
            )


def _rerated(item: Rerated) -> str:
    old, new = item
    was, now = _NAMES[old.rating.letter], _NAMES[new.rating.letter]
    return f"{new.label}: {was}{_when(old)} to {now}{_when(new)}. {new.rating.reason}"


def _when(item: Rated) -> str:
    return f" ({item.period.label})" if item.period else ""


def _exception(item: Rated) -> str:
    return f"{_named(item)}: {item.shown_rating}{_when(item)}"


def _named(item: Rated) -> str:
    name = " ".join(item.name.split())
    return f"{item.no}: {name}" if item.no else name


def _altered(item: Altered) -> str:
    was = f"{item.old.shown} ({item.old.sheet}!{item.old.cell})" if item.old else "blank"
    now = f"{item.new.shown} ({item.new.sheet}!{item.new.cell})" if item.new else "blank"
    return f"{item.indicator.label}, {item.period.label}: was {was}, is {now}"
