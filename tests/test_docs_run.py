"""What the documents show is so: their commands are run, and what they print is compared.

`tests/doc_pages.py` reads a page, `tests/doc_runs.py` runs it; CONTRIBUTING.md has the conventions.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.doc_pages import ROOT, SHELLS, blocks, difference, lines, spans
from tests.doc_runs import PageError, run_page
from tests.test_docs import parser_objection

PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").glob("*.md")),
    )
}
WITH_COMMANDS = [
    page for page, text in PAGES.items() if any(block.language in SHELLS for block in blocks(text))
]
MOST_BYTES = 150_000
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
README = PAGES["README.md"]
GUIDE = ("docs/first-rating.md", "docs/monthly-cycle.md", "docs/for-it.md")


@pytest.fixture(autouse=True)
def _terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_every_command_does_what_its_page_says(page: str, tmp_path: Path) -> None:
    text = PAGES[page]
    wanted = sum(len(list(lines(block.code))) for block in blocks(text) if block.is_run)
    assert run_page(text, tmp_path) == wanted


@pytest.mark.parametrize("page", GUIDE)
def test_no_block_of_the_guide_goes_unheld(page: str) -> None:
    """Each one is run, compared, supplied as a file or typed, or says why not."""
    unheld = [
        f"line {block.line_number}: a block of {block.language or 'nothing'}"
        for block in blocks(PAGES[page])
        if not (block.is_run or block.prints or block.file_name or block.typed_into)
        and not block.is_excused
    ]
    assert unheld == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_within_sentences_of_the_guide_are_known(page: str) -> None:
    commands = [span.split() for span in spans(PAGES[page]) if span.startswith("perf-addin ")]
    said = filter(None, (parser_objection(words[1:]) for words in commands if words[-1] != "..."))
    # The name of a command alone is no whole command.
    assert [each for each in said if "arguments are required" not in each] == []


def test_every_page_is_in_the_readme() -> None:
    assert [page for page in PAGES if page != "README.md" and f"]({page})" not in README] == []
    assert len(README.splitlines()) < 130


def test_the_readme_begins_with_all_that_one_needs() -> None:
    first = README.partition("\n## ")[0]
    for wanted in ("python run.py demo", "python run.py test", "perf-addin report", "`=RAG(", "!["):
        assert wanted in first
    assert all(f"]({page})" in first for page in GUIDE)


def test_the_json_object_is_the_one_that_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = next(blocks(PAGES["docs/json.md"]))
    told = json.loads(page.code)
    index = ROOT / "workbook" / "performance_index_2021-22.xlsx"
    assert main(["report", str(index), "--json", "-o", str(tmp_path / told["output"])]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(told) == list(printed)
    assert (told["exceptions"], told["unreportable"]) == (
        printed["exceptions"],
        printed["unreportable"],
    )
    told, printed = told["indicators"][0], printed["indicators"][1]
    assert list(told) == list(printed)
    assert told == {**printed, "commentary": "..."}


def test_pictures_are_light_and_told_in_words() -> None:
    heavy = {
        path.name: path.stat().st_size
        for path in (ROOT / "docs" / "images").iterdir()
        if path.stat().st_size > MOST_BYTES
    }
    assert heavy == {}
    for page, text in PAGES.items():
        for told, target in PICTURE.findall(text):
            assert len(told.split()) > 3, f"{page}: {target} needs an alternative text"


# The checks above, on pages that are wrong.


@pytest.mark.parametrize(
    ("page", "problem"),
    (
        ("```sh\nperf-addin check index.xlsx  # exit code 1\n```\n", "exit code 0"),
        ("```sh\nperf-addin check no.xlsx\n```\n", "exit code 3"),
        ("```sh\nperf-addin check index.xlsx  # writes checked.xlsx\n```\n", "no checked.xlsx"),
        ("```sh\npip install perf-addin\n```\n", "not run: REASON"),
        ("```sh\nperf-addin eval 'RAG(88, 91)'  # G\n```\n", "it gives A"),
        ("```sh\nperf-addin eval 'RAG(88, 91)'\n```\n\n```text\nG\n```\n", "printed\nA"),
        ("```sh\nperf-addin eval 'RAG(88, 91)'\n```\n\nprints\n\n```text\nG\n```\n", "printed\nA"),
        ("```text typed: index.xlsx\nno cell\n```\n", "SHEET!CELL"),
    ),
)
def test_a_page_that_is_wrong_is_found(page: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(PageError) as raised:
        run_page(page, tmp_path)
    assert problem in str(raised.value)


def test_a_page_is_run_from_the_top(tmp_path: Path) -> None:
    page = """
```csv new.csv
No,Period,Value
1,Sep 2021,566
```

```sh
perf-addin import index.xlsx new.csv \\
    -o next.xlsx                            # writes next.xlsx
cp next.xlsx kept.xlsx
perf-addin init n*t.xlsx                    # writes next_settings.xlsx
```

```text typed: next_settings.xlsx
Settings!B6: 15%
```

```console
$ perf-addin explain next_settings.xlsx 2   # why
```

That prints:

```text
Indicator 2: % of Single Assessments authorised within
45 days

...
Amber allows 15% of 95 = 14.25 points, so down to 80.75%.
...
```

```text
RAG(1, 2)
```

```sh not run: Windows
py -m venv C:\\perf
```
"""
    assert run_page(page, tmp_path) == 4
    assert [block.prints for block in blocks(page)] == [False] * 4 + [True] + [False] * 2
    assert (tmp_path / "kept.xlsx").read_bytes() == (tmp_path / "next.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    (
        ("a b\nc", "a b\nc\n", True),
        ("a b c", "a\n  b c", True),
        ("a\n...\nc", "a\nb\nb\nc", True),
        ("a\n...\nc", "a\nc", True),
        ("...\nc", "bc", False),
        ("a\n...", "ab", False),
        ("a", "a\nb", False),
        ("", "a", False),
        ("a...", "ab", False),
    ),
)
def test_an_output_may_be_abridged_by_whole_lines(shown: str, printed: str, *, same: bool) -> None:
    assert (difference(shown, printed) is None) is same
