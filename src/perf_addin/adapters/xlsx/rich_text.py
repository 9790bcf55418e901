"""The plain text of rich text (`si` or `is`): its runs joined, phonetic guides left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from xml.parsers import expat

from perf_addin.adapters.xlsx.cell_text import decode, unescape_cell
from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError


class _Patterns(NamedTuple):
    phonetic: re.Pattern[bytes]
    text: re.Pattern[bytes]


@cache
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    return _Patterns(
        phonetic=re.compile(b"<%brPh[\\s>].*?</%brPh\\s*>" % (p, p), re.DOTALL),
        text=re.compile(b"<%bt(?:\\s[^<>]*)?>([^<]*)</%bt\\s*>" % (p, p)),
    )


def plain_text(raw: bytes, prefix: bytes) -> str:
    """Join the runs of an element that holds no comment and no CDATA."""
    found = _patterns(prefix)
    if b"rPh" in raw:
        raw = found.phonetic.sub(b"", raw)
    return "".join(map(decode, found.text.findall(raw)))


def parse_element(
    raw: bytes,
    where: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    data: Callable[[str], object],
) -> None:
    """Go through one element (UTF-8) with a real parser; prefixes need no declaration.

    Raises:
        InputError: the element is not well-formed; the message calls it `where`.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise InputError(
            f"{where} is damaged ({error}). Open and save the file in Excel."
        ) from error


class TornStringError(InputError):
    """A shared string that is not well-formed; whoever knows the sheet names the cell."""

    def __init__(self, message: str, number: int = 0) -> None:
        """Bind the message and the 0-based number of the string."""
        super().__init__(message)
        self.number = number


def shared_text(raw: bytes, number: int) -> str:
    """The text of a shared string of a 0-based number that may hold comments or CDATA.

    Raises:
        TornStringError: it is not well-formed.
    """
    try:
        return parsed_text(raw, f"the shared string {number + 1:,}")
    except InputError as error:
        raise TornStringError(str(error), number) from error


class ParsedCell(NamedTuple):
    """What a parser found in a cell element: whether there is a formula, a value, a rich text."""

    formula: bool
    value: str | None
    rich: str | None


def parsed_cell(raw: bytes, where: str) -> ParsedCell:
    """Read one element (`c`, `is` or `si`) with a real parser.

    Raises:
        InputError: the element is not well-formed; the message calls it `where`.
    """
    seen: list[str] = []
    value: list[str] = []
    rich: list[str] = []
    path: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        seen.append(path[-1])

    def end(_name: str) -> None:
        path.pop()

    def data(text: str) -> None:
        if path[-1] == "v":
            value.append(text)
        elif path[-1] == "t" and "rPh" not in path:
            rich.append(text)

    parse_element(raw, where, start, end, data)
    return ParsedCell(
        "f" in seen,
        "".join(value) if "v" in seen else None,
        "".join(rich) if "t" in seen or "is" in seen else None,
    )


def parsed_text(raw: bytes, where: str) -> str:
    """The joined runs of an element that may hold comments or CDATA.

    Raises:
        InputError: the element is not well-formed; the message calls it `where`.
    """
    return unescape_cell(parsed_cell(raw, where).rich or "")
