"""The league as a page: complete, escaped, without script, and readable in a browser."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import sync_playwright

from perf_addin.adapters.tables.league_page import league_page
from perf_addin.application.batch.league import Across, League, Standing
from perf_addin.application.batch.records import DONE, FAILED, Counts, Record
from tests import judges

EVIL = "<script>alert(1)</script>\"'&\u202e.xlsx"


def record(key: str, state: str = DONE, counts: Counts | None = None, reason: str = "") -> Record:
    return Record(
        key, f"/in/{key}", state, period="Apr 2021", counts=counts or Counts(), reason=reason
    )


LEAGUE = League(
    (
        Standing(record("a b/x#1?.xlsx", counts=Counts(1, 2, 3, 4, 5, 6, 7, 8)), 1, Decimal(50)),
        Standing(record(EVIL), None, None),
        Standing(record("מדדים/א.xlsx"), None, None),
    ),
    (record("javascript:x.xlsx", FAILED, reason=f"It is {EVIL}."),),
    (Across("1", EVIL, 2, Counts(1, 0, 1, 0, 1)),),
    Counts(1, 2, 3, 4, 5, 6, 7, 8),
)


def page(most_rows: int = 100) -> str:
    return b"".join(league_page(LEAGUE, "/in/<b>", most_rows=most_rows)).decode()


def tables(text: str) -> list[list[list[str]]]:
    """The text of every cell, by table and row."""
    body = text.partition("</head>")[2].removesuffix("</html>\n").replace("&nbsp;", " ")
    return [
        [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        for table in ET.fromstring(body).iter("table")
    ]


def test_every_figure_is_on_it() -> None:
    failures, workbooks, indicators = tables(page())
    assert failures[1][0] == "javascript:x.xlsx"
    assert workbooks[0][:3] == ["Place", "Workbook", "Period"]
    assert workbooks[1] == [
        *("1", "a b/x#1?.xlsx", "Apr 2021", "1", "2", "3", "4", "", "50.0", "5", "6", "7")
    ]
    assert workbooks[2][0] == ""
    assert indicators[1][2:7] == ["2", "1", "0", "1", "0"]


def test_texts_of_others_are_texts() -> None:
    text = page()
    assert "<script" not in text
    assert "\u202e" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r"(?:src|@import|url\()", text)
    assert re.findall(r'href="([^"]*)"', text)[0] == "./a%20b/x%231%3F.xlsx"
    assert all(link.startswith("./") for link in re.findall(r'href="([^"]*)"', text))


def test_a_long_table_is_cut_and_says_so() -> None:
    text = page(most_rows=1)
    assert len(tables(text)[1]) == 2
    assert "2 more are in workbooks.csv." in text


def test_an_empty_league_is_a_page() -> None:
    text = b"".join(league_page(League((), (), (), Counts()), "/in")).decode()
    assert tables(text) == []


def test_nothing_is_cut_off_in_a_browser(tmp_path: Path) -> None:
    (tmp_path / "summary.html").write_text(page(), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=judges.chromium(), args=["--no-sandbox"]
        )
        shown = browser.new_page()
        shown.goto((tmp_path / "summary.html").as_uri())
        for width in (1280, 700, 400):
            shown.set_viewport_size({"width": width, "height": 800})
            beyond = shown.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert beyond <= 0, f"{beyond} pixels are cut off at {width}"
        assert shown.locator("th[scope=col]").count() == 2 + 12 + 9
        assert (
            shown.get_by_role("region", name="Workbooks", exact=True).get_by_role("table").count()
            == 1
        )
        browser.close()
