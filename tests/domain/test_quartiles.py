"""Quartiles, bands and ranks, held to the Department for Education's tool."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.domain.figures import exact
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.quartiles import Quartiles, find_band, find_quartiles, find_ranks

EDGES = ("q0", "q25", "q50", "q75", "q100")


def read(shared: Path, name: str) -> list[dict[str, str]]:
    path = shared / "conformance" / name
    if not path.is_file():
        pytest.skip(f"no conformance vectors at {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Decimal | None:
    return None if text in {"NA", ""} else exact(text)


def edges(row: dict[str, str]) -> Quartiles:
    return Quartiles(*(number(row[name]) for name in EDGES))


def test_the_band_is_the_one_of_the_vectors(shared: Path) -> None:
    rows = read(shared, "lait_quartile_vectors.csv")
    assert len(rows) > 20
    for row in rows:
        value, polarity = number(row["value"]), Polarity(row["polarity"])
        if value is None:
            assert row["expected_band"] == "NA"
            continue
        assert (find_band(value, edges(row), polarity) or "Error") == row["expected_band"], row


def test_the_rank_is_the_one_of_the_vectors(shared: Path) -> None:
    for row in read(shared, "lait_rank_vectors.csv"):
        values = [number(text) for text in row["values"].split(";")]
        ranks = find_ranks(values, Polarity(row["polarity"]))
        assert ";".join("NA" if r is None else str(r) for r in ranks) == row["expected_rank"]


def test_published_benchmarks_have_our_quartiles_bands_and_ranks(shared: Path) -> None:
    groups = defaultdict(list)
    for row in read(shared, "lait_benchmarks.csv"):
        groups[row["measure_code"], row["year"]].append(row)
    assert len(groups) >= 4
    for name, rows in groups.items():
        values = [number(row["value"]) for row in rows]
        present = [value for value in values if value is not None]
        polarity = Polarity(rows[0]["polarity"])
        ours = find_quartiles(present)
        ranks = find_ranks(values, polarity)
        for row, value, rank in zip(rows, values, ranks, strict=True):
            assert ours == edges(row), (name, row["la"])
            assert (str(rank) if rank else "") == row["rank"], (name, row["la"])
            band = None if value is None else find_band(value, ours, polarity)
            assert (band or "") == row["quartile_band"], (name, row["la"])


@pytest.mark.parametrize(
    ("values", "quartiles"),
    (
        ("5", "5 5 5 5 5"),
        ("1 2", "1 1.25 1.5 1.75 2"),
        ("4 1 3 2", "1 1.75 2.5 3.25 4"),
        ("0.1 0.2 0.3", "0.1 0.15 0.2 0.25 0.3"),
    ),
)
def test_quartiles_are_those_of_percentile_inc(values: str, quartiles: str) -> None:
    """Source: PERCENTILE.INC over the same cells, by its documented interpolation."""
    found = find_quartiles([Decimal(text) for text in values.split()])
    assert found == Quartiles(*(Decimal(text) for text in quartiles.split()))


def test_equal_figures_everywhere_are_the_lowest_quarter() -> None:
    same = find_quartiles([Decimal(5)] * 4)
    assert find_band(Decimal(5), same, Polarity.LOW) == "A"
    assert find_band(Decimal(5), same, Polarity.HIGH) == "D"


@pytest.mark.parametrize("polarity", (Polarity.RANGE, Polarity.INFO))
def test_where_no_direction_is_good_there_is_no_band(polarity: Polarity) -> None:
    assert find_band(Decimal(1), find_quartiles([Decimal(1), Decimal(2)]), polarity) is None


PEERS = st.lists(st.integers(-50, 50).map(Decimal), min_size=1, max_size=30)


@given(PEERS, st.data())
def test_a_swapped_polarity_mirrors_the_band(peers: list[Decimal], data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(peers))
    low = find_band(value, find_quartiles(peers), Polarity.LOW)
    high = find_band(value, find_quartiles(peers), Polarity.HIGH)
    assert low is not None
    assert high is not None
    assert "ABCD".index(low) + "ABCD".index(high) == 3


@given(PEERS, st.data(), st.decimals("0.01", 100, places=2))
def test_another_unit_changes_no_band(
    peers: list[Decimal], data: st.DataObject, unit: Decimal
) -> None:
    value = data.draw(st.sampled_from(peers))
    scaled = find_quartiles([peer * unit for peer in peers])
    for polarity in (Polarity.LOW, Polarity.HIGH):
        band = find_band(value, find_quartiles(peers), polarity)
        assert find_band(value * unit, scaled, polarity) == band
