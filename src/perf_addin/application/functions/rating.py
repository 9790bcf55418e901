"""RAG and RAGWHY: a figure against a target."""

from __future__ import annotations

from perf_addin.application.functions.declaration import (
    Argument,
    Example,
    WorksheetFunction,
)
from perf_addin.application.functions.plain_judges import own_error_or
from perf_addin.application.functions.rater import Rater, RatingJudge, Standards
from perf_addin.application.functions.reading import polarity_of, target_of, tolerance_of
from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import Defaults, Entry
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.rating import RatingInputs
from perf_addin.domain.targets import NotArithmetic, Target

_RatingArguments = tuple[Entry, Entry, Entry, Entry]


def _prepare(arguments: _RatingArguments, defaults: Defaults, *, sentences: bool) -> Judge:
    target = target_of(arguments[0])
    if target is None:
        return own_error_or("")
    stated = polarity_of(arguments[1])
    amber, green = tolerance_of(arguments[2]), tolerance_of(arguments[3])
    polarity = stated or _default_polarity(target, defaults)
    inputs = RatingInputs(
        None,
        polarity=polarity,
        tolerance=amber or defaults.tolerance,
        green_tolerance=green,
    )
    return RatingJudge(Rater(Standards(target), inputs), sentences=sentences)


def _default_polarity(target: Target | NotArithmetic, defaults: Defaults) -> Polarity | None:
    """The settings' polarity, unless the target's own wording says which way is good."""
    return None if isinstance(target, Target) and target.fixes else defaults.polarity


def _letters(arguments: _RatingArguments, defaults: Defaults) -> Judge:
    return _prepare(arguments, defaults, sentences=False)


def _sentences(arguments: _RatingArguments, defaults: Defaults) -> Judge:
    return _prepare(arguments, defaults, sentences=True)


VALUE = Argument("value", "The figure to rate: a number, or a text such as 88%.")
POLARITY = Argument(
    "polarity",
    'Which way is good: "High" or "Low"; "Range" where near is good; "Info" for never rated.',
    'the settings\' polarity, else "High"',
)
ARGUMENTS = (
    VALUE,
    Argument(
        "target", 'The target: a number, or a text such as "91%", "Fewer than 85" or "10-20".'
    ),
    POLARITY,
    Argument(
        "tolerance",
        'How large a miss is amber: "10%" of the target, "5pp" (percentage points), or a number '
        "in the figure's own unit.",
        'the settings\' tolerance, else "10%"',
    ),
    Argument(
        "green_tolerance", "How large a miss is still green, written as tolerance is.", "none"
    ),
)

RAG = WorksheetFunction(
    "RAG",
    ARGUMENTS,
    "Rating",
    "Rates a figure against its target: G, A or R.",
    "",
    (Example((88, 91), "A"),),
    _letters,
)
RAGWHY = WorksheetFunction(
    "RAGWHY",
    ARGUMENTS,
    "Rating",
    "Gives the sentence behind a rating.",
    "",
    (),
    _sentences,
)
