"""Formulas and ratings that the documents show with their results: each is reckoned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from perf_addin.adapters.formula_engine.engine import Formualizer
from perf_addin.application.evaluate import Evaluator
from perf_addin.application.functions import FUNCTIONS, Defaults
from perf_addin.application.functions.declaration import typed
from perf_addin.domain.rating import Rating
from perf_addin.entry.evaluate import shown
from tests.doc_pages import ROOT, spans
from tests.domain.entries import Row, rated

RATING = ROOT / "docs" / "rating.md"
PAGES = sorted((ROOT / "docs").glob("*.md"), key=lambda path: path.name)

_IN_A_TABLE = re.compile(r"^\| `=(?P<formula>[^`]+)` \| (?P<answer>.+) \|$", re.MULTILINE)
_IN_A_SENTENCE = re.compile(r"`=(?P<formula>[^`]+)` (?:gives|is|shows) `?(?P<answer>[^\s`,.:;]+)")
_SIGNATURE = re.compile(r"(?P<name>[A-Z]+)\((?P<arguments>[a-z_\[\]]+(?:, [a-z_\[\]]+)*)\)")
_OF_SENTENCE = re.compile(r"(?:\w+|Not rated): (?P<actual>\S+)")


def _shown_results() -> Iterator[tuple[str, str, str]]:
    """Every formula with constants only, and what its page says it gives."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for match in (*_IN_A_TABLE.finditer(text), *_IN_A_SENTENCE.finditer(text)):
            outside = re.sub(r'"[^"]*"', "", match["formula"])
            if not re.search(r"[a-z]|\b[A-Z]{1,3}\d", outside):
                answer = re.sub(r"\\([*|])", r"\1", match["answer"].strip("`"))
                yield path.name, match["formula"].replace(r"\|", "|"), answer


RESULTS = tuple(_shown_results())


@pytest.mark.parametrize(("page", "formula", "answer"), RESULTS)
def test_every_formula_gives_what_its_page_says(page: str, formula: str, answer: str) -> None:
    found = Evaluator(None, Formualizer, Defaults()).evaluate(formula)
    assert (typed(found) if isinstance(found, list) else shown(found)) == answer, page


def test_formulas_with_results_are_found() -> None:
    pages = {page for page, _, _ in RESULTS}
    assert pages >= {"functions.md"}
    assert len(RESULTS) > 40


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_signature_is_the_declared_one(page: Path) -> None:
    declared = {function.name: function.signature for function in FUNCTIONS}
    for span in spans(page.read_text(encoding="utf-8")):
        match = _SIGNATURE.fullmatch(span.removeprefix("="))
        if match and match["name"] in declared:
            assert match[0] == declared[match["name"]]


# The tables of docs/rating.md. Where a case cannot be told from its row, it stands here.
SENTENCES = {
    "High, 5%": Row("85%", "91%", "High", "5%"),
    "High, 5pp": Row("85%", "91%", "High", "5pp"),
    "Low, 2": Row("26 weeks", "24 weeks", "Low", "2"),
    "green 5%, amber 10%": Row("96", "100", "High", "10%", "5%"),
    "thresholds 90 and 80": Row("85", green="90", amber="80", polarity="High"),
    "range 12 to 20, margin 2": Row("23", polarity="Range", lower="12", upper="20", margin="2"),
    "binary": Row("90.99%", "91%", "High", rule="binary"),
    "direction": Row(
        "85%", "91%", "High", rule="direction", earlier="80%", earlier_label="Q1 2021/22"
    ),
    "Low, 10%, target 0": Row("3", "0", "Low", "10%"),
    "Fewer than 85, 5%": Row("85", "Fewer than 85", tolerance="5%"),
    "green 10%, amber 5%": Row("85", "91", "High", "5%", "10%"),
    "nothing stated": Row("85%", "91%"),
    "contradiction": Row("84", "Fewer than 85", "High", "5%"),
    "a symbol": Row("x", "91", "High", "5%"),
    "Info": Row("85", "91", "Info", "5%"),
}


def _table(heading: str) -> dict[str, list[str]]:
    """The rows of the first table below a heading, by their first cell."""
    below = RATING.read_text(encoding="utf-8").partition(f"# {heading}\n")[2]
    rows = re.findall(r"^\| (.+) \|$", below.partition("\n#")[0], re.MULTILINE)
    found: dict[str, list[str]] = {}
    for row in rows[1:]:
        first, *rest = row.split(" | ")
        found.setdefault(first, []).append(rest[0])
    return found


def test_the_sentences_are_those_of_the_rules() -> None:
    said = {name: told for name, (told, *_) in _table("Sentences").items()}
    assert said == {name: rated(row).reason for name, row in SENTENCES.items()}


def test_amber_thresholds_are_as_the_table_says() -> None:
    for first, sentences in _table("With an amber threshold").items():
        target, threshold = first.rsplit(", ", 1)
        for sentence in sentences:
            match = _OF_SENTENCE.match(sentence)
            actual = match["actual"] if match and match["actual"][0].isdigit() else "84"
            assert rated(Row(actual, target, amber=threshold)).reason == sentence


def test_tolerances_are_read_as_the_table_says() -> None:
    rows = re.findall(r"^\| `(\S+)`.* \| (missed .+) \|$", RATING.read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 3
    for tolerance, outcome in rows:
        reason = rated(Row("85%", "91%", "High", tolerance)).reason
        assert reason.partition("(High): ")[2] == outcome


def _judged(actual: float, target: str) -> Rating:
    return rated(Row(f"{actual:g}", target, tolerance="0", rule="binary"))


def test_targets_in_words_are_compared_as_the_table_says() -> None:
    rows = _table("Targets in words")
    assert len(rows) > 4
    for first, (meaning, *_) in rows.items():
        for target in first.split(", "):
            numbers = [float(number) for number in re.findall(r"\d+", target)]
            if meaning == "not rated":
                assert _judged(1, target).letter is None
            elif meaning.startswith("a range"):
                rows_of_edges = (Row(f"{number:g}", target, "Range") for number in numbers)
                assert [rated(row).letter for row in rows_of_edges] == ["G", "G"]
            else:
                edge, better = numbers[0], -1 if meaning.startswith("lower") else 1
                inclusive = "does not meet it" not in meaning
                assert (_judged(edge, target).letter == "G") == inclusive
                assert _judged(edge + better, target).letter == "G"
                assert _judged(edge - better, target).letter == "R"
