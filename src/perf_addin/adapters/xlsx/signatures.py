"""Digital signatures over a package: which parts belong to them."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.adapters.xlsx.relations import Relationship, relations_part
from perf_addin.domain.declaring import Protocol
from perf_addin.domain.errors import InputError

SIGNATURE_ORIGIN = "/digital-signature/origin"
SIGNATURE_TYPES = "application/vnd.openxmlformats-package.digital-signature"
_KIND = "/digital-signature/"
_FOLDER = "_xmlsignatures/"


class _Parts(Protocol):
    @property
    def part_names(self) -> Sequence[str]: ...
    def relationships(self, name: str, /) -> Sequence[Relationship]: ...
    def content_type(self, name: str, /) -> str: ...


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
        if name.casefold() not in found and _is_of_a_signature(package, name):
            found |= {name.casefold(), relations_part(name).casefold()}
            related = package.relationships(name)
            waiting += [r.target for r in related if _KIND in r.type and not r.external]
    return frozenset(found)


def refusal(path: str) -> InputError:
    """The error that a signed file is not to be changed."""
    return InputError(
        f"{path} is digitally signed, and any change would break the signature. Use the option "
        "--drop-signatures to save it without, and have it signed again.",
        file=path,
    )


def _is_of_a_signature(package: _Parts, name: str) -> bool:
    """Whether a part is a signature's own: a crafted file could call the workbook one."""
    if name.casefold().startswith(_FOLDER):
        return True
    return package.content_type(name).casefold().startswith(SIGNATURE_TYPES)
