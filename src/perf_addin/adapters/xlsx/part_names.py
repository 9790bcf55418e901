"""Names of parts: one spelling for lookups, unsafe ones refused, relative targets resolved."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.container import Container

_SPACE = 32


def plain_name(name: str) -> str:
    """A part's name with forward slashes and without a leading one."""
    return name.replace("\\", "/").lstrip("/")


def check_name(name: str, container: Container) -> None:
    """Refuse a name that could lead out of the package or hide something.

    Raises:
        InputError: the name is absolute, climbs, names a drive, or has control characters.
    """
    plain = name.replace("\\", "/")
    unsafe = (
        ".." in plain.split("/")
        or plain.startswith("/")
        or plain[1:2] == ":"
        or any(ord(character) < _SPACE for character in plain)
    )
    if unsafe:
        raise container.refused(f"holds a part with the unsafe name {name!r}")


def relationships_part(name: str) -> str:
    """The part that holds the relationships of a part; of the package for an empty name."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def resolve(source: str, target: str) -> str:
    """Give the part that a relationship's target means, seen from the part it belongs to."""
    plain = target.replace("\\", "/").partition("#")[0]
    if plain.startswith("/"):
        return plain.lstrip("/")
    folder = source.rpartition("/")[0]
    return posixpath.normpath(posixpath.join(folder, plain)).removeprefix("../")
