"""Formulas of conditional formatting with numbers beyond those of any figure."""

from __future__ import annotations

import pytest

from perf_addin.application.audit.rule_formulas import Standpoint, holds

AT = Standpoint(2, 1, (2, 1), lambda _: {})


@pytest.mark.parametrize(
    ("formula", "expected"),
    (
        ("ROUND(1E300,5)=1E300", True),
        ("ROUND(1E300,-5)>1", True),
        ("ROUND(12.345,2)=12.35", True),
        ("ROUND(0,15)=0", True),
        # Excel has no such number, so nobody can have entered it.
        ("1E999999>1", None),
        ("1E9999999999999999999>1", None),
        ("ROUND(1E999999,2)>1", None),
        ('LEFT("a",1E999999)="a"', None),
        # An error, with which a rule does not hold.
        ("1E300*1E300>1", False),
        ("ISERROR(1E300*1E300)", True),
        ("ISERROR(1E300/1E-300)", True),
        ("1E-300*1E-300=0", True),
        ("0*1E300*1E300=0", True),
    ),
)
def test_large_numbers_are_those_of_excel(formula: str, *, expected: bool | None) -> None:
    assert holds(formula, AT) is expected
