"""Formulas that an engine is known to get wrong without saying so: they are left to Excel."""

from __future__ import annotations

from collections.abc import Callable

from perf_addin.application.formulas.book import FormulaBook, FormulaWorkbook, Precedents
from perf_addin.application.formulas.cell_values import CellValues
from perf_addin.application.formulas.cells import FormulaKind
from perf_addin.application.formulas.limits import limit_of
from perf_addin.application.formulas.specs import Node, Spec
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.grid import cell_name
from perf_addin.domain.lazy_patterns import lazily

_DATES = frozenset(
    {"DATE", "DATEVALUE", "DATEDIF", "DAY", "DAYS", "EDATE", "EOMONTH", "MONTH", "YEAR", "TEXT"}
    | {"NETWORKDAYS", "WEEKDAY", "WEEKNUM", "ISOWEEKNUM", "WORKDAY", "YEARFRAC", "TIMEVALUE"}
)
_LEFT = frozenset(
    {"AGGREGATE", "DATEVALUE", "GETPIVOTDATA", "CUBEVALUE", "RTD", "ISFORMULA", "FORMULATEXT"}
    | {"SHEET", "SHEETS", "DOLLAR", "BAHTTEXT", "PHONETIC", "WEBSERVICE", "HYPERLINK"}
)
_LENGTHS = frozenset({"LEN", "LEFT", "RIGHT", "MID", "FIND", "SEARCH", "REPLACE"})
_READS_TEXT = frozenset({"VALUE", "DAYS", "EDATE", "EOMONTH", "NETWORKDAYS", "WEEKDAY", "YEARFRAC"})
_ARITHMETIC = frozenset("+-*/^%")
_DATE_TEXT = lazily(r"\s*\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})(?:[-/. ]\d{2,4})?\s*")
_TEXT_CALL = lazily(r"\bTEXT\(", 2)
_TEXT_FORMAT = lazily(r"""\bTEXT\((?:[^()"]|"[^"]*"|\([^()]*\))*?,\s*"((?:[^"]|"")*)"\s*\)""", 2)
_FORMAT = lazily(r"[+\-£$€ ]?[#,]*0+(?:\.[0#]+)?%?|(?:d{1,4}|m{1,4}|yy|yyyy|[-/ ,.])+", 2)
_COUNTED = "Excel counts emoji and other signs beyond the basic plane as two"
_BEYOND = "\uffff"


class Doubts:
    """Says of formulas whether an engine can be trusted with them."""

    def __init__(
        self,
        workbook: FormulaWorkbook,
        book: FormulaBook,
        values: CellValues,
        lacks: Callable[[str], bool],
    ) -> None:
        """Bind what formulas lie in and refer to, and what says which functions are lacking."""
        self._workbook, self._book, self._values = workbook, book, values
        self._lacks = lacks
        self._known: dict[int, tuple[str, bool, bool]] = {}
        self._limits: dict[int, str] = {}
        self._hiding: dict[str, bool] = {}
        self._texts: dict[Callable[[str], bool], tuple[int, bool]] = {}

    def about(self, node: Node, precedents: Precedents) -> str:
        """Why a formula is left to Excel, as the end of a sentence; empty where it is not."""
        if node.cell.kind is FormulaKind.DATA_TABLE:
            return f"{_table_named(node)} is left to Excel"
        if precedents.unsupported:
            return f"{precedents.unsupported} in it cannot be followed"
        if node.spec.volatile:
            return "its result changes with the clock, at random, or with what cells are called"
        return self.about_result(node, precedents)

    def about_plain(self, node: Node, plain: str) -> str:
        """The same of what a formula comes to once it refers to nothing but cells."""
        why = self._limits.get(id(node.spec))
        if why is None:
            why = self._limits[id(node.spec)] = limit_of(plain, self._lacks)
        return why

    def about_result(self, node: Node, precedents: Precedents) -> str:
        """The same of a formula all of whose cells are known, and that may change by itself."""
        known = self._known.get(id(node.spec))
        if known is None:
            known = doubt_of_text(node.spec, from_1904=self._workbook.from_1904)
            self._known[id(node.spec)] = known
        why, lengths, reads_text = known
        subtotal = not why and "SUBTOTAL" in node.spec.references.functions
        if subtotal and any(self._hides(sheet) for sheet, _ in precedents.areas):
            why = "SUBTOTAL over hidden rows is left to Excel"
        elif not why and lengths and self._meets(precedents, _is_beyond):
            why = _COUNTED
        elif not why and reads_text and self._meets(precedents, _is_date):
            why = "it reckons with a date that is stored as a text"
        return why

    def _hides(self, sheet: str) -> bool:
        if sheet not in self._hiding:
            self._hiding[sheet] = self._workbook.hides_rows(sheet)
        return self._hiding[sheet]

    def _meets(self, precedents: Precedents, test: Callable[[str], bool]) -> bool:
        """Whether any text that a formula refers to is of a kind."""
        size, found = self._texts.get(test, (-1, False))
        if size != self._values.size:
            found = any(isinstance(v, str) and test(v) for _, v in self._values.items())
            self._texts[test] = self._values.size, found
        if not found:
            return False
        for sheet, area in precedents.areas:
            block = self._values.block(sheet, area)
            rows = block if isinstance(block, list) else [[block]]
            if any(isinstance(cell, str) and test(cell) for row in rows for cell in row):
                return True
        return False


def _table_named(node: Node) -> str:
    area = node.cell.area
    if area is None:
        return "a data table"
    first, last = cell_name(*area[:2]), cell_name(*area[2:])
    return f"the data table in {first}:{last}"


def doubt_of_text(spec: Spec, *, from_1904: bool) -> tuple[str, bool, bool]:
    """What a formula's own text says: why it is left to Excel, and what it must not meet."""
    functions = set(spec.references.functions)
    parts = list(tokens(spec.text))
    texts = [part.text[1:-1] for part in parts if part.kind is Kind.TEXT]
    lengths = bool(functions & _LENGTHS)
    signs = {part.text for part in parts if part.kind is Kind.OPERATOR}
    reads = bool(functions & _READS_TEXT) or bool(signs & _ARITHMETIC)
    why = ""
    if left := sorted(functions & _LEFT):
        why = f"{left[0]} is left to Excel"
    elif from_1904 and (dates := sorted(functions & _DATES)):
        why = f"{dates[0]} in a workbook with dates from 1904 is left to Excel"
    elif "TEXT" in functions and not _formats_are_plain(spec.text):
        why = "TEXT with such a format is left to Excel"
    elif lengths and any(map(_is_beyond, texts)):
        why = _COUNTED
    elif reads and any(map(_is_date, texts)):
        why = "it reckons with a date that is written as a text"
    return why, lengths, reads


def _is_beyond(text: str) -> bool:
    return not text.isascii() and max(text) > _BEYOND


def _is_date(text: str) -> bool:
    return 2 < len(text) < 20 and text.strip()[:1].isdigit() and bool(_DATE_TEXT.fullmatch(text))  # noqa: PLR2004 - lengths of dates


def _formats_are_plain(text: str) -> bool:
    """Whether every format in calls of TEXT is written out, and one of the plain kinds."""
    formats = _TEXT_FORMAT.findall(text)
    if len(formats) != len(_TEXT_CALL.findall(text)):
        return False
    return all(_FORMAT.fullmatch(one) for one in formats)
