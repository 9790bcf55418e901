"""Band, rank, next band and neighbours' mean among authorities, held to LAIT's answers."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.figures import exact
from perf_addin.domain.peers import NextBand, decimals_of, find_next, mean_of, stand_among
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.quartiles import find_band, find_quartiles

D = Decimal
HIGH, LOW = Polarity.HIGH, Polarity.LOW
PEERS = st.lists(st.integers(-20, 20).map(Decimal), min_size=3, max_size=25)


def numbers(text: str) -> list[Decimal]:
    return [D(part) for part in text.split()]


def test_every_authority_stands_where_the_published_benchmarks_have_it(shared: Path) -> None:
    path = shared / "conformance" / "lait_benchmarks.csv"
    if not path.is_file():
        pytest.skip(f"no conformance vectors at {path}")
    groups = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups[row["measure_code"], row["year"]].append(row)
    checked = 0
    for rows in groups.values():
        polarity = Polarity(rows[0]["polarity"])
        values = [exact(row["value"]) if row["value"] else None for row in rows]
        for at in range(0, len(rows), 7):
            own = values[at]
            if own is None:
                continue
            others = [v for v in values[:at] + values[at + 1 :] if v is not None]
            found = stand_among(own, others, polarity)
            assert found.band == rows[at]["quartile_band"]
            assert str(found.rank) == rows[at]["rank"]
            assert found.areas == len(others) + 1
            checked += 1
    assert checked > 80


@pytest.mark.parametrize(
    ("own", "others", "polarity", "expected", "ahead"),
    (
        # Quartiles of 0 25 50 75 100 are these figures themselves.
        ("0", "25 50 75 100", LOW, "A 1", None),
        ("25", "0 50 75 100", LOW, "A 2", None),
        ("50", "0 25 75 100", LOW, "B 3", NextBand("A", D(25), D(25), passed=False)),
        ("100", "0 25 50 75", LOW, "D 5", NextBand("C", D(75), D(25), passed=False)),
        ("100", "0 25 50 75", HIGH, "A 1", None),
        ("75", "0 25 50 100", HIGH, "B 2", NextBand("A", D(75), D(0), passed=True)),
        ("0", "25 50 75 100", HIGH, "D 5", NextBand("C", D(25), D(25), passed=True)),
        # Ties take the lowest rank; the band between two equal edges is passed over.
        ("10", "10 10 10 10", LOW, "A 1", None),
        ("10", "10 10 10 10", HIGH, "D 1", None),
        ("9", "1 5 5 5", LOW, "D 5", NextBand("A", D(5), D(4), passed=False)),
        ("1", "5 5 5 9", HIGH, "D 5", NextBand("A", D(5), D(4), passed=True)),
    ),
)
def test_standing(
    own: str, others: str, polarity: Polarity, expected: str, ahead: NextBand | None
) -> None:
    found = stand_among(D(own), numbers(others), polarity)
    assert f"{found.band} {found.rank}" == expected
    assert found.areas == 5
    assert found.ahead == ahead


def test_three_authorities_have_ranks_and_no_quarters() -> None:
    found = stand_among(D(2), numbers("1 3"), LOW)
    assert (found.band, found.rank, found.areas, found.edges) == (None, 2, 3, None)


@pytest.mark.parametrize("polarity", (Polarity.INFO, Polarity.RANGE))
def test_where_no_direction_is_good_there_is_no_rank(polarity: Polarity) -> None:
    found = stand_among(D(2), numbers("1 3 4 5"), polarity)
    assert (found.band, found.rank, found.areas) == (None, None, 5)


@given(PEERS, st.data(), st.sampled_from((HIGH, LOW)))
def test_what_the_next_band_takes_leads_into_it(
    peers: list[Decimal], data: st.DataObject, polarity: Polarity
) -> None:
    """A figure at the edge (just past it, where more is better) is in the band that is named."""
    own = data.draw(st.sampled_from(peers))
    edges = find_quartiles(peers)
    band = find_band(own, edges, polarity)
    assert band is not None
    ahead = find_next(own, edges, band, polarity)
    if ahead is None:
        assert band == "A" or (polarity is HIGH and edges.q75 == edges.q100)
        return
    step = D("0.0000001") if ahead.passed else D(0)
    moved = own + ahead.distance + step if polarity is HIGH else own - ahead.distance
    assert find_band(moved, edges, polarity) == ahead.band
    assert ahead.band < band


@pytest.mark.parametrize(
    ("values", "there", "mean"),
    (
        ("10 20 30 40 50 60 70 80 90 100", 10, "55"),
        ("17 11.8 28.2 15.1 16.8 19.9 25.9 20 24.3 27.6", 10, "20.66"),
        ("17 . 28.2", 2, "22.6"),
        ("1 1 2", 3, "1.33333333333333"),
        ("-1 1", 2, "0"),
    ),
)
def test_the_mean_leaves_out_who_has_no_figure(values: str, there: int, mean: str) -> None:
    figures = [None if part == "." else D(part) for part in values.split()]
    found = mean_of(figures)
    assert found is not None
    assert (found.there, found.asked) == (there, len(figures))
    assert exact(found.value) == D(mean)


def test_nobody_has_a_mean() -> None:
    assert mean_of([None, None]) is None
    assert mean_of([]) is None


def test_a_mean_is_compared_unrounded() -> None:
    """A third of 1 lies between 0.33 and 0.34, however it is shown."""
    found = mean_of(numbers("0 0 1"))
    assert found is not None
    assert D("0.333333333333333") < found.value < D("0.333333333333334")


def test_decimals() -> None:
    assert decimals_of([D("20.5"), D(17), None, D("17.00")]) == 1
    assert decimals_of([D("1E+3")]) == 0
