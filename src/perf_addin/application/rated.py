"""What became of an indicator: its rating, breach, typed rating and texts, with their places.

And ratings and highlights as people type them into an index.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.grid import Cell, Look, cell_name
from perf_addin.application.layout import Layout, text_of
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple, StrEnum
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.ranges import AcceptableRange, Breach
from perf_addin.domain.rating import Rating
from perf_addin.domain.targets import NotArithmetic, Target

_new = tuple.__new__  # a third of the time of calling a class


class Status(StrEnum):
    """Whether an indicator could be rated."""

    RATED = "rated"
    NOT_RATED = "not rated"
    UNREPORTABLE = "unreportable"


class Highlight(StrEnum):
    """Why an indicator stands in the report for another reason than its rating."""

    OF_NOTE = "Of note"
    PERFORMING_WELL = "Performing well"
    CORRECTION = "Correction"
    NOT_REPORTABLE = "Not reportable"


class Place(NamedTuple):
    """A cell of the index, 1-based."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """The A1-style address."""
        return cell_name(self.row, self.column)


class TypedRating(NamedTuple):
    """A rating that was in the index before: its text, its letter where it is one, its kind.

    `replaced` says that the computed one takes its place, as somebody asked.
    """

    text: str
    letter: str | None
    is_formula: bool
    replaced: bool = False


class Rated(NamedTuple):
    """An indicator with everything that was decided about it.

    Attributes:
        layout: how its sheet lies.
        row: the row it stands in.
        no: number or reference, or None.
        name: name as shown.
        period: the period that was rated; None where the figure has none or there is no figure.
        actual: the figure that was rated, or None.
        actual_place: the cell of that figure, or None.
        target: the target, or what stands in its place; None where there is none.
        polarity: the polarity that was used, or None where none was needed or stated.
        rating: the computed rating with its reason.
        typed: a rating that a person typed or a formula gives, or None.
        rating_place: the cell that carries the rating, or None where there is no such column.
        reason_place: the cell that carries the reason, or None where there is no such column.
        acceptable_range: the range that was checked, or None.
        breach: how the actual breaches it, or None.
        highlight: why else it is reported, or None.
        commentary: the service commentary in the index, or None.
        highlight_commentary: the commentary of note in the index, or None.
        status: whether it was rated.
        findings: what should be known about it.
        stated: the fields besides the actual that its row states, among those that bear on it.
        is_put_away: whether the commentary is not the index's, but on "Commentary History".
    """

    layout: Layout
    row: int
    no: str | None
    name: str
    period: Period | None
    actual: Figure | None
    actual_place: Place | None
    target: Target | NotArithmetic | Missing | None
    polarity: Polarity | None
    rating: Rating
    typed: TypedRating | None
    rating_place: Place | None
    reason_place: Place | None
    acceptable_range: AcceptableRange | None
    breach: Breach | None
    highlight: Highlight | None
    commentary: str | None
    highlight_commentary: str | None
    status: Status
    findings: tuple[Finding, ...] = ()
    stated: frozenset[Field] = frozenset()
    is_put_away: bool = False

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.layout.sheet

    @property
    def label(self) -> str:
        """What it is called in lists: its number, or its name, on one line, where it has none."""
        return self.no or " ".join(self.name.split())

    @property
    def place(self) -> Place:
        """Where the rated figure stands; without a figure, where the indicator's name stands."""
        return self.actual_place or Place(self.row, self.layout.column_of(Field.NAME) or 1)

    @property
    def target_text(self) -> str:
        """The target as a person reads it; empty where there is none."""
        match self.target:
            case None:
                return ""
            case NotArithmetic(text):
                return text
            case Missing(symbol, _):
                return symbol
            case target:
                return str(target)

    @property
    def is_unreportable(self) -> bool:
        """Whether it belongs in the list of those that cannot be reported accurately."""
        return self.status is Status.UNREPORTABLE

    @property
    def is_exception(self) -> bool:
        """Whether it is amber or red, as computed or as typed."""
        letters = {self.rating.letter, self._typed_letter}
        return bool(letters & {"A", "R"}) and self.status is not Status.UNREPORTABLE

    @property
    def _typed_letter(self) -> str | None:
        return self.typed.letter if self.typed and not self.typed.replaced else None

    @property
    def range_of_travel(self) -> tuple[Decimal | None, Decimal | None]:
        """The limits that Better and Worse are seen by: of the acceptable range, else the target's.

        Both are None where there is neither, or the target is on another scale than the figure.
        """
        limits: AcceptableRange | Target | None = self.acceptable_range
        if limits is None and isinstance(self.target, Target) and self.actual is not None:
            limits = self.target if self.target.percent is self.actual.percent else None
        return (limits.lower, limits.upper) if limits is not None else (None, None)

    @property
    def shown_rating(self) -> str:
        """The rating for a report: the computed letter, and a typed one beside it if it differs."""
        computed = self.rating.letter
        typed = self._typed_letter
        if computed is None:
            return f"{typed} (typed)" if typed else "Not rated"
        if typed is not None and typed != computed:
            return f"{computed} (typed: {typed})"
        return computed


_LETTERS = {
    "r": "R",
    "red": "R",
    "a": "A",
    "amber": "A",
    "g": "G",
    "green": "G",
}
WORDS = {"R": "Red", "A": "Amber", "G": "Green"}
_NOT_REPORTABLE = frozenset(
    {"not reportable", "unreportable", "not reported", "nr", "n/r", "u/r", "cannot report"}
    | {"unable to report", "not able to report"}
)
_HIGHLIGHTS = {
    "of note": Highlight.OF_NOTE,
    "note": Highlight.OF_NOTE,
    "yes": Highlight.OF_NOTE,
    "y": Highlight.OF_NOTE,
    "x": Highlight.OF_NOTE,
    "\N{CHECK MARK}": Highlight.OF_NOTE,
    "performing well": Highlight.PERFORMING_WELL,
    "good": Highlight.PERFORMING_WELL,
    "particularly good": Highlight.PERFORMING_WELL,
    "good performance": Highlight.PERFORMING_WELL,
    "correction": Highlight.CORRECTION,
    "corrected": Highlight.CORRECTION,
    "amendment": Highlight.CORRECTION,
    **dict.fromkeys(_NOT_REPORTABLE, Highlight.NOT_REPORTABLE),
}


def read_letter(text: str) -> str | None:
    """The rating letter that a text names, in either case, or None where it names none."""
    return _LETTERS.get(text.strip().casefold())


def says_not_reportable(text: str) -> bool:
    """Whether a text in the rating column says that the indicator cannot be reported."""
    return text.strip().casefold() in _NOT_REPORTABLE


def read_highlight(cell: Cell | None) -> Highlight | None:
    """Why an indicator is to be reported besides its rating, as its row says."""
    return _HIGHLIGHTS.get(text_of(cell).casefold()) if cell is not None else None


def read_typed(cell: Cell | None, look: Look | None) -> TypedRating | None:
    """The rating that a person or a formula put into a cell.

    A cell that still has the look which we gave it, and the letter of that look, is ours: it is
    no typed rating, and may be replaced when the figure changes.
    """
    text = text_of(cell)
    if cell is None or not (text or cell.formula):
        return None
    letter = read_letter(text)
    if look is not None and letter == look.value and not cell.formula:
        return None
    return TypedRating(text, letter, cell.formula)


def about_breach(label: str, breach: Breach, sheet: str, cell: str) -> Finding:
    """The finding that a figure lies outside its acceptable range."""
    text = f"Indicator {label}: {breach[0].lower()} its acceptable range."
    finding: Finding = _new(Finding, ("range-breach", Severity.INFO, text, sheet, cell))
    return finding
