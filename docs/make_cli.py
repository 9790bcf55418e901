"""Write docs/cli.md from the command line's own parser; a test holds the two together."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from perf_addin.entry.commands import build_parser

HERE = Path(__file__).resolve().parent
_INTRO = """\
# Command line

Made from the program's own help by `docs/make_cli.py`.

The input is never changed unless you say `--in-place`. Without `-o`, `report` and `recalc` write
`NAME_rated.xlsx`, `init` writes `NAME_settings.xlsx` and `paper` writes `NAME_paper.docx` beside
the input. In a pipe, `report`, `recalc`, `init` and `paper` print only where the result is; `check`
prints its table without colours.

`recalc` takes several files, and patterns such as `*.xlsx`. What an earlier run wrote beside one of
them (`index_rated.xlsx` of `index.xlsx`) is passed over then, and standard error says so; named
alone, it is an input like any other.

The result is the same kind of file as the input: for an `.xlsx`, `-o` names an `.xlsx`. What
`paper` writes is a Word document (`.docx`).
"""


def page() -> str:
    """The whole page."""
    os.environ["COLUMNS"] = "88"  # what argparse wraps to, whatever the terminal
    parser = build_parser()
    parts = [_INTRO, _block("perf-addin", parser)]
    for name, command in _commands(parser).items():
        parts.append(_block(f"perf-addin {name}", command))
        for action, sub in _commands(command).items():
            parts.append(_block(f"perf-addin {name} {action}", sub))
    return "\n".join(parts)


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            found.update(action.choices)
    return found


def _block(title: str, parser: argparse.ArgumentParser) -> str:
    return f"## {title}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


if __name__ == "__main__":
    (HERE / "cli.md").write_text(page(), encoding="utf-8", newline="\n")
