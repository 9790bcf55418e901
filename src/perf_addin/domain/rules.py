"""The families of rules by which councils rate, and the earlier figures they look at, as data.

Source: thirty-six published rules; docs/deviations.md lists which cannot be expressed and why.
"""

from __future__ import annotations

from perf_addin.domain.declaring import StrEnum


class Rule(StrEnum):
    """A family of rating rules.

    TOLERANCE: green if met (or missed by no more than the green tolerance), amber if missed by no
        more than the amber tolerance, else red.
    THRESHOLDS: green and amber value given outright; reaching one is inclusive.
    IN_RANGE: green inside the target range, amber within a margin outside it, else red.
    BINARY: green if met (or within the green tolerance), else red.
    DIRECTION: a miss is amber only if it is improving; with a tolerance, only if it is marginal
        too; "Direction maintained" also counts a figure that stayed the same.
    INFORMATION: never rated.
    """

    TOLERANCE = "tolerance"
    THRESHOLDS = "two thresholds"
    IN_RANGE = "in range"
    BINARY = "binary"
    DIRECTION = "direction"
    DIRECTION_MAINTAINED = "direction maintained"
    INFORMATION = "information only"


class Basis(StrEnum):
    """Which earlier figure says whether an indicator improved."""

    PREVIOUS = "Previous period"
    LAST_YEAR = "Same period last year"
    FOUR_QUARTERS = "Average of the previous four quarters"


_WORDS = {
    Rule.TOLERANCE: "tolerance|tolerances|within tolerance|default|standard|variance|percentage",
    Rule.THRESHOLDS: (
        "two thresholds|thresholds|threshold|green and amber|green amber|floor|floor standard"
        "|target and floor|absolute"
    ),
    Rule.IN_RANGE: "in range|range|within range|to plan|plan|acceptable range",
    Rule.BINARY: "binary|no amber|red green|red/green|pass fail|pass/fail|met or not",
    Rule.DIRECTION: (
        "direction|direction of travel|dot|improving|amber if improving|direction sensitive"
        "|direction-sensitive"
    ),
    Rule.DIRECTION_MAINTAINED: (
        "direction maintained|improved or maintained|amber if improved or maintained"
        "|direction or maintained"
    ),
    Rule.INFORMATION: (
        "information only|information|info|info only|for information|not rated|monitor|data only"
        "|none|n/a"
    ),
}
_RULE_OF = {word: rule for rule, words in _WORDS.items() for word in words.split("|")}


def read_rule(text: str) -> Rule | None:
    """Give the rule that a text names, in either case, or None where it names none."""
    return _RULE_OF.get(" ".join(text.casefold().strip(" .").split()))
