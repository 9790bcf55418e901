"""The page as a text: self-contained, the same every time, with nothing in it but ours."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from perf_addin.adapters.scorecard.rendering import render, render_plain
from tests.adapters.scorecard.pages import BRACES, HOSTILE, Outline, every_kind, page_of
from tests.application.scorecard.cards import card

SAMPLES = ("performance_index_2018-19.xlsx", "performance_index_2021-22.xlsx")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of an index with an indicator of every kind."""
    return page_of(every_kind(tmp_path_factory.mktemp("page") / "index.xlsx"))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_index_gives_the_same_bytes(root: Path, name: str) -> None:
    file = root / "workbook" / name
    assert render(card(file)) == render(card(file))


def test_text_of_the_index_is_text(page: str) -> None:
    outline = Outline(page)
    assert f"Index of {HOSTILE}" in outline.text
    assert f"Visits {BRACES}" in outline.text
    assert len(outline.all("script")) == 1
    assert len(outline.all("style")) == 1
    assert not outline.all("img")
    assert not [a for _, attributes in outline.elements for a in attributes if a.startswith("on")]


def test_nothing_is_fetched_and_only_our_own_code_may_run(page: str) -> None:
    outline = Outline(page)
    assert not [
        attributes
        for _, attributes in outline.elements
        if attributes.keys() & {"src", "srcset", "data", "style", "action"}
    ]
    assert {tag for tag, attributes in outline.elements if "href" in attributes} == {"a"}
    assert all((a["href"] or "").startswith("#") for a in outline.all("a"))
    policy = outline.all("meta")[1]["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (code,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert "url(" not in code
        assert "@import" not in code


def test_every_link_and_label_leads_somewhere_and_every_name_is_one_thing_s(page: str) -> None:
    outline = Outline(page)
    names = [a["id"] for _, a in outline.elements if "id" in a]
    assert len(names) == len(set(names))
    wanted = {(a["href"] or "")[1:] for a in outline.all("a")}
    wanted |= {a["aria-labelledby"] or "" for _, a in outline.elements if "aria-labelledby" in a}
    assert wanted <= set(names)


def test_every_picture_is_told_in_words(page: str) -> None:
    pictures = Outline(page).all("svg")
    assert len(pictures) == 9
    assert all(picture["role"] == "img" for picture in pictures)
    told = [picture["aria-label"] or "" for picture in pictures]
    assert told[0] == (
        "75% is below the acceptable range of 80% to 95%, by 5 points; the target is 90%"
    )
    assert told[1].startswith("8 figures, from 88% in Apr 2021 to 75% in Nov 2021; lowest 75%")


def test_a_rating_is_letter_and_word(page: str) -> None:
    text = " ".join(Outline(page).text.split())
    for shown in ("R Red", "A Amber", "G Green", "– Not rated", "? Not reportable"):
        assert shown in text
    assert "c Not published" in text


def test_a_figure_that_is_not_published_is_nowhere(page: str) -> None:
    table = page[page.index('id="i2"') : page.index('id="i3"')]
    assert ">c</span>" in table
    assert not re.search(r">[34]<|[ ,;][34] in |[34]\.", Outline(table).text)
    label = re.findall(r'aria-label="([^"]*)"', table)
    assert "lowest 8 in Sep 2021" in label[0]


def test_colours_of_ratings_are_those_of_the_sheets(page: str) -> None:
    assert "--R-fill: #B3111F" in page
    assert "--A-ink: #1A1A18" in page


def test_a_word_processor_gets_the_same_without_code(tmp_path: Path) -> None:
    scorecard = card(every_kind(tmp_path / "index.xlsx"))
    outline = Outline(render_plain(scorecard).decode())
    assert not outline.all("script")
    assert f"Visits {BRACES}" in outline.text
    images = outline.all("img")
    assert len(images) == 9
    assert all(
        (image["src"] or "").startswith("data:image/svg+xml;base64,") and image["alt"]
        for image in images
    )
    drawn = base64.b64decode((images[0]["src"] or "").partition(",")[2]).decode()
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" class="chart"')
