"""Why an indicator has its rating: the arithmetic, the sources, and what would alter it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perf_addin.application.layout import text_of
from perf_addin.application.own_sheets import REPORT
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.settings import Settings
from perf_addin.application.sources import sources
from perf_addin.domain.arithmetic import arithmetic
from perf_addin.domain.figures import Figure
from perf_addin.domain.rating import Letter
from perf_addin.domain.showing import breach_sentence, show_all_apart, show_number
from perf_addin.domain.what_if import alternatives, nearest_change

_NAMES: dict[Letter | None, str] = {"G": "green", "A": "amber", "R": "red", None: "not rated"}


class Explanation(NamedTuple):
    """Everything behind a rating.

    Attributes:
        item: the indicator.
        arithmetic: how the rating was reckoned, in sentences.
        breach: the sentence about its acceptable range, or None where that is not breached.
        typed: what is said of a typed rating that differs, or None.
        sources: each input by its field's name, and the cell or setting that it came from.
        alternatives: other rules in words, and what they would give.
        change: the smallest change of the figure that would alter the rating, or None.
    """

    item: Rated
    arithmetic: tuple[str, ...]
    breach: str | None
    typed: str | None
    sources: tuple[tuple[str, str], ...]
    alternatives: tuple[tuple[str, Letter | None], ...]
    change: str | None

    def lines(self) -> Iterator[str]:
        """The explanation as a person reads it, paragraph by paragraph."""
        item = self.item
        yield f"Indicator {item.no}: {item.name}" if item.no else item.name
        yield item.rating.reason
        told = [*self.arithmetic, *(text for text in (self.breach, self.typed) if text)]
        if told:
            yield "\n".join(told)
        if self.sources:
            came_from = ", ".join(f"{name} {place}" for name, place in self.sources)
            yield f"From: {came_from} (sheet {item.sheet!r})."
        if self.change:
            yield self.change
        if self.alternatives:
            others = (f"- {rule}: {_NAMES[letter]}" for rule, letter in self.alternatives)
            yield "\n".join(["Under other rules:", *others])


def explain(item: Rated, settings: Settings) -> Explanation:
    """Explain a rating.

    Args:
        item: a rated indicator.
        settings: the settings that it was rated under.
    """
    breach = typed = None
    if item.actual is not None and item.breach is not None and item.acceptable_range is not None:
        breach = f"Breach: {breach_sentence(item.actual, item.acceptable_range, item.breach)}."
    if item.typed is not None and item.typed.letter != item.letter:
        how = "A formula gives" if item.typed.is_formula else "Typed is"
        outcome = "--overwrite-typed replaces" if item.typed.replaced else "was left as it is"
        typed = f"{how} {item.typed.letter or item.typed.text}, which {outcome}."
    others = alternatives(item.rating.inputs) if item.letter is not None else ()
    return Explanation(
        item,
        tuple(arithmetic(item.rating)),
        breach,
        typed,
        tuple(sources(item, settings)),
        tuple((found.rule, found.rating.letter) for found in others),
        _change(item),
    )


def _change(item: Rated) -> str | None:
    """Say what would alter it: `Smallest change: 2.1 points more (85.5%) would be amber.`."""
    actual, change = item.rating.inputs.actual, nearest_change(item.rating)
    if change is None or not isinstance(actual, Figure):
        return None
    by = change.figure - actual.value
    shown, _ = show_all_apart((change.figure, actual.value), percent=actual.percent)
    unit = " points" if actual.percent else ""
    letter = _NAMES[change.letter]
    if not by:
        return f"Smallest change: it is on the edge; the least bit worse would be {letter}."
    how = "more" if by > 0 else "less"
    beyond = f"anything {'above' if by > 0 else 'below'} {shown}" if change.beyond else shown
    least = "more than " if change.beyond else ""
    size = show_number(abs(by), digits=1 if actual.percent else None)
    return f"Smallest change: {least}{size}{unit} {how} ({beyond}) would be {letter}."


def indicator_of(result: IndexResult, label: str) -> Rated | None:
    """The indicator of a number or name, in either case; None where there is none."""
    wanted = label.strip().casefold()
    by_number = (item for item in result.rated if (item.no or "").casefold() == wanted)
    by_name = (item for item in result.rated if item.name.strip().casefold() == wanted)
    return next(by_number, None) or next(by_name, None)


def indicator_at(workbook: Workbook, result: IndexResult, sheet: str, row: int) -> Rated | None:
    """The indicator that stands in a row (1-based) of the index or of the exception report."""
    for item in (*result.rated, *result.others):
        if (item.sheet, item.row) == (sheet, row):
            return item
    report = REPORT.find(workbook.sheets)
    if report is None or report.name != sheet:
        return None
    found = next((found for found in report.rows(row) if found.number == row), None)
    label = text_of(found.get(1)) if found is not None else ""
    return indicator_of(result, label) if label else None
