"""What became of an indicator: its rating, breach, typed rating and texts, with their places.

Most indicators of an index are rated by the standards of others. What they have in common is held
once, and a rating is put together when it is asked for.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.grid import cell_name
from perf_addin.application.layout import Layout
from perf_addin.application.remarks import Highlight, TypedRating
from perf_addin.application.vocabulary import Field
from perf_addin.domain.declaring import NamedTuple, StrEnum, cast
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.periods import Period
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.ranges import AcceptableRange, Breach
from perf_addin.domain.rate import TargetJudge, rate
from perf_addin.domain.rating import Letter, Rating, RatingInputs
from perf_addin.domain.targets import NotArithmetic, Target

_new = tuple.__new__  # a third of the time of calling a class
_EXCEPTIONS = ("A", "R")


class Status(StrEnum):
    """Whether an indicator could be rated."""

    RATED = "rated"
    NOT_RATED = "not rated"
    UNREPORTABLE = "unreportable"


class Place(NamedTuple):
    """A cell of the index, 1-based."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """The A1-style address."""
        return cell_name(self.row, self.column)


class Judged(NamedTuple):
    """Standards that rate a figure when they are asked to, always alike.

    Attributes:
        judge: what they come to where they are a target; None where that takes more.
        inputs: what a rating is made from, but for the figure.
    """

    judge: TargetJudge | None
    inputs: RatingInputs

    def rating_of(self, actual: Figure) -> Rating:
        """The rating of a figure."""
        inputs = self.inputs.with_actual(actual)
        return rate(inputs) if self.judge is None else self.judge.rate(inputs, actual)


class Grounds(NamedTuple):
    """What was decided about an indicator besides its figure, often for many of an index at once.

    Attributes:
        layout: how its sheet lies.
        period: the period that was rated; None where the figure has none or there is no figure.
        target: the target, or what stands in its place; None where there is none.
        polarity: the polarity that was used, or None where none was needed or stated.
        rating: the computed rating, or what gives it when it is asked for.
        typed: a rating that a person typed or a formula gives, or None.
        actual_column: where in its row the figure stands, or None.
        rating_column: where in its row the rating goes, or None where there is no such column.
        reason_column: likewise its reason.
        acceptable_range: the range that was checked, or None.
        highlight: why else it is reported, or None.
        status: whether it was rated.
        stated: the fields besides the actual that its row states, among those that bear on it.
    """

    layout: Layout
    period: Period | None
    target: Target | NotArithmetic | Missing | None
    polarity: Polarity | None
    rating: Rating | Judged
    typed: TypedRating | None
    actual_column: int | None
    rating_column: int | None
    reason_column: int | None
    acceptable_range: AcceptableRange | None
    highlight: Highlight | None
    status: Status
    stated: frozenset[Field] = frozenset()


class Rated(NamedTuple):
    """An indicator with everything that was decided about it; see `Grounds` for what is not here.

    Attributes:
        row: the row it stands in.
        no: number or reference, or None.
        name: name as shown.
        actual: the figure that was rated, or None.
        letter: the letter of the computed rating; None where it is not rated.
        breach: how the actual breaches the acceptable range, or None.
        commentary: the service commentary in the index, or None.
        highlight_commentary: the commentary of note in the index, or None.
        findings: what should be known about it.
        grounds: everything else.
        is_put_away: whether the commentary is not the index's, but on "Commentary History".
    """

    row: int
    no: str | None
    name: str
    actual: Figure | None
    letter: Letter | None
    breach: Breach | None
    commentary: str | None
    highlight_commentary: str | None
    findings: tuple[Finding, ...]
    grounds: Grounds
    is_put_away: bool = False

    @property
    def layout(self) -> Layout:
        """How its sheet lies."""
        return self.grounds.layout

    @property
    def period(self) -> Period | None:
        """The period that was rated; None where the figure has none or there is no figure."""
        return self.grounds.period

    @property
    def target(self) -> Target | NotArithmetic | Missing | None:
        """The target, or what stands in its place; None where there is none."""
        return self.grounds.target

    @property
    def polarity(self) -> Polarity | None:
        """The polarity that was used, or None where none was needed or stated."""
        return self.grounds.polarity

    @property
    def typed(self) -> TypedRating | None:
        """A rating that a person typed or a formula gives, or None."""
        return self.grounds.typed

    @property
    def acceptable_range(self) -> AcceptableRange | None:
        """The range that was checked, or None."""
        return self.grounds.acceptable_range

    @property
    def highlight(self) -> Highlight | None:
        """Why else it is reported, or None."""
        return self.grounds.highlight

    @property
    def status(self) -> Status:
        """Whether it was rated."""
        return self.grounds.status

    @property
    def stated(self) -> frozenset[Field]:
        """The fields besides the actual that its row states, among those that bear on it."""
        return self.grounds.stated

    @property
    def rating(self) -> Rating:
        """The computed rating with its reason."""
        found = self.grounds.rating
        return found if isinstance(found, Rating) else found.rating_of(cast("Figure", self.actual))

    @property
    def actual_place(self) -> Place | None:
        """The cell of the figure that was rated, or None."""
        column = self.grounds.actual_column
        return None if column is None else _new(Place, (self.row, column))

    @property
    def rating_place(self) -> Place | None:
        """The cell that carries the rating, or None where there is no such column."""
        column = self.grounds.rating_column
        return None if column is None else _new(Place, (self.row, column))

    @property
    def reason_place(self) -> Place | None:
        """The cell that carries the reason, or None where there is no such column."""
        column = self.grounds.reason_column
        return None if column is None else _new(Place, (self.row, column))

    def told(self) -> Rated:
        """The same, with its rating put together for whoever asks for it many times."""
        return self._replace(grounds=self.grounds._replace(rating=self.rating))

    def at(self, place: Place, period: Period, actual: Figure | None) -> Rated:
        """The same indicator and rating, with another of its figures to look at."""
        grounds = self.grounds._replace(
            rating=self.rating, period=period, actual_column=place.column
        )
        return self._replace(row=place.row, actual=actual, grounds=grounds)

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.grounds.layout.sheet

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
        is_one = self.letter in _EXCEPTIONS or self._typed_letter in _EXCEPTIONS
        return is_one and self.grounds.status is not Status.UNREPORTABLE

    @property
    def _typed_letter(self) -> str | None:
        typed = self.grounds.typed
        return None if typed is None or typed.replaced else typed.letter

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
        computed = self.letter
        typed = self._typed_letter
        if computed is None:
            return f"{typed} (typed)" if typed else "Not rated"
        if typed is not None and typed != computed:
            return f"{computed} (typed: {typed})"
        return computed


def about_breach(label: str, breach: Breach, sheet: str, cell: str) -> Finding:
    """The finding that a figure lies outside its acceptable range."""
    text = f"Indicator {label}: {breach[0].lower()} its acceptable range."
    finding: Finding = _new(Finding, ("range-breach", Severity.INFO, text, sheet, cell))
    return finding
