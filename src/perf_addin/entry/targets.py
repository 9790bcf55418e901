"""Where the result of each input goes, and which targets are refused.

Paths are texts here, spelt as pathlib spells them: to import it takes longer than to rate a small
index.
"""

from __future__ import annotations

import os
import sys

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

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
            found_files = glob(name)
            matched = sorted(
                path for path in found_files if not os.path.basename(path).startswith("~$")
            )
        found += matched or [name]
    return found


def targets(options: argparse.Namespace) -> list[tuple[Path, Path]]:
    """Every input with where its result goes; see `target_names`."""
    from pathlib import Path  # noqa: PLC0415 - not for the plainest runs

    return [(Path(file), Path(target)) for file, target in target_names(options)]


def target_names(options: argparse.Namespace) -> list[tuple[str, str]]:
    """Every input with where its result goes; a pattern in `options.files` becomes its files.

    Of several inputs, one that an earlier run made of another (`index_rated.xlsx` of `index.xlsx`)
    is passed over, and standard error says so; one that is named alone is an input like any other.

    Raises:
        UsageError: what was asked for would write over an input or over another result.
    """
    from perf_addin.domain.errors import UsageError  # noqa: PLC0415 - --help needs none of it

    if options.command in _SEVERAL:
        options.files = matching(options.files)
    pairs: list[tuple[str, str]] = []
    files = [_spelt(text) for text in options.files]
    for text, file in zip(options.files, files, strict=True):
        if not _name(file):
            raise UsageError(f"found {text!r}, expected the name of a workbook.")
    if len(files) > 1 and not options.in_place:
        files = _without_results(files, _SUFFIX[options.command])
    for file in files:
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
        if file != target and any(are_one(target, other) for other in inputs if other != file):
            message = (
                f"{target} would be written over by the result of {file}, but is an input too. "
                "Leave it out, or write to a folder with -o."
            )
            raise UsageError(message)
    return pairs


def _without_results(files: Sequence[str], ending: str) -> list[str]:
    """Files without those that are named as what this command makes of another of them."""
    made = {_result_of(file, ending): file for file in files}
    for file in dict.fromkeys(files):
        if file in made:
            print(
                f"perf-addin: {file} is passed over: it is the result of {made[file]}.",
                file=sys.stderr,
            )
    return [file for file in files if file not in made]


def _result_of(file: str, ending: str) -> str:
    """Where a command puts its result unless it is told otherwise: beside the input."""
    stem, suffix = _parted(file)
    return f"{stem}{ending}{suffix}"


def _spelt(text: str) -> str:
    """A path as pathlib spells it; only where that may be otherwise, pathlib is asked."""
    first, *others = text.split("/")
    if os.name == "posix" and first != "." and all(part not in {"", "."} for part in others):
        return text or "."
    from pathlib import Path  # noqa: PLC0415 - as above

    return str(Path(text))


def _name(path: str) -> str:
    """The last part of a path as pathlib spells it."""
    name = os.path.split(path)[1]
    return "" if name == "." else name


def _parted(path: str) -> tuple[str, str]:
    """A path without its suffix, and the suffix; none where only dots precede it, or follow."""
    name = _name(path)
    dot = name.rfind(".")
    suffix = name[dot:] if 0 < dot < len(name) - 1 else ""
    return path.removesuffix(suffix), suffix


def are_one(path: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    """Whether two paths are one file, whether or not it is there yet."""
    if os.path.realpath(path) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _target(options: argparse.Namespace, file: str) -> str:
    """Where the result goes: the input itself, the path asked for, or a copy beside the input."""
    if options.in_place:
        return file
    beside = _result_of(file, _SUFFIX[options.command])
    if options.output is None:
        return beside
    output = _spelt(options.output)
    if os.path.isdir(output) or options.output.endswith(("/", "\\")):
        return _spelt(os.path.join(output, _name(beside)))
    if len(options.files) > 1:
        from perf_addin.domain.errors import UsageError  # noqa: PLC0415

        message = f"-o {options.output}: with several files, expected an existing folder."
        raise UsageError(message)
    _check_kind(file, output)
    return output


def _check_kind(file: str, output: str) -> None:
    """Refuse a result named as another kind of file than its input, which Excel would not open.

    Raises:
        UsageError: it is; the message says what to write instead.
    """
    from perf_addin.domain.errors import UsageError  # noqa: PLC0415 - --help needs none of it

    suffix, (stem, asked) = _parted(file)[1], _parted(output)
    kind = suffix.lower()
    if kind not in _KINDS or asked.lower() == kind:
        return
    instead = f"{stem if asked[1:].isalpha() else output}{suffix}"
    message = f"-o {output}: the result is a {kind} workbook, as {file} is. Write -o {instead}"
    raise UsageError(message)
