"""Calls made by rule and at random, from fixed seeds, for every surface that is quick enough.

Where boundaries lie is worked out here once more, in whole numbers, with nothing of the product.
The answers to calls made at random are those of the functions in Python, so that they show only
whether the surfaces agree.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from perf_addin.application.functions import FUNCTIONS, OMITTED, Argument, ExcelError
from perf_addin.application.functions.values import Argued
from tests.parity.table import Case

ODD: tuple[Argued, ...] = (None, "z", "n/a", "", "many", True, ExcelError.DIV0, ExcelError.NA)
NUMBERS: tuple[Argued, ...] = (
    *(0, -3, 1, 1.2, 8, 9, 10, 15, 20, 21.1, 80, 85, 88, 90, 91, 100, 1234.5, 1e-5, 123456789.123),
    *(0.1 + 0.2, 0.3, 0.5, 0.8, 0.88, 0.9, 0.91, 81.9, 81.89, 91.0000001, 9.7, 20.3),
    *("88%", "91%", "80 per cent", "1,234", "£1,200", "26 weeks", "-5", "\N{MINUS SIGN}5", ".5"),
    *(" 88 ", "12,34", "5.", "12 (of 15)", "low", "88%%", "--5", "1e5", "(5)", "5 6"),
)
TARGETS: tuple[Argued, ...] = (
    *(91, 0.91, 0.3, 0, -10, 1, 15, 100, "91%", "95% or above", "Fewer than 85", "at least 90%"),
    *("10-20", "10% - 20%", "between 10 and 20", "10 to 20", "10\N{EN DASH}20", "-5 to 5", "20-10"),
    *("Top quartile", ">=90", "> 90", "<0.5", "no more than 12", "85+", "max. 20", "up to 20%"),
    *("maintain at 15", "under 10 days", "95% (minimum)", "target of 90%", "(or above)", "over"),
)
POLARITIES: tuple[Argued, ...] = (
    *(OMITTED, OMITTED, "High", "Low", "Low", "Range", "info", "higher is better"),
    *("Low.", "\N{BLACK UP-POINTING TRIANGLE}", "sideways", 1),
)
TOLERANCES: tuple[Argued, ...] = (
    *(OMITTED, OMITTED, "5%", "5pp", 5, 0.05, "10 points", "±3%", "+/- 5", "2.5 percentage points"),
    *("-1", "abc", 0, "0%", 100, -2, "5%pp", "1,000pp", "pp"),
)
KINDS = {
    "target": TARGETS,
    "polarity": POLARITIES,
    "tolerance": TOLERANCES,
    "green_tolerance": (*(OMITTED,) * 4, "1%", "5pp", 1, 50, "x"),
    "margin": TOLERANCES,
    "direction": (OMITTED, OMITTED, "increase", "decrease", "High", "Low", "x"),
}
SERIES = ("values", "peers")
_AT_RANDOM = 40
_EDGES = 300


def entry(argument: Argument, rng: random.Random) -> Argued:
    """Something that a person may give for an argument; now and then an odd thing."""
    if rng.random() < 0.12:
        return rng.choice(ODD)
    return rng.choice(KINDS.get(argument.name, NUMBERS))


def _argument(argument: Argument, rng: random.Random) -> Argued:
    if argument.name in SERIES:
        length = rng.choice((1, 6, 13, 20))
        return [[float(rng.randrange(10, 99))] for _ in range(length)]
    return entry(argument, rng)


def at_random() -> Iterator[Case]:
    """Calls of every function with entries that people type, odd ones too."""
    for function in FUNCTIONS:
        rng = random.Random(f"parity {function.name}")
        for _ in range(_AT_RANDOM):
            given = tuple(_argument(argument, rng) for argument in function.arguments)
            yield Case(function.name, given, function.call(given), "as Python answers")


def edges() -> Iterator[Case]:
    """Figures exactly on, and a billionth off, where green ends and where amber ends."""
    rng = random.Random(7)
    why = "boundaries are inclusive on the better side, worked out in whole numbers"
    for _ in range(_EDGES):
        target = Decimal(rng.randrange(1, 200_00)).scaleb(-rng.randrange(4))
        percent = Decimal(rng.choice(("1", "2.5", "3", "5", "7", "7.5", "10", "15")))
        is_high = rng.random() < 0.5
        allowed = target * percent / 100
        edge = rng.choice((target, target - allowed if is_high else target + allowed))
        figure = edge + rng.choice((0, 0, 1, -1)) * target.scaleb(-9)
        miss = target - figure if is_high else figure - target
        letter = "G" if miss <= 0 else "A" if miss <= allowed else "R"
        polarity = "High" if is_high else "Low"
        arguments = (float(figure), float(target), polarity, f"{percent}%")
        yield Case("RAG", arguments, letter, why)


GENERATED: tuple[Case, ...] = (*edges(), *at_random())
