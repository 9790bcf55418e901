"""A stored formula cut into tokens whose texts, joined, give the formula back.

Stored formulas have English names, commas between arguments, and no leading `=`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from perf_addin.domain.declaring import NamedTuple
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


_PLAIN = r"(?:[^\W\d]|\\(?=[\w.?]))[\w.?\\]*"
_LONGEST = 255  # what Excel takes of names, sheets and columns; a limit to steps taken in vain
_QUOTED = r"'(?:[^']|'')*'"
_BOOK = r"\[[^\[\]]*\]"
_SHEET = rf"[\w.?\\]{{1,{_LONGEST}}}"
_PREFIX = rf"(?:(?:{_QUOTED}|(?:{_BOOK})?(?:{_SHEET}(?::{_SHEET})?|\#REF)|{_BOOK})!)?"
# Columns to XFD and rows to 1048576: what looks alike beyond them, such as YTD2021, is a name.
_COLUMN = r"(?-i:[A-Za-z]{1,2}|[A-Wa-w][A-Za-z]{2}|[Xx](?:[A-Ea-e][A-Za-z]|[Ff][A-Da-d]))"
_ROW = (
    r"0{0,9}(?:[1-9][0-9]{0,5}|10(?:[0-3][0-9]{4}|4(?:[0-7][0-9]{3}"
    r"|8(?:[0-4][0-9]{2}|5(?:[0-6][0-9]|7[0-6])))))"
)
_CELL = rf"\$?{_COLUMN}\$?{_ROW}"
_AREA = (
    rf"(?:{_CELL}(?::{_CELL})?|\$?{_COLUMN}:\$?{_COLUMN}|\$?{_ROW}:\$?{_ROW})"
    r"(?![\w.(!\\?\[])"
)
_INSIDE = rf"(?:[^\[\]']|'.){{0,{2 * _LONGEST}}}"
_COLUMNS = rf"\[(?:[^\[\]']|'.|\[{_INSIDE}\]){{0,{4 * _LONGEST}}}\](?!!)"
_ERRORS = (
    r"\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
    r"|UNKNOWN!|BUSY!|EXTERNAL!|GETTING_DATA)"
)
_TOKEN = lazily(
    rf"""(?P<text>"(?:[^"]|"")*")"""
    r"|(?P<space>\s+)|(?P<comma>[,;])|(?P<open>[({])|(?P<close>[)}])"
    rf"|(?P<operator><=|>=|<>|[-+*/^&=<>%:@]|(?!{_ERRORS})\#)"
    rf"|(?P<call>{_PREFIX}{_PLAIN}(?=\())"
    rf"|(?P<area>{_PREFIX}(?:{_AREA}|\#REF!(?![^\W\d])))"
    rf"|(?P<table>(?:{_PREFIX}{_PLAIN})?{_COLUMNS})"
    rf"|(?P<name>{_PREFIX}{_PLAIN})"
    rf"|(?P<error>{_ERRORS})"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?)"
    r"|(?P<other>'+|[.?\\]+|.)",
    2 | 16,  # IGNORECASE and DOTALL
)


def tokens(formula: str) -> Iterator[Token]:
    """Cut a formula into tokens.

    `#REF!` alone is an area that is gone. What is no part of any formula is `OTHER`.
    """
    for found in _TOKEN.finditer(formula):
        yield Token(Kind(found.lastgroup or "other"), found[0], found.start())
