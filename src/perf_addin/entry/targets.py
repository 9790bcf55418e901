"""Where the result of each input goes, and which targets are refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_KINDS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam"})
_SUFFIX = {
    "recalc": "_rated",
    "report": "_rated",
    "init": "_settings",
    "check": "_checked",
    "addin": "_repaired",
    "commentary": "_merged",
    "benchmark": "_benchmarked",
    "trend": "_trend",
    "import": "_imported",
    "rollover": "_next_year",
}


# Commands that take several workbooks.
_SEVERAL = frozenset({"addin", "recalc"})


def matching(names: Sequence[str]) -> list[str]:
    """Names, with each pattern such as `*.xlsx` replaced by the files that it matches, in order.

    The shells of Windows leave that to programs. A name that is a file, and a pattern that matches
    none, stay as they are.
    """
    found: list[str] = []
    for name in names:
        matched: list[str] = []
        if ("*" in name or "?" in name) and not os.path.lexists(name):
            from glob import glob  # noqa: PLC0415 - few names are patterns

            # Excel's lock files are no workbooks.
            matched = sorted(path for path in glob(name) if not Path(path).name.startswith("~$"))  # noqa: PTH207 - keeps the spelling of the folder
        found += matched or [name]
    return found


def targets(options: argparse.Namespace) -> list[tuple[Path, Path]]:
    """Every input with where its result goes; a pattern in `options.files` becomes its files.

    Raises:
        UsageError: what was asked for would write over an input or over another result.
    """
    from perf_addin.domain.errors import UsageError  # noqa: PLC0415 - --help needs none of it

    if options.command in _SEVERAL:
        options.files = matching(options.files)
    pairs: list[tuple[Path, Path]] = []
    for text in options.files:
        if not Path(text).name:
            raise UsageError(f"found {text!r}, expected the name of a workbook.")
        file = Path(text)
        target = _target(options, file)
        if not options.in_place and are_one(file, target):
            message = f"-o {options.output} is the input itself. To write into it, use --in-place."
            raise UsageError(message)
        other = next((f for f, t in pairs if are_one(t, target)), None)
        if other is not None:
            message = f"{other} and {file} would both be written to {target}. Run them one by one."
            raise UsageError(message)
        pairs.append((file, target))
    inputs = [file for file, _ in pairs]
    for file, target in pairs:
        if file != target and any(are_one(target, other) for other in inputs):
            message = (
                f"{target} would be written over by the result of {file}, but is an input too. "
                "Leave it out, or write to a folder with -o."
            )
            raise UsageError(message)
    return pairs


def are_one(path: Path, other: Path) -> bool:
    """Whether two paths are one file, whether or not it is there yet."""
    if os.path.realpath(path) == os.path.realpath(other):
        return True
    try:
        return path.samefile(other)
    except OSError:
        return False


def _target(options: argparse.Namespace, file: Path) -> Path:
    """Where the result goes: the input itself, the path asked for, or a copy beside the input."""
    if options.in_place:
        return file
    name = f"{file.stem}{_SUFFIX[options.command]}{file.suffix}"
    if options.output is None:
        return file.with_name(name)
    output = Path(options.output)
    if os.path.isdir(output) or options.output.endswith(("/", "\\")):  # noqa: PTH112 - never raises
        return output / name
    if len(options.files) > 1:
        from perf_addin.domain.errors import UsageError  # noqa: PLC0415

        message = f"-o {options.output}: with several files, expected an existing folder."
        raise UsageError(message)
    _check_kind(file, output)
    return output


def _check_kind(file: Path, output: Path) -> None:
    """Refuse a result named as another kind of file than its input, which Excel would not open.

    Raises:
        UsageError: it is; the message says what to write instead.
    """
    from perf_addin.domain.errors import UsageError  # noqa: PLC0415 - --help needs none of it

    kind, asked = file.suffix.lower(), output.suffix.lower()
    if kind not in _KINDS or asked == kind:
        return
    stem = output.with_suffix("") if asked[1:].isalpha() else output
    instead = f"{stem}{file.suffix}"
    message = f"-o {output}: the result is a {kind} workbook, as {file} is. Write -o {instead}"
    raise UsageError(message)
