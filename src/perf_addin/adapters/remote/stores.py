"""Stores that fsspec reaches, by address."""

from __future__ import annotations

from typing import Any, NamedTuple

from perf_addin.application.batch.names import without_secrets
from perf_addin.domain.errors import PerfAddinError, UsageError

try:
    from fsspec.core import url_to_fs
except ModuleNotFoundError as missing:
    raise UsageError(
        "Addresses such as s3://bucket/folder need fsspec. Install it with "
        'pip install "perf-addin[cluster]".'
    ) from missing

# Stores that hold a file whole or not at all, and never a part of it.
_WHOLE = frozenset({"memory", "s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oci", "oss"})


class Store(NamedTuple):
    """A file system of fsspec's and a path on it.

    Attributes:
        files: the file system; its methods raise whatever the store's own library does.
        path: as that file system writes it, without a slash at its end.
        whole: whether a file that is written appears at once and complete.
    """

    files: Any
    path: str
    whole: bool


def store_at(address: str) -> Store:
    """The store and path of an address.

    Raises:
        UsageError: no such kind of store is known or installed.
    """
    if "::" in address:
        raise UsageError(f"{without_secrets(address)}: chained addresses are not supported.")
    try:
        files, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{without_secrets(address)}: this kind of address cannot be used ({error})."
        ) from error
    protocols = {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)
    return Store(files, path.rstrip("/"), bool(protocols & _WHOLE))


def failure(kind: type[PerfAddinError], address: str, what: str, error: Exception) -> Exception:
    """An error of a store's library as one of ours."""
    reason = str(error) or type(error).__name__
    return kind(f"{without_secrets(address)} cannot be {what} ({reason}).")
