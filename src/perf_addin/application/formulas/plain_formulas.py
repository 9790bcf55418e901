"""Formulas with nothing but cells in them: names and tables replaced by the cells they mean."""

from __future__ import annotations

from perf_addin.application.formulas.book import FormulaBook
from perf_addin.application.formulas.calls import called
from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.formulas.contexts import Operand, Takes, operands
from perf_addin.application.formulas.references import Area, area_of, plain_name
from perf_addin.application.formulas.simple_calls import Named, SimpleCall, Structured
from perf_addin.application.formulas.specs import Node
from perf_addin.application.formulas.tables import resolve
from perf_addin.application.formulas.tokens import Kind, Token, tokens
from perf_addin.application.functions import Value
from perf_addin.application.functions.values import Omitted
from perf_addin.application.grid import CellRange, cell_name

Located = tuple[str, CellRange]


def plain_formula(book: FormulaBook, node: Node) -> str | None:
    """The formula of a cell, with our calls under plain names and references to cells only.

    Where Excel takes one cell of an area, that cell is named. None where it is not known whether
    it does.
    """
    spec = node.spec
    if spec.renamed is None:
        text = _plain(book, node.text, node, 0)
    else:
        text = node.text
        for stored, name in spec.renamed:
            text = text.replace(stored, name)
    if spec.single is None:
        spec.single = _is_single(operands(spec.text), list(tokens(spec.text)))
    if node.cell.kind is FormulaKind.ARRAY:
        return _intersected(text, node, only_single=True) if "SINGLE(" in text else text
    return text if spec.single else _intersected(text, node, only_single=False)


def _is_single(places: list[Operand], parts: list[Token]) -> bool:
    """Whether areas stand only where areas are taken, so that nothing intersects."""
    if any(part.kind is Kind.CALL and plain_name(part.text) == "SINGLE" for part in parts):
        return False
    return all(
        takes in {Takes.AREA, Takes.ARRAY} or _is_cell(parts[number].text)
        for number, takes in places
    )


def _is_cell(text: str) -> bool:
    """Whether a reference is one to a single cell, as far as it says."""
    area = area_of(text)
    if area is None:
        return "#This Row" in text and ":" not in text
    return bool(area.first == area.last and area.first.row and area.first.column)


def _intersected(text: str, node: Node, *, only_single: bool) -> str | None:
    """A formula with the cell that Excel takes in the place of each area of which it takes one."""
    parts = list(tokens(text))
    found = [part.text for part in parts]
    inside = _inside_single(parts)
    for number, takes in operands(text):
        area = area_of(parts[number].text)
        is_one = area is None or _is_cell(parts[number].text)
        if is_one or takes in {Takes.AREA, Takes.ARRAY} or (only_single and number not in inside):
            continue
        if takes is Takes.UNKNOWN or area is None:
            return None
        found[number] = _cell_of(area, parts[number].text, node)
    for number, part in enumerate(parts):
        if part.kind is Kind.CALL and plain_name(part.text) == "SINGLE":
            found[number] = "SINGLE"
    return "".join(found)


def _inside_single(parts: list[Token]) -> set[int]:
    """The numbers of the tokens right inside of `_xlfn.SINGLE(`."""
    return {
        number + 2
        for number, part in enumerate(parts)
        if part.kind is Kind.CALL and plain_name(part.text) == "SINGLE"
    }


def _cell_of(area: Area, text: str, node: Node) -> str:
    """The cell of an area in a formula's own row or column; an error where there is none."""
    cells = area.at(0, 0)
    where = text.rpartition("!")[0]
    if cells is None:
        return "#VALUE!"
    top, left, bottom, right = cells
    row, column = node.cell.row, node.cell.column
    if left == right and top <= row <= bottom:
        column = left
    elif top == bottom and left <= column <= right:
        row = top
    else:
        return "#VALUE!"
    return f"{where}{'!' * bool(where)}{cell_name(row, column)}"


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
