"""Figures: exact numbers, symbols for missing ones, and what is neither."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain import figure_texts
from perf_addin.domain.figure_texts import read_number
from perf_addin.domain.figures import Figure, Missing, Unreadable, exact, read_figure
from perf_addin.domain.showing import show_all_apart, show_apart, show_number

# The Department for Education's symbols, now and before, and what analysts type.
SYMBOLS = "z x : c low k ~ u .. - * N/A n/a TBC #N/A"


@pytest.mark.parametrize("symbol", SYMBOLS.split())
@pytest.mark.parametrize("case", (str.upper, str.lower, str.title))
def test_symbols_are_missing_in_any_case_and_never_a_zero(symbol: str, case: type[str]) -> None:
    typed = case(symbol)
    found = read_figure(f" {typed} ")
    assert isinstance(found, Missing)
    assert found.symbol == typed
    assert found.meaning


@pytest.mark.parametrize("zero", ("0", "0%", "0.0", "-0", Decimal(0), Decimal("0.000")))
def test_zero_is_a_true_zero(zero: str | Decimal) -> None:
    found = read_figure(zero)
    assert isinstance(found, Figure)
    assert found.value == 0


@pytest.mark.parametrize(
    ("text", "number", "percent"),
    (
        ("88%", "88", True),
        ("88 %", "88", True),
        ("88.5 per cent", "88.5", True),
        ("88 percent", "88", True),
        ("1,234", "1234", False),
        ("1,234,567.5", "1234567.5", False),
        ("£1,200", "1200", False),
        ("-£1,200", "-1200", False),
        ("\N{MINUS SIGN}3.5", "-3.5", False),
        ("+4", "4", False),
        (".5", "0.5", False),
        ("26 weeks", "26", False),
        ("1 child", "1", False),
        ("  7  ", "7", False),
    ),
)
def test_texts_that_are_figures(text: str, number: str, percent: bool) -> None:
    assert read_number(text) == (Decimal(number), percent)
    assert read_figure(text) == Figure(Decimal(number), percent)


@pytest.mark.parametrize(
    "text",
    (
        "12 (of 15)",
        "12/15",
        "12 of 15",
        "about 12",
        "12,34",
        "1 234",
        "12k",
        "1.2.3",
        "£1.2m",
        "CO",
        "#DIV/0!",
        "88%*",
        "%",
        "1e5",
        "see below",
    ),
)
def test_texts_that_are_no_figures_lose_nothing(text: str) -> None:
    assert read_number(text) is None
    assert read_figure(text) == Unreadable(text)


@pytest.mark.parametrize("value", (True, False, date(2021, 8, 1)))
def test_truth_values_and_dates_are_no_figures(value: bool | date) -> None:
    assert isinstance(read_figure(value), Unreadable)


@pytest.mark.parametrize("blank", (None, "", "  ", "\t\n"))
def test_a_blank_is_nothing(blank: str | None) -> None:
    assert read_figure(blank) is None


def test_a_number_under_a_per_cent_format_is_in_points() -> None:
    assert read_figure(Decimal("0.88"), percent=True) == Figure(Decimal(88), percent=True)
    assert read_figure(Decimal("0.88")) == Figure(Decimal("0.88"), percent=False)


@pytest.mark.parametrize(
    ("number", "expected"),
    (
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (1 / 3, "0.333333333333333"),
        (0.8800000000000001, "0.88"),
        (123456789012345678, "123456789012346000"),
        ("1.00000000000000049", "1"),
        (Decimal("0.1234567890123456"), "0.123456789012346"),
    ),
)
def test_numbers_have_15_digits(number: float | str | Decimal, expected: str) -> None:
    assert exact(number) == Decimal(expected)


@pytest.mark.parametrize("text", ("", "x", "NaN", "Infinity", "1,2"))
def test_exact_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        exact(text)


@pytest.mark.parametrize("number", (float("inf"), float("nan")))
def test_exact_refuses_what_is_not_finite(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        exact(number)


@pytest.mark.parametrize(
    ("value", "percent", "shown"),
    (
        ("88", True, "88%"),
        ("88.25", True, "88.3%"),
        ("-88.25", True, "-88.3%"),
        ("88.04", True, "88%"),
        ("1234.5", False, "1,234.5"),
        ("1234.567", False, "1,234.57"),
        ("0.125", False, "0.13"),
        ("100", False, "100"),
        ("0", True, "0%"),
        ("0.0004", True, "0.0004%"),
        ("-0.0004", False, "-0.0004"),
        ("1E+3", False, "1,000"),
        ("1E+30", False, "1E+30"),
        ("1E+300", True, "1E+300%"),
    ),
)
def test_numbers_as_people_read_them(value: str, percent: bool, shown: str) -> None:
    assert show_number(Decimal(value), percent=percent) == shown


@pytest.mark.parametrize(
    ("value", "other", "percent", "shown"),
    (
        ("90.96", "91", True, ("90.96%", "91%")),
        ("90.9999", "91", True, ("90.9999%", "91%")),
        ("90.9", "91", True, ("90.9%", "91%")),
        ("90.999999999999", "91", False, ("90.999999999999", "91")),
        ("1E-20", "2E-20", False, ("0.00000000000000000001", "0.00000000000000000002")),
        ("91", "91.0", True, ("91%", "91%")),
    ),
)
def test_a_miss_never_looks_like_a_hit(
    value: str, other: str, percent: bool, shown: tuple[str, str]
) -> None:
    assert show_apart(Decimal(value), Decimal(other), percent=percent) == shown


NUMBERS = st.decimals(-1000, 1000, places=6) | st.floats(allow_nan=False, allow_infinity=False).map(
    exact
)


@given(st.lists(NUMBERS, min_size=1, max_size=4), st.booleans())
def test_numbers_read_alike_only_when_they_are(numbers: list[Decimal], percent: bool) -> None:
    shown = show_all_apart(numbers, percent=percent)
    for first, first_shown in zip(numbers, shown, strict=True):
        for second, second_shown in zip(numbers, shown, strict=True):
            assert (first == second) == (first_shown == second_shown)


@given(st.decimals(-(10**9), 10**9, places=4), st.booleans())
def test_what_is_shown_can_be_read_again(number: Decimal, percent: bool) -> None:
    read = read_number(show_number(number, percent=percent, digits=4))
    assert read == (number, percent)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_exact_is_the_nearest_number_of_15_digits(number: float) -> None:
    written = Decimal(repr(number))
    found = exact(number)
    assert len(found.as_tuple().digits) <= 15
    assert abs(found - written) * 2 <= Decimal(1).scaleb(written.adjusted() - 14)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    read_figure(text)


@given(st.from_regex(r"\s?[-+]?[0-9\u0665]{0,4}[.,]?[0-9]{0,3}\s?%{0,2}\s?", fullmatch=True))
def test_whole_numbers_are_read_as_the_pattern_reads_them(text: str) -> None:
    found = figure_texts._NUMBER.fullmatch(text.strip())
    if found is None:
        assert read_number(text) is None
        return
    value = exact(found["number"].replace(",", "")) * (-1 if found["sign"] == "-" else 1)
    assert read_number(text) == (value, found["percent"] is not None)
