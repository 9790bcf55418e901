r"""Formulas that name an add-in file which is no longer where it was, given plain names again.

When an add-in's file is moved or missing, Excel shows `'C:\...\x.xlam'!RAG(...)` instead of
`RAG(...)`, and stores that or `[1]!RAG(...)`, where 1 is the workbook's first link. Without the
file's name the call is found in whatever offers the function: the add-in wherever it is now, or
names in the workbook itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.tokens import Token, tokens

_LINK = re.compile(r"\[(\d+)\]!", re.ASCII)
_ADDIN = re.compile(r"(?:.*[\\/\[])?([^\\/\[\]]+\.xlam?)\]?", re.IGNORECASE | re.DOTALL)


def addin_file(path: str) -> str | None:
    """The file name of an Excel add-in, from its path or address; None for anything else."""
    found = _ADDIN.fullmatch(path)
    return found[1] if found else None


def repaired(formula: str, links: Mapping[int, str]) -> str:
    """A formula whose calls of ours name no add-in file; all else in it is as it was.

    Args:
        formula: the formula as stored, without `=`.
        links: where the workbook's links lead, by their numbers.
    """
    return "".join(_plain(token, links) for token in tokens(formula))


def _plain(token: Token, links: Mapping[int, str]) -> str:
    name = called(token)
    prefix, mark, _ = token.text.rpartition("!")
    if name is None or not mark:
        return token.text
    link = _LINK.fullmatch(prefix + mark)
    if link is not None:
        path = links.get(int(link[1]), "")
    elif prefix.startswith("'"):
        path = prefix[1:-1].replace("''", "'")
    else:
        path = prefix
    return token.text if addin_file(path) is None else name
