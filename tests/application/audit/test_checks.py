"""The self-audit: each finding by itself, and silence where nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.application.audit.build import HEADER, book, codes, found, percent, row
from tests.application.build import change, index


def test_an_index_in_order_has_no_finding(tmp_path: Path) -> None:
    assert not found(book(tmp_path, row(), row(No=2, Polarity="Info", Target=None)))


@pytest.mark.parametrize(
    ("cells", "code", "cell", "says"),
    (
        ({"Target": None}, "not-rated", "D2", "there is no target"),
        ({"Target": "Top quartile"}, "target-in-words", "D2", "State a figure, or the polarity"),
        ({"Target": "at most 90"}, "not-rated", "D2", "contradicts the polarity High"),
        ({"Lower_limit": 95, "Upper_limit": 99}, "target-outside-range", "D2", "95 to 99"),
        ({"Lower_limit": 99, "Upper_limit": 95}, "range-reversed", "F2", "99 of its acceptable"),
        ({"Target": 0, "Polarity": "Low", "Dec_2021": 1}, "zero-target", "D2", "never amber"),
        ({"Tolerance": "100%"}, "tolerance-too-wide", "E2", "the whole target"),
        ({"Dec_2021": "92"}, "number-as-text", "V2", "holds the text '92'"),
        ({"Indicator": "% in time", "Dec_2021": 102}, "percentage-beyond", "V2", "102"),
        ({"Quartile": "D"}, "green-yet-worst-quartile", "W2", "worst quartile (D)"),
        ({"England": 94, "London": 95}, "target-against-benchmarks", "V2", "green, yet worse"),
        ({"Dec_2021": 89, "England": 80}, "target-against-benchmarks", "V2", "amber against"),
        ({"Numerator": 80, "Denominator": 100}, "parts-differ", "V2", "80 of 100 (L2, M2)"),
    ),
)
def test_one_thing_that_is_wrong(
    cells: dict[str, object], code: str, cell: str, says: str, tmp_path: Path
) -> None:
    if code == "parts-differ":
        cells = {**cells, "Indicator": "% visits in time", "Target": 90}
    (finding,) = [f for f in found(book(tmp_path, row(**cells))) if f.code != "range-breach"]
    assert (finding.code, finding.sheet, finding.cell) == (code, "Index", cell)
    assert says in finding.message
    assert finding.message.startswith("Indicator 1: ")


@pytest.mark.parametrize(
    "cells",
    (
        {"Lower_limit": 90, "Upper_limit": 99},
        {"Target": 0, "Polarity": "Low", "Dec_2021": 1, "Tolerance": 2},
        {"Indicator": "% in time", "Dec_2021": 100},
        {"Quartile": "A"},
        {"England": 94, "London": 80},
        {"England": 95},
        {"Indicator": "% in time", "Numerator": 46, "Denominator": 50},
        {"Dec_2021": "z"},
        {"Target": "Top quartile", "Polarity": "Info"},
    ),
)
def test_what_is_in_order(cells: dict[str, object], tmp_path: Path) -> None:
    names = set(codes(book(tmp_path, row(**cells)))) - {"commentary-missing"}
    assert not names


def test_defaults_of_a_whole_index_are_one_finding_each(tmp_path: Path) -> None:
    rows = [row(No=n, Polarity=None, Tolerance=None) for n in (1, 2, 3)]
    assert codes(book(tmp_path, *rows)) == ["polarity-missing", "tolerance-missing"]


def test_a_single_missing_polarity_is_named(tmp_path: Path) -> None:
    (finding,) = found(book(tmp_path, row(), row(No=2, Polarity=None)))
    assert (finding.code, finding.cell) == ("polarity-missing", "C3")


def test_a_missing_number_among_numbers(tmp_path: Path) -> None:
    (finding,) = found(book(tmp_path, row(), row(No=None, Indicator="Reviews")))
    assert (finding.code, finding.cell) == ("number-missing", "A3")


@pytest.mark.parametrize(
    ("frequency", "last", "behind"),
    (
        ("Monthly", "Nov 2021", True),
        ("Quarterly", "Oct 2021", False),
        ("Quarterly", "Sep 2021", True),
        ("Annual", "Apr 2021", False),
    ),
)
def test_figures_that_are_late(frequency: str, last: str, *, behind: bool, tmp_path: Path) -> None:
    late = {"Nov 2021": None, "Dec 2021": None, last: 91}
    other = row(No=2, Frequency=frequency, **{k.replace(" ", "_"): v for k, v in late.items()})
    expected = ["period-behind"] if behind else []
    assert codes(book(tmp_path, row(), other)) == expected


def test_a_symbol_for_a_missing_figure_says_that_nothing_is_late(tmp_path: Path) -> None:
    late = {"No": 2, "Frequency": "Monthly", "Oct_2021": 91, "Nov_2021": "c"}
    assert "period-behind" in codes(book(tmp_path, row(), row(**late, Dec_2021=None)))
    assert "period-behind" not in codes(book(tmp_path, row(), row(**late, Dec_2021="z")))


def test_a_rhythm_that_is_not_stated_is_taken_from_the_figures(tmp_path: Path) -> None:
    quarterly = row(No=2, Nov_2021=None, Dec_2021=None, Jul_2021=91, Oct_2021=91)
    assert not found(book(tmp_path, row(), quarterly))


def test_a_title_of_another_year(tmp_path: Path) -> None:
    rows = (("Performance index 2020/21",), (), HEADER, row())
    path = index(tmp_path / "index.xlsx", *rows)
    (finding,) = found(path)
    assert (finding.code, finding.cell) == ("title-year-differs", "A1")
    assert "2020/21" in finding.message
    assert "2021/22" in finding.message
    change(path, "Index", {"A1": "Performance index 2021/22, compared with 2020/21"})
    assert not found(path)


def test_errors_and_links_on_any_sheet(tmp_path: Path) -> None:
    path = book(tmp_path, row())
    workbook = load_workbook(path)
    data = workbook.create_sheet("Data")
    data["A1"], data["A2"], data["A3"] = "#DIV/0!", "=#REF!+1", "='[Old.xlsx]Sheet 1'!B2"
    data["A4"], data["A5"] = "#N/A", "=SUM(Table1[Cost])"
    for name in ("A1", "A4"):
        data[name].data_type = "e"
    workbook.save(path)
    assert [(f.code, f.sheet, f.cell) for f in found(path)] == [
        ("formula-error", "Data", "A1"),
        ("broken-reference", "Data", "A2"),
        ("link-elsewhere", "Data", "A3"),
    ]


def test_an_exception_in_a_hidden_row(tmp_path: Path) -> None:
    path = book(tmp_path, row(Dec_2021=80), row(No=2))
    workbook = load_workbook(path)
    for number in (2, 3):
        workbook["Index"].row_dimensions[number].hidden = True
    workbook.save(path)
    (finding,) = found(path)
    assert (finding.code, finding.cell) == ("exception-hidden", "V2")


SERIES = (91, 92, 90, 93, 91, 92, 90)


def series(*last: float, **cells: object) -> list[object]:
    made = row(**cells)
    start = HEADER.index("Apr 2021")
    made[start : start + 9] = [*SERIES, *last]
    return made


def test_a_figure_that_jumps(tmp_path: Path) -> None:
    (finding,) = [f for f in found(book(tmp_path, series(19, 92))) if f.code == "figure-jumps"]
    assert finding.cell == "U2"
    assert "19 lies beyond the limits" in finding.message
    assert "provisional with 8 figures" in finding.message
    assert "figure-jumps" not in codes(book(tmp_path, series(93, 92)))


def test_a_jump_among_ratios_is_told_in_per_cent(tmp_path: Path) -> None:
    ratios = [value / 100 for value in (*SERIES, 19, 92)]
    made = row(Indicator="% of visits in time", Target="90%")
    start = HEADER.index("Apr 2021")
    made[start : start + 9] = ratios
    (finding,) = [f for f in found(book(tmp_path, made)) if f.code == "figure-jumps"]
    assert "19% lies beyond the limits" in finding.message
    assert "% to 9" in finding.message


def test_signals_beside_ratings(tmp_path: Path) -> None:
    path = book(tmp_path, series(91, 90, Target=92), series(91, 93, No=2, Target=92))
    assert [(f.code, f.cell) for f in found(path)] == [
        ("rating-is-noise", "V2"),
        ("green-not-reliable", "V3"),
    ]
    assert not found(book(tmp_path, series(91, 93, Target=70)))


def test_a_green_that_worsens(tmp_path: Path) -> None:
    made = row(Target=70)
    start = HEADER.index("Apr 2021")
    made[start : start + 9] = [99, 98, 97, 96, 95, 94, 93, 92, 91]
    assert codes(book(tmp_path, made)) == ["green-yet-concern"]


def test_too_few_figures_say_nothing(tmp_path: Path) -> None:
    made = row(Target=93)
    start = HEADER.index("Apr 2021")
    made[start + 2 : start + 9] = [91, 19, 91, 92, 91, 90, 92]
    assert not found(book(tmp_path, made))


def test_parts_on_a_sheet_of_data(tmp_path: Path) -> None:
    path = book(tmp_path, percent(Dec_2021=92.3))
    workbook = load_workbook(path)
    data = workbook.create_sheet("Data")
    for line in (
        ("Feeds", "Part", "Nov 2021", "Dec 2021"),
        (1, "Numerator", 91, 923),
        (1, "Denominator", 100, 1000),
    ):
        data.append(line)
    workbook.save(path)
    assert not found(path)
    change(path, "Data", {"D2": 900})
    (finding,) = found(path)
    assert finding.code == "parts-differ"
    assert "900 of 1,000 (Data!D2, Data!D3) gives 90%" in finding.message


@pytest.mark.parametrize(
    ("own", "target", "worst"), ((81, 80, True), (85, 80, False), (81, 82, False))
)
def test_green_in_the_worst_quarter_of_peers(
    own: int, target: int, *, worst: bool, tmp_path: Path
) -> None:
    bodies = ("Ashby", "Barton", "Corley", "Denham", "Elmdon", "Fenby", "Garth")
    header = ("No", "Indicator", "Polarity", "Target", "Tolerance", "Dec 2021", "Commentary")
    top = (*[None] * len(header), "Benchmarks", *[None] * 7)
    line = (1, "Visits in time", "High", target, 5, own, "Fine.", 90, *range(82, 96, 2))
    path = index(tmp_path / "index.xlsx", top, (*header, "England", *bodies), line)
    workbook = load_workbook(path)
    workbook["Index"].merge_cells("H1:O1")
    workbook.save(path)
    codes = [f.code for f in found(path)]
    assert ("green-yet-worst-quartile" in codes) is worst


@pytest.mark.parametrize(
    ("heading", "text", "worst"),
    (
        ("National quartile", "Worst", True),
        ("Quartile (England)", "4", True),
        ("Lower quartile", "4", False),
        ("Quartile", "2", False),
    ),
)
def test_a_column_that_names_the_quartile(
    heading: str, text: str, *, worst: bool, tmp_path: Path
) -> None:
    header = tuple(heading if each == "Quartile" else each for each in HEADER)
    path = index(tmp_path / "index.xlsx", header, row(Quartile=text))
    assert [f.code for f in found(path)] == ["green-yet-worst-quartile"] * worst


@pytest.mark.parametrize(
    ("figures", "doubtful"),
    (
        ((0.9, 1.2, 0.93), True),
        ((0.9, 0.8, 0.93), False),  # ratios, and read so
        ((1.4, 1.2, 0.93), False),  # most are beyond 1: small percentages
        ((90, 1.2, 0.93), False),
    ),
)
def test_one_figure_beyond_1_among_what_may_be_ratios(
    figures: tuple[float, ...], tmp_path: Path, *, doubtful: bool
) -> None:
    months = dict(zip(("Oct_2021", "Nov_2021", "Dec_2021"), figures, strict=True))
    cells = {"Indicator": "% in time", "Target": 1, **months}
    assert ("scale-doubtful" in codes(book(tmp_path, row(**cells)))) is doubtful
