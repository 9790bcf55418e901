"""The task pane in a real browser, from a real server; only Excel itself is a stand-in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from perf_addin.adapters.web.manifest import web_buttons
from tests import judges
from tests.adapters.live.test_live_workbook import SAMPLES, small_index
from tests.application.build import change
from tests.web.server import Server, served

STUB = Path(__file__).with_name("office_stub.js")
ARTEFACTS = Path(__file__).resolve().parents[2] / "demo"
SAMPLE = SAMPLES[1]
SHEETS = [sheet.title for sheet in load_workbook(SAMPLE).worksheets]
SERIOUS = {"serious", "critical"}

OpenPane = Callable[..., Page]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = judges.chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def pane(server: Server, browser: Browser) -> Iterator[OpenPane]:
    """Opens the pane in a window of its own; at the end nothing must have gone wrong in it."""
    opened: list[Page] = []
    wrong: list[str] = []

    def open_pane(
        file: Path = SAMPLE,
        *,
        width: int = 320,
        scheme: str = "light",
        row: int = 9,
        host: str = "Excel",
    ) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        opened.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if is_bad(said) else None)
        page.route("**/office.js", _stubbed)
        setup = {
            "file": base64.b64encode(file.read_bytes()).decode(),
            "name": "index.xlsx",
            "sheets": SHEETS,
            "activeSheet": SHEETS[0],
            "activeRow": row,
            "host": host,
        }
        page.add_init_script(f"window.excelSetup = {json.dumps(setup)}")
        page.goto(f"{server.address}/taskpane.html")
        expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
        expect(page.locator("#summary")).not_to_contain_text("Reading")
        return page

    yield open_pane
    for page in opened:
        page.close()
    assert not wrong


def is_bad(said: Any) -> bool:  # noqa: ANN401 - a message of the browser
    """Whether the browser complains, but for answers that a test asks for."""
    return said.type == "error" and "422" not in said.text


def _stubbed(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body=STUB.read_text(encoding="utf-8"))


def done(page: Page) -> list[list[Any]]:
    """What was done to Excel, in order."""
    found: list[list[Any]] = page.evaluate("() => window.excelDone")
    return found


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator("body")).to_have_attribute("aria-busy", "false")


def test_the_ratings_are_there_at_a_glance(pane: OpenPane) -> None:
    page = pane()
    expect(page.locator("#summary")).to_have_text(
        "24 indicators to Aug 2021: 3 red, 0 amber, 11 green, 10 not rated."
    )
    counts = [page.locator(f"[data-count='{name}']").inner_text() for name in "RAG"]
    assert counts == ["3", "0", "11"]
    cards = page.locator("#exceptions li")
    expect(cards).to_have_count(3)
    expect(cards.first).to_contain_text("2: % of Single Assessments")
    expect(cards.first).to_contain_text("missed by 12.2%")
    expect(cards.first).to_contain_text("The rate of assessments completed within 45 days")
    expect(
        page.locator("#findings li", has_text="yet better than the national average")
    ).to_have_count(2)


def test_findings_are_listed_with_the_way_to_their_cells(pane: OpenPane, tmp_path: Path) -> None:
    file = change(small_index(tmp_path / "small.xlsx"), "Index", {"F2": "G"})
    page = pane(file)
    mismatch = page.locator("#findings li", has_text="warning: Indicator 1: typed is G")
    expect(mismatch).to_have_count(1)
    page.get_by_role("button", name="Go to F2 on Index").click()
    page.wait_for_function("() => window.excelDone.some(([what]) => what.includes('F2'))")


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_everybody_can_use_it_at_320_pixels(scheme: str, pane: OpenPane) -> None:
    page = pane(scheme=scheme)
    press(page, "Recalculate")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.evaluate(judges.axe().read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run()")
    serious = [v["id"] for v in found["violations"] if v["impact"] in SERIOUS]
    assert not serious
    assert not [v["id"] for v in found["violations"]]
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"task-pane-{scheme}.png", full_page=True)
    page.screenshot(path=ARTEFACTS / f"task-pane-{scheme}-top.png")


TITLES = {
    "recalculate": "Ratings written",
    "report": "Exception report written",
    "check": "Checked",
    "explain": "Indicator 2",
    "settings": "Settings",
    "help": "Help",
    "paper": "Word paper written",
}


@pytest.mark.parametrize("button", web_buttons(), ids=lambda button: button.id.value)
def test_every_button_does_its_work_and_says_so(button: Any, pane: OpenPane) -> None:  # noqa: ANN401
    page = pane()
    press(page, button.label)
    expect(page.locator("#error")).to_be_hidden()
    expect(page.locator("#message-title")).to_have_text(TITLES[button.id.value])
    changed = [what for what, *_ in done(page) if what != "closeAsync"]
    assert bool(changed) is button.changes


def test_the_report_is_written_set_up_for_print_and_shown(pane: OpenPane) -> None:
    page = pane(width=400)
    press(page, "Exception report")
    found = done(page)
    assert ["worksheets.add()", "Exception Report"] in found
    assert ["sheet[Exception Report].pageLayout.orientation", "Portrait"] in found
    assert found[-1][0] != "worksheets.add()"
    values = [
        cell for what, *args in found if what.endswith(".values") for row in args[0] for cell in row
    ]
    assert "The following indicators are marked as amber or red." in values
    assert ["sheet[Exception Report].activate()"] in found
    page.screenshot(path=ARTEFACTS / "task-pane-report.png", full_page=True)


def test_the_paper_is_offered_as_a_file(pane: OpenPane, tmp_path: Path) -> None:
    page = pane()
    press(page, "Word paper")
    expect(page.locator("#message-text")).to_contain_text("To complete in Word")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save index_paper.docx").click()
    saved = tmp_path / "paper.docx"
    download.value.save_as(saved)
    text = "\n".join(cell.text for t in Document(str(saved)).tables for cell in t._cells)
    assert "% of Single Assessments authorised within 45 days" in text
    press(page, "Help")
    expect(page.locator("#message-file")).to_be_hidden()


def test_an_exception_leads_to_its_cell(pane: OpenPane) -> None:
    page = pane()
    page.locator("#exceptions").get_by_role("button", name="Go to Q9 on").click()
    page.wait_for_function("() => window.excelDone.some(([what]) => what.includes('select'))")
    assert [what for what, *_ in done(page)][-2:] == [
        "sheet[Performance Index].getRange()",
        "sheet[Performance Index].getRange(Q9).select()",
    ]


def test_another_period_can_be_chosen(pane: OpenPane) -> None:
    page = pane()
    page.get_by_label("Period", exact=True).select_option("May 2021")
    expect(page.locator("#summary")).to_contain_text("to May 2021")
    press(page, "Recalculate")
    expect(page.locator("#message-text")).to_contain_text("to May 2021")
    assert page.get_by_label("Period", exact=True).input_value() == "May 2021"


def test_what_goes_wrong_is_told_and_the_pane_stays_usable(pane: OpenPane, tmp_path: Path) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_bytes(b"Dear all")
    page = pane(letter)
    expect(page.get_by_role("alert")).to_contain_text("index.xlsx")
    expect(page.locator("#summary")).to_have_text("The ratings could not be read.")
    press(page, "Help")
    expect(page.locator("#error")).to_be_hidden()
    expect(page.locator("#message-title")).to_have_text("Help")


def test_no_indicator_in_the_selected_row_is_told(pane: OpenPane) -> None:
    page = pane(row=1)
    press(page, "Explain this rating")
    expect(page.get_by_role("alert")).to_contain_text("No indicator stands in row 1")
    page.screenshot(path=ARTEFACTS / "task-pane-error.png", full_page=True)


def test_a_button_of_the_ribbon_opens_the_pane_and_ends_its_event(pane: OpenPane) -> None:
    page = pane()
    names = page.evaluate("() => Object.keys(window.ribbonActions)")
    assert names == [f"perf-{button.id.value}" for button in web_buttons()]
    page.evaluate(
        "() => new Promise((ended) => window.ribbonActions['perf-recalculate']({completed: ended}))"
    )
    expect(page.locator("#message-title")).to_have_text("Ratings written")
    assert ["showAsTaskpane"] in done(page)


def test_the_keyboard_reaches_everything_in_order(pane: OpenPane) -> None:
    page = pane()
    reached = []
    for _ in range(2 + len(web_buttons())):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.innerText.trim()"))
    assert reached[2:] == [button.label for button in web_buttons()]
    page.keyboard.press("Enter")
    expect(page.locator("#message-title")).to_have_text("Help")


def test_outside_excel_it_says_so(pane: OpenPane) -> None:
    page = pane(host="")
    expect(page.locator("#summary")).to_have_text("Open this page in Excel, through the add-in.")


def test_the_functions_answer_as_excel_calls_them(pane: OpenPane) -> None:
    page = pane()

    def call(name: str, *arguments: object) -> object:
        return page.evaluate(
            "([name, args]) => window.customFunctions[name](...args, {address: 'Index!A1'})",
            [name, list(arguments)],
        )

    assert call("RAG", [[88]], [[91]], None, None, None) == [["A"]]
    assert call("RAG", [[88], [95]], [[91]], [["High"]], [["1%"]], None) == [["R"], ["G"]]
    missing = call("RAG", [["#N/A"]], [[91]], None, None, None)
    assert isinstance(missing, list)
    assert missing[0][0]["errorType"] == "NotAvailable"
