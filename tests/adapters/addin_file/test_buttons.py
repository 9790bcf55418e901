"""The ribbon's procedures run: what is checked first, and what Python is asked to do."""

from __future__ import annotations

import pytest
from pyopenvba.interpreter._values import NOTHING

from perf_addin.application.buttons import BUTTONS, Button, ButtonId
from perf_addin.application.desktop.machine import FILE_NAME, XLWINGS
from perf_addin.application.functions import FUNCTIONS
from perf_addin.application.vba.buttons import callback
from perf_addin.application.vba.functions import argument_help, function_help
from perf_addin.entry import desktop
from tests.adapters.addin_file.vba_machine import Machine, calls_from, described_to
from tests.com_stand_in import xlwings_server

PYTHON = r"C:\perf\Scripts\pythonw.exe"
IN_FRONT = ("set", "xlwings._xlwindows", "BOOK_CALLER", "Workbook")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(xlwings_server(monkeypatch))


def set_up(machine: Machine, dll: str = rf"C:\perf\xlwings64-{XLWINGS}.dll") -> None:
    """As after an installation in a virtual environment."""
    machine.app.run("SetUpFor", PYTHON, f"|{PYTHON}|{dll}|")


def said(machine: Machine) -> list[str]:
    return [text for _, text, _, _ in machine.app.dialogs]


@pytest.mark.parametrize("button", BUTTONS, ids=[button.id.value for button in BUTTONS])
def test_a_button_hands_over_the_workbook_in_front_and_its_id(
    machine: Machine, button: Button
) -> None:
    set_up(machine)
    machine.app.run(callback(button), NOTHING)
    ran = f"import perf_addin.entry.desktop as d; d.dispatch('{button.id.value}')"
    assert machine.server.done == [IN_FRONT, ("run", ran)]
    assert said(machine) == []


def test_excels_undo_finds_its_procedure(machine: Machine) -> None:
    set_up(machine)
    file, _, procedure = desktop.UNDO_MACRO.partition("!")
    assert file == f"'{FILE_NAME}'"
    machine.app.run(procedure)
    ran = f"import perf_addin.entry.desktop as d; d.dispatch('{desktop.UNDO}')"
    assert machine.server.done == [IN_FRONT, ("run", ran)]


@pytest.mark.parametrize(
    ("interpreter", "files", "text"),
    (
        ("", "|", "is not set up for you"),
        (PYTHON, "|", "is not where it was"),
        (PYTHON, f"|{PYTHON}|", f"xlwings64-{XLWINGS}.dll was not found"),
        (PYTHON, rf"|{PYTHON}|C:\perf\xlwings64-0.1.0.dll|", "was not found beside"),
    ),
)
def test_what_is_missing_is_said_with_what_to_do(
    machine: Machine, interpreter: str, files: str, text: str
) -> None:
    machine.app.run("SetUpFor", interpreter, files)
    machine.app.run(callback(BUTTONS[0]), NOTHING)
    (found,) = said(machine)
    assert text in found
    assert "Run: perf-addin addin " in found
    assert machine.server.done == []


def test_a_dll_in_pythons_own_folder_will_do(machine: Machine) -> None:
    set_up(machine, rf"C:\perf\Scripts\xlwings64-{XLWINGS}.dll")
    machine.app.run(callback(BUTTONS[0]), NOTHING)
    assert said(machine) == []


def test_what_python_could_not_do_is_said(machine: Machine) -> None:
    set_up(machine)
    machine.server.fails_with = [-2147352567]
    machine.app.run(callback(BUTTONS[0]), NOTHING)
    assert len(said(machine)) == 1


def test_help_says_why_the_last_function_failed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(machine)
    calls_from(monkeypatch, machine.range("Z1"))
    machine.server.fails_with = [-2147352567]
    machine.call("RAG", 88.0, 91.0)
    button = next(button for button in BUTTONS if button.id is ButtonId.HELP)
    machine.app.run(callback(button), NOTHING)
    assert said(machine)[0].startswith("The last function that could not be answered: RAG: ")


def test_the_wizard_is_told_of_every_function(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = described_to(monkeypatch)
    machine.app.run("DescribeFunctions")
    assert [str(entry["macro"]).partition("!")[2] for entry in told] == [f.name for f in FUNCTIONS]
    assert [entry["help"] for entry in told] == [function_help(f) for f in FUNCTIONS]
    assert [entry["of"] for entry in told] == [f.category for f in FUNCTIONS]
    wanted = [[argument_help(argument) for argument in f.arguments] for f in FUNCTIONS]
    assert [entry["arguments"] for entry in told] == wanted


def test_where_the_set_up_is_whole_nothing_is_said_at_the_start(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    described_to(monkeypatch)
    set_up(machine)
    machine.app.run("StartUp")
    assert said(machine) == []
