"""Commentary held against the figures of an index and against what was said before."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.application.check import check
from perf_addin.application.settings import Settings
from perf_addin.domain.findings import Finding
from tests.application.build import change, index, opened, reported

HEADER = (
    *("No", "Indicator", "Polarity", "Target", "England", "May 2020", "Apr 2021", "May 2021"),
    *("RAG", "Commentary", "Highlight commentary"),
)


def checked(
    path: Path, commentary: str | None, *, may: float = 80, below: str | None = None
) -> list[Finding]:
    """The findings about an indicator at 80 (before: 85, last year: 84), against a target of 95."""
    row = ("1", "Visits in time, %", "High", 95, 82, 84, 85, may, None, commentary, below)
    return findings(index(path / "index.xlsx", HEADER, row))


def findings(path: Path) -> list[Finding]:
    return [
        found
        for found in check(opened(path), Settings()).findings
        if found.code.startswith(("commentary-", "nothing-", "personal-"))
    ]


@pytest.mark.parametrize(
    ("commentary", "code"),
    (
        (None, "commentary-missing"),
        ("Performance has improved.", "commentary-contradicted"),
        ("The rate has risen.", "commentary-contradicted"),
        ("We are at 79% now.", "commentary-quotes-unknown"),
        ("See commentary below.", "nothing-below"),
        ("Many words. " * 300, "commentary-too-long"),
        ("Case 4512873 skews it.", "personal-data"),
        ("It has fallen to 80% from 85%; England is at 82%.", None),
        ("Performance has worsened.", None),
    ),
)
def test_each_check_by_itself(commentary: str | None, code: str | None, tmp_path: Path) -> None:
    found = checked(tmp_path, commentary)
    assert [finding.code for finding in found] == ([code] if code else [])
    for finding in found:
        assert finding.severity.value == "warning"
        assert (finding.sheet, finding.cell) == ("Index", "J2")
        assert finding.message.startswith("Indicator 1: ")


def test_a_claim_is_borne_out_by_either_earlier_figure(tmp_path: Path) -> None:
    assert not checked(tmp_path, "Performance has improved.", may=84.5)
    (found,) = checked(tmp_path, "Performance has improved.")
    assert "has improved, but the figure for May 2021 does not show it" in found.message
    assert "against 85% in Apr 2021 and 84% in May 2020" in found.message


def test_a_green_indicator_needs_no_commentary(tmp_path: Path) -> None:
    assert not checked(tmp_path, None, may=96)


def test_see_below_with_a_text_below_is_fine(tmp_path: Path) -> None:
    assert not checked(tmp_path, "See commentary below.", below="We appointed one carer.")


def test_personal_data_in_the_text_below_is_found_too(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, "Fine.", below="Tom Okafor (14) moved.")
    assert found.code == "personal-data"


def test_what_people_typed_into_the_report_counts_first(tmp_path: Path) -> None:
    path = tmp_path / "index.xlsx"
    row = ("1", "Visits in time, %", "High", 95, 82, 84, 85, 80, None, "Fine.", None)
    reported(index(path, HEADER, row), path)
    change(path, "Exception Report", {"D6": "Performance has improved."})
    (found,) = findings(path)
    assert (found.code, found.sheet, found.cell) == (
        "commentary-contradicted",
        "Exception Report",
        "D6",
    )


def test_last_months_text_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "index.xlsx"
    header = (*HEADER[:8], "Jun 2021", *HEADER[8:])
    row = ("1", "Visits in time, %", "High", 95, 82, 84, 85, 80, None, None, "Staff left.", None)
    reported(index(path, header, row), path)
    change(path, "Exception Report", {"D6": "Staff shortages."})
    change(path, "Index", {"I2": 78, "K2": "Staff  shortages."})
    (found,) = findings(path)
    assert found.code == "commentary-unchanged"
    assert "word for word that of May 2021" in found.message
    change(path, "Index", {"K2": "New staff have begun."})
    assert not findings(path)


def test_a_name_of_two_lines_is_told_on_one(tmp_path: Path) -> None:
    row = (None, "Visits\nin time, %", "High", 95, 82, 84, 85, 80, None, None, None)
    (found,) = findings(index(tmp_path / "index.xlsx", HEADER, row))
    assert found.message.startswith("Indicator Visits in time, %: it is R and has no commentary.")
