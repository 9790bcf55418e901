"""Workbooks found and read on a store that fsspec reaches."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from perf_addin.adapters.remote.stores import Store, failure, store_at
from perf_addin.application.batch.names import OWN_FOLDER, why_passed_over, without_secrets
from perf_addin.application.batch.plan import Found
from perf_addin.domain.errors import InputError, PerfAddinError, UsageError

_MAGIC = "*?["


class _Root(NamedTuple):
    """A path that was asked for: the address and path that names start from, and the files."""

    address: str
    folder: str
    files: Sequence[str]
    named: bool


class RemoteInputs:
    """See `Inputs`."""

    def __init__(self, file_bytes: int) -> None:
        """Bind how large a file may be."""
        self._file_bytes = file_bytes

    def find(self, paths: Sequence[str], out: str) -> Found:
        """Every workbook under addresses of one store."""
        try:
            return _find(paths, out)
        except PerfAddinError:
            raise
        except Exception as error:
            raise failure(InputError, paths[0], "listed", error) from error

    def read(self, address: str) -> bytes:
        """A file, whole."""
        store = store_at(address)
        try:
            size = store.files.size(store.path) or 0
            if size <= self._file_bytes:
                return bytes(store.files.cat_file(store.path))
        except Exception as error:
            raise failure(InputError, address, "read", error) from error
        raise InputError(
            f"{without_secrets(address)} has {size:,} bytes; {self._file_bytes:,} is the most that "
            "is accepted."
        )


def _find(paths: Sequence[str], out: str) -> Found:
    roots = [_root(path) for path in paths]
    if len({_scheme(root.address) for root in roots}) > 1:
        raise UsageError("The addresses are of different stores. Run them one by one.")
    base = posixpath.commonpath([root.folder or "/" for root in roots])
    base_address = _up(roots[0], base)
    results = store_at(out).path if _scheme(out) == _scheme(paths[0]) else None
    _check_apart(roots, results)
    skipped: Counter[str] = Counter()
    found: dict[str, str] = {}
    for root in roots:
        of_results = _folders_of_results(root, results)
        for path in sorted(root.files):
            below = path.removeprefix(root.folder).lstrip("/")
            why = "" if root.named else _why(below, path, of_results)
            if why:
                skipped[why] += 1
            else:
                key = path.removeprefix(base).lstrip("/")
                found.setdefault(key, f"{root.address}/{below}")
    shown = without_secrets(base_address)
    return Found(shown, tuple(sorted(found.items())), dict(sorted(skipped.items())))


def _root(address: str) -> _Root:
    magic = min((at for each in _MAGIC if (at := address.find(each)) >= 0), default=-1)
    if magic >= 0:
        folder = address[:magic].rpartition("/")[0]
        pattern, store = store_at(address), store_at(folder)
        files = _files(pattern, pattern.files.glob(pattern.path))
        if not files:
            raise InputError(f"{without_secrets(address)} fits no file.")
        return _Root(folder, store.path, files, named=False)
    store = store_at(address)
    if store.files.isfile(store.path):
        folder = address.rstrip("/").rpartition("/")[0]
        return _Root(folder, store_at(folder).path, [store.path], named=True)
    if not store.files.exists(store.path):
        raise InputError(f"{without_secrets(address)} does not exist. Check the spelling.")
    return _Root(address.rstrip("/"), store.path, store.files.find(store.path), named=False)


def _files(store: Store, found: Sequence[str]) -> list[str]:
    """Files, and for folders the files in them."""
    return [
        file
        for each in found
        for file in (store.files.find(each) if store.files.isdir(each) else [each])
    ]


def _folders_of_results(root: _Root, results: str | None) -> list[str]:
    """The folders that hold results, of this run or of another, each with a slash at its end."""
    found = {f"{results}/"} if results is not None else set()
    for path in root.files:
        folder, own, _ = path.partition(f"/{OWN_FOLDER}/")
        if own and folder != root.folder:
            found.add(f"{folder}/")
    return sorted(found)


def _why(below: str, path: str, of_results: Sequence[str]) -> str:
    if any(path.startswith(folder) for folder in of_results):
        return "own results"
    if any(part.startswith(".") for part in below.split("/")[:-1] if part != ".."):
        return "hidden"
    return why_passed_over(below.rpartition("/")[2])


def _check_apart(roots: Sequence[_Root], results: str | None) -> None:
    for root in roots:
        if results is not None and f"{root.folder}/".startswith(f"{results}/"):
            raise UsageError(
                f"--out {results} holds the inputs of {root.folder}, which the results would be "
                f"written over. Name another folder ({OWN_FOLDER} and results must lie apart)."
            )


def _scheme(address: str) -> str:
    return address.partition("://")[0]


def _up(root: _Root, base: str) -> str:
    """The address of a folder above a root's."""
    return root.address.removesuffix(root.folder.removeprefix(base)).rstrip("/") or root.address
