"""An index beside published figures: what is compared, what is filled, what is left."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.application.benchmarking.compared import Compared
from perf_addin.application.settings import Settings
from perf_addin.domain.benchmarks import Standing
from perf_addin.domain.errors import InputError, UsageError
from perf_addin.domain.findings import Severity
from perf_addin.domain.peers import NextBand
from perf_addin.domain.polarity import Polarity
from tests.application.benchmarking.build import (
    EARLIER,
    HEADER,
    PERCENT_ROW,
    POINTS_ROW,
    RATE,
    REPEAT,
    SEEN,
    STATED,
    benchmarked,
    book,
    by_no,
    codes,
    data_of,
    measure,
    write_csv,
)
from tests.application.build import cells, change, index


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "published.csv", *SEEN, *REPEAT, *RATE, *EARLIER)


def standings(each: Compared) -> list[str]:
    beside = (each.england, each.region, each.neighbours)
    return [b.standing.value if b and b.standing else "" for b in beside]


def test_every_indicator_is_compared_by_its_polarity(tmp_path: Path, data: Path) -> None:
    found = by_no(benchmarked(book(tmp_path), data))
    seen, repeat, rate = found["1"], found["2"], found["3"]
    assert seen.own is not None
    assert (seen.own.value, seen.own.peers_period.label) == (Decimal(84), "2020/21")
    assert seen.own.is_common
    assert standings(seen) == ["Better", "Better", "Worse"]
    assert standings(repeat) == ["Better", "Worse", "Better"]
    assert standings(rate) == ["", "", ""]
    assert rate.england is not None
    assert rate.england.value == Decimal("41.4")
    assert rate.region is None


def test_the_neighbours_mean_leaves_out_who_has_no_figure(tmp_path: Path, data: Path) -> None:
    seen = by_no(benchmarked(book(tmp_path), data))["1"]
    assert seen.mean is not None
    assert (seen.mean.value, seen.mean.there, seen.mean.asked) == (Decimal("87.5"), 2, 3)
    assert "2 of 3 neighbours have a figure." in seen.notes


def test_band_rank_and_next_band_among_authorities(tmp_path: Path, data: Path) -> None:
    """Countries and regions are no authorities: 70 79 84 85 88 90, Birch being suppressed."""
    seen = by_no(benchmarked(book(tmp_path), data))["1"]
    assert seen.among is not None
    assert (seen.among.band, seen.among.rank, seen.among.areas) == ("C", 4, 6)
    assert seen.among.ahead == NextBand("B", Decimal("84.5"), Decimal("0.5"), passed=True)


def test_a_stated_country_and_region_are_no_authorities_whatever_they_are_called(
    tmp_path: Path,
) -> None:
    rows = measure("% seen in time", "2020/21", Ours=84, Alder=90, Birch=70, Land=99, Coast=98)
    data = write_csv(tmp_path / "published.csv", *rows)
    settings = Settings(our_area="Ours", england_area="Land", region_area="Coast")
    seen = by_no(benchmarked(book(tmp_path), data, settings=settings))["1"]
    assert seen.among is not None
    assert (seen.among.rank, seen.among.areas) == (2, 3)


def test_a_column_of_the_file_says_who_is_an_authority(tmp_path: Path) -> None:
    rows = [
        ("% seen in time", "Ours", "2020/21", 84, "Local authority"),
        ("% seen in time", "Alder", "2020/21", 90, "LA"),
        ("% seen in time", "Group of shires", "2020/21", 99, "Group"),
    ]
    headings = ("Measure", "Area", "Year", "Value", "geographic_level")
    data = write_csv(tmp_path / "published.csv", *rows, headings=headings)
    seen = by_no(benchmarked(book(tmp_path), data, settings=Settings(our_area="Ours")))["1"]
    assert seen.among is not None
    assert (seen.among.rank, seen.among.areas) == (2, 2)


def test_the_indexs_own_figure_of_the_period_comes_first(tmp_path: Path) -> None:
    rows = measure("% seen in time", "Apr 2021", England=79, Ours=81, Alder=70)
    rows += measure("% seen in time", "Jun 2021", England=79, Ours=81)
    data = write_csv(tmp_path / "published.csv", *rows)
    found = benchmarked(book(tmp_path), data, settings=Settings(our_area="Ours"))
    seen = by_no(found)["1"]
    assert seen.own is not None
    assert (seen.own.value, seen.own.where) == (Decimal(80), "K2")
    assert "benchmark-own-figure-differs" in codes(found)
    assert seen.notes == ("Latest period common to both: Apr 2021 (our figure from K2).",)


def test_without_a_common_period_there_is_no_band(tmp_path: Path) -> None:
    rows = measure("% seen in time", "2020/21", England=80, Alder=70, Birch=75, Cedar=78)
    data = write_csv(tmp_path / "published.csv", *rows, ("Other", "Ours", "2020/21", 1))
    settings = Settings(our_area="Ours")
    seen = by_no(benchmarked(book(tmp_path), data, settings=settings))["1"]
    assert seen.own is not None
    assert (seen.own.value, seen.own.is_common) == (Decimal(85), False)
    assert seen.england is not None
    assert seen.england.standing is Standing.BETTER
    assert seen.among is None
    assert seen.notes[0].startswith("No period is common to both: our figure of May 2021")


def test_a_month_of_a_count_is_not_held_against_a_year(tmp_path: Path) -> None:
    path = index(
        tmp_path / "index.xlsx",
        HEADER,
        ("9", "Number of plans", "Low", 20, *(None,) * 6, 5, 6),
    )
    rows = measure("Number of plans", "2020/21", England=900, Alder=70)
    data = write_csv(tmp_path / "published.csv", *rows, ("Other", "Ours", "2020/21", 1))
    each = by_no(benchmarked(path, data, settings=Settings(our_area="Ours")))["9"]
    assert each.england is None
    assert each.notes[-1] == "A count of one span is not held against a count of another."


def test_old_benchmarks_are_said_to_be_old(tmp_path: Path) -> None:
    """From March 2019 to May 2021 it is 26 months; from May 2019 it would be 24, which is not."""
    old = measure("% seen in time", "2018/19", England=80, Ours=81)
    data = write_csv(tmp_path / "published.csv", *old)
    found = benchmarked(book(tmp_path), data, settings=Settings(our_area="Ours"))
    (finding,) = [f for f in found.findings if f.code == "benchmark-stale"]
    assert "26 months before its figure of May 2021" in finding.message
    young = write_csv(
        tmp_path / "younger.csv", *measure("% seen in time", "May 2019", England=80, Ours=81)
    )
    found = benchmarked(book(tmp_path), young, settings=Settings(our_area="Ours"))
    assert "benchmark-stale" not in codes(found)


def test_benchmarks_after_the_rated_period_are_not_looked_at(tmp_path: Path) -> None:
    rows = measure("% seen in time", "Jun 2021", England=80, Ours=81)
    data = write_csv(tmp_path / "published.csv", *rows)
    seen = by_no(benchmarked(book(tmp_path), data, settings=Settings(our_area="Ours")))["1"]
    assert seen.own is None


def test_contradicting_polarities(tmp_path: Path) -> None:
    rows = [(*row, "Low") for row in measure("% seen in time", "2020/21", England=80, Ours=84)]
    headings = ("Measure", "Area", "Year", "Value", "Good to be")
    data = write_csv(tmp_path / "published.csv", *rows, headings=headings)
    found = benchmarked(book(tmp_path), data, settings=Settings(our_area="Ours"))
    assert "benchmark-polarity-differs" in codes(found)
    assert standings(by_no(found)["1"])[0] == "Better"


def test_the_files_polarity_where_the_index_has_none(tmp_path: Path) -> None:
    path = change(book(tmp_path), "Index", {"C4": None})
    rows = [(*row, "Low") for row in measure("Plans per 10,000", "2020/21", England=41, Ours=30)]
    headings = ("Measure", "Area", "Year", "Value", "Polarity")
    data = write_csv(tmp_path / "published.csv", *rows, headings=headings)
    found = benchmarked(path, data, settings=Settings(our_area="Ours"))
    rate = by_no(found)["3"]
    assert rate.polarity is Polarity.LOW
    assert standings(rate)[0] == "Better"


def test_a_stated_measure_is_kept_on_the_sheet(tmp_path: Path) -> None:
    rows = measure("CP plans, second or later (%)", "2020/21", England=22, Ours=21)
    data = write_csv(tmp_path / "published.csv", *rows)
    settings = Settings(our_area="Ours")
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    stated = {"2": "CP plans, second or later (%)"}
    found = benchmarked(book(tmp_path), data, once, settings, stated=stated)
    assert standings(by_no(found)["2"])[0] == "Better"
    again = benchmarked(once, data, twice, settings)
    assert standings(by_no(again)["2"])[0] == "Better"
    assert once.read_bytes() == twice.read_bytes()


def test_indicators_that_are_numbered_alike_keep_their_own_measures(tmp_path: Path) -> None:
    """Two services may both begin at 1; the second run must not mix their measures up."""
    rows = [PERCENT_ROW, ("1", *POINTS_ROW[1:])]
    path = index(tmp_path / "alike.xlsx", HEADER, *rows)
    data = write_csv(tmp_path / "published.csv", *SEEN, *REPEAT)
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    first = benchmarked(path, data, once)
    second = benchmarked(once, data, twice)
    for found in (first, second):
        measures = [each.measure for each in found.compared]
        assert measures == ["% Seen in time", "% repeat plans"]
    with pytest.raises(UsageError, match="2 indicators '1'"):
        benchmarked(path, data, stated={"1": "% repeat plans"})


def test_the_measure_of_an_indicator_that_is_gone_is_kept(tmp_path: Path, data: Path) -> None:
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    benchmarked(book(tmp_path), data, once)
    change(once, "Index", {"A3": "8", "B3": "Exclusions"})
    benchmarked(once, data, twice)
    lines = [line[:3] for line in cells(twice, "Benchmarks")[5:]]
    assert lines[-2:] == [
        ("3", "Plans per 10,000", "Plans per 10,000"),
        ("2", "% repeat plans", "% repeat plans"),
    ]


def test_a_measure_that_is_nowhere(tmp_path: Path, data: Path) -> None:
    found = benchmarked(book(tmp_path), data, stated={"2": "% repeated plans"})
    (finding,) = [f for f in found.findings if f.code == "benchmark-not-matched"]
    assert finding.severity is Severity.WARNING
    assert "The nearest name there is '% repeat plans'." in finding.message
    with pytest.raises(UsageError, match="no indicator '7'"):
        benchmarked(book(tmp_path), data, stated={"7": "% repeat plans"})


@pytest.mark.parametrize(
    ("settings", "message"),
    (
        (Settings(), "Which area of published.csv is ours?"),
        (STATED._replace(our_area="Our"), "no area 'Our', which is stated as our area"),
        (STATED._replace(neighbour_areas=("Aldur",)), "The nearest there: Alder"),
        (STATED._replace(region_area="South"), "stated as region"),
    ),
)
def test_areas_that_are_not_there(
    tmp_path: Path, data: Path, settings: Settings, message: str
) -> None:
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        benchmarked(book(tmp_path), data, settings=settings)


def test_a_file_without_the_headings(tmp_path: Path) -> None:
    data = write_csv(tmp_path / "published.csv", ("a", 1), headings=("Area", "2021"))
    with pytest.raises(InputError, match="no heading for measure, period, value"):
        data_of(data)


def test_rows_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    rows = [
        ("M", "Ours", "2020/21", 5),
        ("M", "Ours", "2020/21", 6),
        ("M", "England", "some day", 5),
        ("M", "England", "2020/21", "about 5"),
        ("M", "", "2020/21", 5),
    ]
    found = data_of(write_csv(tmp_path / "published.csv", *rows)).findings
    assert [finding.code for finding in found] == [
        "benchmark-row-left-out",
        "benchmark-row-left-out",
        "benchmark-row-repeated",
    ]
    assert "'some day' in row 4" in found[0].message
    assert "'about 5' in row 5" in found[1].message
    assert "'M' for Ours in 2020/21 (rows 2 and 3)" in found[2].message
