"""Who is who among the areas of a file: ours, England, our region, the statistical neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from perf_addin.application.settings import Settings
from perf_addin.domain.errors import UsageError
from perf_addin.domain.lazy_patterns import lazily

_MARKS = lazily(r"[^\w&]+")
_FRAME = lazily(
    r"^(?:the )?(?:london borough of|royal borough of|metropolitan borough of|county of"
    r"|borough of|city of)\s+|\s+(?:city council|county council|borough council|council"
    r"|london borough|metropolitan borough|unitary authority|city of|county of)$"
)
ENGLAND = "England"
_AGGREGATES = frozenset(
    (
        *("england", "great britain", "united kingdom", "uk", "national", "wales", "scotland"),
        *("northern ireland", "england average", "national average", "english average"),
        *("london", "inner london", "outer london", "london inner", "london outer"),
        *("london average", "north east", "north west", "yorkshire and the humber"),
        *("yorkshire and humber", "east midlands", "west midlands", "east of england"),
        *("eastern", "south east", "south west", "north east england", "north west england"),
        *("south east england", "south west england", "region", "regional average"),
        *("statistical neighbours", "statistical neighbour average", "stat neighbours"),
        *("statistical neighbour", "statistical neighbours average", "sn average", "total"),
        *("all english authorities", "shire counties", "metropolitan boroughs"),
        *("unitary authorities", "shire districts", "english unitaries"),
    )
)
_NEIGHBOURS = (
    *("statistical neighbours", "statistical neighbour average", "stat neighbours"),
    *("statistical neighbours average", "statistical neighbour", "sn average"),
)


def area_key(name: str) -> str:
    """What equal names of areas have in common.

    Case, punctuation, `&` for `and`, and what the body calls itself (`London Borough of Merton`,
    `Bristol, City of`, `Merton Council`) do not tell; nothing is guessed beyond that.
    """
    words = " ".join(_MARKS.sub(" ", name.casefold()).replace("&", " and ").split())
    bare = _FRAME.sub("", words)
    return words if not bare or is_aggregate(bare) else bare  # the City of London is not London


def is_aggregate(key: str) -> bool:
    """Whether an area is a country, a region or an average by its name, and no authority."""
    return key in _AGGREGATES


class Roles(NamedTuple):
    """Keys of the areas by what they are to us; None and empty where they are not known.

    Attributes:
        own: our own authority.
        england: the country.
        region: our region.
        neighbours: the statistical neighbours, in the order stated.
        neighbour_average: an area of the file that is itself the neighbours' average; looked at
            where no neighbours are stated.
    """

    own: str
    england: str | None
    region: str | None
    neighbours: tuple[str, ...]
    neighbour_average: str | None


def find_roles(settings: Settings, areas: Mapping[str, str], file: str) -> Roles:
    """Find the stated areas in a file.

    Raises:
        UsageError: our area is not stated, or a stated one is not in the file.
    """
    if not settings.our_area:
        raise UsageError(
            f"Which area of {file} is ours? State it with --area, or on the Settings sheet as Our "
            "area.",
            file=file,
        )
    stated = {
        "our area": (settings.our_area,),
        "England": (settings.england_area,) if settings.england_area else (),
        "region": (settings.region_area,) if settings.region_area else (),
        "statistical neighbour": settings.neighbour_areas,
    }
    keys = {what: tuple(_keys(what, names, areas, file)) for what, names in stated.items()}
    default = area_key(ENGLAND)
    england = keys["England"][0] if keys["England"] else default if default in areas else None
    return Roles(
        keys["our area"][0],
        england,
        keys["region"][0] if keys["region"] else None,
        keys["statistical neighbour"],
        next((key for key in _NEIGHBOURS if key in areas), None),
    )


def _keys(what: str, names: Sequence[str], areas: Mapping[str, str], file: str) -> Iterator[str]:
    for name in names:
        key = area_key(name)
        if key not in areas:
            near = get_close_matches(key, areas, 3, cutoff=0.5)
            hint = f" The nearest there: {', '.join(areas[each] for each in near)}." if near else ""
            raise UsageError(
                f"{file} has no area {name!r}, which is stated as {what}.{hint} Write it as the "
                "file does.",
                file=file,
            )
        yield key
