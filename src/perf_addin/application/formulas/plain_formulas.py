"""Formulas with nothing but cells in them: names and tables replaced by the cells they mean."""

from __future__ import annotations

from perf_addin.application.formulas.book import FormulaBook
from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.references import Area, area_of
from perf_addin.application.formulas.simple_calls import Named, SimpleCall, Structured
from perf_addin.application.formulas.specs import Node
from perf_addin.application.formulas.tables import resolve
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.functions import Value
from perf_addin.application.functions.values import Omitted
from perf_addin.application.grid import CellRange, cell_name

Located = tuple[str, CellRange]


def plain_formula(book: FormulaBook, node: Node) -> str:
    """The formula of a cell, with our calls under plain names and references to cells only."""
    renamed = node.spec.renamed
    if renamed is None:
        return _plain(book, node.text, node, 0)
    text = node.text
    for stored, name in renamed:
        text = text.replace(stored, name)
    return text


def _plain(book: FormulaBook, text: str, node: Node, depth: int) -> str:
    parts = []
    for token in tokens(text):
        part = called(token) or token.text
        if token.kind is Kind.TABLE:
            cells = resolve(token.text, book.tables, node.key)
            part = spelled(cells) if cells is not None else part
        elif token.kind is Kind.NAME:
            known = book.name(token.text.casefold(), node.sheet)
            if known is not None and depth < 20:  # noqa: PLR2004 - names within names
                part = f"({_plain(book, known.text, node, depth + 1)})"
                bare = known.text.strip()
                if area_of(bare) is not None:
                    part = bare
        parts.append(part)
    return "".join(parts)


def spelled(located: Located) -> str:
    """Cells as a formula refers to them."""
    sheet, (top, left, bottom, right) = located
    name = sheet.replace("'", "''")
    first, last = cell_name(top, left), cell_name(bottom, right)
    return f"'{name}'!{first}" if first == last else f"'{name}'!{first}:{last}"


def placed_arguments(
    book: FormulaBook, node: Node, call: SimpleCall
) -> list[Located | Value | Omitted] | None:
    """The arguments of a simple call: where they lie, or what they are; None where unknown."""
    found: list[Located | Value | Omitted] = []
    for given in call.arguments:
        if isinstance(given, Area):
            cells, sheet = given.at(node.rows, node.columns), book.sheet_of(given, node.sheet)
            if cells is None or sheet is None:
                return None
            found.append((sheet, cells))
        elif isinstance(given, Structured):
            located = resolve(given.text, book.tables, node.key)
            if located is None:
                return None
            found.append(located)
        elif isinstance(given, Named):
            known = book.name(given.name, node.sheet)
            area = area_of(known.text.strip()) if known is not None else None
            through = book.areas_of_name(given.name, node.sheet)
            if area is None or through.unsupported or len(through.areas) != 1:
                return None
            found.append(through.areas[0])
        else:
            found.append(given)
    return found
