"""Small numbers: what must be suppressed, what gives it away, what one more or fewer changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.saving import save
from tests.application.audit.build import book, codes, found, percent, row
from tests.application.build import opened


def test_small_numbers(tmp_path: Path) -> None:
    (finding,) = [
        f
        for f in found(book(tmp_path, percent(Numerator=9, Denominator=9, Dec_2021=100)))
        if f.code == "small-number"
    ]
    assert "a denominator of 9 (10 or less)" in finding.message
    few = percent(Numerator=5, Denominator=50, Dec_2021=10, Target=5)
    assert "small-number" in codes(book(tmp_path, few))
    enough = percent(Numerator=11, Denominator=11, Dec_2021=100, Target=50)
    assert "small-number" not in codes(book(tmp_path, enough))


def test_one_child_decides(tmp_path: Path) -> None:
    made = percent(Numerator=18, Denominator=20, Dec_2021=90)
    (finding,) = found(book(tmp_path, made))
    assert finding.code == "one-child-decides"
    assert "with one child more or one fewer it would be red at 17" in finding.message
    made = percent(Numerator=180, Denominator=200, Dec_2021=90, Target=80)
    assert not found(book(tmp_path, made))


def test_suppressed_counts_and_what_gives_them_away(tmp_path: Path) -> None:
    rows = [
        row(No=1, Indicator="Number of children missing", Dec_2021=3, Polarity="Info"),
        row(No=2, Indicator="Number of children found", Dec_2021=9, Polarity="Info"),
        row(No=3, Indicator="Number of children at home", Dec_2021=40, Polarity="Info"),
        row(No=4, Indicator="Number of children in all", Dec_2021="=SUM(V2:V4)", Polarity="Info"),
    ]
    path = book(tmp_path, *rows)
    workbook = opened(path)
    workbook.put_results("Index", {(5, 22): 52.0})
    save(workbook.package, path, backup=False)
    assert [(f.code, f.cell) for f in found(path)] == [
        ("small-number", "V2"),
        ("secondary-suppression", "V3"),
    ]


def test_a_true_zero_and_other_counts_may_be_published(tmp_path: Path) -> None:
    zero = row(Indicator="Number of children missing", Dec_2021=0, Polarity="Info")
    carers = row(No=2, Indicator="Number of foster carers", Dec_2021=3, Polarity="Info")
    assert not found(book(tmp_path, zero, carers))


@pytest.mark.parametrize(
    ("name", "says"),
    (
        ("% of children seen in time", "with one child more or one fewer it"),
        ("% of child protection plans reviewed", "with one plan more or one fewer it"),
        ("% of schools judged good", "with one school more or one fewer it"),
        ("% of foster carers trained", "with one carer more or one fewer it"),
        ("% in time", "with one more or one fewer it"),
    ),
)
def test_one_more_of_what_is_counted(name: str, says: str, tmp_path: Path) -> None:
    made = row(Indicator=name, Numerator=18, Denominator=20, Dec_2021=90)
    (finding,) = found(book(tmp_path, made))
    assert finding.code == "one-child-decides"
    assert says in finding.message


def test_few_schools_may_be_published(tmp_path: Path) -> None:
    cells = {"Numerator": 9, "Denominator": 9, "Dec_2021": 100, "Target": 50}
    assert "small-number" not in codes(book(tmp_path, row(Indicator="% of schools", **cells)))
    assert "small-number" in codes(book(tmp_path, row(Indicator="% of pupils", **cells)))


def count(no: object, name: str, value: object) -> list[object]:
    return row(No=no, Indicator=name, Dec_2021=value, Nov_2021=None, Polarity="Info", Target=None)


MISSING = count(1, "Number of children missing", 3)
FOUND = count(2, "Number of children found", 9)
HOME = count(3, "Number of children at home", 40)


@pytest.mark.parametrize(
    ("rows", "at"),
    (
        ((MISSING, FOUND, HOME, count(4, "Number of children in all", 52)), "V3"),
        ((MISSING, FOUND, HOME, count(None, "Total", 52)), "V3"),
        ((count(4, "All children", 52), MISSING, FOUND, HOME), "V4"),
        ((count(1, "Girls", 3), count(2, "Boys", 9), count(3, "Total number", 12)), "V3"),
        ((count(1, "Children missing", "c"), FOUND, HOME, count(None, "Total", 52)), "V3"),
        ((count(1, "Children missing", "c"), FOUND, HOME, count(None, "Total", 92)), None),
        ((MISSING, FOUND, HOME, count(4, "Number of children in all", 53)), None),
        ((MISSING, count(2, "Number of children found", 4), count(None, "Total", 7)), None),
        ((FOUND, HOME, count(None, "Total", 49)), None),
    ),
)
def test_a_total_by_its_name(
    rows: tuple[list[object], ...], at: str | None, tmp_path: Path
) -> None:
    cells = [f.cell for f in found(book(tmp_path, *rows)) if f.code == "secondary-suppression"]
    assert cells == ([at] if at else [])


@pytest.mark.parametrize(
    ("formula", "stored", "says"),
    (
        ('=IF(M2="","",L2/M2*100)', 92.0, ""),
        ('=IF(M2="","",L2/M2*100)', 96.0, "its formula gives 92% now, 46 of 50 (L2, M2), but"),
        ("=IFERROR(L2/M2,0)", 0.96, "gives 0.92 now"),
        ("=ROUND(100*L2/M2,0)", 92.0, ""),
        ("=100-L2/M2*100", 8.0, ""),
        ("=VLOOKUP(L2/M2,A1:B9,2)", 96.0, ""),
    ),
)
def test_a_formula_that_was_not_calculated_since(
    formula: str, stored: float, says: str, tmp_path: Path
) -> None:
    path = book(tmp_path, row(Numerator=46, Denominator=50, Dec_2021=formula, Target=5))
    workbook = opened(path)
    workbook.put_results("Index", {(2, 22): stored})
    save(workbook.package, path, backup=False)
    messages = [f.message for f in found(path) if f.code == "parts-differ"]
    assert len(messages) == bool(says)
    assert all(says.replace("92%", "92") in message for message in messages)
