"""Headings of Excel Tables that are renamed: in the table, and in every formula that names them.

Excel does the same when somebody types another heading: the formulas go on meaning the same column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from perf_addin.adapters.xlsx.cell_text import escape, unescape, unescape_cell
from perf_addin.adapters.xlsx.part_tree import Edit, parse, set_attribute
from perf_addin.adapters.xlsx.xml_text import QUOTED
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.domain.lazy_patterns import lazily

Renamed = Mapping[str, Mapping[str, str]]
"""New names of columns by their old ones in lower case, by table in lower case."""

_FORMULA = lazily(
    rb"<((?:[^\s:<>/!?]+:)?(?:f|definedName|calculatedColumnFormula|totalsRowFormula))"
    rb"(?:\s" + QUOTED + rb")?>([^<]*)</"
)
_BRACKETED = lazily(r"\[((?:[^\[\]']|'.)*)\]")
_ESCAPED = lazily(r"'(.)", re.DOTALL)
_MUST_ESCAPE = lazily(r"[\[\]#'@]")


def renamed_columns(xml: bytes, where: str, names: Mapping[int, str]) -> list[Edit]:
    """The edits that rename columns of a table part (UTF-8), by their 0-based place in it.

    Raises:
        InputError: the part is not well-formed.
    """
    columns = parse(xml, where).child("tableColumns")
    edits: list[Edit] = []
    for place, node in enumerate(columns.all("tableColumn") if columns else ()):
        if place in names:
            tag = xml[node.start : node.inner]
            stored = names[place].replace("\n", "_x000a_")
            edits.append((node.start, node.inner, set_attribute(tag, b"name", stored)))
    return edits


def column_names(xml: bytes, where: str) -> list[str]:
    """The names of the columns of a table part, as cells hold them."""
    columns = parse(xml, where).child("tableColumns")
    nodes = columns.all("tableColumn") if columns else ()
    return [unescape_cell(node.attributes.get("name", "")) for node in nodes]


def renamed_in_formulas(xml: bytes, text: bytes, renamed: Renamed, own: str = "") -> list[Edit]:
    """The edits that rename columns in every formula of a part.

    Args:
        xml: the part, in UTF-8.
        text: the same, with what is no markup masked.
        renamed: the new names.
        own: the table whose part it is, for references that name no table.
    """
    edits: list[Edit] = []
    for found in _FORMULA.finditer(text):
        start, end = found.span(2)
        stored = xml[start:end]
        if b"[" not in stored:
            continue
        formula = unescape(stored.decode("utf-8", "replace"))
        moved = renamed_in(formula, renamed, own)
        if moved != formula:
            edits.append((start, end, escape(moved)))
    return edits


def renamed_in(formula: str, renamed: Renamed, own: str = "") -> str:
    """A formula with the columns of tables under their new names."""
    return "".join(
        _reference(token.text, renamed, own) if token.kind is Kind.TABLE else token.text
        for token in tokens(formula)
    )


def _reference(text: str, renamed: Renamed, own: str) -> str:
    table, bracket, inside = text.partition("[")
    names = renamed.get((table.rpartition("!")[2] or own).casefold())
    if names is None or not bracket:
        return text

    def move(found: re.Match[str]) -> str:
        name = _ESCAPED.sub(r"\1", found[1])
        new = names.get(name.casefold())
        return found[0] if new is None else f"[{_MUST_ESCAPE.sub(_quoted, new)}]"

    inner = inside[:-1]
    if "[" not in inner.replace("'[", ""):
        return table + _BRACKETED.sub(move, f"[{inner}]")
    return f"{table}[{_BRACKETED.sub(move, inner)}]"


def _quoted(found: re.Match[str]) -> str:
    return f"'{found[0]}"
