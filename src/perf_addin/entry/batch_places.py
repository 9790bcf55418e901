"""Which files an address leads to: this computer and its shares, or a store through fsspec."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from perf_addin.adapters.files.finding import find_files
from perf_addin.adapters.files.results_folder import FolderJournal, ResultsFolder

if TYPE_CHECKING:
    from perf_addin.application.batch.plan import Found
    from perf_addin.application.batch.ports import Inputs, Journal, Results


class LocalInputs:
    """Workbooks on this computer and its shares; see `Inputs`."""

    def find(self, paths: Sequence[str], out: str) -> Found:
        """Every workbook under paths."""
        return find_files(paths, out)

    def read(self, address: str) -> bytes:
        """A file, whole."""
        from pathlib import Path  # noqa: PLC0415

        from perf_addin.adapters.xlsx.opening import DEFAULT_LIMITS, read_file  # noqa: PLC0415

        return read_file(Path(address), DEFAULT_LIMITS)


def is_remote(address: str) -> bool:
    """Whether an address is one of fsspec's, such as `s3://bucket/folder`."""
    return "://" in address


@cache
def inputs_for(*, remote: bool) -> Inputs:
    """Where workbooks come from."""
    if remote:
        from perf_addin.adapters.remote.inputs import RemoteInputs  # noqa: PLC0415 - heavy, rare
        from perf_addin.adapters.xlsx.opening import DEFAULT_LIMITS  # noqa: PLC0415

        return RemoteInputs(DEFAULT_LIMITS.file_bytes)
    return LocalInputs()


def inputs_at(address: str) -> Inputs:
    """Where the workbook at an address comes from."""
    return inputs_for(remote=is_remote(address))


@cache
def results_at(address: str) -> Results:
    """The folder of results at an address."""
    if is_remote(address):
        from perf_addin.adapters.remote.results import RemoteResults  # noqa: PLC0415

        return RemoteResults(address)
    return ResultsFolder(address)


def journal_at(address: str) -> Journal:
    """The manifest of the folder of results at an address.

    Raises:
        OutputError: it cannot be written, or another run works there.
    """
    if is_remote(address):
        from perf_addin.adapters.remote.results import RemoteJournal  # noqa: PLC0415

        return RemoteJournal(address)
    return FolderJournal(address)
