"""One table of calls and answers for every surface that offers the worksheet functions."""

from __future__ import annotations

from tests.parity import cases_others, cases_rating, cases_series
from tests.parity.table import Case, agrees

__all__ = ["CASES", "Case", "agrees"]

CASES: tuple[Case, ...] = (*cases_rating.CASES, *cases_others.CASES, *cases_series.CASES)
