"""Write docs/functions.md from the functions' declarations; a test holds the two together."""

from __future__ import annotations

from pathlib import Path

from perf_addin.application.functions import FUNCTIONS, Argument, Value, WorksheetFunction
from perf_addin.application.functions.declaration import BLANKS, EXACT, SCALES, SPILLS, typed

HERE = Path(__file__).resolve().parent
_INTRO = """\
# Worksheet functions

Made from the functions' own declarations by `docs/make_functions.py`. Every example is tested.
How ratings are made, and how targets and tolerances may be written, is in
[How ratings are made](rating.md).
"""
_SHARED = (BLANKS, SCALES, EXACT, SPILLS)


def page() -> str:
    """The whole page."""
    parts = [
        _INTRO,
        _overview(),
        "## What holds for them\n",
        *(f"{_cell(text)}\n" for text in _SHARED),
    ]
    return "\n".join([*parts, *map(_section, FUNCTIONS)])


def _overview() -> str:
    rows = [
        f"| [{function.name}](#{function.name.lower()}) | {function.category} "
        f"| {_cell(function.summary)} |"
        for function in FUNCTIONS
    ]
    return "\n".join(["| Function | Category | Gives |", "|---|---|---|", *rows]) + "\n"


def _section(function: WorksheetFunction) -> str:
    paragraphs = [text for text in function.help.split("\n\n") if text not in _SHARED]
    arguments = [_argument(argument) for argument in function.arguments]
    examples = [
        f"| `={example.formula(function.name)}` | {_answer(example.answer)} |"
        for example in function.examples
    ]
    return "\n".join(
        [
            f"## {function.name}\n",
            f"`={function.signature}`\n",
            f"{function.summary}\n",
            *["| Argument | What it is | Left out |", "|---|---|---|", *arguments, ""],
            *[f"{_cell(text)}\n" for text in paragraphs],
            *["| Example | Gives |", "|---|---|", *examples, ""],
        ]
    )


def _argument(argument: Argument) -> str:
    left_out = _cell(argument.default) or "not allowed"
    return f"| {argument.name} | {_cell(argument.help)} | {left_out} |"


def _answer(answer: Value) -> str:
    return f"`{typed(answer)}`" if isinstance(answer, list) else _cell(str(answer))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")


if __name__ == "__main__":
    (HERE / "functions.md").write_text(page(), encoding="utf-8", newline="\n")
