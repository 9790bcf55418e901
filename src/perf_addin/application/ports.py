"""What the use cases need from the outside: a workbook to read and to write into."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from perf_addin.application.grid import CellWrite, LeftCell
from perf_addin.application.sheets import Sheet
from perf_addin.domain.declaring import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from typing import Literal

    from perf_addin.application.audit.colours import ColourRule
    from perf_addin.application.audit.stored_links import Known, StoredLink
    from perf_addin.application.drawn import Drawn

__all__ = [
    "CellWrite",
    "Choice",
    "FunctionName",
    "Inspection",
    "LeftCell",
    "NamedFunctions",
    "PageCell",
    "PageRow",
    "PageStyle",
    "SheetPage",
    "Workbook",
]


class PageStyle(NamedTuple):
    """The look of a cell on a sheet that this product lays out itself.

    Colours are RRGGBB. `size` is in points. `border` draws a thin line on all four sides.
    """

    bold: bool = False
    italic: bool = False
    size: float = 10
    colour: str = "000000"
    fill: str | None = None
    border: bool = False
    wrap: bool = False
    horizontal: Literal["left", "center"] | None = None
    vertical: Literal["top", "center"] = "top"


class PageCell(NamedTuple):
    """A cell on a sheet that this product lays out: text (never a formula), number or nothing.

    What a person put there may be kept instead.

    Attributes:
        column: 1-based column.
        value: what it holds, or what the formula last gave.
        style: its style.
        formula: a person's formula as `Row.formula` gives it, or None.
        kept_from: 1-based row of the sheet as it was; the content of that row's cell in this
            column is kept, formula or not, and `value` and `formula` are not looked at. Where
            there was no such cell, none is written.
        keeps_style: whether a kept cell keeps its style too.
    """

    column: int
    value: str | int | Decimal | None
    style: PageStyle
    formula: str | None = None
    kept_from: int | None = None
    keeps_style: bool = False


class PageRow(NamedTuple):
    """A row of such a sheet.

    `height_points` is the height that the row's text needs until a person changes it, or None
    where Excel should choose; a height that a person set is never changed.
    """

    number: int
    cells: Sequence[PageCell]
    height_points: float | None = None


class Choice(NamedTuple):
    """A drop-down list offered on a block of cells: an A1-style range and its choices."""

    area: str
    choices: Sequence[str]


class SheetPage(NamedTuple):
    """A whole sheet that this product owns and lays out.

    Where a sheet of that name exists, the cells in columns 1 to `own_columns` are replaced by
    `rows`, and everything else on it (other columns, comments, drawings, column widths, page
    set-up) stays as the user left it. Where none exists, it is added as the last sheet.

    Attributes:
        name: name on the tab.
        rows: in rising order of row number.
        own_columns: how many columns, from A on, belong to this product.
        column_widths: width in characters by 1-based column; used when the sheet is added.
        hidden_columns: 1-based columns that are hidden; used when the sheet is added.
        title_rows: first and last row that are repeated on every printed page.
        print_columns: last column that is printed; the print area begins at A1.
        print_rows: last row that is printed, or None for the last row of all.
        page_breaks: rows before which a printed page ends.
        frozen_rows: how many rows at the top stay in view; used when the sheet is added.
        landscape: printed page orientation; pages are A4, fitted to one page wide.
        hidden: whether the tab is hidden; used when the sheet is added.
        choices: drop-down lists; used when the sheet is added.
        replaces_formulas: whether formulas in our columns that `rows` does not keep are replaced;
            otherwise such a formula is an error.
        drawn: charts and sparklines, in the place of those that this product drew earlier; None
            to leave all that is drawn on the sheet as it is.
    """

    name: str
    rows: Sequence[PageRow]
    own_columns: int
    column_widths: Mapping[int, float] = MappingProxyType({})
    hidden_columns: Sequence[int] = ()
    title_rows: tuple[int, int] | None = None
    print_columns: int | None = None
    print_rows: int | None = None
    page_breaks: Sequence[int] = ()
    frozen_rows: int = 0
    landscape: bool = False
    hidden: bool = False
    choices: Sequence[Choice] = ()
    replaces_formulas: bool = False
    drawn: Drawn | None = None


class FunctionName(NamedTuple):
    """A defined name that holds a LAMBDA, so that cells can call it like a function.

    Attributes:
        name: as cells call it.
        formula: as a person would type it, without `=`: variables in lower case, functions and
            names in capitals, `[x]` for an argument that may be left out.
        comment: at most 255 characters, shown beside the name.
        hidden: whether Excel's lists of names leave it out.
    """

    name: str
    formula: str
    comment: str
    hidden: bool = False


class Workbook(Protocol):
    """A workbook that can be read, and into which changes can be put before it is saved."""

    @property
    def name(self) -> str:
        """The file's name as a person would recognise it."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The worksheets in tab order; chart sheets, dialogs and macro sheets left out."""

    def write(
        self, sheet: str, writes: Sequence[CellWrite], left: list[LeftCell] | None = None
    ) -> None:
        """Put cells into a sheet of the user's.

        Args:
            sheet: the name of the sheet.
            writes: the cells.
            left: takes the cells that cannot be written without damage (a formula, or inside a
                spilled array, a data table or the covered part of a merged range), and all others
                are written.

        Raises:
            InputError: the sheet is damaged: it has no place for cells, or its rows are not in
                order.
            OutputError: there is such a cell and `left` is None, or no cell can hold what is given.
        """

    def put_sheet(self, page: SheetPage) -> None:
        """Add or refresh a sheet that this product lays out."""

    @property
    def inspection(self) -> Inspection:
        """What a check looks at besides cells."""


class Inspection(Protocol):
    """Looks at what a workbook shows and refers to, as it was when the workbook was opened."""

    def colour_rules(self, sheet: str) -> Sequence[ColourRule]:
        """The conditional formats of a sheet."""

    def fills(self, sheet: str, places: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        """The solid fills of cells, as RRGGBB by row and column; those without one left out."""

    def links(self) -> Sequence[StoredLink]:
        """Every reference from elsewhere than cells: names, hyperlinks, charts, lists, files."""

    def known(self) -> Known:
        """What references can refer to."""


class NamedFunctions(Protocol):
    """What it takes to put functions into a workbook as names; a workbook file does."""

    @property
    def name(self) -> str:
        """The file's name as a person would recognise it."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The worksheets in tab order."""

    def names_taken(self, owner: str) -> Collection[str]:
        """The defined names and tables that are somebody else's, in lower case.

        A name is the owner's where it holds a LAMBDA and its comment ends with the owner.
        """

    def put_functions(self, names: Sequence[FunctionName]) -> None:
        """Add names that hold functions, or renew those of the same name; none may be taken."""
