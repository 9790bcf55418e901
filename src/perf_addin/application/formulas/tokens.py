"""A stored formula cut into tokens whose texts, joined, give the formula back.

Stored formulas have English names, commas between arguments, and no leading `=`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from perf_addin.domain.lazy_patterns import lazily


class Kind(StrEnum):
    """What a token is."""

    TEXT = "text"
    NUMBER = "number"
    ERROR = "error"
    CALL = "call"
    AREA = "area"
    TABLE = "table"
    NAME = "name"
    SPACE = "space"
    COMMA = "comma"
    OPEN = "open"
    CLOSE = "close"
    OPERATOR = "operator"
    OTHER = "other"


class Token(NamedTuple):
    """A token, and where in the formula it begins."""

    kind: Kind
    text: str
    at: int


_PLAIN = r"[^\W\d][\w.?\\]*"
_QUOTED = r"'(?:[^']|'')*'"
_BOOK = r"\[[^\[\]]*\]"
_PREFIX = rf"(?:(?:{_QUOTED}|(?:{_BOOK})?[\w.?\\]+(?::[\w.?\\]+)?|{_BOOK})!)?"
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_AREA = (
    rf"(?:{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})"
    r"(?![\w.(!\\?\[])"
)
_INSIDE = r"(?:[^\[\]']|'.)*"
_ERRORS = (
    r"\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
    r"|UNKNOWN!|BUSY!|EXTERNAL!|GETTING_DATA)"
)
_TOKEN = lazily(
    rf"""(?P<text>"(?:[^"]|"")*")"""
    rf"|(?P<space>\s+)"
    rf"|(?P<call>{_PREFIX}{_PLAIN}(?=\())"
    rf"|(?P<area>{_PREFIX}(?:{_AREA}|\#REF!))"
    rf"|(?P<table>(?:{_PLAIN})?\[(?:[^\[\]']|'.|\[{_INSIDE}\])*\])(?!!)"
    rf"|(?P<error>{_ERRORS})"
    rf"|(?P<name>{_PREFIX}{_PLAIN})"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?)"
    r"|(?P<comma>[,;])|(?P<open>[({])|(?P<close>[)}])"
    r"|(?P<operator><=|>=|<>|[-+*/^&=<>%:@\#])"
    r"|(?P<other>.)",
    2 | 16,  # IGNORECASE and DOTALL
)


def tokens(formula: str) -> Iterator[Token]:
    """Cut a formula into tokens.

    `#REF!` alone is an area that is gone. What is no part of any formula is `OTHER`.
    """
    for found in _TOKEN.finditer(formula):
        yield Token(Kind(found.lastgroup or "other"), found[0], found.start())
