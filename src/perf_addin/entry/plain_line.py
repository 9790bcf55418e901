"""The command lines of most runs, read without argparse.

To import argparse and to build a parser takes as long as to rate forty indicators. A line with
anything but files and the commonest options is left to it: it knows all options, abbreviations and
what to say of mistakes. `tests/entry/test_plain_line.py` holds both to the same result.
"""

from __future__ import annotations

from types import SimpleNamespace

from perf_addin.domain.declaring import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_MOST_FILES = {"recalc": None, "report": 1}
_FLAGS = {"--in-place": "in_place", "--json": "json"}
_VALUES = {"-o": "output", "--output": "output", "--period": "period"}
_OF_RUN = {
    "output": None,
    "in_place": False,
    "drop_signatures": False,
    "recalc": "auto",
    "calculate_on_open": False,
    "json": False,
    "verbose": False,
}
_OF_INDEX: dict[str, object] = {
    "sheet": [],
    "column": [],
    "header_row": None,
    "year": None,
    "year_option": "year",
    "period": None,
    "tolerance": None,
    "green_tolerance": None,
    "margin": None,
    "polarity": None,
    "rule": None,
    "compare": None,
    "overwrite_typed": False,
    "write_as": None,
}
_OF_REPORTS = {"charts": None}


def plain_options(arguments: Sequence[str]) -> argparse.Namespace | None:
    """What a plain command line states; None where only argparse can say."""
    if not arguments or arguments[0] not in _MOST_FILES:
        return None
    stated: dict[str, object] = {}
    places: list[int] = []
    rest = iter(enumerate(arguments[1:]))
    for place, word in rest:
        name = _FLAGS.get(word) or _VALUES.get(word)
        if name is None and not word.startswith("-"):
            places.append(place)
            continue
        value: str | bool = True
        if word in _VALUES:
            value = next(rest, (0, "-"))[1]
        if name is None or name in stated or (isinstance(value, str) and value.startswith("-")):
            return None
        stated[name] = value
    files = [arguments[1 + place] for place in places]
    most = _MOST_FILES[arguments[0]] or len(files)
    apart = bool(places) and places[-1] - places[0] >= len(places)
    if not files or apart or len(files) > most or {"output", "in_place"} <= stated.keys():
        return None
    own = _OF_REPORTS if arguments[0] == "report" else {}
    lists: dict[str, object] = {"files": files, "sheet": [], "column": []}
    options = SimpleNamespace(
        command=arguments[0], **{**_OF_RUN, **_OF_INDEX, **own, **lists, **stated}
    )
    return cast("argparse.Namespace", options)


def states_nothing(options: argparse.Namespace) -> bool:
    """Whether a command line states nothing about the index, as most do not."""
    return options.command in _MOST_FILES and _OF_INDEX.items() <= vars(options).items()
