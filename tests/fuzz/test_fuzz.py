"""Every target with the kept corpus, and with what Hypothesis makes of it in a bounded time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")
KEPT = {name: sorted((CORPUS / name).iterdir()) for name in TARGETS}
EXAMPLES = {
    "package": 120,
    "sheet": 120,
    "headings": 60,
    "texts": 400,
    "calls": 100,
    "formula": 200,
}
# Pieces that get far: what these inputs are made of.
PIECES = st.sampled_from(
    (
        *(b"<c", b' r="A1"', b"</c>", b"<row", b"</row>", b"<v>", b"<!--", b"-->", b"<![CDATA["),
        *(b'"', b"'", b"&#0;", b"&amp;", b"\xff", b"\x00", b"PK\x05\x06", b"PK\x01\x02", b"\t"),
        *(b"1e9", b"-", b"%", b"pp", b"2021/22", b"Q1", b"Apr 21", b"above", b"<=", b"10-20"),
        *(b"(", b")", b"{", b"}", b",", b"!", b"$A$1", b"#REF!", b"[1]", b"Table1[[#This Row]]"),
    )
)


@st.composite
def changed(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """An input of the corpus with some of it cut out, repeated, or replaced."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        piece = draw(PIECES | st.binary(max_size=6) | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data


def test_the_corpus_has_inputs_for_every_target() -> None:
    assert all(KEPT.values())


@pytest.mark.parametrize(
    ("target", "kept"), [(name, path) for name, paths in KEPT.items() for path in paths]
)
def test_what_was_found_earlier_stays_mended(target: str, kept: Path) -> None:
    TARGETS[target](kept.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_breaks_it(target: str) -> None:
    seeds = [path.read_bytes() for path in KEPT[target]]

    @settings(max_examples=EXAMPLES[target], deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=changed(seeds))
    def run(data: bytes) -> None:
        TARGETS[target](data)

    run()
