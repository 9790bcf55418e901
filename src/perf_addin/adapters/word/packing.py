"""A document as bytes that are the same whenever its content is."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


def pack(document: Document) -> bytes:
    """Save a document in memory, without the time of saving in it."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        names = source.namelist()
        rest = sorted(name for name in names if name not in _FIRST)
        for name in (*_FIRST, *rest):
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name), compresslevel=6)
    return packed.getvalue()
