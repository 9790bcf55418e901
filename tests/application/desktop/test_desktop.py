"""Installing, taking out, and the doctor, on a machine in memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perf_addin.application.desktop.doctor import first_remedy, look_over
from perf_addin.application.desktop.installing import (
    install,
    interpreter_in,
    is_ours,
    uninstall,
)
from perf_addin.application.desktop.machine import Machine, Place, Policy
from perf_addin.domain.errors import OutputError, UsageError
from tests.application.desktop.double import CONFIGURATION, PATHS, PYTHON, Double

ADDIN = b"add-in 1.2.3"
XLSTART, REGISTERED = PATHS[Place.XLSTART], PATHS[Place.REGISTERED]


def version_of(content: bytes) -> str | None:
    words = content.decode().split()
    return words[1] if words[:1] == ["add-in"] else None


@pytest.fixture
def machine() -> Double:
    return Double()


def test_the_double_is_a_machine(machine: Double) -> None:
    accepted: Machine = machine
    assert accepted.supported


def test_it_is_put_where_excel_looks_and_names_the_whole_path_of_python(machine: Double) -> None:
    done = install(machine, ADDIN, Place.XLSTART)
    assert done.paths == (XLSTART, CONFIGURATION)
    assert machine.files[XLSTART] == ADDIN
    assert machine.files[CONFIGURATION] == (
        b'"INTERPRETER_WIN","C:\\perf\\Scripts\\pythonw.exe"\r\n'
        b'"ADD_WORKBOOK_TO_PYTHONPATH","false"\r\n"SHOW CONSOLE","False"\r\n'
    )
    assert interpreter_in(machine.files[CONFIGURATION]) == PYTHON
    assert machine.opened == {"OPEN": r"C:\other\solver.xlam"}


def test_registered_it_is_ticked_once_and_xlstart_is_empty(machine: Double) -> None:
    install(machine, ADDIN, Place.XLSTART)
    install(machine, ADDIN, Place.REGISTERED)
    install(machine, ADDIN, Place.REGISTERED)
    assert XLSTART not in machine.files
    assert machine.files[REGISTERED] == ADDIN
    assert [path for path in machine.opened.values() if is_ours(path)] == [REGISTERED]


def test_back_in_xlstart_it_is_no_longer_ticked(machine: Double) -> None:
    install(machine, ADDIN, Place.REGISTERED)
    install(machine, ADDIN, Place.XLSTART)
    assert REGISTERED not in machine.files
    assert machine.opened == {"OPEN": r"C:\other\solver.xlam"}


@pytest.mark.parametrize("place", tuple(Place))
def test_taken_out_nothing_is_left(machine: Double, place: Place) -> None:
    before = (dict(machine.files), dict(machine.opened))
    install(machine, ADDIN, place)
    assert len(uninstall(machine).paths) >= 2
    assert (machine.files, machine.opened) == before
    assert uninstall(machine).paths == ()


def test_while_excel_runs_its_list_is_not_changed(machine: Double) -> None:
    machine.runs = True
    with pytest.raises(OutputError, match="Close Excel"):
        install(machine, ADDIN, Place.REGISTERED)
    assert machine.files == {PYTHON: b""}
    install(machine, ADDIN, Place.XLSTART)


@pytest.mark.parametrize("path", ("C:\\Łódź\\pythonw.exe", "C:\\100%\\pythonw.exe"))
def test_a_python_that_vba_cannot_name_is_refused(machine: Double, path: str) -> None:
    machine.setup = machine.setup._replace(interpreter=path)
    with pytest.raises(OutputError, match="folder with a plain name"):
        install(machine, ADDIN, Place.XLSTART)
    assert machine.files == {PYTHON: b""}


def test_elsewhere_it_says_what_to_do_instead(machine: Double) -> None:
    machine.supported = False
    with pytest.raises(UsageError, match="init --functions"):
        install(machine, ADDIN, Place.XLSTART)
    with pytest.raises(UsageError, match="init --functions"):
        uninstall(machine)
    assert "web add-in" in look_over(machine, version_of)[0].remedy


def test_the_doctor_finds_nothing_after_an_installation(machine: Double) -> None:
    for place in Place:
        install(machine, ADDIN, place)
        checks = look_over(machine, version_of)
        assert first_remedy(checks) is None, checks
        assert len(checks) >= 7


def break_excel(machine: Double) -> None:
    machine.excel = None


def break_xlwings(machine: Double) -> None:
    machine.setup = machine.setup._replace(xlwings="0.30.1")


def break_pywin32(machine: Double) -> None:
    machine.setup = machine.setup._replace(has_pywin32=False)


def break_dll(machine: Double) -> None:
    machine.dlls.clear()


def break_file(machine: Double) -> None:
    machine.remove(XLSTART)


def break_by_a_second(machine: Double) -> None:
    machine.write(REGISTERED, ADDIN)


def break_version(machine: Double) -> None:
    machine.write(XLSTART, b"add-in 1.0.0")


def break_by_a_stranger(machine: Double) -> None:
    machine.write(XLSTART, b"something else")


def break_configuration(machine: Double) -> None:
    machine.remove(CONFIGURATION)


def break_python(machine: Double) -> None:
    machine.remove(PYTHON)


def break_by_another_python(machine: Double) -> None:
    machine.setup = machine.setup._replace(interpreter=r"C:\new\pythonw.exe")


def break_by_policy(machine: Double) -> None:
    machine.stated = Policy(macros=4, no_trusted_places=True)


def break_by_signatures(machine: Double) -> None:
    machine.stated = Policy(signed_only=True)


def break_all_addins(machine: Double) -> None:
    machine.stated = Policy(addins_off=True)


def break_by_a_crash(machine: Double) -> None:
    machine.switched_off = (XLSTART,)


@pytest.mark.parametrize(
    ("damage", "what", "found", "remedy"),
    (
        (break_excel, "Excel", "no desktop Excel", "web add-in"),
        (break_xlwings, "xlwings", "0.30.1, not 0.37.8", "pip install"),
        (break_pywin32, "pywin32", "missing", "pip install"),
        (break_dll, "xlwings' DLL", "xlwings64-0.37.8.dll", "virtual environment"),
        (break_file, "Add-in", "not installed", "addin install"),
        (break_by_a_second, "Add-in", "twice", "Close Excel"),
        (break_version, "Add-in", "version 1.0.0, Python has 1.2.3", "addin install"),
        (break_by_a_stranger, "Add-in", "not ours", "addin install"),
        (break_configuration, "Configuration", "names no Python", "addin install"),
        (break_python, "Configuration", "which is not there", "addin install"),
        (break_by_another_python, "Configuration", "C:\\new", "addin install"),
        (break_by_policy, "Macros", "no folder is trusted", "XLSTART"),
        (break_by_signatures, "Macros", "signed", "sign the add-in"),
        (break_all_addins, "Macros", "switched off", "allow add-ins"),
        (break_by_a_crash, "Disabled items", "crash", "Manage Disabled Items"),
    ),
)
def test_the_doctor_names_what_is_wrong_and_one_thing_to_do(
    machine: Double, damage: Callable[[Double], None], what: str, found: str, remedy: str
) -> None:
    install(machine, ADDIN, Place.XLSTART)
    damage(machine)
    wrong = [check for check in look_over(machine, version_of) if not check.is_well]
    assert [check.what for check in wrong] == [what]
    assert found in wrong[0].found
    assert remedy in wrong[0].remedy


@pytest.mark.parametrize(
    ("opened", "found"),
    (({}, "not ticked"), ({"OPEN": r"D:\old\PERF_ADDIN.XLAM"}, r"it names D:\old")),
)
def test_a_registered_add_in_must_be_ticked_where_it_lies(
    machine: Double, opened: dict[str, str], found: str
) -> None:
    install(machine, ADDIN, Place.REGISTERED)
    machine.opened = opened
    wrong = first_remedy(look_over(machine, version_of))
    assert wrong is not None
    assert found in wrong.found
    assert "tick Performance" in wrong.remedy


def test_where_macros_never_run_only_xlstart_will_do(machine: Double) -> None:
    machine.stated = Policy(macros=4)
    install(machine, ADDIN, Place.XLSTART)
    assert first_remedy(look_over(machine, version_of)) is None
    install(machine, ADDIN, Place.REGISTERED)
    wrong = first_remedy(look_over(machine, version_of))
    assert wrong is not None
    assert "XLSTART" in wrong.remedy
