r"""Calls of our functions in stored formulas, in every spelling that workbooks have them.

`RAG(` (VBA or a name of the workbook), `[1]!RAG(` and `'C:\\...\\x.xlam'!RAG(` (from an add-in,
whole or lost), `_xldudf_RAG(` and `_xldudf_NAMESPACE_RAG(` (Office add-ins), `_xll.RAG(`,
`_xludf.RAG(`, `PERF.RAG(`.
"""

from __future__ import annotations

import re
from functools import cache

from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.functions import FUNCTIONS, find

# `_xlpm.` and `_xlfn.` are none of ours: variables of LAMBDA, and functions of Excel's own.
_BEFORE = r"(?:_xldudf_(?:[a-z0-9.]+_)*|_xll\.|_xludf\.|(?!_xl)[a-z_][a-z0-9_]*\.)?"


@cache
def _ours() -> re.Pattern[str]:
    names = "|".join(sorted((function.name for function in FUNCTIONS), key=len, reverse=True))
    return re.compile(rf"(?:.*!)?{_BEFORE}({names})", re.IGNORECASE | re.DOTALL | re.ASCII)


_STORED = tuple(f"{function.name.lower()}(".encode() for function in FUNCTIONS)


def called(token: Token) -> str | None:
    """The name of our function that a token calls, in capitals; None where it calls none."""
    if token.kind is not Kind.CALL:
        return None
    found = _ours().fullmatch(token.text)
    return found[1].upper() if found and find(found[1]) else None


def calls_ours(formula: str) -> bool:
    """Whether a formula calls any of our functions."""
    return any(called(token) for token in tokens(formula))


def canonical(formula: str) -> str:
    """The formula with each call of ours under its plain name; nothing else is changed."""
    return "".join(called(token) or token.text for token in tokens(formula))


def may_call_ours(stored: bytes) -> bool:
    """Whether stored bytes can hold a call of ours: no call is missed, few others are taken."""
    plain = stored.lower()
    return any(name in plain for name in _STORED)
