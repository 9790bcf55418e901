"""The machine as installing sees it: files for real, the registry in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin import __version__
from perf_addin.adapters.windows.machine import WindowsMachine
from perf_addin.adapters.windows.registry import DISABLED, OPTIONS, Registry, Value, security_keys
from perf_addin.application.desktop.machine import Machine, Place, Policy
from perf_addin.domain.errors import OutputError

EXCEL = "16.0"


class InMemory(Registry):
    """A registry of keys and values."""

    def __init__(self) -> None:
        """Begin with no key."""
        self.keys: dict[str, dict[str, Value]] = {}

    def values(self, key: str) -> dict[str, Value]:
        return dict(self.keys.get(key, {}))

    def put(self, key: str, name: str, value: str) -> None:
        self.keys.setdefault(key, {})[name] = value

    def delete(self, key: str, name: str) -> None:
        del self.keys[key][name]

    def excel(self) -> str | None:
        return EXCEL


@pytest.fixture
def registry() -> InMemory:
    return InMemory()


@pytest.fixture
def machine(tmp_path: Path, registry: InMemory) -> WindowsMachine:
    scripts = tmp_path / "venv" / "Scripts"
    scripts.mkdir(parents=True)
    (scripts / "python.exe").touch()
    return WindowsMachine(
        registry,
        {"APPDATA": str(tmp_path / "Roaming"), "USERPROFILE": str(tmp_path)},
        supported=True,
        executable=str(scripts / "python.exe"),
        code_page="cp1252",
    )


def test_it_is_a_machine(machine: WindowsMachine) -> None:
    accepted: Machine = machine
    assert accepted.supported


def test_everything_is_the_persons_own(machine: WindowsMachine, tmp_path: Path) -> None:
    start = Path(machine.path(Place.XLSTART))
    assert start == tmp_path.joinpath("Roaming", "Microsoft", "Excel", "XLSTART", "perf_addin.xlam")
    assert Path(machine.configuration_path()) == tmp_path / ".perf_addin" / "perf_addin.conf"


def test_python_without_a_window_is_taken_where_there_is_one(
    machine: WindowsMachine, tmp_path: Path
) -> None:
    scripts = tmp_path / "venv" / "Scripts"
    assert machine.setup.interpreter == str(scripts / "python.exe")
    (scripts / "pythonw.exe").touch()
    assert machine.setup.interpreter == str(scripts / "pythonw.exe")
    assert machine.setup.version == __version__


@pytest.mark.parametrize("folder", ("venv", "venv/Scripts"))
def test_a_dll_is_found_where_the_add_in_looks(
    machine: WindowsMachine, tmp_path: Path, folder: str
) -> None:
    assert not machine.beside_python("xlwings64.dll")
    (tmp_path / folder / "xlwings64.dll").touch()
    assert machine.beside_python("xlwings64.dll")


def test_files_are_written_whole_and_taken_away(machine: WindowsMachine) -> None:
    path = machine.path(Place.XLSTART)
    assert machine.read(path) is None
    machine.write(path, b"one")
    machine.write(path, b"two")
    assert machine.read(path) == b"two"
    assert [file.name for file in Path(path).parent.iterdir()] == ["perf_addin.xlam"]
    assert machine.remove(path)
    assert not machine.remove(path)
    assert not machine.exists(path)


def test_a_file_in_use_is_refused_with_what_to_do(
    machine: WindowsMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = machine.path(Place.XLSTART)
    machine.write(path, b"one")

    def in_use(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(OutputError, match="Close Excel"):
        machine.write(path, b"two")
    monkeypatch.setattr(Path, "unlink", in_use)
    with pytest.raises(OutputError, match="Close Excel"):
        machine.remove(path)
    assert machine.read(path) == b"one"


def test_text_is_written_as_vba_reads_it(machine: WindowsMachine) -> None:
    assert machine.encode("C:\\José") == b"C:\\Jos\xe9"
    assert machine.encode("C:\\Łódź") is None


def test_add_ins_are_opened_under_the_first_free_entry(
    machine: WindowsMachine, registry: InMemory
) -> None:
    key = OPTIONS.format(version=EXCEL)
    registry.keys[key] = {"OPEN": '/R "C:\\solver.xlam"', "OPEN2": '"C:\\x.xlam"', "Font": "Arial"}
    assert machine.opened_addins() == {"OPEN": "C:\\solver.xlam", "OPEN2": "C:\\x.xlam"}
    machine.open_addin("C:\\a b\\perf_addin.xlam")
    assert registry.keys[key]["OPEN1"] == '"C:\\a b\\perf_addin.xlam"'
    machine.close_addin("OPEN1")
    assert "OPEN1" not in registry.keys[key]


def test_what_a_policy_says_comes_before_what_the_person_set(
    machine: WindowsMachine, registry: InMemory
) -> None:
    assert machine.policy() == Policy()
    (policy, policy_places), (own, own_places) = security_keys(EXCEL)
    registry.keys[own] = {"VBAWarnings": 1, "RequireAddinSig": 1}
    registry.keys[policy] = {"VBAWarnings": 4}
    registry.keys[own_places] = {"AllLocationsDisabled": 0}
    registry.keys[policy_places] = {"AllLocationsDisabled": 1}
    assert machine.policy() == Policy(4, signed_only=True, no_trusted_places=True)
    assert "Policies" in policy
    assert "Policies" not in own


def test_files_that_excel_switched_off_are_read(
    machine: WindowsMachine, registry: InMemory
) -> None:
    path = "C:\\a b\\perf_addin.xlam"
    content = bytes(12) + f"{path}\0perf_addin\0".encode("utf-16-le")
    registry.keys[DISABLED.format(version=EXCEL)] = {"1A2B": content, "other": "text"}
    assert machine.disabled() == (path,)
