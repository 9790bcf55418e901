"""Digital signatures over a package: which parts belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from perf_addin.adapters.xlsx.relations import Relationship, relations_part

SIGNATURE_ORIGIN = "/digital-signature/origin"
SIGNATURE_TYPES = "application/vnd.openxmlformats-package.digital-signature"
_KIND = "/digital-signature/"
_FOLDER = "_xmlsignatures/"


class _Parts(Protocol):
    @property
    def part_names(self) -> Sequence[str]: ...
    def relationships(self, name: str, /) -> Sequence[Relationship]: ...


def signed_parts(package: _Parts) -> frozenset[str]:
    """Give the parts that signatures consist of, in lower case; none where nothing is signed.

    They are those in the usual folder and those that the signatures' origin leads to, with
    their relationships. The signature of a VBA project is none of them: it stays valid.
    """
    origins = (r.target for r in package.relationships("") if r.type.endswith(SIGNATURE_ORIGIN))
    inside = (name for name in package.part_names if name.casefold().startswith(_FOLDER))
    waiting = [*origins, *inside]
    found = set()
    while waiting:
        name = waiting.pop()
        if name.casefold() not in found:
            found |= {name.casefold(), relations_part(name).casefold()}
            related = package.relationships(name)
            # Only what is a signature's own: a crafted file could lead from here to anywhere.
            waiting += [r.target for r in related if _KIND in r.type and not r.external]
    return frozenset(found)
