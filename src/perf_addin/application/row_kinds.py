"""What kind of row a row below the header is: an indicator, a total, a footnote."""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.grid import cell_name
from perf_addin.application.layout import Columns
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.findings import Finding, Severity

if TYPE_CHECKING:
    from perf_addin.application.sheets import Row

FOOTNOTES = frozenset({"source", "sources", "note", "notes", "key", "footnote", "footnotes"})
BEHIND_FOOTNOTES = ": "
_SUMS = frozenset(
    {"total", "totals", "subtotal", "subtotals", "average", "averages", "avg", "mean", "median"}
    | {"sum"}
)
_BESIDE_SUMS = frozenset({"grand", "overall", "sub", "all", "of", "the", "above", "and", "&"})
_LONGEST_SUM = 40


def is_indicator(columns: Columns, row: Row) -> bool:
    """Whether a named row holds anything else that an indicator has; a group row does not."""
    get = row.get
    for column in columns.evidence:
        cell = get(column) if column != columns.no else None
        if cell is not None and (type(cell[0]) is Decimal or cell[0] != ""):
            return True
    return any(get(column) is not None for column in columns.figures)


def has_number(no: str | None) -> bool:
    """Whether the number alone makes a row an indicator: a legend's `R` or `*` does not."""
    return no is not None and any(letter.isdigit() for letter in no)


def is_footnote(text: str | None) -> bool:
    """Whether a row below the indicators begins with `Source:`, `Notes` or the like."""
    return text is not None and text.rstrip(BEHIND_FOOTNOTES).casefold() in FOOTNOTES


def is_total(name: str, no: str | None) -> bool:
    """Whether a row sums up others: `Overall total`, `Average`; one with a number does not."""
    if no is not None and no.isdecimal():
        return False
    return _says_total(name) and (
        no is None or _says_total(no) or not any(letter.isalnum() for letter in no)
    )


def _says_total(text: str) -> bool:
    if len(text) > _LONGEST_SUM:
        return False
    words = set(text.casefold().replace("-", " ").strip(" :.*()").split())
    return not words.isdisjoint(_SUMS) and words <= _SUMS | _BESIDE_SUMS


def about_total(columns: Columns, row: int, name: str) -> Finding:
    """The finding that a row was passed over because it sums others up."""
    return Finding(
        "total-row",
        Severity.INFO,
        f"The row {name!r} has no number and was passed over as a total or average of others. If "
        "it is an indicator, give it a number or a longer name.",
        columns.layout.sheet,
        cell_name(row, columns.layout.column_of(Field.NAME) or 1),
    )
