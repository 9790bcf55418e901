"""The command's own modules, found by one look for the file of each.

For each of them Python asks every finder that it has. The last of these reads the folder, and asks
it for a package, three kinds of compiled module, and then for a source file. Before it takes
compiled code, it works out anew where that lies, and looks for the source a second time. Over the
80 modules of a plain run all this takes two milliseconds.
"""

from __future__ import annotations

import io
import marshal
import os
import sys

TYPE_CHECKING = False  # `domain.declaring` would be found by Python, and slower
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec, SourceFileLoader
    from types import CodeType, ModuleType
else:
    SourceFileLoader = type(__spec__.loader)  # `importlib.machinery` takes as long as is gained

_OURS = "perf_addin."
_FOLDER, _FILE = os.path.split(__file__)
_MAGIC, _HEADER = 4, 16
"""Bytes of compiled code that tell Python's version, and those before the code itself (PEP 552)."""
_WHOLE = 0xFFFFFFFF
_MOST = 1 << 16
"""Bytes of compiled code that are read in one go; what has more is left to Python."""
_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)


class OwnLoader(SourceFileLoader):
    """Loads a module from a source file as Python does, with a shorter way to fresh compiled code.

    Attributes:
        fresh: how compiled code begins that is of this Python, and of the source as it was found.
        compiled: where it lies.
    """

    fresh = b""
    compiled = ""

    def get_code(self, fullname: str) -> CodeType | None:
        """The module's code; compiled anew, and kept, where there is none or it is not fresh."""
        data = _read(self.compiled) if self.fresh else b""
        if data.startswith(self.fresh) and _HEADER < len(data) < _MOST:
            try:
                code: CodeType = marshal.loads(data[_HEADER:])  # noqa: S302 - as Python reads it
            except (EOFError, TypeError, ValueError):
                pass  # it is damaged, and Python will say so
            else:
                if code.co_filename == self.path:  # it is not when the folder was moved
                    return code
        return super().get_code(fullname)


class OwnModules:
    """Finds modules and packages of ours that are source files; leaves all others to Python.

    What it gives is what Python's finders give but for the loader, as long as no package, and no
    compiled module, stands beside a module of the same name.
    """

    def __init__(self, spec: ModuleSpec) -> None:
        """Take from the spec of this module how those of the others are made."""
        self._spec = type(spec)
        # Where compiled code lies below its source's folder: what precedes the name, what follows.
        cached, folder = spec.cached or "", _FOLDER + os.sep
        below = cached.removeprefix(folder).partition(_FILE.removesuffix(".py"))
        self._cached = below if cached.startswith(folder) else None
        self._begins = _beginning(cached) if self._cached is not None else b""

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
            source = os.stat(file)
        except OSError:
            return None
        loader = OwnLoader(name, file)
        spec = self._spec(name, loader, origin=file)
        spec.has_location = True
        if self._cached is not None:
            before, _, behind = self._cached
            spec.cached = loader.compiled = f"{folder}{os.sep}{before}{last}{behind}"
        if self._begins:
            stated = (int(source.st_mtime) & _WHOLE, source.st_size & _WHOLE)
            loader.fresh = self._begins + b"".join([n.to_bytes(4, "little") for n in stated])
        return spec


def _read(compiled: str) -> bytes:
    """The beginning of a file, with three calls of the system instead of nine."""
    try:
        file = os.open(compiled, _TO_READ)
        try:
            return os.read(file, _MOST)
        finally:
            os.close(file)
    except OSError:
        return b""


def _beginning(compiled: str) -> bytes:
    """How compiled code begins that goes by its source's date; nothing where none can be read.

    Nor where this Python was built to hand out code that it has verified (PEP 578): it reads all.
    """
    try:
        with io.open_code(compiled) as file:
            is_the_file = type(getattr(file, "raw", None)) is io.FileIO
            magic = file.read(_MAGIC)
    except OSError:
        return b""
    return magic + bytes(4) if is_the_file and len(magic) == _MAGIC else b""


def find_own_modules() -> None:
    """Find our modules so from now on, where Python loaded this one from a source file.

    Finders that stand before Python's own are asked before, as they are for any module.
    """
    first: object = sys.__spec__.loader  # which finds the modules that are built in
    places = (place for place, finder in enumerate(sys.meta_path) if finder is first)
    place = next(places, None)
    if place is not None and SourceFileLoader.__name__ == "SourceFileLoader":
        sys.meta_path.insert(place, OwnModules(__spec__))
