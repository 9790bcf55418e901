"""What `perf-addin --version --verbose` says: what is installed, and what could be besides."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import perf_addin

_NAME = "perf-addin"
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)[^;]*(?:;(?P<marker>.*))?", re.DOTALL)
_EXTRA = re.compile(r"""extra\s*==\s*["']([\w.-]+)["']""")
# What a user installs is of interest here, not what builds and checks this product.
_NOT_FOR_USERS = frozenset({"build", "dev"})


def about() -> str:
    """The version, the machine, and each library with its version, or how to install it."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield f"{_NAME} {perf_addin.__version__}"
    machine = f"{platform.system()} {platform.machine()}".strip()
    yield f"Python {platform.python_version()} ({sys.implementation.name}) on {machine}"
    yield f"installed in {Path(perf_addin.__file__).parent}"
    try:
        required = metadata.requires(_NAME) or []
    except metadata.PackageNotFoundError:
        yield "run from a checkout that is not installed: what is required is not known"
        return
    libraries: dict[str, list[str]] = {"": []}
    for requirement in required:
        parts = _REQUIREMENT.match(requirement)
        if parts is None:
            continue
        stated = _EXTRA.search(parts["marker"] or "")
        libraries.setdefault(stated[1] if stated else "", []).append(parts["name"])
    yield "always:"
    yield from _told(libraries.pop(""))
    for extra, names in sorted(libraries.items()):
        if extra not in _NOT_FOR_USERS:
            yield f"[{extra}]:" + _how_to_install(extra, names)
            yield from _told(names)


def _told(names: list[str]) -> Iterator[str]:
    for name in sorted(set(names), key=str.lower):
        yield f"  {name} {_version(name) or '-'}"


def _how_to_install(extra: str, names: list[str]) -> str:
    lacking = any(_version(name) is None for name in names)
    return f' not all of it is installed; pip install "{_NAME}[{extra}]"' if lacking else ""


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
