"""The page in a real browser: read, filtered, printed; by everybody, with script and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import judges
from tests.adapters.scorecard.pages import every_kind, page_of

ARTEFACTS = Path(__file__).resolve().parents[3] / "demo"
SAMPLE = "performance_index_2021-22.xlsx"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
A4_LANDSCAPE = {"width": 1032, "height": 688}  # what the margins leave, in pixels of 1/96 inch
CLIPPED = """() => [...document.querySelectorAll('h1, h2, h3, p, li, dd, dt, th, td, .badge, .way')]
  .filter((e) => e.offsetParent !== null && !e.closest('.unseen') && !e.matches('.unseen'))
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map((e) => e.textContent.trim().slice(0, 60))"""

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = judges.chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def files(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of the sample, and one with an indicator of every kind and hostile texts."""
    folder = tmp_path_factory.mktemp("pages")
    sources = {"sample": root / "workbook" / SAMPLE, "every": every_kind(folder / "index.xlsx")}
    for name, source in sources.items():
        (folder / f"{name}.html").write_text(page_of(source), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in sources}


@pytest.fixture
def show(browser: Browser, files: dict[str, Path]) -> Iterator[OpenPage]:
    """Opens a page in a window of its own; at the end nothing went wrong, nothing was fetched."""
    opened: list[Page] = []
    wrong: list[str] = []

    def open_page(
        name: str = "sample", *, width: int = 1360, scheme: str = "light", script: bool = True
    ) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        opened.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(files[name].as_uri())
        assert asked == [files[name].as_uri()]
        return page

    yield open_page
    for page in opened:
        page.close()
    assert not wrong


def violations(page: Page) -> list[str]:
    """What axe-core finds, and what it could not decide; but not what it never decides.

    Which is the contrast of text in pictures and of arrows: `test_what_axe_cannot_see` looks at it.
    """
    page.evaluate(judges.axe().read_text(encoding="utf-8"))
    found = page.evaluate("(rules) => axe.run({runOnly: rules})", list(RULES))
    nodes = [(rule, n) for rule in found["incomplete"] for n in rule["nodes"]]
    undecided = [
        (rule, node)
        for rule, node in nodes
        if rule["id"] != "color-contrast"
        or not node["html"].startswith(("<text ", '<span aria-hidden="true" class="arrow"'))
    ]
    clear = [(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    return [f"{rule['id']}: {node['html']} {node['any']}" for rule, node in clear + undecided]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as a browser names them, by WCAG's formula."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def shown(page: Page) -> list[str]:
    """The numbers of the indicators that can be seen."""
    numbers = page.locator("tbody.indicator .facts .no")
    return [cell.inner_text() for cell in numbers.all() if cell.is_visible()]


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    (
        ("sample", 1360, "light"),
        ("sample", 320, "dark"),
        ("every", 1360, "dark"),
        ("every", 768, "light"),
        ("every", 320, "light"),
    ),
)
def test_everybody_can_use_it(name: str, width: int, scheme: str, show: OpenPage) -> None:
    page = show(name, width=width, scheme=scheme)
    page.locator("summary").first.click()
    assert violations(page) == []
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    if name == "sample":
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"scorecard-{width}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_what_axe_cannot_see(scheme: str, show: OpenPage) -> None:
    page = show("every", scheme=scheme)
    colour = "(e, name) => getComputedStyle(e)[name]"
    paper = page.locator("body").evaluate(colour, "backgroundColor")
    band = page.locator(".limits_marks path").first.evaluate(colour, "fill")
    parts = {
        ".chart text": ("fill", 4.5),
        ".way-worse .arrow": ("color", 4.5),
        ".way-better .arrow": ("color", 4.5),
        ".figures_marks path": ("stroke", 3),
        ".aim_marks line": ("stroke", 3),
        ".plain_marks path": ("fill", 3),
        ".improvement_marks path": ("fill", 3),
        ".concern_marks path": ("fill", 3),
        ".change_marks path": ("fill", 3),
        ".range_marks path": ("stroke", 3),
    }
    found = {
        part: page.locator(part).first.evaluate(colour, name, timeout=5000)
        for part, (name, _) in parts.items()
    }
    behind = [(part, paper) for part in parts] + [(".figures_marks path", band)]
    assert not [p for p, back in behind if contrast(found[p], back) < parts[p][1]]
    for mark, drawn in (("R", "--R"), ("A", "--A"), ("G", "--G")):
        letter = page.locator(f".mark-{mark} .letter").first
        ink, fill = (letter.evaluate(colour, name) for name in ("color", "backgroundColor"))
        assert contrast(ink, fill) >= 4.5, drawn


def test_texts_of_the_index_do_nothing(show: OpenPage) -> None:
    page = show("every")
    assert page.title().startswith("Scorecard: Index of </script>")
    expect(page.locator("#i1 .name")).to_contain_text("{{ 7 * 7 }} {% raw %}")


def test_it_is_filtered_by_rating_and_group(show: OpenPage) -> None:
    page = show()
    told = page.get_by_role("status")
    expect(told).to_have_text("24 of 24 indicators shown.")
    page.get_by_role("checkbox", name="Red").check()
    expect(told).to_have_text("3 of 24 indicators shown – Red.")
    assert shown(page) == ["2", "16", "22"]
    page.get_by_role("checkbox", name="Not reportable").check()
    page.get_by_label("Group").select_option("Placements and carers")
    expect(told).to_have_text(
        "3 of 24 indicators shown – Red, Not reportable – Placements and carers."
    )
    assert shown(page) == ["19", "20", "22"]
    expect(page.get_by_role("heading", name="Education", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Show all").click()
    expect(told).to_have_text("24 of 24 indicators shown.")
    assert len(shown(page)) == 24


def test_a_link_brings_back_what_was_filtered_away(show: OpenPage) -> None:
    page = show()
    page.get_by_role("checkbox", name="Green").check()
    expect(page.locator("#i16")).to_be_hidden()
    page.get_by_role("link", name="16: Average number").click()
    expect(page.locator("#i16")).to_be_in_viewport()


def test_the_keyboard_reaches_everything_in_order(show: OpenPage) -> None:
    page = show()
    reached = []
    for _ in range(15):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "() => (({tagName, textContent, value}) => tagName === 'INPUT' "
                "? value : textContent.trim())(document.activeElement)"
            )
        )
    assert reached[0] == "Skip to the indicators"
    assert [text.split(":")[0] for text in reached[1:4]] == ["2", "16", "22"]
    assert reached[4] == "How to read the ratings, bars and charts"
    assert reached[5:10] == ["R", "A", "G", "N", "U"]
    assert reached[11] == "Show all"
    assert reached[12] == "Figures by period for indicator 1"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="612").first).to_be_visible()


def test_without_script_everything_is_there_and_no_control_that_does_nothing(
    show: OpenPage,
) -> None:
    page = show(script=False)
    assert len(shown(page)) == 24
    expect(page.locator("#filter")).to_be_hidden()
    page.locator("summary").first.click()
    expect(page.get_by_role("cell", name="612").first).to_be_visible()


def test_a_table_stays_a_table_on_a_phone(show: OpenPage) -> None:
    page = show(width=320)
    table = page.get_by_role("table", name="Assessments")
    expect(table.get_by_role("columnheader", name="Rating")).to_have_count(1)
    expect(table.get_by_role("rowheader", name="% of Single Assessments")).to_have_count(1)
    expect(table.get_by_role("cell", name="83.4% Aug 2021")).to_have_count(1)
    targets = page.locator("a, button, select, summary, input").all()
    small = [
        box
        for target in targets
        if target.is_visible() and (box := target.bounding_box()) and box["height"] < 24
    ]
    assert small == []


@pytest.mark.parametrize("width", (1200, 1220))
def test_names_have_room_where_the_table_gives_way_to_cards(width: int, show: OpenPage) -> None:
    page = show("every", width=width)
    box = page.locator("#i1 .name").bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("name", ("sample", "every"))
def test_nothing_is_clipped_on_paper(name: str, show: OpenPage) -> None:
    page = show(name, scheme="dark")
    page.set_viewport_size(A4_LANDSCAPE)  # type: ignore[arg-type]
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= A4_LANDSCAPE["width"]
    expect(page.locator("#filter")).to_be_hidden()
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"


def test_a_page_that_was_filtered_says_so_on_paper(show: OpenPage) -> None:
    page = show()
    page.emulate_media(media="print")
    expect(page.get_by_role("status")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("checkbox", name="Red").check()
    page.emulate_media(media="print")
    expect(page.get_by_role("status")).to_be_visible()
