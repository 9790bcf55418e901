"""Answers that depend on little of what a cell holds."""

from __future__ import annotations

from collections.abc import Callable

from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import Entry, ExcelError, Value, figure_of
from perf_addin.domain.figures import Figure


def always(answer: Value) -> Judge:
    """Answer every cell alike."""

    def judge(_entry: Entry) -> Value:
        return answer

    return judge


def own_error_or(answer: Value) -> Judge:
    """Answer a cell with the error that it holds, and every other cell alike."""

    def judge(entry: Entry) -> Value:
        return entry if isinstance(entry, ExcelError) else answer

    return judge


def of_figures(answer: Callable[[Figure], Value]) -> Judge:
    """Answer a figure; a missing one with nothing, and what is none with its error."""

    def judge(entry: Entry) -> Value:
        figure = figure_of(entry)
        if figure is None:
            return ""
        return figure if isinstance(figure, ExcelError) else answer(figure)

    return judge


def present_is(error: ExcelError) -> Judge:
    """Answer a figure or another text with an error, a missing figure with nothing."""

    def judge(entry: Entry) -> Value:
        if isinstance(entry, ExcelError):
            return entry
        return "" if figure_of(entry) is None else error

    return judge
