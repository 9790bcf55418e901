"""The documents are true: links lead somewhere, and commands are ones that the program knows."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from perf_addin.entry.commands import build_parser

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}
DOCUMENTS = sorted(
    REQUIRED | {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")}
)

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=indent)``` *$",
    re.MULTILINE | re.DOTALL,
)
CODE_SPAN = re.compile(r"`[^`\n]+`")
# [text](target "title"), <img src="target"> and the like, [label]: target
LINK = re.compile(
    r"\]\(\s*<?(?P<inline>[^)\s>]+)"
    r'|<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)="(?P<html>[^"]+)"'
    r"|^ {0,3}\[[^\]]+\]:\s*<?(?P<label>[^\s>]+)",
    re.MULTILINE,
)
HEADING = re.compile(r"^#{1,6} +(?P<text>.+?)[ #]*$", re.MULTILINE)
WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

SHELLS = {"console", "sh", "shell", "bash"}
# What ends a command within a line of shell.
SHELL_OPERATORS = {"|", "||", "&&", ";", ">", ">>", "<", "2>"}

UNWANTED = {
    "a path of somebody's machine": re.compile(
        rb"(?<![\w.:/-])/(?:work|root|home)/\w|\b[A-Za-z]:[\\/]+Users[\\/]+\w"
    ),
    "a package registry's host": re.compile(
        rb"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|npmjs\.com)\b"
    ),
}


def _text(document: str) -> str:
    path = ROOT / document
    assert path.is_file(), f"{document} is missing"
    return path.read_text(encoding="utf-8")


def _links(text: str) -> Iterator[str]:
    for match in LINK.finditer(CODE_SPAN.sub("", FENCE.sub("", text))):
        target = match["inline"] or match["html"] or match["label"]
        if not WITH_SCHEME.match(target):
            yield unquote(target)


def _anchors(text: str) -> set[str]:
    """The names by which headings can be linked to, as forges derive them."""
    headings = (match["text"].lower() for match in HEADING.finditer(FENCE.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}


def _problem(document: str, target: str) -> str | None:
    """Why a relative link leads nowhere; None where it leads somewhere."""
    name, _, anchor = target.partition("#")
    path = (ROOT / document).parent / name if name else ROOT / document
    if not path.exists():
        return f"{target}: no such file"
    if anchor and path.suffix == ".md" and anchor not in _anchors(path.read_text("utf-8")):
        return f"{target}: no such heading"
    return None


def _commands(text: str) -> Iterator[list[str]]:
    """The arguments of each `perf-addin` command in the text's blocks of shell."""
    for block in FENCE.finditer(text):
        if block["language"] in SHELLS:
            for line in block["code"].replace("\\\n", " ").splitlines():
                words = shlex.split(line.strip().removeprefix("$ "), comments=True)
                if words[:1] == ["perf-addin"]:
                    end = next(
                        (at for at, word in enumerate(words) if word in SHELL_OPERATORS), None
                    )
                    yield words[1:end]


def parser_objection(arguments: list[str]) -> str | None:
    """What the program says against a command; None where it knows it."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            build_parser().parse_args(arguments)
        except SystemExit as stop:
            if stop.code:
                return f"perf-addin {shlex.join(arguments)}: {said.getvalue().splitlines()[-1]}"
    return None


def _unwanted(content: bytes) -> list[str]:
    found = ((what, pattern.search(content)) for what, pattern in UNWANTED.items())
    return [f"{what}: {match[0]!r}" for what, match in found if match]


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file; of a workbook or another package, those of its parts."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            yield from (package.read(part) for part in package.namelist())
    else:
        yield path.read_bytes()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_relative_links_lead_somewhere(document: str) -> None:
    problems = filter(None, (_problem(document, target) for target in _links(_text(document))))
    assert "\n".join(problems) == ""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_are_ones_that_the_program_knows(document: str) -> None:
    objections = filter(None, map(parser_objection, _commands(_text(document))))
    assert "\n".join(objections) == ""


def test_readme_shows_a_command_and_a_link() -> None:
    text = _text("README.md")
    assert any(_commands(text)), "README.md shows no perf-addin command"
    assert any(_links(text)), "README.md links to nothing"


def test_no_file_names_a_machine_or_a_registry() -> None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    assert ROOT / "run.py" in paths
    problems = [
        f"{path.relative_to(ROOT).as_posix()} has {what}"
        for path in paths
        if path.is_file()
        for content in _contents(path)
        for what in _unwanted(content)
    ]
    assert not problems, "\n".join(problems)


# The checks above, on documents that are wrong.


def test_dead_links_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_docs.ROOT", tmp_path)
    (tmp_path / "a b.md").write_text("# What's new?\n", encoding="utf-8")
    text = """[good](a%20b.md#whats-new) [outside](https://example.org/x.md) `[code](absent)`
[gone](gone.md) ![picture](gone.png "A title") <img alt="" src="lost.png"> [head](a%20b.md#old)

[label]: missing.md
"""
    problems = [_problem("doc.md", target) for target in _links(text)]
    assert [problem for problem in problems if problem] == [
        "gone.md: no such file",
        "gone.png: no such file",
        "lost.png: no such file",
        "a b.md#old: no such heading",
        "missing.md: no such file",
    ]


def test_commands_are_found_and_unknown_ones_refused() -> None:
    text = """
```console
$ perf-addin --help | more
perf-addin no-such-command \\
    --twice  # twice
```
```python
perf-addin = 1
```
"""
    known, unknown = _commands(text)
    assert (known, unknown) == (["--help"], ["no-such-command", "--twice"])
    assert parser_objection(known) is None
    assert "no-such-command" in (parser_objection(unknown) or "")


@pytest.mark.parametrize(
    "content",
    (
        "in /{}/x".format("work"),
        "C:\\{}\\me".format("Users"),
        "at https://{}/x".format("pypi" + ".org"),
    ),
)
def test_unwanted_text_is_found(content: str) -> None:
    assert len(_unwanted(content.encode())) == 1
    assert not _unwanted(b"framework/x, ../work/x, C:\\Program Files, python.org")
