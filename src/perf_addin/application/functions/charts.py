"""SPCLIMITS, SPCVARIATION and SPCASSURANCE: a series of figures as an XmR chart.

What they reckon with is imported when a chart is first asked for; most workbooks have none.
"""

from __future__ import annotations

from decimal import Decimal

from perf_addin.application.functions.declaration import (
    SERIES,
    SERIES_BLANKS,
    Argument,
    Example,
    Range,
    WorksheetFunction,
    paragraphs,
)
from perf_addin.application.functions.plain_judges import always, of_figures, own_error_or
from perf_addin.application.functions.reading import (
    RefusedArgumentError,
    is_blank,
    limit_of,
    polarity_of,
)
from perf_addin.application.functions.scaling import AS_IT_IS, why_unclear
from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import Defaults, Entry, ExcelError, Value
from perf_addin.domain.declaring import TYPE_CHECKING
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.scales import Scale, find_scale

if TYPE_CHECKING:
    from fractions import Fraction

    from perf_addin.domain.spc import Point


def _figures(values: Range) -> list[Figure]:
    return [figure for figure in map(limit_of, values.cells) if figure is not None]


def _scale(figures: list[Figure], others: list[Figure]) -> Scale:
    if any(figure.percent for figure in (*figures, *others)):
        return find_scale(others, figures, named_percentage=False)
    return AS_IT_IS


def _chart(figures: list[Figure], scale: Scale) -> list[Point]:
    from perf_addin.domain.spc import chart  # noqa: PLC0415 - most workbooks have no chart

    return chart([scale.settle(figure).value for figure in figures])


def _limits(arguments: tuple[Range], _defaults: Defaults) -> Judge:
    figures = _figures(arguments[0])
    if not figures:
        return always([["", "", ""]])
    scale = _scale(figures, [])
    # Percentages are given back as the numbers came in: as ratios, unless one was in points.
    in_points = any(not figure.percent and abs(figure.value) > 1 for figure in figures)
    unit = 100 if scale.percent and not in_points else 1
    limits = _chart(figures, scale)[-1].limits
    return always([[_number(part, unit) for part in limits]])


def _number(part: Fraction | None, unit: int) -> float | ExcelError:
    return ExcelError.NA if part is None else float(part / unit)


def _variation(arguments: tuple[Range], defaults: Defaults) -> Judge:
    figures = _figures(arguments[0])
    if not figures:
        return own_error_or("")
    last = _chart(figures, _scale(figures, []))[-1]

    def judge(entry: Entry) -> Value:
        if isinstance(entry, ExcelError):
            return entry
        try:
            polarity = defaults.polarity if is_blank(entry) else polarity_of(entry)
        except RefusedArgumentError as refused:
            return refused.error
        if polarity is Polarity.RANGE:
            return ExcelError.VALUE
        return ExcelError.NA if last.limits.upper is None else last.variation(polarity).value

    return judge


def _assurance(arguments: tuple[Range, Entry], defaults: Defaults) -> Judge:
    from perf_addin.domain.spc import assure  # noqa: PLC0415 - most workbooks have no chart

    figures = _figures(arguments[0])
    polarity = polarity_of(arguments[1]) or defaults.polarity or Polarity.HIGH
    if polarity is Polarity.RANGE:
        raise RefusedArgumentError(arguments[1])
    if not figures:
        return own_error_or("")
    charts: dict[Scale, Point] = {}

    def answer(target: Figure) -> Value:
        if polarity is Polarity.INFO:
            return ""
        scale = _scale(figures, [target])
        last = charts.get(scale) or charts.setdefault(scale, _chart(figures, scale)[-1])
        aim: Decimal = scale.settle(target).value
        high = polarity is Polarity.HIGH
        if why_unclear(figures[-1], aim, scale, one_is_all=high):
            return ExcelError.VALUE
        assured = assure(last.limits, aim, polarity)
        return ExcelError.NA if assured is None else assured.value

    return of_figures(answer)


_METHOD = (
    "The limits are the mean of the figures plus and minus 2.66 times the mean moving range; "
    "moving ranges of 3.267 times their mean or more are left out once. With fewer than 13 "
    "figures the limits are provisional."
)
_SOURCE = 'The method is that of NHS England\'s "Making Data Count", as NHSRplotthedots reckons it.'
_DIRECTION = 'Which way is good: "High" (increase) or "Low" (decrease)'
_STEADY: list[list[bool | int | float | str | ExcelError | None]] = [
    [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50, 51, 49]
]

SPCLIMITS = WorksheetFunction(
    "SPCLIMITS",
    (SERIES,),
    "Variation",
    "Gives mean, lower and upper limit of an XmR chart of a series, in a row of three cells.",
    paragraphs(
        _METHOD,
        SERIES_BLANKS,
        "Without any figure the three cells are empty; of a single figure only the mean is known, "
        "and the limits are #N/A.",
        _SOURCE,
    ),
    (Example(([[2], [4], [3], [5]],), [[3.5, -0.9333333333333333, 7.933333333333334]]),),
    _limits,
)

SPCVARIATION = WorksheetFunction(
    "SPCVARIATION",
    (
        SERIES,
        Argument("direction", f"{_DIRECTION}.", "the settings' polarity, else neither is good"),
    ),
    "Variation",
    'Tells what the last figure of a series shows: "common cause", "improvement" or "concern"; '
    'without a direction "high" or "low".',
    paragraphs(
        "The last figure is special if it lies strictly outside a limit; belongs to 7 or more that "
        "all rise or all fall; lies beyond two thirds of the way to a limit, as two of three "
        "neighbours on that side of the mean do; or belongs to 7 or more on one side of the mean. "
        "A figure exactly on the mean ends a run.",
        _METHOD,
        SERIES_BLANKS,
        "A single figure gives #N/A.",
        _SOURCE,
    ),
    (
        Example((_STEADY, "High"), "common cause"),
        Example(([[*_STEADY[0], 70]], "High"), "improvement"),
        Example(([[*_STEADY[0], 70]], "Low"), "concern"),
        Example(([[*_STEADY[0], 70]],), "high"),
    ),
    _variation,
)

SPCASSURANCE = WorksheetFunction(
    "SPCASSURANCE",
    (
        SERIES,
        Argument("target", "The target: a number, or a text such as 95%."),
        Argument("direction", f"{_DIRECTION}.", 'the settings\' polarity, else "High"'),
    ),
    "Variation",
    "Tells whether a series can be expected to reach its target: "
    '"consistently pass", "consistently fail" or "hit and miss".',
    paragraphs(
        "With increase being good, a target strictly above the upper limit will consistently fail "
        "and one strictly below the lower limit will consistently pass; the other way round where "
        "decrease is good. On a limit is hit and miss.",
        _METHOD,
        SERIES_BLANKS,
        'Direction "Info" gives ""; a single figure has no limits and gives #N/A.',
        _SOURCE,
    ),
    (
        Example((_STEADY, 60, "High"), "consistently fail"),
        Example((_STEADY, 60, "Low"), "consistently pass"),
        Example((_STEADY, 51), "hit and miss"),
    ),
    _assurance,
)
