"""The command's own modules, found by one look for the file of each.

For each of them Python asks every finder that it has. The last of these reads the folder, and asks
it for a package, three kinds of compiled module, and then for a source file. Over the 80 modules of
a plain run that takes a millisecond. The code itself is loaded as ever.
"""

from __future__ import annotations

import os
import sys

from perf_addin.domain.declaring import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec, SourceFileLoader
    from types import ModuleType

_OURS = "perf_addin."
_LOADER = "SourceFileLoader"
_FOLDER, _FILE = os.path.split(__file__)


class OwnModules:
    """Finds modules and packages of ours that are source files; leaves all others to Python.

    What it gives is equal to what Python's finders give, as long as no package, and no compiled
    module, stands beside a module of the same name.
    """

    def __init__(self, spec: ModuleSpec) -> None:
        """Take from the spec of this module how those of the others are made."""
        self._spec = type(spec)
        self._loader: type[SourceFileLoader] = cast("type[SourceFileLoader]", type(spec.loader))
        # Where compiled code lies below its source's folder: what precedes the name, what follows.
        cached, folder = spec.cached or "", _FOLDER + os.sep
        below = cached.removeprefix(folder).partition(_FILE.removesuffix(".py"))
        self._cached = below if cached.startswith(folder) else None

    def find_spec(
        self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to load a module from its package's folder; None where it is none of ours."""
        if not path or not name.startswith(_OURS):
            return None
        folder, last = path[0], name[name.rfind(".") + 1 :]
        return self._in(folder, last, name) or self._package(f"{folder}{os.sep}{last}", name)

    def _package(self, folder: str, name: str) -> ModuleSpec | None:
        spec = self._in(folder, "__init__", name)
        if spec is not None:
            spec.submodule_search_locations = [folder]
        return spec

    def _in(self, folder: str, last: str, name: str) -> ModuleSpec | None:
        file = f"{folder}{os.sep}{last}.py"
        try:
            os.stat(file)
        except OSError:
            return None
        spec = self._spec(name, self._loader(name, file), origin=file)
        spec.has_location = True
        if self._cached is not None:
            before, _, behind = self._cached
            spec.cached = f"{folder}{os.sep}{before}{last}{behind}"
        return spec


def find_own_modules() -> None:
    """Find our modules so from now on, where Python loaded this one from a source file.

    Finders that stand before Python's own are asked before, as they are for any module.
    """
    first: object = sys.__spec__.loader  # which finds the modules that are built in
    places = (place for place, finder in enumerate(sys.meta_path) if finder is first)
    place = next(places, None)
    if place is not None and type(__spec__.loader).__name__ == _LOADER:
        sys.meta_path.insert(place, OwnModules(__spec__))
