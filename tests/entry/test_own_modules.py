"""The command finds its modules as Python does, and `import perf_addin` changes nothing."""

from __future__ import annotations

import compileall
import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import perf_addin
from tests.application.build import cells, index

SOURCE = Path(perf_addin.__path__[0])
HEADER = ("No", "Indicator", "Polarity", "Target", "Tolerance", "Apr 2021", "RAG")
FOUND = """
import sys
from perf_addin.entry.own_modules import OwnModules, find_own_modules
find_own_modules()
(ours,) = (finder for finder in sys.meta_path if isinstance(finder, OwnModules))
"""
ALL_SPECS = """
import importlib, pkgutil
from importlib.machinery import PathFinder
seen = 0
def compare(package):
    global seen
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        seen += 1
        mine = ours.find_spec(found.name, package.__path__)
        pythons = PathFinder.find_spec(found.name, package.__path__)
        assert type(mine.loader).__mro__[1] is type(pythons.loader), found
        assert mine.loader.compiled in {mine.cached, ""}, found
        assert mine.loader.get_code(found.name) == pythons.loader.get_code(found.name), found
        loader = {name: vars(mine.loader)[name] for name in vars(pythons.loader)}
        assert loader == vars(pythons.loader), found
        mine.loader = pythons.loader
        assert mine == pythons, (mine, pythons)
        assert (mine.cached, mine.parent) == (pythons.cached, pythons.parent)
        if found.ispkg:
            compare(importlib.import_module(found.name))
compare(importlib.import_module("perf_addin"))
print(seen)
"""
LOADED = """
import importlib, importlib.resources, inspect, linecache, pkgutil
from importlib.machinery import PathFinder
import perf_addin.domain, perf_addin.domain.rate as rate
for module in (perf_addin.domain, rate):
    name = module.__name__
    spec = PathFinder.find_spec(name, sys.modules[name.rpartition(".")[0]].__path__)
    own = module.__spec__
    assert (own.name, own.origin, own.has_location) == (spec.name, spec.origin, True)
    assert own.submodule_search_locations == spec.submodule_search_locations
    assert module.__file__ == spec.origin
    assert getattr(module, "__cached__", spec.cached) == spec.cached
    assert (module.__loader__, module.__package__) == (own.loader, spec.parent)
    assert isinstance(own.loader, type(spec.loader)) and own.loader.is_package(name) == (
        "__path__" in vars(module)
    )
    assert getattr(module, "__path__", None) == spec.submodule_search_locations
assert inspect.getsource(rate.rate).startswith("def rate(")
assert rate.rate.__code__.co_filename == rate.__file__
assert importlib.reload(rate) is rate
assert importlib.util.find_spec("perf_addin.domain.rating").loader.get_source(None)
assert importlib.resources.files("perf_addin.domain").joinpath("rate.py").is_file()
for missing in ("perf_addin.nothing", "perf_addin.domain.nothing", "perf_addin.domain.rate.x"):
    try:
        importlib.import_module(missing)
    except ModuleNotFoundError as error:
        assert error.name == missing and missing in str(error)
    else:
        raise AssertionError(missing)
for other in ("json", "sys", "email.message", "perf_addinn", "perf_addin"):
    assert ours.find_spec(other, None) is None and ours.find_spec(other, ["nowhere"]) is None
print("done")
"""
ORDER = """
import sys
class Foreign:
    asked = []
    @classmethod
    def find_spec(cls, name, path, target=None):
        cls.asked.append(name)
sys.meta_path.insert(0, Foreign)
from perf_addin.entry.own_modules import OwnModules, find_own_modules
find_own_modules()
import perf_addin.domain.rate
assert "perf_addin.domain.rate" in Foreign.asked
kinds = [type(finder).__name__ for finder in sys.meta_path]
names = [getattr(finder, "__name__", "") for finder in sys.meta_path]
assert names.index("Foreign") < kinds.index("OwnModules") < names.index("BuiltinImporter")
print("done")
"""
LIBRARY = """
import sys
before = list(sys.meta_path)
import perf_addin
from perf_addin.entry.cli import main
assert main(sys.argv[1:]) == 0
assert sys.meta_path == before
print("done")
"""
QUICK = """
import sys
from perf_addin.entry.own_modules import OwnLoader, SourceFileLoader, find_own_modules
find_own_modules()
asked = []
thorough = SourceFileLoader.get_code
SourceFileLoader.get_code = lambda self, name: asked.append(name) or thorough(self, name)
import perf_addin.domain.rate as rate
assert rate.rate.__code__.co_filename == rate.__file__
ours = [name.rpartition(".")[2] for name in asked if name.startswith("perf_addin.")]
print(type(rate.__loader__).__name__, *ours)
"""
VERIFIED = f"""
import io
opened = io.open_code
io.open_code = lambda path: io.BytesIO(opened(path).read())
{QUICK}
"""
COMMAND = "from perf_addin.entry.cli import command; import sys; sys.exit(command())"
WATCHED = f"""
import atexit, sys
atexit.register(lambda: print(*(type(finder).__name__ for finder in sys.meta_path)))
{COMMAND}
"""


def _run(*arguments: str, place: Path = SOURCE.parent, **more: str) -> str:
    """What Python prints; it has to end well."""
    asked = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONSAFEPATH")
    kept = {name: value for name, value in os.environ.items() if name not in asked}
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**kept, "PYTHONPATH": str(place), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A copy of the package, without compiled code."""
    place = tmp_path / "site"
    shutil.copytree(SOURCE, place / "perf_addin", ignore=shutil.ignore_patterns("__pycache__"))
    return place


@pytest.mark.parametrize("flags", ((), ("-O",), ("-OO", "-B")))
def test_every_module_is_found_as_python_finds_it(flags: tuple[str, ...]) -> None:
    """Which holds too that no package and no compiled module has a module's name."""
    assert (
        int(_run(*flags, "-c", FOUND + ALL_SPECS)) == sum(map(_is_module, SOURCE.rglob("*.py"))) - 1
    )


def _is_module(file: Path) -> bool:
    """Whether Python can import a file; an installed package has others, for Excel on the web."""
    folders = file.relative_to(SOURCE).parents
    return all((SOURCE / folder / "__init__.py").exists() for folder in folders)


def test_compiled_code_may_be_kept_in_another_folder(tmp_path: Path, elsewhere: Path) -> None:
    kept = str(tmp_path / "kept")
    _run("-c", FOUND + ALL_SPECS, PYTHONPYCACHEPREFIX=kept)
    _run("-c", COMMAND, "--version", place=elsewhere, PYTHONPYCACHEPREFIX=kept)
    assert not list(elsewhere.rglob("*.pyc"))
    assert list(Path(kept).rglob("commands.*.pyc"))


def test_modules_are_what_they_are_without() -> None:
    assert _run("-c", FOUND + LOADED) == "done"


def test_finders_of_others_are_asked_before() -> None:
    assert _run("-c", ORDER) == "done"


def test_only_the_command_looks_so(tmp_path: Path) -> None:
    file = str(index(tmp_path / "index.xlsx", HEADER, (1, "Visits", "High", 90, "5%", 88, "")))
    out = str(tmp_path / "out.xlsx")
    assert _run("-c", LIBRARY, "recalc", file, "-o", out).endswith("done")
    assert _run("-c", WATCHED, "recalc", file, "-o", out).split()[1:].count("OwnModules") == 1
    assert cells(tmp_path / "out.xlsx", "Index")[1][-1] == "A"


def test_a_change_of_a_module_is_seen(elsewhere: Path) -> None:
    """Compiled code is written, read while it belongs to its source, and then written anew."""
    commands = elsewhere / "perf_addin" / "entry" / "commands.py"
    shown = _run("-m", "perf_addin", "--version", place=elsewhere)
    (compiled,) = commands.parent.glob("__pycache__/commands.*.pyc")
    assert list(elsewhere.rglob("plain_line.*.pyc"))
    before = compiled.read_bytes()
    assert _run("-m", "perf_addin", "--version", place=elsewhere) == shown
    assert compiled.read_bytes() == before
    commands.write_text(commands.read_text("utf-8") + "\n\nprint('changed')\n", "utf-8")
    assert _run("-m", "perf_addin", "--version", place=elsewhere) == f"changed\n{shown}"
    assert compiled.read_bytes() != before


def _asked(place: Path, *flags: str, code: str = QUICK) -> set[str]:
    """The modules whose code Python was left to find, of those that `domain.rate` needs."""
    loader, *names = _run(*flags, "-c", code, place=place).split()
    assert loader == "OwnLoader"
    return set(names)


def test_fresh_compiled_code_is_taken_at_once(elsewhere: Path) -> None:
    assert {"rate", "figures"} <= _asked(elsewhere)
    assert _asked(elsewhere) == set()
    assert "rate" in _asked(elsewhere, "-O")
    assert _asked(elsewhere, "-O") == set()


def test_what_is_not_fresh_is_left_to_python(elsewhere: Path) -> None:
    _asked(elsewhere)
    folder = elsewhere / "perf_addin" / "domain"
    names = ("rate", "figures", "rules", "targets", "scales")
    rate, figures, rules, targets, scales = (
        next(folder.glob(f"__pycache__/{name}.cpython*.pyc")) for name in names
    )
    other_version = b"\0\0" + figures.read_bytes()[2:]
    figures.write_bytes(other_version)
    os.utime(folder / "rate.py", ns=(10**18, 10**18))
    rules.write_bytes(b"")
    targets.unlink()
    by_content = py_compile.PycInvalidationMode.CHECKED_HASH
    py_compile.compile(str(folder / "scales.py"), str(scales), invalidation_mode=by_content)
    assert _asked(elsewhere) == set(names)
    assert figures.read_bytes()[:2] != b"\0\0"
    assert _asked(elsewhere) == {"scales"}
    assert rate.read_bytes()[8:12] == (10**9).to_bytes(4, "little")


def test_compiled_code_that_is_long_is_left_to_python(elsewhere: Path) -> None:
    rate = elsewhere / "perf_addin" / "domain" / "rate.py"
    rate.write_text(f"{rate.read_text('utf-8')}\n\nLONG = {'x' * (1 << 16)!r}\n", "utf-8")
    assert "rate" in _asked(elsewhere)
    assert _asked(elsewhere) == {"rate"}


def test_python_that_verifies_code_reads_all_of_it(elsewhere: Path) -> None:
    _asked(elsewhere)
    assert {"rate", "figures"} <= _asked(elsewhere, code=VERIFIED)


def test_damaged_compiled_code_is_told_by_python(elsewhere: Path) -> None:
    _asked(elsewhere)
    (compiled,) = (elsewhere / "perf_addin" / "domain").glob("__pycache__/rate.cpython*.pyc")
    compiled.write_bytes(compiled.read_bytes()[:-100])
    with pytest.raises(AssertionError, match="EOFError"):
        _asked(elsewhere)


def test_a_folder_that_was_moved_names_its_files(tmp_path: Path, elsewhere: Path) -> None:
    _asked(elsewhere)
    moved = tmp_path / "moved"
    elsewhere.rename(moved)
    assert {"rate", "figures"} <= _asked(moved)  # which asserts the name


def test_a_package_without_its_sources_works(elsewhere: Path) -> None:
    assert compileall.compile_dir(elsewhere, quiet=1, legacy=True)
    for source in elsewhere.rglob("*.py"):
        source.unlink()
    assert _run("-m", "perf_addin", "--version", place=elsewhere).startswith("perf-addin ")


def test_a_package_in_a_zip_file_works(tmp_path: Path, elsewhere: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "ours"), "zip", elsewhere))
    assert _run("-m", "perf_addin", "--version", place=archive).startswith("perf-addin ")
