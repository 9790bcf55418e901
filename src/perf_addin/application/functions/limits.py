"""RAGBAND, RAGRANGE and BREACH: a figure against thresholds, or against a range."""

from __future__ import annotations

from perf_addin.application.functions.declaration import (
    BLANKS,
    EXACT,
    SCALES,
    SPILLS,
    VALUE,
    Argument,
    Example,
    WorksheetFunction,
    paragraphs,
)
from perf_addin.application.functions.learned import learning
from perf_addin.application.functions.plain_judges import of_figures, own_error_or
from perf_addin.application.functions.rater import Rater, Standards, letters
from perf_addin.application.functions.reading import (
    limit_of,
    polarity_of,
    tolerance_of,
)
from perf_addin.application.functions.scaling import Scales, why_unclear
from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import Defaults, Entry, ExcelError, Value
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.ranges import AcceptableRange, find_breach
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.rules import Rule
from perf_addin.domain.scales import Scale


def _band(arguments: tuple[Entry, Entry, Entry], defaults: Defaults) -> Judge:
    green, amber = limit_of(arguments[0]), limit_of(arguments[1])
    if green is None or amber is None:
        return own_error_or("")
    stated = polarity_of(arguments[2])
    if stated is None and green == amber:
        stated = defaults.polarity
    inputs = RatingInputs(None, polarity=stated, rule=Rule.THRESHOLDS)
    return letters(Rater(Standards(green=green, amber=amber), inputs))


def _range(arguments: tuple[Entry, Entry, Entry], defaults: Defaults) -> Judge:
    lower, upper = limit_of(arguments[0]), limit_of(arguments[1])
    if lower is None and upper is None:
        return own_error_or("")
    margin = tolerance_of(arguments[2]) or defaults.tolerance
    inputs = RatingInputs(None, polarity=Polarity.RANGE, rule=Rule.IN_RANGE, margin=margin)
    return letters(Rater(Standards(lower=lower, upper=upper), inputs))


def _breach(arguments: tuple[Entry, Entry], _defaults: Defaults) -> Judge:
    lower, upper = limit_of(arguments[0]), limit_of(arguments[1])
    stated = [limit for limit in (lower, upper) if limit is not None]
    if not stated:
        return own_error_or("")
    scales = Scales(stated)

    def answer(figure: Figure) -> Value:
        scale = scales.find(figure)
        limits = range_on(scale, lower, upper)
        if limits is None:
            return ExcelError.VALUE
        breach = find_breach(scale.settle(figure), limits)
        if breach is None:
            return "Within"
        passed = limits.upper if breach.side == "Above" else limits.lower
        unclear = passed is not None and why_unclear(figure, passed, scale)
        return ExcelError.VALUE if unclear else breach.side

    return learning(of_figures(answer), stated, ("Above", "Below", "Within"))


def range_on(scale: Scale, lower: Figure | None, upper: Figure | None) -> AcceptableRange | None:
    """Two limits on a scale; None where the lower one is above the upper one."""
    low = scale.settle(lower).value if lower else None
    high = scale.settle(upper).value if upper else None
    if low is not None and high is not None and low > high:
        return None
    return AcceptableRange(low, high)


_LOWER = Argument("lower", "Lower limit of the acceptable range; blank where that side is open.")
_UPPER = Argument("upper", "Upper limit of the acceptable range; blank where that side is open.")

RAGBAND = WorksheetFunction(
    "RAGBAND",
    (
        VALUE,
        Argument("green", "The figure from which on it is green."),
        Argument("amber", "The figure from which on it is amber (the floor)."),
        Argument(
            "polarity",
            'Which way is good: "High" or "Low"; "Info" for never rated.',
            "the order of the two thresholds: Low where green is the smaller one",
        ),
    ),
    "Rating",
    'Rates a figure by two thresholds: "G", "A" or "R".',
    paragraphs(
        "Reaching a threshold counts: exactly on green is green, exactly on amber is amber.",
        BLANKS,
        'Polarity "Info" gives "". Thresholds in an order that contradicts the polarity, and equal '
        "thresholds where no polarity is known, give #VALUE!.",
        SCALES,
        EXACT,
        SPILLS,
        "The rule is that of councils that publish a target and a floor outright: Kent, Brighton "
        "and Hove, Rotherham.",
    ),
    (
        Example((85, 90, 80), "A"),
        Example((90, 90, 80), "G"),
        Example((79.9, 90, 80), "R"),
        Example((12, 10, 15), "A"),
    ),
    _band,
)

RAGRANGE = WorksheetFunction(
    "RAGRANGE",
    (
        VALUE,
        _LOWER,
        _UPPER,
        Argument(
            "margin",
            'How far outside is amber: "10%" of the limit that was passed, "5pp", or a number in '
            "the figure's own unit.",
            'the settings\' tolerance, else "10%"',
        ),
    ),
    "Rating",
    'Rates a figure by an acceptable range: "G" inside, "A" near it, "R" beyond.',
    paragraphs(
        "Exactly on a limit is inside; exactly the margin outside it is amber.",
        BLANKS,
        'Where both limits are blank the answer is "". A lower limit above the upper one gives '
        "#VALUE!.",
        SCALES,
        EXACT,
        SPILLS,
        "The rule is Kent's for activity indicators, and Cumbria's for those kept to plan.",
    ),
    (
        Example((15, 12, 20), "G"),
        Example((22, 12, 20), "A"),
        Example((23, 12, 20, 2), "R"),
        Example((0.24, 0.12, 0.2, "5pp"), "A"),
    ),
    _range,
)

BREACH = WorksheetFunction(
    "BREACH",
    (VALUE, _LOWER, _UPPER),
    "Range",
    'Tells whether a figure lies outside its acceptable range: "Above", "Below" or "Within".',
    paragraphs(
        "Exactly on a limit is within the range. A breach is apart from the rating: a green "
        "indicator can breach its range.",
        BLANKS,
        'Where both limits are blank the answer is "". A lower limit above the upper one gives '
        "#VALUE!.",
        SCALES,
        EXACT,
        SPILLS,
        "The range is the one that exception reports to scrutiny panels quote beside a figure.",
    ),
    (
        Example((22, 12, 20), "Above"),
        Example((20, 12, 20), "Within"),
        Example((8, 12, None), "Below"),
        Example(([[11], [15], ["x"]], 12, 20), [["Below"], ["Within"], [""]]),
    ),
    _breach,
)
