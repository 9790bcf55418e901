"""Time one spilled call over 10,000 rows beside calls of single cells, through the same surfaces.

Run it with the Python of the environment that holds perf-addin:
`python benchmarks/spilled_calls.py`. The surfaces are Python itself, and what xlwings hands over
from Excel (rows of cells in, rows of cells out), where xlwings is installed. A single call is timed
with standards that an earlier call had already, which is the cheapest that it can be.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from functools import partial

from perf_addin.application.functions import Value, find

ROWS, SINGLE = 10_000, 1_000
_DRAW = random.Random(2021)
_FIGURES: list[Value] = [_DRAW.uniform(60, 110) for _ in range(ROWS)]
_PEERS: Value = [[_DRAW.uniform(60, 110) for _ in range(30)]]
CALLS: dict[str, tuple[Value, ...]] = {
    "RAG": (91, "High", "5%"),
    "RAGWHY": (91, "High", "5%"),
    "RAGBAND": (90, 80),
    "RAGRANGE": (75, 95),
    "BREACH": (75, 95),
    "DOT": (88,),
    "AGAINST": (88,),
    "QUARTILEBAND": (_PEERS,),
}
"""The functions that take a figure, each with the other arguments."""

Surface = Callable[[str, Sequence[Value]], object]


def in_python(name: str, arguments: Sequence[Value]) -> object:
    """Call a function as Python does."""
    function = find(name)
    assert function is not None
    return function.call(arguments)


def from_excel() -> Surface | None:
    """How xlwings calls; None where it is not installed."""
    try:
        from perf_addin.entry import worksheet_functions as offered  # noqa: PLC0415 - an extra
    except ImportError:
        return None

    def call(name: str, arguments: Sequence[Value]) -> object:
        given = [one if isinstance(one, list) else [[one]] for one in arguments]
        return getattr(offered, name)(*given)

    return call


def _one_by_one(surface: Surface, name: str, rest: tuple[Value, ...]) -> None:
    for figure in _FIGURES[:SINGLE]:
        surface(name, (figure, *rest))


def seconds(act: Callable[[], object], repeats: int) -> float:
    """The least time that something took, in seconds of the processor."""
    times = []
    for _ in range(repeats):
        started = time.process_time()
        act()
        times.append(time.process_time() - started)
    return min(times)


def run(title: str, surface: Surface, repeats: int) -> None:
    """Print what a cell costs in a spilled call and in a call of its own."""
    column: Value = [[figure] for figure in _FIGURES]  # type: ignore[list-item] # numbers
    print(f"\n{title}: microseconds a cell")
    print(f"{'':14}{'spilled':>10}{'by itself':>12}{'ratio':>8}")
    for name, rest in CALLS.items():
        spilled = seconds(partial(surface, name, (column, *rest)), repeats) / ROWS
        single = seconds(partial(_one_by_one, surface, name, rest), repeats) / SINGLE
        print(f"{name:14}{spilled * 1e6:10.2f}{single * 1e6:12.2f}{spilled / single:8.3f}")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    run("Python", in_python, options.repeats)
    excel = from_excel()
    if excel is not None:
        run("As xlwings calls from Excel", excel, options.repeats)


if __name__ == "__main__":
    main()
