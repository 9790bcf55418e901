"""The blocks of a page of documentation, as those who run and check them need them.

CONTRIBUTING.md, "What pages show", has the conventions.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SHELLS = frozenset({"bash", "console", "sh", "shell"})

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w-]*)[ ]*(?P<info>[^\n]*)\n(?P<code>.*?)^(?P=indent)``` *$",
    re.MULTILINE | re.DOTALL,
)
_NOT_RUN = re.compile(r"not run: \S")
_FILE_NAME = re.compile(r"[\w.-]+\.\w+")
_SPAN = re.compile(r"(?<!`)`(?P<code>[^`]+)`(?!`)")
_GAP = "..."


class Block(NamedTuple):
    """A fenced block: its first word, the rest of that line, its text, and its line number."""

    language: str
    info: str
    code: str
    line_number: int
    prints: bool
    """It is what the block before it printed."""

    @property
    def is_run(self) -> bool:
        """Its commands can be run here."""
        return self.language in SHELLS and not _NOT_RUN.match(self.info)

    @property
    def is_excused(self) -> bool:
        """It says why it is not run."""
        return bool(_NOT_RUN.match(self.info))

    @property
    def file_name(self) -> str:
        """The file that it is the content of; empty where it is none."""
        named = self.language not in SHELLS and _FILE_NAME.fullmatch(self.info)
        return self.info if named else ""

    @property
    def typed_into(self) -> str:
        """The workbook into which a person types the lines; empty where nothing is typed."""
        return self.info.removeprefix("typed: ") if self.info.startswith("typed: ") else ""


class Line(NamedTuple):
    """A command, word by word, and the comment that stands behind it."""

    words: list[str]
    comment: str
    raw: str


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block, from the top."""
    end, shown = 0, False
    for match in _FENCE.finditer(text):
        between = text[end : match.start()].strip()
        one_paragraph = "\n\n" not in between
        follows = not between or (one_paragraph and bool(re.search(r"\bprints?\b", between)))
        language = match["language"]
        prints = shown and follows and language == "text" and not match["info"].strip()
        block = Block(
            language,
            match["info"].strip(),
            match["code"],
            text.count("\n", 0, match.start()) + 1,
            prints,
        )
        yield block
        end, shown = match.end(), block.is_run


def lines(code: str) -> Iterator[Line]:
    """The commands of a block of shell."""
    for raw in code.replace("\\\n", " ").splitlines():
        line = raw.strip().removeprefix("$ ")
        words = shlex.split(line, comments=True)
        if words:
            yield Line(words, _comment(line, words), line)


def _comment(line: str, words: list[str]) -> str:
    for match in re.finditer(r"\s#", line):
        try:
            if shlex.split(line[: match.start()]) == words:
                return line[match.end() :].strip()
        except ValueError:
            continue
    return ""


def spans(text: str) -> Iterator[str]:
    """What stands between backticks in running text and tables, on one line each."""
    for match in _SPAN.finditer(_FENCE.sub("", text)):
        yield " ".join(match["code"].split())


def difference(shown: str, printed: str) -> str | None:
    """Why a page does not show what was printed; None where it does.

    A line `...` stands for any lines, or none. How lines are broken and aligned is the page's own
    affair.
    """
    parts: list[list[str]] = [[]]
    for line in shown.splitlines():
        if line.strip() == _GAP:
            parts.append([])
        else:
            parts[-1].extend(line.split())
    wanted = "(?:.* )?".join("".join(f"{re.escape(word)} " for word in words) for words in parts)
    found = "".join(f"{word} " for word in printed.split())
    if re.fullmatch(wanted, found):
        return None
    return f"the page shows\n{shown}\nbut this was printed\n{printed}"
