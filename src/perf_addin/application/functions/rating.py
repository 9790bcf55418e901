"""RAG and RAGWHY: a figure against a target."""

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
from perf_addin.application.functions.plain_judges import own_error_or
from perf_addin.application.functions.rater import Rater, Standards, letters, sentences
from perf_addin.application.functions.reading import polarity_of, target_of, tolerance_of
from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import OMITTED, Defaults, Entry, ExcelError
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.targets import Target

_RatingArguments = tuple[Entry, Entry, Entry, Entry]


def _rater(arguments: _RatingArguments, defaults: Defaults) -> Rater | None:
    target = target_of(arguments[0])
    if target is None:
        return None
    stated = polarity_of(arguments[1])
    amber, green = tolerance_of(arguments[2]), tolerance_of(arguments[3])
    # The settings do not contradict a target whose own wording says which way is good.
    by_default = None if isinstance(target, Target) and target.fixes else defaults.polarity
    polarity, tolerance = stated or by_default, amber or defaults.tolerance
    inputs = RatingInputs(None, None, polarity, None, tolerance, green)
    return Rater(Standards(target), inputs)


def _letters(arguments: _RatingArguments, defaults: Defaults) -> Judge:
    rater = _rater(arguments, defaults)
    return own_error_or("") if rater is None else letters(rater)


def _sentences(arguments: _RatingArguments, defaults: Defaults) -> Judge:
    rater = _rater(arguments, defaults)
    return own_error_or("") if rater is None else sentences(rater)


_ARGUMENTS = (
    VALUE,
    Argument(
        "target", 'The target: a number, or a text such as "91%", "Fewer than 85" or "10-20".'
    ),
    Argument(
        "polarity",
        'Which way is good: "High" or "Low"; "Range" where near is good; "Info" for never rated.',
        'what the target says ("Fewer than 85"), else the settings\' polarity, else "High"',
    ),
    Argument(
        "tolerance",
        'How large a miss is amber: "10%" of the target, "5pp" (percentage points), or a number '
        "in the figure's own unit. Write 10% in quotes: without them it is the number 0.1.",
        'the settings\' tolerance, else "10%"',
    ),
    Argument("green_tolerance", "How large a miss is still green, written like tolerance.", "none"),
)
_BOUNDARIES = (
    "Exactly on target is green, unless the target says otherwise (Fewer than 85); a miss of "
    "exactly the tolerance stays in the better colour. Against a target of 0 a tolerance in per "
    "cent has no meaning. 5pp is 0.05 where the target is a ratio between -1 and 1, and 5 where "
    "it is in per cent."
)
_SOURCE = (
    "The rule is the one most councils publish: green if the target is met, amber if it is missed "
    "by no more than the tolerance, otherwise red (Maidstone, Medway, Wiltshire); with a green "
    "tolerance as Bracknell Forest and Belfast have it. The green tolerance may not be the wider "
    "one."
)

RAG = WorksheetFunction(
    "RAG",
    _ARGUMENTS,
    "Rating",
    'Rates a figure against its target: "G", "A" or "R".',
    paragraphs(
        _BOUNDARIES,
        BLANKS,
        'Polarity "Info" gives "". A target in words ("Top quartile"), a target that contradicts '
        "the polarity, and a green tolerance wider than the amber one give #VALUE!; RAGWHY says "
        "why.",
        SCALES,
        EXACT,
        SPILLS,
        _SOURCE,
    ),
    (
        Example((88, 91), "A"),
        Example((91, 91), "G"),
        Example((80, 91, "High", "5%"), "R"),
        Example((0.88, 0.91, "High", "5pp"), "A"),
        Example((84, "Fewer than 85"), "G"),
        Example((21, "10-20", "Range", 2), "A"),
        Example((96, 100, "High", "10%", "5%"), "G"),
        Example(([[95], [88], ["x"], [50]], 91), [["G"], ["A"], [""], ["R"]]),
        Example((ExcelError.DIV0, 91), ExcelError.DIV0),
    ),
    _letters,
)

RAGWHY = WorksheetFunction(
    "RAGWHY",
    _ARGUMENTS,
    "Rating",
    "Gives the sentence behind a rating: what was compared, and what was allowed.",
    paragraphs(
        "It says which tolerance was used and what was taken by default. Where RAG cannot rate "
        "for a reason, the sentence gives the reason.",
        _BOUNDARIES,
        BLANKS,
        SCALES,
        SPILLS,
        _SOURCE,
    ),
    (
        Example(
            (85, 91, "High", "5%"),
            "Red: 85 against a target of 91 (High): missed by 6.6%; amber allows 5%",
        ),
        Example(
            (88, 91, OMITTED, "5pp"),
            "Amber: 88 against a target of 91 (High): missed by 3; amber allows 5; "
            "polarity by built-in default",
        ),
        Example(
            (50, "Top quartile"),
            "Not rated: the target 'Top quartile' cannot be reckoned with",
        ),
    ),
    _sentences,
)
