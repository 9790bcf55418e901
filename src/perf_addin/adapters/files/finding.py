"""Workbooks found under files, folders and patterns of this computer and its shares."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perf_addin.application.batch.names import OWN_FOLDER, why_passed_over
from perf_addin.application.batch.plan import Found
from perf_addin.domain.errors import InputError, UsageError


class _Root(NamedTuple):
    """A path that was asked for: the folder its names start from, and the paths to look at.

    `named` says whether these are files that somebody named one by one; they are taken whatever
    they are called.
    """

    folder: str
    paths: Sequence[str]
    named: bool


def find_files(paths: Sequence[str], out: str) -> Found:
    """Find every workbook; see `Inputs.find`. Links to folders are not followed below a path."""
    roots = [_root(path) for path in paths]
    try:
        base = os.path.commonpath([root.folder for root in roots])
    except ValueError as error:
        raise UsageError(
            "The paths lie on different drives and have no folder in common. Run them one by one."
        ) from error
    real_out = os.path.realpath(out)
    _check_apart(roots, real_out)
    skipped: Counter[str] = Counter()
    seen: dict[str, str] = {}
    for root in roots:
        for file in _files(root, real_out, skipped):
            seen.setdefault(os.path.relpath(file, base).replace(os.sep, "/"), file)
    return Found(base, tuple(sorted(seen.items())), dict(sorted(skipped.items())))


def _root(path: str) -> _Root:
    place = os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - no link resolved
    if os.path.isdir(place):  # noqa: PTH112 - never raises
        return _Root(place, [place], named=False)
    if os.path.lexists(place):
        return _Root(os.path.dirname(place), [place], named=True)  # noqa: PTH120
    if glob.has_magic(path):
        found = sorted(glob.glob(place, recursive=True))  # noqa: PTH207 - takes whole paths
        if not found:
            raise InputError(f"{path} fits no file. Check the folder and the pattern.", file=path)
        return _Root(_plain_folder(place), found, named=False)
    raise InputError(
        f"{path} does not exist. Check the folder and the spelling of the name.", file=path
    )


def _plain_folder(pattern: str) -> str:
    """The folder before the first part of a pattern that may be anything."""
    folder = pattern
    while glob.has_magic(folder):
        folder = os.path.dirname(folder)  # noqa: PTH120
    return folder


def _check_apart(roots: Sequence[_Root], real_out: str) -> None:
    """Refuse a folder of results in which inputs lie: they would be written over.

    Raises:
        UsageError: it is one.
    """
    for root in roots:
        real = os.path.realpath(root.folder)
        if Path(real).is_relative_to(real_out):
            raise UsageError(
                f"--out {real_out} holds the inputs of {root.folder}, which the results would be "
                "written over. Name another folder, such as one inside it."
            )


def _files(root: _Root, real_out: str, skipped: Counter[str]) -> Iterator[str]:
    for path in root.paths:
        if os.path.isdir(path):  # noqa: PTH112 - never raises
            yield from _walk(path, real_out, skipped)
            continue
        why = "" if root.named else why_passed_over(os.path.basename(path))  # noqa: PTH119
        if why:
            skipped[why] += 1
        elif Path(os.path.realpath(path)).is_relative_to(real_out):
            skipped["own results"] += 1
        else:
            yield path


def _walk(folder: str, real_out: str, skipped: Counter[str]) -> Iterator[str]:
    """The workbooks in a folder and those below it, but for folders that hold results."""
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        if os.path.realpath(place) == real_out:
            continue
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            skipped["folders that may not be read"] += 1
            continue
        if place != folder and any(entry.name == OWN_FOLDER for entry in found):
            skipped["folders of results"] += 1
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name.startswith("."):
                    skipped["hidden"] += 1
                else:
                    waiting.append(entry.path)
            elif entry.is_dir():
                skipped["links to folders"] += 1
            elif why := why_passed_over(entry.name):
                skipped[why] += 1
            else:
                yield entry.path
