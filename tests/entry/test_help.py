"""The help of every command, and that docs say of the codes what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from perf_addin.entry.commands import COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    shown, said = capsys.readouterr()
    assert shown.startswith(f"usage: perf-addin {command} ")
    assert "exit codes:" in shown
    assert said == ""


def test_the_help_lists_every_command_and_every_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert re.findall(r"^    (\w+)(?: |$)", shown, re.MULTILINE) == list(COMMANDS)
    assert re.findall(r"^  (\d)  ", shown, re.MULTILINE) == ["0", "1", "2", "3", "4"]


def test_the_page_of_the_command_line_has_every_command(root: Path) -> None:
    page = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^## perf-addin (\w+)$", page, re.MULTILINE) == list(COMMANDS)
