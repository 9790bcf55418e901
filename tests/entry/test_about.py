"""What is installed is told, and shells complete what there is."""

from __future__ import annotations

import builtins
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from perf_addin import __version__
from perf_addin.entry.cli import main
from perf_addin.entry.commands import COMMANDS
from perf_addin.entry.completion_options import SHELLS


def test_verbose_says_each_library_with_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version", "--verbose"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"perf-addin {__version__}\nPython 3.")
    for name in ("formualizer", "docxtpl", "xlwings"):
        assert f"  {name} {metadata.version(name)}\n" in told
    extras = re.findall(r"^\[(\w+)\]:", told, re.MULTILINE)
    assert {"excel", "web", "addin", "paper", "completion"} <= set(extras)
    assert not {"dev", "build"} & set(extras)


def test_verbose_says_how_to_install_what_is_lacking(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = metadata.version

    def without(name: str) -> str:
        if name == "docxtpl":
            raise metadata.PackageNotFoundError
        return version(name)

    monkeypatch.setattr(metadata, "version", without)
    assert main(["--verbose", "--version"]) == 0
    told = capsys.readouterr().out
    assert '[paper]: not all of it is installed; pip install "perf-addin[paper]"' in told
    assert "  docxtpl -\n" in told


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_each_shell_names_every_command(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(command in script for command in COMMANDS)
    assert "--overwrite-typed" in script or "overwrite-typed" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_commands_and_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "completion.sh"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    ask = (
        f"source {script}; "
        "function=$(complete -p perf-addin | sed 's/.*-F \\([^ ]*\\).*/\\1/'); "
        'tried() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); '
        '$function perf-addin "${@: -1}"; echo "${COMPREPLY[@]}"; }; '
        "tried perf-addin rec; tried perf-addin report --tol"
    )
    bash = shutil.which("bash") or "bash"
    done = subprocess.run([bash, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["recalc", "--tolerance"], done.stderr


def test_without_the_library_it_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == "shtab":
            raise ImportError(name)
        return imported(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    assert main(["completion", "bash"]) == 2
    assert 'pip install "perf-addin[completion]"' in capsys.readouterr().err
